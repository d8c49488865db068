"""Tell whether sources are one: whether two sides clearly cite two, and which sources of several articles are joined.

In: the sides of one statement, or the analysed articles of one event. Out: yes or no, and no in every doubtful case,
because a difference is printed on a yes; a finding that says whom each side cites and the words it rests on; one
`SharedSource` per source with the articles that cite it. Named people, organisations, media and documents are joined by
name across transliterations, titles and initials. A source printed without a name stays with its article: joining it
with anybody, named or not, could out it. Two people who share a surname stay apart where any article gives them
different first names; a bare surname that fits both joins neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from comparer.comparison.sourcing.ladder import LABELS, NO_SOURCE, acts_only
from comparer.comparison.sourcing.occasions import Cited, Occasion
from comparer.comparison.view import EventView
from comparer.comparison.words import any_of
from comparer.language.doc import Doc
from comparer.language.names import name_key, same_name
from comparer.language.words import STOP_WORDS, normal_form, stem, words
from comparer.model import (
    Act,
    AnalysedArticle,
    CueStance,
    Finding,
    Manner,
    Passage,
    Rate,
    Rung,
    Side,
    Source,
    SourceKind,
    Span,
)
from comparer.resources.loader import word_set

UNNAMED = frozenset({Rung.ROLE, Rung.ANONYMOUS})
UNSOURCED = frozenset({Rung.OWN_VOICE, Rung.REPORTEDLY})
PRONOUNS = word_set("comparison_words", "pronouns_of_sources")
DENIALS = frozenset({"deny", "dispute", "rule out", "disagree"})
SHOWS = frozenset({"show", "demonstrate"})  # what a paper does: of a person it tells that a paper nearby does
CHANNELS = any_of("channels")
"""What somebody's words come in: that it is cited does not make another source of them."""
STANCES = {
    CueStance.NEUTRAL: "plain",
    CueStance.FACTIVE: "takes it as a fact",
    CueStance.DOUBTFUL: "keeps a distance",
    CueStance.EMOTIVE: "lends it a tone",
}
UNITS = {
    "A101": "texts that print the statement name a person",
    "A102": "texts that print the statement print a source",
    "A103": "texts that print the statement cite the source that stands first here",
    "A104": "texts that print the statement pass it on through another publisher",
    "A105": "texts that print the statement have a verb that adds something",
}
INNER = re.compile(r"\b(?:said|says|told|according to|citing|quoting)\b")
"""Words by which what a publisher reports cites somebody else."""
UNJOINED = frozenset({SourceKind.ROLE, SourceKind.ANONYMOUS, SourceKind.GROUP, SourceKind.PRONOUN, SourceKind.OTHER})
WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
FEWEST_CAPITALS = 1  # capitals a document's name must hold to be one: "the report" may be any


class SharedSource(NamedTuple):
    """Hold one source: its fullest printed name, its kind, and (article index, source) wherever it is cited."""

    name: str
    kind: SourceKind
    cited: tuple[tuple[int, Source], ...]


def shared_sources(articles: Sequence[AnalysedArticle]) -> tuple[SharedSource, ...]:
    """Return the sources of `articles`, most widely cited first, then by name; empty where nobody is cited."""
    groups: list[list[tuple[int, Source]]] = []
    every = [(k, source) for k, article in enumerate(articles) for source in article.sources]
    for place in sorted(every, key=lambda p: (-len(p[1].name.split()), p[0], p[1].mentions)):
        fitting = [group for group in groups if _one_source(place[1], group)]
        if len(fitting) == 1:
            fitting[0].append(place)
        else:
            groups.append([place])
    found = [
        SharedSource(group[0][1].name, group[0][1].kind, tuple(sorted(group, key=lambda p: p[0]))) for group in groups
    ]
    return tuple(sorted(found, key=lambda s: (-len({k for k, _ in s.cited}), s.name, s.cited[0][0])))


def anonymous_share(analysed: AnalysedArticle) -> Rate:
    """Return how many of the words that sources say rest on anonymous ones."""
    text = analysed.article.text
    said = [a for a in analysed.attributions if a.act is Act.SPEECH]
    words = [(a.resolved_kind, sum(len(WORD.findall(c.of(text))) for c in a.content)) for a in said]
    hidden = sum(count for kind, count in words if kind is SourceKind.ANONYMOUS)
    return Rate(hidden, sum(count for _, count in words), "words that sources say")


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
    doc = event.docs[side.article]
    return any(same_name(name, full) for full in doc.once(_full_names, doc.whole))


