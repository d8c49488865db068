"""Tell where two wordings of a quotation may be two translations.

In: the readings of one utterance. Out: a sentence for the report, or None. It goes by the country of the institution
or place that is printed beside the speaker, which says what language was probably spoken, not what was: the sentence
says "may". Fails for a foreign speaker who spoke English; says nothing where no country stands beside the source.
"""

from __future__ import annotations

from functools import cache

from comparer.comparison.apparatus import Reading
from comparer.comparison.view import EventView
from comparer.language.tokens import words
from comparer.model import AnalysedArticle, Span
from comparer.resources.loader import load_lexicon

BEFORE, AFTER = 30, 60  # characters beside a mention in which a source's institution is printed
BESIDE = 2  # words from a country to the office it stands before
NEAR = 4  # words between the country and the institution or office
OFFICES = frozenset(
    """ministry minister ministers government president presidency premier chancellor parliament army navy military
    police court prosecutor prosecutors spokesman spokeswoman spokesperson source official officials foreign defence
    defense interior coastguard embassy ambassador commander general senator kremlin cabinet leader
    """.split()
)


def possible_translation(event: EventView, readings: tuple[Reading, ...]) -> str | None:
    """Return a note where the printed speaker belongs to a country whose public language is not English."""
    found = {language for reading in readings for language in _languages(event, reading)}
    if len(found) != 1:
        return None
    return f"The words may have been spoken in {found.pop()}; both forms may be translations, made independently."


def _languages(event: EventView, reading: Reading) -> tuple[str, ...]:
    """Return the languages that the words round the mentions of the reading's source point to."""
    analysed = event.analysed[reading.article]
    places = []
    for attribution in analysed.attributions:
        if any(span.overlaps(piece.span) for span in attribution.content for piece in reading.pieces):
            source = analysed.source_of(attribution)
            mentions = source.mentions if source else tuple(s for s in (attribution.source,) if s)
            places += [_around(analysed, mention) for mention in mentions]
    found: list[str] = []
    for place in sorted(set(places)):
        found += [language for language in _spoken(analysed.article.text, place) if language not in found]
    return tuple(found)


def _around(analysed: AnalysedArticle, mention: Span) -> Span:
    """Return a mention with the words beside it in its sentence: "Aas, the Norwegian ministry's spokesman"."""
    sentence = next((s.span for s in analysed.sentences if s.span.overlaps(mention)), mention)
    return Span(max(sentence.start, mention.start - BEFORE), max(mention.end, min(sentence.end, mention.end + AFTER)))


def _spoken(text: str, place: Span) -> tuple[str, ...]:
    forms = [word.form.removesuffix("'s") for word in words(text, place)]
    offices = [k for k, form in enumerate(forms) if form in OFFICES]
    printed = [k for k, form in enumerate(forms) if form in _countries()]
    return tuple(_countries()[forms[k]] for k in printed if any(_belongs(forms, k, o) for o in offices))


def _belongs(forms: list[str], country: int, office: int) -> bool:
    """Tell whether an office is a country's: "the Turkish defence ministry", "the Ministry of Defense of Turkey"."""
    if country < office:
        return office - country <= BESIDE
    return country - office <= NEAR and "of" in forms[office:country]


@cache
def _countries() -> dict[str, str]:
    return {
        words(entry)[0].form: group.get("language")
        for group in load_lexicon("languages").groups
        for entry in group.entries
    }
