"""Name each difference between two printed forms of an utterance, and tell where two translations would explain it.

In: the readings of an utterance and a region in which two differ. Out: a kind of change, or none where the difference
says nothing (a whole sentence that one outlet did not quote). No kind says which reading is right. A possible
translation goes by the country of the speaker's own institution or nationality: printed in the source's words or right
beside them ("a Norwegian ministry spokesman"), or, where the source is "the ministry" or "an official", by the one
country that stands in the subject of every lede that names one. It is the language probably spoken: the sentence says
"may". Fails for a foreign speaker who spoke English; of two languages it names none.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, pairwise

from comparer.comparison.quotations.columns import Reading, Region
from comparer.comparison.view import EventView
from comparer.comparison.words import Word
from comparer.language.doc import Doc
from comparer.language.names import name_key
from comparer.language.words import CURRENCIES, STOP_WORDS, forms_of, spelled_number
from comparer.model import ChangeKind, Span
from comparer.resources.loader import load_lexicon, word_set

SHORT = 4  # words: a modal or a negation gained in a longer stretch is part of what was cut
LOSS = 3  # words more on one side than on the other make a cut rather than another wording
MODALS = word_set("modals", "modals") | {"ought"}
NEGATIONS = word_set("negations", "particles", "pronouns", "without") - {"nowhere"}
LEADS_TO = word_set("comparison_words", "before_to")  # "have to", "going to"
EITHER = (frozenset({"is", "has"}), frozenset({"would", "had"}))  # what "it's" and "he'd" stand for
APPOSITION = 60  # characters beside a source's name in which its office is printed
OPENING = 3  # first words of a lede in which its subject stands
OFFICES = word_set("comparison_words", "offices")


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
        return _lost(base, other, region)
    if _same_in_print(event, (base, left), (other, right)):
        return None
    short = max(len(left), len(right)) <= SHORT
    if short and _of(left, NEGATIONS) != _of(right, NEGATIONS):
        return ChangeKind.NEGATION
    if short and _modals(left) != _modals(right):
        return ChangeKind.MODAL
    if abs(_weight(left) - _weight(right)) >= LOSS:
        return ChangeKind.TRUNCATED
    return ChangeKind.SUBSTITUTED_WORD


def possible_translation(event: EventView, readings: tuple[Reading, ...]) -> str | None:
    """Return a note where the printed speaker belongs to a country whose public language is not English."""
    sources = [(event.docs[reading.article], place) for reading in readings for place in _sources(event, reading)]
    found = {language for doc, place in sources for language in _languages(doc, place)}
    if not found and any(word.form.removesuffix("'s") in OFFICES for doc, at in sources for word in doc.words(at)):
        found = _of_ledes(event)
    if len(found) != 1:
        return None
    return f"The words may have been spoken in {found.pop()}; both forms may be translations, made independently."


def _lost(base: Reading, other: Reading, region: Region) -> ChangeKind | None:
    """Name words that stand in one reading only, with no mark where they would have stood in the other."""
    fuller, shorter = (base, other) if region.left[0] < region.left[1] else (other, base)
    gap, at = (region.left, region.right[0]) if fuller is base else (region.right, region.left[0])
    words = fuller.words[slice(*gap)]
    inside = 0 < at < len(shorter.words)
    if inside and _repeats(fuller, gap):
        return ChangeKind.SUBSTITUTED_WORD
    negated, modal = _of(words, NEGATIONS), _modals(words)
    if inside and len(words) < SHORT and (negated or modal):
        return ChangeKind.NEGATION if negated else ChangeKind.MODAL
    if {gap[0], gap[1]} <= fuller.starts:
        return ChangeKind.SPLICED if inside and at not in shorter.breaks else None
    if len(words) < LOSS and not _weight(words):
        return ChangeKind.SUBSTITUTED_WORD if inside else ChangeKind.FRAGMENT
    if inside and at in shorter.starts:
        return None if at in shorter.breaks else ChangeKind.SPLICED
    cut = inside or (len(shorter.words) >= SHORT and (at > 0 or len(words) >= LOSS))
    return ChangeKind.TRUNCATED if cut else ChangeKind.FRAGMENT


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


def _sources(event: EventView, reading: Reading) -> tuple[Span, ...]:
    """Return every place that prints the reading's source, with what stands beside it in its line."""
    analysed = event.analysed[reading.article]
    places: set[Span] = set()
    for attribution in analysed.attributions:
        if any(span.overlaps(piece.span) for span in attribution.content for piece in reading.pieces):
            source = analysed.source_of(attribution)
            own = (attribution.source, attribution.resolved_source)
            places.update(s for s in (*own, *(source.mentions if source else ())) if s is not None)
    return tuple(sorted(places))


def _languages(doc: Doc, place: Span) -> list[str]:
    """Return the languages of the countries that an office in a source or beside it belongs to, or that speak."""
    alone = _countries().get(place.of(doc.text).casefold())
    near = doc.text[max(0, place.start - APPOSITION) : place.end + APPOSITION]
    offices = (m["of"] or m["own"] for m in _offices().finditer(near))
    return [alone] if alone else [_countries()[name.casefold()] for name in offices]


@cache
def _offices() -> re.Pattern[str]:
    """Return what finds a country's office: "the Turkish defence ministry", "the Ministry of Defense of Turkey"."""
    country, office = (
        "|".join(sorted(map(re.escape, names), key=len, reverse=True)) for names in (_countries(), OFFICES)
    )
    own = rf"\b(?P<own>{country})(?:['’]s)? (?:\w+ )?(?:{office})\b"
    return re.compile(rf"{own}|\b(?:{office}) (?:\w+ ){{0,3}}of (?:the )?(?P<of>{country})\b", re.IGNORECASE)


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
