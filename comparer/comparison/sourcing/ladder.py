"""Say who is cited for each claim, how, with what verb and through whom: the attribution ladder.

In: the event. Out: what is told of each row in each article that tells it, `Told`, with one line of the ladder. Who
vouches is weighed by the claim's own article and by which part of the claim the other outlets share. The source is
named as it is printed; an unnamed one is never given a name, even where another outlet prints one beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from comparer.attribution.signs import ACTS, Heard, Signs
from comparer.attribution.vouching import VOUCHERS, Chances, chances, hear, signs_beside, vouched_of
from comparer.comparison.view import EventView
from comparer.model import (
    Attribution,
    Row,
    RowId,
    Rung,
    SourceKind,
    Sourcing,
    Vouched,
)

OTHERS = 4  # claims of other outlets that are looked at: lists of many outlets tell no more
NO_SOURCE = "no source printed"
LABELS = {
    Rung.NAMED_PERSON: "named person",
    Rung.ORGANISATION: "organisation",
    Rung.ROLE: "role, not named",
    Rung.ANONYMOUS: "unnamed source",
    Rung.REPORTEDLY: "“reportedly”, no source printed",
    Rung.OWN_VOICE: "own voice",  # the sentence may print a source for another part
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
    return {(row.id, k): _told(event, row, k) for row in event.alignment.rows for k in row.told_by}


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
    name = source.name if source is not None and source.name else " ".join(printed.of(analysed.article.text).split())
    return Sourcing(
        row=row,
        article=article,
        rung=vouched.rung,
        manner=said.manner,
        source=event.passage(article, printed),
        name=name,
        cue=cue,
        cue_stance=said.cue_stance,
        via=said.via,
        anonymity_reason=reason,
        probability=vouched.probability,
    )
