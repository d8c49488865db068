"""Compare the articles of one event: compose relations, sourcing, quotations, facts, findings, indicators and scores.

In: analysed articles, their rows and what they share word for word. Out: one EventComparison. Finders stand in explicit
tuples; what they find is filtered by the options and put in one order, so equal input gives equal output.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from comparer.comparison.agreement import find_agreements
from comparer.comparison.certainty.causes import find_bond_findings
from comparer.comparison.certainty.find import find_certainty_findings
from comparer.comparison.facts.find import compare_facts, distinct_facts, find_fact_findings, without_conflicts
from comparer.comparison.indicators.find import find_indicators
from comparer.comparison.origins.find import find_origin_findings
from comparer.comparison.page.find import find_promotion
from comparer.comparison.quotations.find import find_quote_findings
from comparer.comparison.quotations.utterances import find_utterances
from comparer.comparison.relations import find_relations, with_conflicts
from comparer.comparison.scores import find_scores
from comparer.comparison.selection.find import find_selection
from comparer.comparison.selection.named import find_named
from comparer.comparison.sourcing.find import find_attribution_findings
from comparer.comparison.sourcing.ladder import find_sourcing
from comparer.comparison.titles import event_title
from comparer.comparison.view import EventView
from comparer.comparison.wording.find import find_wording_findings
from comparer.comparison.wording.labels import find_labels
from comparer.language.doc import Doc
from comparer.model import (
    Alignment,
    AnalysedArticle,
    Config,
    EventComparison,
    Finding,
    Group,
    Reuse,
    Utterance,
)

Finder = Callable[[EventView], tuple[Finding, ...]]

FINDERS: tuple[Finder, ...] = (
    find_certainty_findings,
    find_bond_findings,
    find_wording_findings,
    find_labels,
    find_selection,
    find_named,
    find_promotion,
)
"""What looks at rows and texts alone; quotations, attribution and facts are handed what they rest on as well."""


def compare_event(
    analysed: Sequence[AnalysedArticle],
    docs: Sequence[Doc],
    *,
    group: Group,
    alignment: Alignment,
    reuse: Reuse,
    config: Config,
    rejected: Collection[str] = (),
) -> EventComparison:
    """Return everything that is said of one event; a lone article gives its sourcing and indicators.

    `analysed` are the articles of the group in the order of the alignment's cells, `docs` their readings. Findings
    whose ids are in `rejected` are still among the event's, but no fact or relation calls what they rest on a conflict.
    """
    view = EventView(tuple(analysed), tuple(docs), alignment, reuse, config=config)
    view = replace(view, relations=find_relations(view), sourcing=find_sourcing(view))
    facts = compare_facts(view)
    conflicts = find_fact_findings(view, facts)
    facts = without_conflicts(facts, [f for f in conflicts if f.id in rejected])
    relations = with_conflicts(view.relations, facts, view)
    facts = distinct_facts(view, facts)
    view = replace(view, relations=relations)
    utterances = find_utterances(view)
    findings = _in_order(view, _findings(view, utterances, conflicts))
    return EventComparison(
        id=_event_id(view),
        title=event_title(view.analysed),
        articles=tuple(a.article.id for a in view.analysed),
        terms=group.terms,
        confidence=group.confidence,
        nearest=group.nearest,
        alignment=alignment,
        reuse=reuse,
        relations=relations,
        sourcing=view.sourcing,
        utterances=utterances,
        facts=facts,
        agreements=find_agreements(view),
        findings=findings,
        indicators=find_indicators(view),
        scores=find_scores(view, utterances),
    )


def _findings(view: EventView, utterances: Sequence[Utterance], conflicts: Sequence[Finding]) -> list[Finding]:
    """Run every finder; articles that are one text word for word are told apart by nothing but their reuse."""
    found = list(find_origin_findings(view))
    if len(view.analysed) > 1 and len({a.article.digest for a in view.analysed}) == 1:
        return found
    found += find_quote_findings(view, utterances)
    found += find_attribution_findings(view, utterances)
    found += conflicts
    for finder in FINDERS:
        found += finder(view)
    return found


def _in_order(view: EventView, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Keep the findings that are wanted, by family and code, then by row and place."""
    rows = {row.id: k for k, row in enumerate(view.alignment.rows)}
    order = {a.article.id: k for k, a in enumerate(view.analysed)}

    def key(finding: Finding) -> tuple[object, ...]:
        places = [(order[p.article], p.span) for p in finding.evidence]
        row = rows.get(finding.row, len(rows)) if finding.row is not None else len(rows)
        return (finding.code, row, places, finding.message)

    wanted = (f for f in findings if view.config.wants(f.code))
    return tuple(sorted(wanted, key=key))


def _event_id(view: EventView) -> str:
    ids = "\n".join(sorted(a.article.id for a in view.analysed))
    return "e" + hashlib.sha256(ids.encode()).hexdigest()[:10]
