"""Name each difference between two printed forms of an utterance, and tell where two translations would explain it.

In: the readings of an utterance and a region in which two differ. Out: a kind of change, or none where the difference
says nothing (a whole sentence that one outlet did not quote, words it prints in another quotation). No kind says which
reading is right. A possible translation goes by the country of the speaker's own institution or nationality: printed in
the source's words or right beside them ("a Norwegian ministry spokesman"), or, where the source is "the ministry" or
"an official", by the one country that stands in the subject of every lede that names one. It is the language probably
spoken: the sentence says "may". Fails for a foreign speaker who spoke English; of two languages it names none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice, pairwise

from comparer.comparison.quotations.columns import Reading, Region
from comparer.comparison.view import EventView
from comparer.comparison.words import Word, read_words
from comparer.language.doc import Doc
from comparer.language.forms import CURRENCIES, base_of, comparable, is_past, spelled_number
from comparer.language.names import name_key
from comparer.language.words import STOP_WORDS, forms_of, stem
from comparer.model import ChangeKind, Span
from comparer.resources.loader import load_lexicon, word_set

SHORT = 4  # words: a modal or a negation gained in a longer stretch is part of what was cut
LOSS = 3  # words more on one side than on the other make a cut rather than another wording
MODALS = word_set("modals", "modals") | {"ought"}
NEGATIONS = word_set("negations", "particles", "pronouns", "without") - {"nowhere"}
TAGS = frozenset("said says added told".split())  # a reporting tag that a misread quotation mark swallowed
AUXILIARIES = word_set("comparison_words", "auxiliaries")
LEADS_TO = word_set("comparison_words", "before_to")  # "have to", "going to"
OPPOSING = ("un", "in", "im", "il", "ir", "dis", "non")
ROOT = 4  # letters of a word before which a prefix is taken for a negation: "unsafe", not "into"
EITHER = (frozenset({"is", "has"}), frozenset({"would", "had"}))  # what "it's" and "he'd" stand for
APPOSITION = 60  # characters after a source's name in which its office is printed between commas
BESIDE = 2  # words from a country to the office it stands before
NEAR = 4  # words between the country and the institution or office
OPENING = 3  # first words of a lede in which its subject stands
OFFICES = word_set("comparison_words", "offices")
AFTERWARDS = re.compile(r",\s+(?!who\b|which\b|said\b|says\b|told\b)[^,.;:“”\"\n]*")
BEFOREHAND = re.compile(r"(?:[^\W_]+(?:['’]s?)? ){1,5}$")
BEFORE_COMMA = re.compile(r"(?:[^\W_]+(?:['’]s?)? ){0,5}[^\W_]+, (?:[A-Z]\w*\.\s+)?$")
"""What stands right after a name between commas, and the words right before it, with a comma where one follows too."""


def name_change(  # noqa: PLR0911 - one return per kind of change reads as the table it is
    event: EventView, base: Reading, other: Reading, region: Region
) -> ChangeKind | None:
    """Return what kind of change a region is, or None where it is no change worth showing."""
    left, right = base.words[slice(*region.left)], other.words[slice(*region.right)]
    if region.moved:
        return None if {word.form for word in left} <= CURRENCIES else ChangeKind.REORDERED
    if _touches_dots(other, region.right) or _touches_dots(base, region.left):
        return ChangeKind.ELLIPSIS
    if any(word.bracketed for word in (*left, *right)):
        return ChangeKind.BRACKETED
    if not left or not right:
        return _lost(event, base, other, region)
    if _same_in_print(event, (base, left), (other, right)):
        return None
    short = max(len(left), len(right)) <= SHORT
    if short and (_of(left, NEGATIONS) != _of(right, NEGATIONS) or _opposed(left, right)):
        return ChangeKind.NEGATION
    if short and _modals(left) != _modals(right):
        return ChangeKind.MODAL
    if abs(_weight(left) - _weight(right)) >= LOSS:
        return ChangeKind.TRUNCATED
    return ChangeKind.TENSE if _other_tense(left, right) else ChangeKind.SUBSTITUTED_WORD


def printed_elsewhere(event: EventView, reading: Reading, words: tuple[Word, ...]) -> bool:
    """Tell whether the article prints these words in another place, in a quotation or in its own words."""
    wanted = tuple(word.form for word in words)
    own = {word.span for word in reading.words}
    for sentence in event.analysed[reading.article].sentences:
        printed, _ = read_words(event.analysed[reading.article].article.text, sentence.span)
        forms = tuple(comparable(word.form) for word in printed if word.span not in own)
        if any(forms[k : k + len(wanted)] == wanted for k in range(len(forms) - len(wanted) + 1)):
            return True
    return False


def possible_translation(event: EventView, readings: tuple[Reading, ...]) -> str | None:
    """Return a note where the printed speaker belongs to a country whose public language is not English."""
    sources = [_sources(event, reading) for reading in readings]
    found = {
        language
        for reading, spans in zip(readings, sources, strict=True)
        for span in spans
        for language in _own(event.docs[reading.article], span)
    }
    if not found and any(_of_institution(event, r, spans) for r, spans in zip(readings, sources, strict=True)):
        found = _of_ledes(event)
    if len(found) != 1:
        return None
    return f"The words may have been spoken in {found.pop()}; both forms may be translations, made independently."


def _lost(  # noqa: PLR0911 - as above
    event: EventView, base: Reading, other: Reading, region: Region
) -> ChangeKind | None:
    """Name words that stand in one reading only, with no mark where they would have stood in the other."""
    fuller, shorter = (base, other) if region.left[0] < region.left[1] else (other, base)
    gap, at = (region.left, region.right[0]) if fuller is base else (region.right, region.left[0])
    words = fuller.words[slice(*gap)]
    if len(words) <= 3 and words[-1].form in TAGS:
        return None
    inside = 0 < at < len(shorter.words)
    if inside and _repeats(fuller, gap):
        return ChangeKind.SUBSTITUTED_WORD
    negated, modal = _of(words, NEGATIONS), _modals(words)
    if inside and len(words) < SHORT and (negated or modal):
        return ChangeKind.NEGATION if negated else ChangeKind.MODAL
    if {gap[0], gap[1]} <= fuller.starts:
        return ChangeKind.SPLICED if inside and at not in shorter.breaks else None
    if inside and {word.form for word in words} <= AUXILIARIES:
        return ChangeKind.TENSE
    if len(words) < LOSS and not _weight(words):
        return ChangeKind.SUBSTITUTED_WORD if inside else ChangeKind.FRAGMENT
    if len(words) >= LOSS and printed_elsewhere(event, shorter, words):
        return None
    if not inside:
        whole = shorter.pieces[0].opens and len(shorter.words) >= SHORT and (at > 0 or len(words) >= LOSS)
        return ChangeKind.TRUNCATED if whole else ChangeKind.FRAGMENT
    if at in shorter.breaks:
        return None
    return ChangeKind.SPLICED if at in shorter.starts else ChangeKind.TRUNCATED


def _touches_dots(reading: Reading, place: tuple[int, int]) -> bool:
    return any(place[0] <= before <= place[1] for before, _ in reading.dots)


def _of(words: tuple[Word, ...], wanted: frozenset[str]) -> set[str]:
    return {word.form for word in words} & wanted


def _weight(words: tuple[Word, ...]) -> int:
    return sum(word.form not in STOP_WORDS for word in words)


def _same_in_print(
    event: EventView, left: tuple[Reading, tuple[Word, ...]], right: tuple[Reading, tuple[Word, ...]]
) -> bool:
    """Tell whether both sides print the same: joined or with a hyphen, in figures or words, or one name in two ways."""
    one, other = ([word.form for word in words] for _, words in (left, right))
    numbers = [spelled_number(tuple(forms)) for forms in (one, other)]
    if "".join(one) == "".join(other) or (numbers[0] is not None and numbers[0] == numbers[1]):
        return True
    if len(one) != 1 or len(other) != 1:
        return False
    if any(word.open_ended for _, words in (left, right) for word in words):
        return any({one[0], other[0]} <= pair for pair in EITHER)
    printed = [event.text(reading.article, words[0].span) for reading, words in (left, right)]
    return all(name[0].isupper() for name in printed) and name_key(printed[0]) == name_key(printed[1])


def _repeats(reading: Reading, gap: tuple[int, int]) -> bool:
    """Tell whether the words are said twice in a row: "no, no choice"."""
    size = gap[1] - gap[0]
    said = reading.forms[gap[0] : gap[1]]
    return said in (reading.forms[max(0, gap[0] - size) : gap[0]], reading.forms[gap[1] : gap[1] + size])


def _modals(words: tuple[Word, ...]) -> set[str]:
    forms = [word.form for word in words]
    phrases = {first for first, then in pairwise(forms) if first in LEADS_TO and then == "to"}
    return _of(words, MODALS) | phrases


def _opposed(left: tuple[Word, ...], right: tuple[Word, ...]) -> bool:
    """Tell whether one word is the other with a prefix that denies it: "safe", "unsafe"."""
    if len(left) != 1 or len(right) != 1:
        return False
    short, long = sorted((left[0].form, right[0].form), key=len)
    return len(short) >= ROOT and any(long == prefix + short for prefix in OPPOSING)


def _other_tense(left: tuple[Word, ...], right: tuple[Word, ...]) -> bool:
    """Tell whether both sides print the same verbs, one of them at another time."""

    def root(form: str) -> str:
        return base_of(form) or stem(form)

    def time(form: str) -> str:
        return "past" if is_past(form) else "lasting" if form.endswith("ing") else "present"

    if [root(word.form) for word in left] != [root(word.form) for word in right]:
        return False
    return [time(word.form) for word in left] != [time(word.form) for word in right]


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


def _own(doc: Doc, place: Span) -> tuple[str, ...]:
    """Return the languages of the countries that an office in these words belongs to."""
    forms = [word.form.removesuffix("'s") for word in doc.words(place)]
    offices = [k for k, form in enumerate(forms) if form in OFFICES]
    printed = [k for k, form in enumerate(forms) if form in _countries()]
    if len(forms) == 1 and printed:  # a capital or a country that speaks: "Ankara said"
        return (_countries()[forms[0]],)
    spans = [word.span for word in doc.words(place)]
    return tuple(_countries()[forms[k]] for k in printed if any(_belongs(doc.text, spans, k, o) for o in offices))


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
    doc = event.docs[reading.article]
    return any(word.form.removesuffix("'s") in OFFICES for span in spans for word in doc.words(span))


def _of_ledes(event: EventView) -> set[str]:
    """Return the languages of the countries that open the ledes; a country named later is one spoken of."""
    found: set[str] = set()
    for article, analysed in enumerate(event.analysed):
        lede = next((s.span for s in analysed.sentences if not event.in_title(article, s.span)), None)
        opening = event.docs[article].words(lede)[:OPENING] if lede else ()
        forms = (word.form.removesuffix("'s") for word in opening)
        found.update(islice((_countries()[form] for form in forms if form in _countries()), 1))
    return found


@cache
def _countries() -> dict[str, str]:
    return {
        forms_of(entry)[0]: group.get("language")
        for group in load_lexicon("languages").groups
        for entry in group.entries
    }
