"""Tell what kind of source a side of a statement cites, and whether two sides clearly cite two sources.

In: sides of one statement. Out: yes or no, and no in every doubtful case, because a difference is printed on a yes.
"""

from __future__ import annotations

import re

from comparer.comparison.occasions import Cited
from comparer.comparison.sourcing import acts_only
from comparer.comparison.view import EventView
from comparer.language.names import same_name
from comparer.language.tokens import STOP_WORDS, normal_form, stem, words
from comparer.model import Rung, SourceKind

UNNAMED = frozenset({Rung.ROLE, Rung.ANONYMOUS})
UNSOURCED = frozenset({Rung.OWN_VOICE, Rung.REPORTEDLY})
PRONOUNS = frozenset("he she they it who i we his her their its that this one".split())


def is_told(side: Cited) -> bool:
    """Tell whether a side cites anybody."""
    return side.sourcing.rung not in UNSOURCED


def says(side: Cited) -> bool:
    """Tell whether a side cites somebody who says that something is so, rather than one who does something."""
    return is_told(side) and not (side.attribution is not None and acts_only(side.attribution))


def stays_open(event: EventView, side: Cited) -> bool:
    """Tell whether a source stays open: a pronoun that resolves to nothing, or "it" and "they", which often mislead."""
    printed = side.sourcing.source
    if printed is not None and event.text(side.article, printed.span).casefold() in {"it", "they", "we", "this"}:
        return True
    unresolved = side.attribution is not None and side.attribution.resolved_kind is SourceKind.PRONOUN
    return (side.sourcing.name or "").casefold() in PRONOUNS | STOP_WORDS or (
        unresolved and side.sourcing.rung is Rung.ROLE
    )


def surely_a_person(event: EventView, side: Cited) -> bool:
    """Tell whether a named person is clearly one: a full name somewhere in the text, or a title before the name."""
    name = side.sourcing.name or ""
    if len(re.findall(r"[^\W\d_]{2,}", name)) > 1:
        return True
    analysed = event.analysed[side.article]
    return any(len(n.key.split()) > 1 and same_name(name, event.text(side.article, n.span)) for n in analysed.names)


def clearly_another(event: EventView, left: Cited, right: Cited) -> bool:
    """Tell whether two printed sources are clearly not one: names that differ, or kinds that do."""
    if left.article == right.article:
        return False
    one, other = left.sourcing, right.sourcing
    if not one.name or not other.name or one.rung in UNNAMED or other.rung in UNNAMED:
        return False
    if one.rung is other.rung is Rung.NAMED_PERSON:
        return not (_by_pronoun(event, left) or _by_pronoun(event, right) or _maybe_one(one.name, other.name))
    if Rung.NAMED_PERSON in {one.rung, other.rung} and (_channel(left) or _channel(right)):
        return False
    return not _heads(event, left) & _heads(event, right)


def _maybe_one(one: str, other: str) -> bool:
    """Tell whether two names may be one person's: one name, or one surname behind other first names."""
    return same_name(one, other) or normal_form(one.rsplit(maxsplit=1)[-1]) == normal_form(other.rsplit(maxsplit=1)[-1])


def _channel(side: Cited) -> bool:
    """Tell whether what is cited is a paper or a statement, which may well be the other side's person's own."""
    return side.attribution is not None and SourceKind.DOCUMENT in {
        side.attribution.source_kind,
        side.attribution.resolved_kind,
    }


def _by_pronoun(event: EventView, side: Cited) -> bool:
    """Tell whether the source is printed as a pronoun, whose antecedent is the reader's guess."""
    source = side.sourcing.source
    return source is not None and event.text(side.article, source.span).casefold() in PRONOUNS


def _heads(event: EventView, side: Cited) -> frozenset[str]:
    """Return the content words by which a source is printed, with its fullest name; of a person the name alone."""
    printed = side.sourcing.name or ""
    if side.sourcing.source is not None and side.sourcing.rung is not Rung.NAMED_PERSON:
        printed += " " + event.text(side.article, side.sourcing.source.span)
    return frozenset(stem(t.form) for t in words(printed) if t.form not in STOP_WORDS)
