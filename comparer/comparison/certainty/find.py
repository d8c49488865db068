"""Compare how surely outlets tell of an act yet to come: between outlets (M101), headline against body (M102).

In: the event. Out: findings about two cells of a row and about a headline that is firmer than its article. Commitments
are compared only where they are about one act: the same verb or verbs of one act, or two shared words of what is to be
done; levels that lie next to each other are no difference ("plans to", "will"). Fails where two outlets describe one
act in wholly different words, and where a conditional stands in the next sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, groupby, product

from comparer.comparison.judged import rate
from comparer.comparison.view import EventView, Printed, side_of
from comparer.language.certainty import Commitment
from comparer.model import Finding, Rate, Row, Side, Span

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
        items = _apart(event, row)
        if len({item.value.level for item in items}) > 1:
            finding = _row_finding(event, row, items)
            if not any(set(finding.evidence) <= set(other.evidence) for other in found):
                found.append(finding)
    return (*found, *_headline_findings(event))


def _apart(event: EventView, row: Row) -> list[Graded]:
    """Return the prints of one act on which cells of a row lie apart, one per article, by rising level."""
    graded = {k: event.printed(row, k, _graded) for k in row.told_by}
    found: list[Graded] = []
    for left, right in combinations(graded.values(), 2):
        rivals = [(a, b) for a, b in product(left, right) if _same_act(a.value, b.value)]
        if rivals and all(abs(a.value.level - b.value.level) >= APART for a, b in rivals):
            found += rivals[0]
    first = {item.article: item for item in sorted(found, key=lambda item: item.span, reverse=True)}
    return sorted(first.values(), key=lambda item: (item.value.level, item.article))


def _graded(event: EventView, article: int, claim: Span) -> list[Graded]:
    found = event.docs[article].commitments(claim) if not event.in_title(article, claim) else ()
    return [Printed(article, claim, commitment.phrase, commitment) for commitment in found]


def _same_act(one: Commitment, other: Commitment) -> bool:
    """Tell whether two commitments are about one act, by their verbs and the words of what is to be done."""
    if one.negated != other.negated or one.undecided or other.undecided:
        return False
    around = {*one.act, *one.subject} & {*other.act, *other.subject}
    if one.verb == other.verb:
        return bool(around - {one.verb})
    if one.verbal and other.verbal and (one.verb in other.act or other.verb in one.act):
        return False  # one act is only mentioned in the other: "will set a day to testify"
    return bool(set(one.act) & set(other.act)) and len(around) >= SHARED_WORDS


def _row_finding(event: EventView, row: Row, items: Sequence[Graded]) -> Finding:
    levels = [(level, list(of)) for level, of in groupby(items, key=lambda item: item.value.level)]
    sides = tuple(side_of(of, text=event.text, passage=event.passage) for _, of in levels)
    named = [f"“{side.value}” ({NAMES[level]})" for (level, _), side in zip(levels, sides, strict=True)]
    surer = sum(item.value.level - items[0].value.level >= APART for item in items)
    return Finding(
        code="M101",
        row=row.id,
        sides=sides,
        magnitude=Rate(surer, len(items), "outlets print it as surer"),
        message=f"Certainty printed differently: {' / '.join(named)}",
        confidence=rate("M101"),
    )


def _headline_findings(event: EventView) -> Iterator[Finding]:
    """Yield a finding where a headline's act stands in the body as clearly less sure, and nowhere as sure."""
    for article, doc in enumerate(event.docs):
        if doc.title is None:
            continue
        spans = [s.span for s in doc.sentences if not s.span.overlaps(doc.title)]
        body = [found for span in spans for found in doc.commitments(span)]
        for head in doc.commitments(doc.title):
            about = [found for found in body if _same_act(head, found)]
            if about and all(head.level - found.level >= APART for found in about):
                undecided = [found for found in body if found.undecided]
                yield _headline_finding(event, article, head, [about[0], *undecided[:1]])
                break


def _headline_finding(event: EventView, article: int, head: Commitment, body: Sequence[Commitment]) -> Finding:
    sides = tuple(
        Side(
            " ".join(event.text(article, told[0].phrase).split()),
            tuple(event.passage(article, commitment.phrase) for commitment in told),
        )
        for told in ([head], body)
    )
    sentences = [s.span for s in event.analysed[article].sentences if not event.in_title(article, s.span)]
    less_sure = sum(any(span.covers(commitment.phrase) for commitment in body) for span in sentences)
    return Finding(
        code="M102",
        row=None,
        sides=sides,
        magnitude=Rate(less_sure, len(sentences), "sentences below the headline print it as less sure"),
        message=f"Headline surer than the text below it: “{sides[0].value}” ({NAMES[head.level]}) / "
        f"“{sides[1].value}” ({NAMES[body[0].level]})",
        confidence=rate("M102"),
    )
