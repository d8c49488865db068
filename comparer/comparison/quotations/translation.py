"""Tell where two wordings of a quotation may be two translations.

In: the readings of one utterance. Out: a sentence for the report, or None. It goes by the country of the speaker's own
institution or nationality: printed in the source's words or right beside them ("a Norwegian ministry spokesman"), or,
where the source is "the ministry" or "an official", by the one country that stands in the subject of every lede that
names one. A country that is only spoken of says nothing. It is the language probably spoken: the sentence says "may".
Fails for a foreign speaker who spoke English; where two languages are possible it names none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice

from comparer.comparison.quotations.columns import Reading
from comparer.comparison.view import EventView
from comparer.language.words import words
from comparer.model import Span
from comparer.resources.loader import load_lexicon

APPOSITION = 60  # characters after a source's name in which its office is printed between commas
BESIDE = 2  # words from a country to the office it stands before
NEAR = 4  # words between the country and the institution or office
OPENING = 3  # first words of a lede in which its subject stands
OFFICES = frozenset(
    """ministry minister ministers government president presidency premier chancellor parliament army navy military
    police court prosecutor prosecutors spokesman spokeswoman spokesperson source official officials foreign defence
    defense interior coastguard embassy ambassador commander general senator kremlin cabinet leader
    """.split()
)
AFTERWARDS = re.compile(r",\s+(?!who\b|which\b|said\b|says\b|told\b)[^,.;:“”\"\n]*")
BEFOREHAND = re.compile(r"(?:[^\W_]+(?:['’]s?)? ){1,5}$")
BEFORE_COMMA = re.compile(r"(?:[^\W_]+(?:['’]s?)? ){0,5}[^\W_]+, (?:[A-Z]\w*\.\s+)?$")
"""What stands right after a name between commas, and the words right before it, with a comma where one follows too."""


def possible_translation(event: EventView, readings: tuple[Reading, ...]) -> str | None:
    """Return a note where the printed speaker belongs to a country whose public language is not English."""
    sources = [_sources(event, reading) for reading in readings]
    found = {
        language
        for reading, spans in zip(readings, sources, strict=True)
        for span in spans
        for language in _own(event.analysed[reading.article].article.text, span)
    }
    if not found and any(_of_institution(event, r, spans) for r, spans in zip(readings, sources, strict=True)):
        found = _of_ledes(event)
    if len(found) != 1:
        return None
    return f"The words may have been spoken in {found.pop()}; both forms may be translations, made independently."


def _sources(event: EventView, reading: Reading) -> tuple[Span, ...]:
    """Return every place that prints the reading's source, each with the office printed in apposition to it."""
    analysed = event.analysed[reading.article]
    places: set[Span] = set()
    for attribution in analysed.attributions:
        if any(span.overlaps(piece.span) for span in attribution.content for piece in reading.pieces):
            source = analysed.source_of(attribution)
            own = (attribution.source, attribution.resolved_source)
            places.update(s for s in (*own, *(source.mentions if source else ())) if s is not None)
    return tuple(_with_office(analysed.article.text, place) for place in sorted(places))


def _with_office(text: str, mention: Span) -> Span:
    """Return a mention with its apposition and the words right before it: "the Turkish ministry's spokesman, Aas"."""
    after = AFTERWARDS.match(text, mention.end, min(len(text), mention.end + APPOSITION))
    lead = text[max(0, mention.start - APPOSITION) : mention.start]
    between_commas = text.startswith(",", mention.end) and not after
    before = (BEFORE_COMMA.search(lead) if between_commas else None) or BEFOREHAND.search(lead)
    start = mention.start - len(before.group()) if before else mention.start
    return Span(start, after.end() if after else mention.end)


def _own(text: str, place: Span) -> tuple[str, ...]:
    """Return the languages of the countries that an office in these words belongs to."""
    tokens = words(text, place)
    forms = [word.form.removesuffix("'s") for word in tokens]
    offices = [k for k, form in enumerate(forms) if form in OFFICES]
    printed = [k for k, form in enumerate(forms) if form in _countries()]
    if len(forms) == 1 and printed:  # a capital or a country that speaks: "Ankara said"
        return (_countries()[forms[0]],)
    spans = [token.span for token in tokens]
    return tuple(_countries()[forms[k]] for k in printed if any(_belongs(text, spans, k, o) for o in offices))


def _belongs(text: str, spans: Sequence[Span], country: int, office: int) -> bool:
    """Tell whether an office is a country's: "the Turkish defence ministry", "the Ministry of Defense of Turkey"."""
    first, last = sorted((country, office))
    between = text[spans[first].end : spans[last].start]
    if any(mark in between for mark in ",.;:\n"):
        return False
    if country < office:
        return office - country <= BESIDE
    return country - office <= NEAR and re.search(r"\bof\b", between) is not None


def _of_institution(event: EventView, reading: Reading, spans: Sequence[Span]) -> bool:
    """Tell whether a source is printed with an office or institution whose country is left to the reader."""
    text = event.analysed[reading.article].article.text
    return any(word.form.removesuffix("'s") in OFFICES for span in spans for word in words(text, span))


def _of_ledes(event: EventView) -> set[str]:
    """Return the languages of the countries that open the ledes; a country named later is one spoken of."""
    found: set[str] = set()
    for article, analysed in enumerate(event.analysed):
        lede = next((s.span for s in analysed.sentences if not event.in_title(article, s.span)), None)
        opening = words(analysed.article.text, lede)[:OPENING] if lede else ()
        forms = (word.form.removesuffix("'s") for word in opening)
        found.update(islice((_countries()[form] for form in forms if form in _countries()), 1))
    return found


@cache
def _countries() -> dict[str, str]:
    return {
        words(entry)[0].form: group.get("language")
        for group in load_lexicon("languages").groups
        for entry in group.entries
    }
