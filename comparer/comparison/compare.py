"""Compare the articles of one event: compose relations, sourcing, quotations, facts, findings, indicators and scores.

In: analysed articles, their rows and what they share word for word. Out: one EventComparison. Finders stand in explicit
tuples; what they find is filtered by the options and put in one order, so equal input gives equal output. How two cells
stand to each other goes by words: the same words, most of the content words on both sides, or one side with detail the
other lacks; conflict is said only where a fact of the row conflicts. Fails on paraphrases that share few words, which
come out as partial.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations

from rapidfuzz import fuzz

from comparer.comparison.certainty.find import find_certainty_findings
from comparer.comparison.facts.find import compare_facts, distinct_facts, find_fact_findings, without_conflicts
from comparer.comparison.indicators import find_indicators
from comparer.comparison.naming import event_title, row_names
from comparer.comparison.origins.find import find_origin_findings
from comparer.comparison.page.find import find_promotion
from comparer.comparison.quotations.find import find_quote_findings
from comparer.comparison.quotations.utterances import find_utterances
from comparer.comparison.scores import find_scores
from comparer.comparison.selection.find import find_selection
from comparer.comparison.sourcing.find import find_attribution_findings
from comparer.comparison.sourcing.sources import Told, find_told, shared_sources
from comparer.comparison.view import EventView
from comparer.comparison.wording.find import find_wording_findings
from comparer.comparison.words import cell_content, cell_forms
from comparer.language.doc import Doc
from comparer.model import (
    Agreement,
    Alignment,
    AnalysedArticle,
    Article,
    CellRelation,
    Config,
    EventComparison,
    Fact,
    Finding,
    Group,
    Relation,
    Reuse,
    Row,
    RowId,
    Utterance,
    Verdict,
    copies_of,
)
from comparer.model.text import stable_id

Finder = Callable[[EventView], tuple[Finding, ...]]
FINDERS: tuple[Finder, ...] = (
    find_certainty_findings,
    find_wording_findings,
    find_selection,
    find_promotion,
)
"""What looks at rows and texts alone; quotations, attribution and facts are handed what they rest on as well."""
SAME_WORDS = 0.95  # part of the words in the same order, so that a tag or a cut at the edge does not count
SAME_CONTENT = 0.5  # part of the content words of the longer cell that stand in the shorter one too
EVENT_ID = 11  # characters of an event's id


def compare_event(
    analysed: Sequence[AnalysedArticle],
    docs: Sequence[Doc],
    *,
    group: Group,
    alignment: Alignment,
    reuse: Reuse,
    config: Config,
    further: Sequence[Article] = (),
    rejected: Collection[str] = (),
) -> EventComparison:
    """Return everything that is said of one event; a lone article gives its sourcing and indicators.

    `analysed` are the articles of the group in the order of the alignment's cells, `docs` their readings, `further`
    copies of their texts. Findings whose ids are in `rejected` are still among the event's, but no fact or relation
    calls what they rest on a conflict.
    """
    copies = copies_of([a.article for a in analysed], further)
    view, told = prepared(EventView(tuple(analysed), tuple(docs), alignment, reuse, config=config, copies=copies))
    facts = compare_facts(view)
    conflicts = find_fact_findings(view, facts)
    facts = without_conflicts(facts, [f for f in conflicts if f.id in rejected])
    relations = _with_conflicts(view.relations, facts, view)
    facts = distinct_facts(view, facts)
    view = replace(view, relations=relations)
    utterances = find_utterances(view)
    articles = (*alignment.articles, *(article.id for article in further))
    return EventComparison(
        id=stable_id("e", *sorted(articles))[:EVENT_ID],
        title=event_title(view),
        row_names=row_names(view),
        articles=articles,
        terms=group.terms,
        confidence=group.confidence,
        nearest=group.nearest,
        alignment=alignment,
        reuse=reuse,
        relations=relations,
        sourcing=view.sourcing,
        sources=shared_sources(view.analysed),
        utterances=utterances,
        facts=facts,
        agreements=_find_agreements(view),
        findings=_in_order(view, _findings(view, utterances, conflicts, told)),
        indicators=find_indicators(view),
        scores=find_scores(view, utterances),
    )


def prepared(event: EventView) -> tuple[EventView, Mapping[tuple[RowId, int], Told]]:
    """Return the event with how its cells relate and who vouches for them, and what each article tells of each row."""
    told = find_told(event)
    related = ((row, event.pairs(row, partial(_relation, event, row))) for row in event.shared_rows)
    relations = tuple(CellRelation(row.id, *pair) for row, pairs in related for pair in pairs)
    return replace(event, relations=relations, sourcing=tuple(side.sourcing for side in told.values())), told


def _with_conflicts(
    relations: Sequence[CellRelation], facts: Sequence[Fact], event: EventView
) -> tuple[CellRelation, ...]:
    """Return the relations with those pairs set to conflict whose articles stand on two sides of a conflicting fact."""
    opposed: set[tuple[RowId, int, int]] = set()
    for fact in (f for f in facts if f.verdict is Verdict.CONFLICT):
        sides = [{event.index_of(passage) for passage in side.passages} for side in fact.sides]
        for one, other in combinations(sides, 2):
            opposed |= {(fact.row, min(a, b), max(a, b)) for a in one for b in other if a != b}
    return tuple(
        replace(r, relation=Relation.CONFLICT) if (r.row, r.left, r.right) in opposed else r for r in relations
    )


def _find_agreements(event: EventView) -> tuple[Agreement, ...]:
    """Return for each row how many outlets print it and how many origins that is, strictly and loosely joined."""
    return tuple(
        Agreement(
            row=row.id,
            outlets=len({a.outlet for k in row.told_by for a in (event.analysed[k].article, *event.copies.get(k, ()))}),
            origins=event.origins_of(row.told_by),
            loose_origins=event.origins_of(row.told_by, loose=True),
        )
        for row in event.alignment.rows
    )


def _findings(
    view: EventView,
    utterances: Sequence[Utterance],
    conflicts: Sequence[Finding],
    told: Mapping[tuple[RowId, int], Told],
) -> list[Finding]:
    """Run every finder; articles that are one text word for word are told apart by nothing but their reuse."""
    found = list(find_origin_findings(view))
    if len(view.analysed) > 1 and len({a.article.digest for a in view.analysed}) == 1:
        return found
    found += find_quote_findings(view, utterances)
    found += find_attribution_findings(view, told)
    found += conflicts
    for finder in FINDERS:
        found += finder(view)
    return found


def _in_order(view: EventView, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Keep the findings that are wanted, by family and code, then by row and place."""
    rows: dict[RowId | None, int] = {row.id: k for k, row in enumerate(view.alignment.rows)}
    order = {a.article.id: k for k, a in enumerate(view.analysed)}

    def key(finding: Finding) -> tuple[object, ...]:
        places = [(order[p.article], p.span) for p in finding.evidence]
        return finding.code, rows.get(finding.row, len(rows)), places, finding.message

    wanted = (f for f in findings if view.config.wants(f.code))
    return tuple(sorted(wanted, key=key))


def _relation(event: EventView, row: Row, left: int, right: int) -> Relation:
    one, other = cell_forms(event, row, left), cell_forms(event, row, right)
    if one == other or fuzz.ratio(one, other) >= 100 * SAME_WORDS:
        return Relation.VERBATIM
    a, b = cell_content(event, row, left), cell_content(event, row, right)
    shared, longer = len(a & b), max(len(a), len(b))
    return Relation.REWORDED if longer and shared / longer >= SAME_CONTENT else Relation.PARTIAL
