"""Resolve pronouns and short forms of sources to what they stand for, within one text.

In: attributions in page order. Out: the same with `resolved_source` and `resolved_kind`. A pronoun takes the nearest
earlier source it agrees with; a relative pronoun the phrase before it. Refuses where nothing agrees.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from comparer.attribution.kinds import source_kind
from comparer.attribution.phrases import bare_subject, first_subject, subject_before
from comparer.attribution.units import Unit, last_of, low_at, span_of
from comparer.attribution.words import AUX, DETERMINERS, LEADERS, PREPOSITIONS, SUBORDINATORS, TIME, alternatives
from comparer.model import Attribution, SourceKind, Span
from comparer.resources.loader import word_set

_FARTHEST = 900  # characters, some four paragraphs: a pronoun rarely reaches farther back
_PEOPLE = frozenset({SourceKind.NAMED_PERSON, SourceKind.ROLE, SourceKind.ANONYMOUS})
_THINGS = frozenset({SourceKind.ORGANISATION, SourceKind.MEDIA, SourceKind.DOCUMENT})
_MANY = frozenset({SourceKind.GROUP, SourceKind.ANONYMOUS})
_WANTED = {
    word: kinds
    for words, kinds in (("he she his her", _PEOPLE), ("they their", _MANY), ("it its", _THINGS))
    for word in words.split()
}


def resolve(text: str, units: Sequence[Unit], attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Return the attributions with pronouns resolved."""
    found: list[Attribution] = []
    latest: dict[Span | None, Attribution] = {}
    for attribution in attributions:
        span, kind = attribution.resolved_source, attribution.resolved_kind
        if attribution.source is None and span is not None:
            spoken = latest.get(span)
            if spoken is not None and spoken.resolved_source is not None:
                span, kind = spoken.resolved_source, spoken.resolved_kind
        elif attribution.source is not None and attribution.source_kind is SourceKind.PRONOUN:
            span, kind = _stands_for(text, units, found, attribution.source)
        found.append(replace(attribution, resolved_source=span, resolved_kind=kind))
        latest[attribution.source] = found[-1]
    return tuple(found)


def _stands_for(
    text: str, units: Sequence[Unit], earlier: Sequence[Attribution], source: Span
) -> tuple[Span | None, SourceKind]:
    word = source.of(text).lower().replace("’", "'").partition("'")[0]
    if word in {"who", "which", "that", "whose"}:
        span = _before_relative(units, source)
        if span is None or span.of(text)[:1].isdigit() or span.of(text).lower() in TIME:
            return None, SourceKind.PRONOUN
        return span, source_kind(span.of(text))
    span, kind = _antecedent(text, earlier, source, word)
    near = _subject_before(text, units, source, word)
    if near is not None and (span is None or near.start > span.start):
        return near, source_kind(near.of(text))
    return span, kind


def _unit_at(units: Sequence[Unit], source: Span) -> int:
    return bisect_right(units, source.start, key=lambda u: u.pieces[0].start) - 1


def _before_relative(units: Sequence[Unit], source: Span) -> Span | None:
    pieces = units[_unit_at(units, source)].pieces
    at = next((k for k, p in enumerate(pieces) if p.start == source.start), 0)
    subject = subject_before(pieces, at - (low_at(pieces, at - 1) == ","))
    if subject is None:
        return None
    cut = last_of(pieces, PREPOSITIONS - {"of"}, *subject)
    start = subject[0] if cut is None else cut + 1
    return span_of(pieces, start, subject[1]) if start < subject[1] else None


def _subject_before(text: str, units: Sequence[Unit], source: Span, word: str) -> Span | None:
    """Return the person whom the sentence before, or this one before the pronoun, is about."""
    at = _unit_at(units, source)
    if word == "they":
        return _several_before(text, units, at, source)
    for unit in reversed(units[max(0, at - 1) : at + 1]) if word in {"he", "she"} else ():
        span = first_subject(unit, source.start) if unit.paragraph + 2 >= units[at].paragraph else None
        printed = span.of(text) if span is not None else ""
        if source_kind(printed) is SourceKind.NAMED_PERSON and _may_be(text, printed, word):
            return span
    return None


