"""Compare how surely outlets tell of an act yet to come: between outlets (M101), headline against body (M102).

In: the event. Out: findings about two cells of a row and about a headline that is firmer than its article. Commitments
are compared only where they are about one act: the same verb or verbs of one act, or two shared words of what is to be
done; levels that lie next to each other are no difference ("plans to", "will"). Fails where two outlets describe one
act in wholly different words, and where a conditional stands in the next sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from comparer.comparison.judged import rate
from comparer.comparison.view import EventView, Printed
from comparer.language.certainty import Commitment
from comparer.model import Finding, Passage, Rate, Row, Side, Span

APART = 2  # steps of the scale between two commitments that differ
SHARED_WORDS = 2  # content words of the act that make it one act where the verbs differ
NAMES = {
    1: "possible",
    2: "under consideration",
    3: "ready or willing",
    4: "planned",
    5: "stated as coming",
    6: "decided",
}
Graded = Printed[Commitment]


def find_certainty_findings(event: EventView) -> tuple[Finding, ...]:
    """Return differences of certainty between outlets, row by row, then headlines surer than their bodies."""
    found: list[Finding] = []
    for row in event.shared_rows:
        levels = _row_levels(event, row)
        if len(levels) > 1:
            finding = _row_finding(event, row, levels)
            if not any(set(finding.evidence) <= set(other.evidence) for other in found):
                found.append(finding)
    headlines = (_headline_finding(event, k) for k in range(len(event.analysed)))
    return (*found, *(finding for finding in headlines if finding is not None))


def same_act(one: Commitment, other: Commitment) -> bool:
    """Tell whether two commitments are about one act, by their verbs and the words of what is to be done."""
    if one.negated != other.negated or one.undecided or other.undecided:
        return False
    around = {*one.act, *one.subject} & {*other.act, *other.subject}
    if one.verb == other.verb:
        return bool(around - {one.verb})
    if one.verbal and other.verbal and (one.verb in other.act or other.verb in one.act):
        return False  # one act is only mentioned in the other: "will set a day to testify"
    return bool(set(one.act) & set(other.act)) and len(around) >= SHARED_WORDS


def _row_levels(event: EventView, row: Row) -> tuple[tuple[Graded, ...], ...]:
    """Return the prints of one act on which cells of a row lie apart, one per article, by rising level."""
    graded = {k: event.printed(row, k, _graded) for k in row.told_by}
    pairs: list[tuple[Graded, Graded]] = []
    for left, right in combinations(graded, 2):
        rivals = [(a, b) for a in graded[left] for b in graded[right] if same_act(a.value, b.value)]
        if rivals and all(_steps(a, b) >= APART for a, b in rivals):
            pairs.append(rivals[0])
    items = _one_each(sorted({item for pair in pairs for item in pair}, key=lambda g: (g.article, g.span)))
    levels = sorted({item.value.level for item in items})
    return tuple(tuple(item for item in items if item.value.level == level) for level in levels)


def _one_each(items: Sequence[Graded]) -> tuple[Graded, ...]:
    return tuple(item for k, item in enumerate(items) if item.article not in {other.article for other in items[:k]})


def _graded(event: EventView, article: int, claim: Span) -> list[Graded]:
    found = event.docs[article].commitments(claim) if not event.in_title(article, claim) else ()
    return [Printed(article, claim, commitment.phrase, commitment) for commitment in found]


def _steps(a: Graded, b: Graded) -> int:
    return abs(a.value.level - b.value.level)


def _row_finding(event: EventView, row: Row, levels: Sequence[Sequence[Graded]]) -> Finding:
    lowest = levels[0][0].value.level
    surer = sum(len(items) for items in levels if items[0].value.level - lowest >= APART)
    printed = [_side(event, items) for items in levels]
    named = [_named(items[0], side) for items, side in zip(levels, printed, strict=True)]
    return Finding(
        code="M101",
        row=row.id,
        sides=tuple(printed),
        magnitude=Rate(surer, sum(len(items) for items in levels), "outlets print it as surer"),
        message=f"Certainty printed differently: {' / '.join(named)}",
        confidence=rate("M101"),
    )


def _named(item: Graded, side: Side) -> str:
    return f"“{side.value}” ({NAMES[item.value.level]})"


def _side(event: EventView, items: Sequence[Graded]) -> Side:
    return Side(
        value=" ".join(event.text(items[0].article, items[0].span).split()),
        passages=tuple(event.passage(item.article, item.span) for item in items),
    )


def _headline_finding(event: EventView, article: int) -> Finding | None:
    """Return the finding where the headline's act stands in the body as clearly less sure, and nowhere as sure."""
    title = event.title_span(article)
    if title is None:
        return None
    doc = event.docs[article]
    spans = [s.span for s in doc.sentences if not s.span.overlaps(title)]
    body = [(span, found) for span in spans for found in doc.commitments(span)]
    for head in doc.commitments(title):
        about = [(span, found) for span, found in body if same_act(head, found)]
        weaker = [(span, found) for span, found in about if head.level - found.level >= APART]
        if weaker and len(weaker) == len(about):
            undecided = [found for _, found in body if found.undecided]
            return _title_finding(event, article, head, [weaker[0][1], *undecided[:1]])
    return None


def _title_finding(event: EventView, article: int, head: Commitment, body: Sequence[Commitment]) -> Finding:
    def passages(spans: Sequence[Span]) -> tuple[Passage, ...]:
        return tuple(event.passage(article, span) for span in spans)

    sides = (
        Side(" ".join(event.text(article, head.phrase).split()), passages([head.phrase])),
        Side(" ".join(event.text(article, body[0].phrase).split()), passages([b.phrase for b in body])),
    )
    sentences = [s for s in event.analysed[article].sentences if not event.in_title(article, s.span)]
    less_sure = sum(any(s.span.covers(b.phrase) for b in body) for s in sentences)
    return Finding(
        code="M102",
        row=None,
        sides=sides,
        magnitude=Rate(less_sure, len(sentences), "sentences below the headline print it as less sure"),
        message=f"Headline surer than the text below it: “{sides[0].value}” ({NAMES[head.level]}) / "
        f"“{sides[1].value}” ({NAMES[body[0].level]})",
        confidence=rate("M102"),
    )
