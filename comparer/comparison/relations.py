"""Say how every two cells of a row stand to each other.

In: the event. Out: a relation per row and pair of articles that tell it. Conflict is said only where a fact of the row
conflicts (see facts); the rest goes by words: the same words, most of the content words on both sides, or one side
with detail the other lacks. Fails on paraphrases that share few words, which come out as partial.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from rapidfuzz import fuzz

from comparer.comparison.quotations.pieces import read_words
from comparer.comparison.view import EventView
from comparer.language.words import stem
from comparer.model import CellRelation, Fact, Relation, Row, RowId, Verdict

SAME_WORDS = 0.95  # part of the words in the same order, so that a tag or a cut at the edge does not count
SAME_CONTENT = 0.5  # part of the content words of the longer cell that stand in the shorter one too


def find_relations(event: EventView) -> tuple[CellRelation, ...]:
    """Return the relation of each pair of cells with claims, by row and pair, without conflicts of fact."""
    return tuple(
        CellRelation(row.id, left, right, _relation(event, row, left, right))
        for row in event.shared_rows
        for left, right in combinations(row.told_by, 2)
    )


def with_conflicts(
    relations: Sequence[CellRelation], facts: Sequence[Fact], event: EventView
) -> tuple[CellRelation, ...]:
    """Return the relations with those pairs set to conflict whose articles stand on two sides of a conflicting fact."""
    opposed: set[tuple[RowId, int, int]] = set()
    for fact in facts:
        if fact.verdict is not Verdict.CONFLICT:
            continue
        sides = [{event.index_of(passage) for passage in side.passages} for side in fact.sides]
        for one, other in combinations(sides, 2):
            opposed |= {(fact.row, min(a, b), max(a, b)) for a in one for b in other if a != b}
    return tuple(
        CellRelation(r.row, r.left, r.right, Relation.CONFLICT) if (r.row, r.left, r.right) in opposed else r
        for r in relations
    )


def cell_forms(event: EventView, row: Row, article: int) -> tuple[str, ...]:
    """Return the comparable words of one cell, in page order."""
    text = event.analysed[article].article.text
    return tuple(w.form for span in event.claim_spans(row, article) for w in read_words(text, span)[0])


def content_overlap(event: EventView, row: Row, left: int, right: int) -> float:
    """Return the part (0..1) of the shorter cell's content words that stand in the longer one too."""
    one, other = _content(event, row, left), _content(event, row, right)
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _relation(event: EventView, row: Row, left: int, right: int) -> Relation:
    one, other = cell_forms(event, row, left), cell_forms(event, row, right)
    if one == other or fuzz.ratio(one, other) >= 100 * SAME_WORDS:
        return Relation.VERBATIM
    a, b = _content(event, row, left), _content(event, row, right)
    shared, longer = len(a & b), max(len(a), len(b))
    return Relation.REWORDED if longer and shared / longer >= SAME_CONTENT else Relation.PARTIAL


def _content(event: EventView, row: Row, article: int) -> frozenset[str]:
    text = event.analysed[article].article.text
    return frozenset(
        stem(w.form) for span in event.claim_spans(row, article) for w in read_words(text, span)[0] if not w.bare
    )
