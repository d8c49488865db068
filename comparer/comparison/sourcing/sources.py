"""Tell what kind of source a side of a statement cites, and whether two sides clearly cite two sources or two kinds.

In: sides of one statement. Out: yes or no, and no in every doubtful case, because a difference is printed on a yes.
"""

from __future__ import annotations

import re

from comparer.comparison.sourcing.ladder import acts_only
from comparer.comparison.sourcing.occasions import Cited
from comparer.comparison.view import EventView
from comparer.language.names import same_name
from comparer.language.words import STOP_WORDS, normal_form, stem, words
from comparer.model import Rung, SourceKind

UNNAMED = frozenset({Rung.ROLE, Rung.ANONYMOUS})
UNSOURCED = frozenset({Rung.OWN_VOICE, Rung.REPORTEDLY})
PRONOUNS = frozenset("he she they it who i we his her their its that this one".split())
DENIALS = frozenset({"deny", "dispute", "rule out", "disagree"})
SHOWS = frozenset({"show", "demonstrate"})  # what a paper does: of a person it tells that a paper nearby does
CHANNELS = re.compile(
    r"\b(?:statements?|letters?|e-?mails?|tweets?|posts?|(?:press )?releases?|messages?|memos?|speech|interviews?)\b",
    re.IGNORECASE,
)
"""What somebody's words come in: that it is cited does not make another source of them."""


def is_told(side: Cited) -> bool:
    """Tell whether a side cites anybody."""
    return side.sourcing.rung not in UNSOURCED


def says(side: Cited) -> bool:
    """Tell whether a side surely cites somebody who says that something is so, rather than one who does something."""
    said = side.attribution
    if said is not None and (
        acts_only(said) or (said.cue_lemma in SHOWS and side.sourcing.rung is not Rung.ORGANISATION)
    ):
        return False
    return is_told(side) and not side.unsure


def denies(side: Cited) -> bool:
    """Tell whether a side's source says that something is not so: its words are another statement."""
    return side.attribution is not None and side.attribution.cue_lemma in DENIALS


def stays_open(event: EventView, side: Cited) -> bool:
    """Tell whether a source stays open: a pronoun that resolves to nothing or may mislead, or words of no kind."""
    printed = side.sourcing.source
    if printed is not None and event.text(side.article, printed.span).casefold() in {"it", "they", "we", "this"}:
        return True
    if printed is not None and event.text(side.article, printed.span).casefold().endswith((" one", " ones")):
        return True
    if side.attribution is not None and side.attribution.source is None:
        return True  # a quotation with no source beside it: the speaker before may not be its own
    kind = side.attribution.resolved_kind if side.attribution is not None else None
    if kind is SourceKind.OTHER and side.sourcing.rung is Rung.ROLE:
        return True
    return (side.sourcing.name or "").casefold() in PRONOUNS | STOP_WORDS or (
        kind is SourceKind.PRONOUN and side.sourcing.rung is Rung.ROLE
    )


def surely_a_person(event: EventView, side: Cited) -> bool:
    """Tell whether a named person is clearly one: a full name somewhere in the text, or a title before the name."""
    name = side.sourcing.name or ""
    if len(re.findall(r"[^\W\d_]{2,}", name)) > 1:
        return True
    analysed = event.analysed[side.article]
    return any(len(n.key.split()) > 1 and same_name(name, event.text(side.article, n.span)) for n in analysed.names)


def clearly_another(event: EventView, left: Cited, right: Cited) -> bool:
    """Tell whether two printed sources are clearly not one: two people of other names, or two bodies."""
    one, other = left.sourcing, right.sourcing
    if not one.name or not other.name or one.rung is not other.rung:
        return False
    if one.rung is Rung.NAMED_PERSON:
        return not (_by_pronoun(event, left) or _by_pronoun(event, right) or _maybe_one(one.name, other.name))
    channel = _channel(event, left) or _channel(event, right)
    return one.rung is Rung.ORGANISATION and not channel and not _heads(event, left) & _heads(event, right)


def another_kind(event: EventView, left: Cited, right: Cited, *, quoted: bool) -> bool:
    """Tell whether one side cites a body and the other a person, who may well speak for it.

    Where they print the same words, a paper is no other source than whoever wrote it.
    """
    rungs = {left.sourcing.rung, right.sourcing.rung}
    if Rung.ORGANISATION not in rungs or not rungs & {*UNNAMED, Rung.NAMED_PERSON}:
        return False
    if _heads(event, left) & _heads(event, right):
        return False
    paper = quoted and any(s.attribution and s.attribution.resolved_kind is SourceKind.DOCUMENT for s in (left, right))
    return not paper and not _channel(event, left) and not _channel(event, right)


def surely_one(event: EventView, left: Cited, right: Cited) -> bool:
    """Tell whether two sides clearly cite one person or body, so that only the verb differs."""
    one, other = left.sourcing, right.sourcing
    if one.rung is not other.rung or not one.name or not other.name:
        return False
    if one.rung is Rung.NAMED_PERSON:
        return same_name(one.name, other.name)
    return one.rung is Rung.ORGANISATION and _heads(event, left) == _heads(event, right)


def _maybe_one(one: str, other: str) -> bool:
    """Tell whether two names may be one person's: one name, or one surname behind other first names."""
    if " and " in f"{one} {other}":
        return True
    return same_name(one, other) or normal_form(one.rsplit(maxsplit=1)[-1]) == normal_form(other.rsplit(maxsplit=1)[-1])


def _channel(event: EventView, side: Cited) -> bool:
    """Tell whether what is cited is a statement or the like, which may well be the other side's person's own."""
    source = side.sourcing.source
    return source is not None and CHANNELS.search(event.text(side.article, source.span)) is not None


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
