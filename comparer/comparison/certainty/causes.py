"""Find what one outlet tells as a cause and another, or its own text below, as an association (M103, M104).

In: the event. Out: findings about rows (M103) and about one article's headline and body (M104). Two bonds are compared
only where the statements share what they bind. A possible cause ("may prevent") lies between the two and makes no
finding between outlets. Quoted words are left out. Fails where the bond is in a verb or a noun that no list holds.
"""

from __future__ import annotations

import re

from comparer.comparison.printed import Printed
from comparer.comparison.view import EventView
from comparer.language.evidence import Bond, Grade, bond
from comparer.language.words import STOP_WORDS, stem, words
from comparer.model import Finding, Rate, Row, Side, Span

SHARED = 3  # content words of two statements, their bonds apart, that make them one statement
SHARED_WITH_TITLE = 2  # a headline has few
RESEARCH = re.compile(
    r"\b(?:stud(?:y|ies)|research(?:ers?)?|scientists?|trials?|journal|findings|experiments?|meta-analysis|cohort)\b",
    re.IGNORECASE,
)
"""Words of a text on research: elsewhere a link or a cause is seldom what two outlets grade differently."""

NAMES = {Grade.ASSOCIATION: "an association", Grade.POSSIBLE_CAUSE: "a possible cause", Grade.CAUSE: "a cause"}

Bound = Printed[Bond]


def find_bond_findings(event: EventView) -> tuple[Finding, ...]:
    """Return causes set against associations, row by row, then headlines firmer than their bodies."""
    rows = (_row_finding(event, row) for row in event.shared_rows)
    titles = (_title_finding(event, k) for k in range(len(event.analysed)))
    found: dict[tuple[Side, ...], Finding] = {}
    for finding in (*rows, *titles):
        if finding is not None:
            found.setdefault(finding.sides, finding)
    return tuple(found.values())


def _row_finding(event: EventView, row: Row) -> Finding | None:
    told_by = [k for k in row.told_by if _on_research(event, k)]
    stated = [b for k in told_by if (b := _firmest(event, k, event.claim_spans(row, k))) is not None]
    causes = [b for b in stated if b.value.grade is Grade.CAUSE]
    links = [
        b
        for b in stated
        if b.value.grade is Grade.ASSOCIATION and all(_shared(event, b, cause) >= SHARED for cause in causes)
    ]
    if not causes or not links:
        return None
    sides = tuple(_side(event, items) for items in (links, causes))
    return Finding(
        code="M103",
        row=row.id,
        sides=sides,
        magnitude=Rate(len(causes), len(causes) + len(links), "outlets that grade it tell it as a cause"),
        message=f"Told as an association and as a cause: “{sides[0].value}” / “{sides[1].value}”",
        confidence=0.6,
    )


def _title_finding(event: EventView, article: int) -> Finding | None:
    """Return the finding where a headline states a cause and what the body says of it is never as firm."""
    title = event.title_span(article)
    head = _firmest(event, article, (title,)) if title else None
    if head is None or head.value.grade is not Grade.CAUSE or not _on_research(event, article):
        return None
    spans = [s.span for s in event.analysed[article].sentences if not event.in_title(article, s.span)]
    stated = [b for span in spans if (b := _firmest(event, article, (span,))) is not None]
    about = [b for b in stated if _shared(event, head, b) >= SHARED_WITH_TITLE]
    if not about or any(b.value.grade is Grade.CAUSE for b in about):
        return None
    sides = (_side(event, [head]), _side(event, about))
    return Finding(
        code="M104",
        row=None,
        sides=sides,
        magnitude=Rate(len(about), len(spans), "sentences below the headline print it as less firm"),
        message=f"Headline tells a cause, the text below it {NAMES[about[0].value.grade]}: “{sides[0].value}” / "
        f"“{sides[1].value}”",
        confidence=0.6,
    )


def _on_research(event: EventView, article: int) -> bool:
    """Tell whether an article speaks of research below its headline."""
    spans = (s.span for s in event.analysed[article].sentences if not event.in_title(article, s.span))
    return any(RESEARCH.search(event.text(article, span)) for span in spans)


def _firmest(event: EventView, article: int, spans: tuple[Span, ...]) -> Bound | None:
    cut = event.docs[article].cut
    stated = [Printed(article, span, b.span, b) for span in spans if (b := bond(cut, span)) is not None]
    own = [b for b in stated if not event.in_quotation(article, b.span)]
    return max(own, key=lambda b: b.value.grade, default=None)


def _shared(event: EventView, left: Bound, right: Bound) -> int:
    """Count the content words that two statements share, the words of their bonds apart."""
    return len(_content(event, left) & _content(event, right))


def _content(event: EventView, item: Bound) -> frozenset[str]:
    text = event.analysed[item.article].article.text
    printed = (t for t in words(text, item.claim) if t.form not in STOP_WORDS and not t.span.overlaps(item.span))
    return frozenset(stem(t.form) for t in printed)


def _side(event: EventView, items: list[Bound]) -> Side:
    return Side(
        value=" ".join(event.text(items[0].article, items[0].span).split()),
        passages=tuple(event.passage(item.article, item.span) for item in items),
    )
