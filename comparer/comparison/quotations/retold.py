"""Find statements that one outlet quotes and another retells in its own words: Q107.

In: the event. Out: a finding per row, with the quotations and the retellings that are likelier than the line. A
candidate is a quotation of one cell and the claim of another that shares most with it and is quoted for a third at
most. A learned judge (`resources/findings.json`) says how probable it is that an editor would call the one a retelling
of the other. Fails where a retelling has other words throughout.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comparer.comparison.judged import judge
from comparer.comparison.quotations.fragments import reported
from comparer.comparison.quotations.linking import runs
from comparer.comparison.same import likeness, rarity, statement
from comparer.comparison.view import EventView
from comparer.comparison.words import alike, content_forms
from comparer.language.names import same_name
from comparer.model import Finding, Passage, Rate, Row, Rung, Side, Span

DIRECT_WORDS = 5  # a quotation shorter than this is a scrap that a retelling may well leave out
QUOTED = 0.34  # part of a claim that may be quoted where it retells
VERBATIM = 0.85  # part of a claim's words that the quotation prints: then marks were lost, and nothing is retold
WHOLE = 0.8  # part of a quotation's words printed in a claim with marks: then it is quoted there too
MARKS = '"“”‘'  # not ’, which is an apostrophe more often
BESIDE = 3  # characters around a claim in which its marks may stand
MOST_RARE = 6.0  # sum of rare stems in common from which on more say nothing new


@dataclass(frozen=True, slots=True)
class Retelling:
    """Hold a quotation and a claim of another article that may retell it, with what is measured of both."""

    row: Row
    quoted: tuple[int, Span]
    told: tuple[int, Span]
    features: dict[str, float]


def find_retold(event: EventView, known: Sequence[Finding]) -> list[Finding]:
    """Return the findings of retellings by row; what rests on the places of known ones is left out."""
    found: list[Finding] = []
    shown: set[Passage] = set()
    for row in event.shared_rows:
        judged = [(judge("Q107").probability(r.features), r) for r in retellings(event, row)]
        likely = [(probability, r) for probability, r in judged if probability >= judge("Q107").line]
        sure = [(probability, r) for probability, r in likely if not reported(event, known, (r.quoted, r.told))]
        if not sure:
            continue
        finding = _finding(event, row, [r for _, r in sure], max(probability for probability, _ in sure))
        if not shown.issuperset(finding.evidence):
            found.append(finding)
            shown.update(finding.evidence)
    return found


def retellings(event: EventView, row: Row) -> Iterator[Retelling]:
    """Yield each quotation of a row's cells with each other article's claim that may retell it."""
    direct = {k: event.printed(row, k, _direct) for k in row.told_by}
    for article, quotations in direct.items():
        if not quotations or all(event.in_title(article, span) for span in event.claim_spans(row, article)):
            continue
        quotation = max(quotations, key=len)
        said = content_forms(event.docs[article], quotation)
        for other in (k for k in row.told_by if k != article and not direct[k]):
            own = [span for span in event.claim_spans(row, other) if event.quoted_share(other, span) <= QUOTED]
            forms = [content_forms(event.docs[other], span) for span in own]
            most = max(range(len(own)), key=lambda n: (len(alike(said, forms[n])), -n), default=None)
            if most is None:
                continue
            features = _measured(event, row, (article, quotation), (other, own[most]))
            if features is not None:
                yield Retelling(row, (article, quotation), (other, own[most]), features)


def _measured(event: EventView, row: Row, quoted: tuple[int, Span], told: tuple[int, Span]) -> dict[str, float] | None:
    """Return what is measured of a quotation and a claim, or None where the claim prints the quotation itself."""
    (article, quotation), (other, claim) = quoted, told
    docs = event.docs[article], event.docs[other]
    said, retold = (tuple(w.form for w in doc.words(span)) for doc, span in zip(docs, (quotation, claim), strict=True))
    printed = sum(run.size for run in runs(said, retold))
    share = event.quoted_share(other, claim)
    around = docs[1].text[max(0, claim.start - BESIDE) : claim.end + BESIDE]
    marked = any(mark in around for mark in MARKS)
    if (printed >= VERBATIM * len(retold) and not share) or (printed >= WHOLE * len(said) and marked):
        return None
    full = [content_forms(doc, span) for doc, span in zip(docs, (quotation, claim), strict=True)]
    one, two = event.sourced(row.id, article), event.sourced(row.id, other)
    like = likeness(statement(event, article, [quotation]), statement(event, other, [claim]))
    return {
        "row": row.confidence,
        "tellers": float(len(row.told_by)),
        "headline": float(event.in_title(other, claim)),
        "share of shorter": like.share,
        "rare stems": min(rarity(event, (article, other), like.stems), MOST_RARE),
        "share of said": len(alike(*full)) / max(1, len(full[0])),
        "told": math.log1p(len(full[1])),
        "verbatim": printed / max(1, len(retold)),
        "quoted there": share,
        "marked there": float(marked),
        "own voice there": float(two is not None and two.rung is Rung.OWN_VOICE),
        "named": float(one is not None and one.rung is Rung.NAMED_PERSON),
        "same name": float(bool(one and two and one.name and two.name and same_name(one.name, two.name))),
    }


def _direct(event: EventView, article: int, claim: Span) -> list[Span]:
    """Return the words of a claim that a quotation holds, where it is no scrap and either half of the other."""
    return [
        Span(max(claim.start, quotation.span.start), min(claim.end, quotation.span.end))
        for quotation in event.analysed[article].quotations_at.touching(claim)
        if len(event.text(article, quotation.content).split()) >= DIRECT_WORDS
        and 2 * quotation.content.shared(claim) >= min(len(quotation.content), len(claim))
    ]


def _finding(event: EventView, row: Row, sure: list[Retelling], probability: float) -> Finding:
    quoted, retold = dict.fromkeys(r.quoted for r in sure), dict.fromkeys(r.told for r in sure)
    printing = {k for k, _ in quoted}
    return Finding(
        code="Q107",
        row=row.id,
        sides=(
            Side("quotation", tuple(event.passage(k, span) for k, span in quoted)),
            Side("retold", tuple(event.passage(k, span) for k, span in retold)),
        ),
        magnitude=Rate(len(printing), len(printing | {k for k, _ in retold}), "articles that print it as a quotation"),
        message="One statement, printed as a quotation in one place and retold in another, there with few or none of "
        "its words inside quotation marks.",
        confidence=probability,
    )