_COLLECTIVES = word_set("attribution_phrases", "collectives")


def _several_before(text: str, units: Sequence[Unit], at: int, source: Span) -> Span | None:
    """Return whom "they" stands for: the subject of the sentence before in the paragraph, where it is several."""
    if at == 0 or units[at - 1].paragraph != units[at].paragraph:
        return None
    span = first_subject(units[at - 1], source.start) or bare_subject(units[at - 1])
    words = span.of(text).lower().partition(",")[0].split() if span is not None else []
    if span is None or not words:
        return None
    last = words[-1]
    several = " and " in span.of(text) or last in _COLLECTIVES or words[0] in {"two", "three", "some", "several"}
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is", "'s", "’s", "news"))
    return span if several or (plural and words[0] != "a") else None


def _may_be(text: str, printed: str, word: str) -> bool:
    """Tell whether a phrase may be the person "he" or "she" stands for: title and first name must fit, if known.

    The first name is the one beside the surname, here or elsewhere in the text.
    """
    head = printed.partition(",")[0]
    words = head.split()
    gender = "women" if word in {"she", "her"} else "men"
    if not words or _UNLIKE[gender].search(head):
        return False
    if source_kind(head) is not SourceKind.NAMED_PERSON:
        return True
    surnames = _surnames(text)
    firsts = words[-2:-1] if len(words) > 1 else surnames.get(words[0], ())
    genders = {known for first in firsts if (known := gender_of(first))}
    return (not genders or gender in genders) and (len(words) > 1 or words[0] in surnames)


def gender_of(first_name: str) -> str | None:
    """Return "women" or "men" where nearly all who bear a first name are; None for all other names.

    >>> gender_of("Margaret"), gender_of("Daniel"), gender_of("Leslie")
    ('women', 'men', None)
    """
    return next((g for g in ("women", "men") if first_name.lower() in word_set("first_names", g)), None)


@lru_cache(maxsize=4)
def _surnames(text: str) -> dict[str, tuple[str, ...]]:
    """Return the words printed straight after another capitalised one, as a surname is, with those before them."""
    found: dict[str, tuple[str, ...]] = {}
    for first, second in _PAIR.findall(text):
        if first.lower() not in _NO_FIRST_NAMES:
            found[second] = (*found.get(second, ()), first)
    return found


_PAIR = re.compile(r"\b([^\W\d_a-zß-öø-ÿ][^\W\d_]*)\.?\s+(?=([^\W\d_a-zß-öø-ÿ][^\W_]*(?:[-’'][^\W_]+)*))")
_MEN, _WOMEN = (alternatives("attribution_phrases", group) for group in ("men", "women"))
_UNLIKE = {
    "women": re.compile(rf"^Mr\.*(?!\S)|\b(?:\w*spokesman|{_MEN}|Sir)\b"),
    "men": re.compile(rf"^(?:Mrs|Ms|Miss)\.*(?!\S)|\b(?:\w*spokeswoman|{_WOMEN}|Dame)\b"),
}
"""What a phrase for a person of one gender does not print."""
_NO_FIRST_NAMES = LEADERS | DETERMINERS | PREPOSITIONS | SUBORDINATORS | AUX


def _antecedent(text: str, earlier: Sequence[Attribution], source: Span, word: str) -> tuple[Span | None, SourceKind]:
    wanted = _WANTED.get(word, frozenset())
    for attribution in reversed(earlier[-8:]):
        at = attribution.source
        if at is None or at.end > source.start:
            continue
        if source.start - at.end > _FARTHEST:
            break
        printed = at.of(text)
        agrees = attribution.source_kind in wanted and not (wanted is _THINGS and " and " in printed)
        if attribution.source_kind is SourceKind.PRONOUN:
            if printed.lower() == word and attribution.resolved_source is not None:
                return attribution.resolved_source, attribution.resolved_kind
        elif agrees and (wanted is not _PEOPLE or _may_be(text, printed, word)):
            return at, attribution.source_kind
    return None, SourceKind.PRONOUN
