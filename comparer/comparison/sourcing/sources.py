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

from comparer.comparison.sourcing.ladder import LABELS, NO_SOURCE, Told
from comparer.comparison.view import EventView
from comparer.language.names import name_key, same_name
from comparer.language.words import STOP_WORDS, stem, words
from comparer.model import (
    Act,
    AnalysedArticle,
    CueStance,
    Manner,
    Passage,
    Rate,
    Rung,
    SharedSource,
    Source,
    SourceKind,
    Span,
)

STANCES = {
    CueStance.NEUTRAL: "plain",
    CueStance.FACTIVE: "takes it as a fact",
    CueStance.DOUBTFUL: "keeps a distance",
    CueStance.EMOTIVE: "lends it a tone",
}
INNER = re.compile(r"\b(?:said|says|told|according to|citing|quoting)\b")
"""Words by which what a publisher reports cites somebody else."""
UNJOINED = frozenset({SourceKind.ROLE, SourceKind.ANONYMOUS, SourceKind.GROUP, SourceKind.PRONOUN, SourceKind.OTHER})
WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
FEWEST_CAPITALS = 1  # capitals a document's name must hold to be one: "the report" may be any


def shared_sources(articles: Sequence[AnalysedArticle]) -> tuple[SharedSource, ...]:
    """Return the sources of `articles`, most widely cited first, then by name; empty where nobody is cited."""
    groups: list[list[tuple[int, int, Source]]] = []
    every = [(k, n, source) for k, article in enumerate(articles) for n, source in enumerate(article.sources)]
    for place in sorted(every, key=lambda p: (-len(p[2].name.split()), p[0], p[2].mentions)):
        fitting = [group for group in groups if _one_source(place[2], [source for *_, source in group])]
        if len(fitting) == 1:
            fitting[0].append(place)
        else:
            groups.append([place])
    found = [SharedSource(g[0][2].name, g[0][2].kind, tuple(sorted((k, n) for k, n, _ in g))) for g in groups]
    return tuple(sorted(found, key=lambda s: (-len({k for k, _ in s.cited}), s.name, s.cited[0])))


def anonymous_share(analysed: AnalysedArticle) -> Rate:
    """Return how many of the words that sources say rest on anonymous ones."""
    text = analysed.article.text
    said = [a for a in analysed.attributions if a.act is Act.SPEECH]
    words = [(a.resolved_kind, sum(len(WORD.findall(c.of(text))) for c in a.content)) for a in said]
    hidden = sum(count for kind, count in words if kind is SourceKind.ANONYMOUS)
    return Rate(hidden, sum(count for _, count in words), "words that sources say")


def stations(event: EventView, side: Told) -> tuple[Span, ...]:
    """Return the publishers a side's statement passed through: before its source, or before words that cite another."""
    media = (SourceKind.MEDIA, SourceKind.ORGANISATION)
    own = side.sourcing.source.span if side.sourcing.source else None
    found = tuple(link.span for link in side.sourcing.via if link.kind in media and link.span != own)
    if found or own is None or side.kind is not SourceKind.MEDIA or side.said is None:
        return found
    said = " ".join(event.text(side.article, span) for span in side.said.content)
    return (own,) if side.said.manner is not Manner.INDIRECT or INNER.search(said) else ()


def heads(event: EventView, side: Told) -> frozenset[str]:
    """Return the content words by which a source is printed, with its fullest name; of a person the name alone."""
    printed = side.sourcing.name or ""
    if side.sourcing.source is not None and side.sourcing.rung is not Rung.NAMED_PERSON:
        printed += " " + event.text(side.article, side.sourcing.source.span)
    return frozenset(stem(t.form) for t in words(printed) if t.form not in STOP_WORDS)


def stances_apart(left: Told, right: Told) -> bool:
    """Tell whether the verbs of two sides add different things to what is said."""
    stances = {left.sourcing.cue_stance, right.sourcing.cue_stance}
    return len(stances) > 1 and stances <= STANCES.keys()


def label(event: EventView, side: Told, code: str) -> str:
    """Return how a side reads beside the other: whom it cites, through whom, or with what verb."""
    sourcing = side.sourcing
    if code == "A105":
        word = event.text(side.article, sourcing.cue.span) if sourcing.cue else ""
        stance = sourcing.cue_stance
        return f"“{word}” ({STANCES[stance]})" if stance in STANCES else f"“{word}”"
    passed = stations(event, side)
    if code == "A104" and passed:
        return "through " + ", ".join(event.text(side.article, s) for s in passed)
    kind = LABELS[sourcing.rung]
    if sourcing.rung is Rung.REPORTEDLY and sourcing.cue is not None:
        return f"“{event.text(side.article, sourcing.cue.span)}”, {NO_SOURCE}"
    if sourcing.name and not sourcing.sure:
        return sourcing.name  # what sort of source it is would be a guess
    return f"{sourcing.name} ({kind})" if sourcing.name else kind


def evidence(event: EventView, side: Told) -> list[Passage]:
    """Return the words a side rests on: its source and cue, the stations on the way, and the claim."""
    printed = [p.span for p in (side.sourcing.source, side.sourcing.cue) if p is not None]
    spans = {*printed, *stations(event, side), *(heard.claim.passage.span for heard in side.heard)}
    return [event.passage(side.article, span) for span in sorted(spans)]


def _one_source(source: Source, group: Sequence[Source]) -> bool:
    """Tell whether a source is the one that a group holds: by name, never by what it says."""
    first = group[0]
    if source.kind in UNJOINED or first.kind in UNJOINED or source.kind is not first.kind or " and " in source.name:
        return False
    if source.kind is SourceKind.NAMED_PERSON:
        return all(same_name(source.name, other.name) for other in group)
    capitals = sum(word[:1].isupper() for word in source.name.split())
    return capitals >= FEWEST_CAPITALS and name_key(source.name) == name_key(first.name)