def _full_names(doc: Doc, _: Span) -> tuple[str, ...]:
    """Return the names of a text that have more than one word, each once."""
    return tuple(dict.fromkeys(n.span.of(doc.text) for n in doc.names if len(n.key.split()) > 1))


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


def attribution_finding(  # noqa: PLR0917 - the columns of one table of findings, in its order
    event: EventView,
    code: str,
    occasion: Occasion,
    sides: Sequence[Cited],
    counted: Sequence[Cited],
    message: str,
    *,
    by_stance: bool = False,
) -> Finding:
    """Return a finding whose sides print whom they cite; `counted` are those its magnitude counts."""
    grouped: dict[str, list[Passage]] = {}
    for side in sorted(sides, key=lambda s: (s.article, s.span)):
        label = _stance_label(event, side) if by_stance else _label(event, side, code)
        grouped.setdefault(label, []).extend(_evidence(event, side, cue=by_stance))
    return Finding(
        code=code,
        row=occasion.row,
        sides=tuple(Side(label, tuple(passages)) for label, passages in grouped.items()),
        magnitude=Rate(len({s.article for s in counted}), len({s.article for s in sides}), UNITS[code]),
        message=message,
        confidence=round(min(0.9, occasion.confidence), 3),
    )


def stations(event: EventView, side: Cited) -> tuple[Span, ...]:
    """Return the publishers a side's statement passed through: before its source, or before words that cite another."""
    media = (SourceKind.MEDIA, SourceKind.ORGANISATION)
    own = side.sourcing.source.span if side.sourcing.source else None
    found = tuple(link.span for link in side.sourcing.via if link.kind in media and link.span != own)
    if found or own is None or not of_a_medium(side) or side.attribution is None:
        return found
    said = " ".join(event.text(side.article, span) for span in side.attribution.content)
    return (own,) if side.attribution.manner is not Manner.INDIRECT or INNER.search(said) else ()


def of_a_medium(side: Cited) -> bool:
    """Tell whether a side cites a publisher; a person who bears a publisher's name is none."""
    medium = side.attribution is not None and side.attribution.resolved_kind is SourceKind.MEDIA
    return medium and side.sourcing.rung is Rung.ORGANISATION


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


def _label(event: EventView, side: Cited, code: str) -> str:
    passed = stations(event, side)
    if code == "A104" and passed:
        return "through " + ", ".join(event.text(side.article, s) for s in passed)
    kind = LABELS[side.sourcing.rung]
    if side.sourcing.rung is Rung.REPORTEDLY and side.sourcing.cue is not None:
        return f"“{event.text(side.article, side.sourcing.cue.span)}”, {NO_SOURCE}"
    return f"{side.sourcing.name} ({kind})" if side.sourcing.name else kind


def _stance_label(event: EventView, side: Cited) -> str:
    cue = side.sourcing.cue
    stance = side.sourcing.cue_stance
    word = event.text(side.article, cue.span) if cue else ""
    return f"“{word}” ({STANCES[stance]})" if stance in STANCES else f"“{word}”"


def _evidence(event: EventView, side: Cited, *, cue: bool) -> list[Passage]:
    """Return the words a side rests on: its source and cue, or the statement where no source is printed."""
    sourcing = side.sourcing
    printed = [sourcing.cue] if cue else [sourcing.source, sourcing.cue]
    spans = [p.span for p in printed if p is not None] + list(stations(event, side))
    if cue and sourcing.source is not None:
        spans.append(sourcing.source.span)
    if not spans or not cue:
        spans.append(side.span)
    return [event.passage(side.article, span) for span in sorted(set(spans))]


def _one_source(source: Source, group: Sequence[tuple[int, Source]]) -> bool:
    """Tell whether a source is the one that a group holds: by name, never by what it says."""
    first = group[0][1]
    if source.kind in UNJOINED or first.kind in UNJOINED or source.kind is not first.kind or " and " in source.name:
        return False
    if source.kind is SourceKind.NAMED_PERSON:
        return all(same_name(source.name, other.name) for _, other in group)
    capitals = sum(word[:1].isupper() for word in source.name.split())
    return capitals >= FEWEST_CAPITALS and name_key(source.name) == name_key(first.name)
