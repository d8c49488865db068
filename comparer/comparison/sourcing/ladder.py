"""Say who is cited for each claim, how, with what verb and through whom: the attribution ladder.

In: the event. Out: what is told of each row in each article that tells it, `Told`, with one line of the ladder. Who
vouches is weighed by the claim's own article and by which part of the claim the other outlets share. The source is
named as it is printed; an unnamed one is never given a name, even where another outlet prints one beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from comparer.attribution.kinds import source_kind
from comparer.attribution.signs import ACTS, Heard, Signs, hear, signs_beside
from comparer.attribution.vouching import VOUCHERS, Chances, chances, vouched_of
from comparer.comparison.view import EventView
from comparer.language.names import same_name
from comparer.model import (
    AnalysedArticle,
    Attribution,
    Row,
    RowId,
    Rung,
    Source,
    SourceKind,
    Sourcing,
    Span,
    Vouched,
)
from comparer.resources.loader import word_set

OTHERS = 4  # claims of other outlets that are looked at: lists of many outlets tell no more
NO_SOURCE = "no source printed"
JOINERS = word_set("comparison_words", "joiners")
LABELS = {
    Rung.NAMED_PERSON: "named person",
    Rung.ORGANISATION: "organisation",
    Rung.ROLE: "role, not named",
    Rung.ANONYMOUS: "unnamed source",
    Rung.REPORTEDLY: "“reportedly”, no source printed",
    Rung.OWN_VOICE: NO_SOURCE,
}


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
    heard: dict[str, Heard] = {}
    return {(row.id, k): _told(event, row, k, heard) for row in event.alignment.rows for k in row.told_by}


def _told(event: EventView, row: Row, article: int, known: dict[str, Heard]) -> Told:
    """Return who is cited for a row in one article, by its claims and those that tell the same elsewhere."""
    own = _heard_in(event, row, article, known)
    others = [(event.docs[k], h) for k in row.told_by if k != article for h in _heard_in(event, row, k, known)]
    near = others[:OTHERS]
    signs = [signs_beside(event.docs[article], h, near) if near else h.signs for h in own]
    likely = chances(signs)
    vouched, said = vouched_of(event.analysed[article], own, likely)
    sourcing = _sourcing(event, row.id, article, vouched, said)
    return Told(article, tuple(own), tuple(signs), likely, said, vouched.kind, sourcing)


def _heard_in(event: EventView, row: Row, article: int, known: dict[str, Heard]) -> list[Heard]:
    """Return what is measured of the claims that tell a row in one article; its headline's only where it is alone."""
    claims = event.claims(row, article)
    body = [claim for claim in claims if not event.in_title(article, claim.passage.span)]
    for claim in body or claims:
        if claim.id not in known:  # a line of a list stands in hundreds of rows
            known[claim.id] = hear(event.analysed[article], event.docs[article], claim)
    return [known[claim.id] for claim in body or claims]


def rung_of(kind: SourceKind) -> Rung:
    """Return the rung on which a sort of source stands; what is of no known sort counts as a role."""
    return next((rung for rung, own in VOUCHERS if own is kind), Rung.ROLE)


def acts_only(attribution: Attribution) -> bool:
    """Tell whether the verb is itself the news ("rejected", "have discussed") and needs no source beside it."""
    return attribution.cue_lemma in ACTS


def _sourcing(event: EventView, row: RowId, article: int, vouched: Vouched, said: Attribution | None) -> Sourcing:
    """Return who is cited in a cell as it is printed there."""
    analysed = event.analysed[article]
    cue = event.passage(article, vouched.cue) if vouched.cue is not None else None
    if said is None or vouched.source is None or vouched.kind is None:
        return Sourcing(
            row, article, vouched.rung, vouched.manner, None, None, cue, None, probability=vouched.probability
        )
    source = analysed.source_of(said)
    reason = source is not None and source.anonymity_reason is not None if vouched.rung is Rung.ANONYMOUS else None
    printed = said.source or vouched.source
    return Sourcing(
        row=row,
        article=article,
        rung=vouched.rung,
        manner=said.manner,
        source=event.passage(article, printed),
        name=_name(analysed, printed, source, vouched.kind),
        cue=cue,
        cue_stance=said.cue_stance,
        via=said.via,
        anonymity_reason=reason,
        probability=vouched.probability,
    )


def _mentions(printed: Span, source: Source | None) -> tuple[Span, ...]:
    return (printed, *(source.mentions if source is not None else ()))


def _name(analysed: AnalysedArticle, printed: Span, source: Source | None, kind: SourceKind) -> str:
    text = " ".join(printed.of(analysed.article.text).split())
    if kind is SourceKind.NAMED_PERSON:
        persons = (person_in(analysed, span) for span in _mentions(printed, source))
        found = next((p for p in persons if p), None) or _holder(analysed, printed) or _surname_of(analysed, printed)
        return found or (source.name if source is not None else text)
    return source.name if source is not None and source.name and len(text) <= 4 else text


def person_in(analysed: AnalysedArticle, printed: Span) -> str | None:
    """Return the person's name that a role is printed with: "the mayor, Orla Venn", "spokesman Col Asprey".

    A name of two words that follows "of", "for" or an article is an institution's: "a spokesman for the Harbour Board".
    """
    text = analysed.article.text
    for name in analysed.names_at.inside(printed):
        if len(name.key.split()) < 2:
            continue
        before = text[printed.start : name.span.start].rstrip()
        tail = text[name.span.end : printed.end].strip()
        last = re.split(r"[\s,]+", before.rstrip(","))[-1].casefold() if before else ""
        if (before.endswith(",") or last not in JOINERS) and not re.match(r"[\w'’]", tail):
            return name.span.of(text)
    return _before(analysed, printed)


def _before(analysed: AnalysedArticle, printed: Span) -> str | None:
    """Return the name that a role stands behind: "Orla Venn, master of the harbour, said"."""
    text = analysed.article.text
    near = Span(max(0, printed.start - len(", ") - 1), printed.start)
    full = (n.span for n in analysed.names_at.touching(near) if len(n.key.split()) > 1)
    return next((s.of(text) for s in full if text[s.end : printed.start] == ", " and s.end < printed.start), None)


def _holder(analysed: AnalysedArticle, printed: Span) -> str | None:
    """Return the one full name that the text prints right behind the role this span names, or None.

    "the judge" is Orla Venn where the text says "Judge Orla Venn" and names no other judge so.
    """
    text = analysed.article.text
    words = re.findall(r"[\w-]+", printed.of(text).casefold())
    if len(words) != 2 or words[0] != "the":
        return None
    held: list[str] = []
    for name in analysed.names:
        before = text[max(0, name.span.start - len(words[1]) - 1) : name.span.start].casefold().strip()
        printed_name = name.span.of(text)
        if len(name.key.split()) > 1 and before == words[1] and not any(same_name(printed_name, h) for h in held):
            held.append(printed_name)
    return held[0] if len(held) == 1 else None


def _surname_of(analysed: AnalysedArticle, printed: Span) -> str | None:
    """Return the one full name that a bare surname stands for where it is a publisher's name too: "Fox", "Post"."""
    text = analysed.article.text
    word = printed.of(text)
    if not re.fullmatch(r"[^\W\d_]+", word):
        return None
    full = {n.key: n.span.of(text) for n in analysed.names if n.key.split()[-1] == word.casefold() != n.key}
    people = [name for name in full.values() if source_kind(name) is SourceKind.NAMED_PERSON]
    return people[0] if len(people) == len(full) == 1 else None
