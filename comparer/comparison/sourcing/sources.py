"""Say whom each article cites for each claim, how, with what verb and through whom; and which sources are one.

In: the event, or its analysed articles. Out: what is told of each row in each article that tells it, `Told`, with one
line of the attribution ladder; how a side reads beside another and the words it rests on; one `SharedSource` per source
with the articles that cite it. Who vouches is weighed by the claim's own article and by which part of the claim the
other outlets share. The source is named as it is printed. Named people, organisations, media and documents are joined
by name across transliterations, titles and initials, and in a doubtful case not at all. A source printed without a name
stays with its article, even where another outlet prints one beside it: joining it with anybody could out it. Two people
who share a surname stay apart where any article gives them different first names; a bare surname that fits both joins
neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from comparer.attribution.signs import Heard, Signs
from comparer.attribution.vouching import VOUCHERS, Chances, chances, hear, signs_beside, vouched_of
from comparer.comparison.view import EventView
from comparer.language.names import name_key, same_name
from comparer.language.words import STOP_WORDS, stem, words
from comparer.model import (
    Act,
    AnalysedArticle,
    Attribution,
    CueStance,
    Manner,
    Passage,
    Rate,
    Row,
    RowId,
    Rung,
    SharedSource,
    Source,
    SourceKind,
    Sourcing,
    Span,
    Vouched,
)

OTHERS = 4  # claims of other outlets that are looked at: lists of many outlets tell no more
NO_SOURCE = "no source printed"
LABELS = {
    Rung.NAMED_PERSON: "named person",
    Rung.ORGANISATION: "organisation",
    Rung.ROLE: "role, not named",
    Rung.ANONYMOUS: "unnamed source",
    Rung.REPORTEDLY: f"“reportedly”, {NO_SOURCE}",
    Rung.OWN_VOICE: "own voice",  # the sentence may print a source for another part
}
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


@dataclass(frozen=True, slots=True)
class Told:
    """Hold how one article (index) tells a row: its claims and what speaks for whom in each, and who vouches."""

    article: int
    heard: tuple[Heard, ...]
    signs: tuple[Signs, ...]
    chances: Chances
    said: Attribution | None
    kind: SourceKind | None
    sourcing: Sourcing


def find_told(event: EventView) -> Mapping[tuple[RowId, int], Told]:
    """Return what is told of each row in each article that tells it, in the order of rows and articles."""
    return {(row.id, k): _told(event, row, k) for row in event.alignment.rows for k in row.told_by}


def rung_of(kind: SourceKind) -> Rung:
    """Return the rung on which a sort of source stands; what is of no known sort counts as a role."""
    return next((rung for rung, own in VOUCHERS if own is kind), Rung.ROLE)


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


def label(event: EventView, side: Told, code: str) -> str:
    """Return how a side reads beside the other: whom it cites, through whom, or with what verb."""
    sourcing = side.sourcing
    cue = event.text(side.article, sourcing.cue.span) if sourcing.cue else ""
    if code == "A105" and sourcing.cue_stance in STANCES:
        return f"“{cue}” ({STANCES[sourcing.cue_stance]})"
    passed = stations(event, side)
    if code == "A104" and passed:
        return "through " + ", ".join(event.text(side.article, s) for s in passed)
    if sourcing.rung is Rung.REPORTEDLY and cue:
        return f"“{cue}”, {NO_SOURCE}"
    kind = LABELS[sourcing.rung]
    if not sourcing.name:
        return kind
    return f"{sourcing.name} ({kind})" if sourcing.sure else sourcing.name  # the sort would be a guess


def evidence(event: EventView, side: Told) -> list[Passage]:
    """Return the words a side rests on: its source and cue, the stations on the way, and the claim."""
    printed = [p.span for p in (side.sourcing.source, side.sourcing.cue) if p is not None]
    spans = {*printed, *stations(event, side), *(heard.claim.passage.span for heard in side.heard)}
    return [event.passage(side.article, span) for span in sorted(spans)]


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


def _told(event: EventView, row: Row, article: int) -> Told:
    """Return who is cited for a row in one article, by its claims and those that tell the same elsewhere."""
    own = _heard_in(event, row, article)
    others = ((event.docs[k], h) for k in row.told_by if k != article for h in _heard_in(event, row, k))
    near = list(islice(others, OTHERS))
    signs = [signs_beside(event.docs[article], h, near) if near else h.signs for h in own]
    likely = chances(signs)
    vouched, said = vouched_of(event.analysed[article], own, likely)
    sourcing = _sourcing(event, row.id, article, vouched, said)
    return Told(article, tuple(own), tuple(signs), likely, said, vouched.kind, sourcing)


def _heard_in(event: EventView, row: Row, article: int) -> list[Heard]:
    """Return what is measured of the claims that tell a row in one article; its headline's only where it is alone."""
    claims = event.claims(row, article)
    body = [claim for claim in claims if not event.in_title(article, claim.passage.span)]
    return [hear(event.analysed[article], event.docs[article], claim) for claim in body or claims]


def _sourcing(event: EventView, row: RowId, article: int, vouched: Vouched, said: Attribution | None) -> Sourcing:
    """Return who is cited in a cell as it is printed there."""
    analysed = event.analysed[article]
    found = Sourcing(
        row=row,
        article=article,
        rung=vouched.rung,
        manner=vouched.manner,
        source=None,
        name=None,
        cue=event.passage(article, vouched.cue) if vouched.cue is not None else None,
        cue_stance=None,
        probability=vouched.probability,
    )
    if said is None or vouched.source is None:
        return found
    source = analysed.source_of(said)
    reason = source is not None and source.anonymity_reason is not None
    printed = said.source or vouched.source
    return replace(
        found,
        source=event.passage(article, printed),
        name=(source and source.name) or " ".join(printed.of(analysed.article.text).split()),
        cue_stance=said.cue_stance,
        via=said.via,
        anonymity_reason=reason if vouched.rung is Rung.ANONYMOUS else None,
    )


def _one_source(source: Source, group: Sequence[Source]) -> bool:
    """Tell whether a source is the one that a group holds: by name, never by what it says."""
    first = group[0]
    if source.kind in UNJOINED or source.kind is not first.kind or " and " in source.name:
        return False
    if source.kind is SourceKind.NAMED_PERSON:
        return all(same_name(source.name, other.name) for other in group)
    capital = any(word[0].isupper() for word in source.name.split())  # "the report" may be any
    return capital and name_key(source.name) == name_key(first.name)
