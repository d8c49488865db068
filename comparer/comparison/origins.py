"""Find text that outlets share, and whether the page says where it comes from: R101 to R103.

In: the event with what its articles share word for word. Out: one finding per origin of two or more articles, and one
per pair of origins that share a quotation. "No credit seen in this saved text" is all that can be said: the credit may
stand in what was not saved. Credited agency copy is good practice.
"""

from __future__ import annotations

from itertools import combinations

from comparer.comparison.view import EventView
from comparer.model import CreditForm, Finding, Passage, Rate, SharedPassage, Side

SHOWN = 3  # passages per article: the first and the longest ones
QUOTED = 12  # words two texts share inside quotation marks before that is worth a line
CITED = frozenset({CreditForm.IN_TEXT})  # an agency named as a source, which is no credit for the text


def find_origin_findings(event: EventView) -> tuple[Finding, ...]:
    """Return the findings of family R, by origin and then by pair of articles."""
    found = [_shared_text(event, origin) for origin in event.reuse.origins if len(origin) > 1]
    strict = set(event.reuse.origins)
    loose = [origin for origin in event.reuse.loose_origins if len(origin) > 1 and origin not in strict]
    found += [_loosely_joined(event, origin) for origin in loose]
    found += [_shared_quotation(event, left, right) for left, right in combinations(range(len(event.analysed)), 2)]
    return tuple(f for f in found if f is not None)


def _shared_text(event: EventView, origin: tuple[int, ...]) -> Finding | None:
    sides = []
    for article in origin:
        passages = _runs(event, article, origin)
        if not passages:
            return None
        credit = credit_of(event, article)
        sides.append((credit, article, passages))
    credited = [side for side in sides if side[0]]
    code = "R102" if len(credited) == len(sides) else "R101"
    words = max(round(event.reuse.share(a, b) * event.reuse.words[a]) for a in origin for b in origin if a != b)
    total = max(event.reuse.words[a] for a in origin)
    merged: dict[str, list[Passage]] = {}
    for credit, article, passages in sides:
        label = f"credit printed: {credit}" if credit else "no credit seen in this saved text"
        extra = credit_passages(event, article) if code == "R101" else ()
        merged.setdefault(label, []).extend((*passages, *extra))
    return Finding(
        code=code,
        row=None,
        sides=tuple(Side(label, tuple(passages)) for label, passages in merged.items()),
        magnitude=Rate(min(words, total), total, "words"),
        message=_message(len(origin), len(credited)),
        confidence=0.85,
    )


def _message(outlets: int, credited: int) -> str:
    start = f"{outlets} saved texts carry one text in whole or in part and count as one origin"
    if credited == outlets:
        return f"{start}; each prints a credit."
    if credited:
        return f"{start}; {credited} of {outlets} {'prints' if credited == 1 else 'print'} a credit."
    return f"{start}; no credit is seen in any of them."


def _loosely_joined(event: EventView, origin: tuple[int, ...]) -> Finding | None:
    """Return R101 where credits and content, rather than words, show texts of one agency, and a page names none."""
    named = [k for k in origin if credit_of(event, k)]
    bare = [k for k in origin if not credit_of(event, k) and credit_passages(event, k)]
    if not named or not bare:
        return None
    sides = (
        *(Side(f"credit printed: {credit_of(event, k)}", credit_passages(event, k)) for k in named),
        Side("a reporter signs off; no agency is named", tuple(p for k in bare for p in credit_passages(event, k))),
    )
    return Finding(
        code="R101",
        row=None,
        sides=tuple(side for side in sides if side.passages),
        magnitude=Rate(len(named), len(named) + len(bare), "articles that name the agency"),
        message="By their sign-offs and content these texts may go back to one agency report; not every one names it.",
        confidence=0.5,
    )


def _shared_quotation(event: EventView, left: int, right: int) -> Finding | None:
    if any(left in origin and right in origin for origin in event.reuse.origins):
        return None
    shared = [p for p in event.reuse.passages if p.quoted and _between(event, p, left, right)]
    words = sum(passage.words for passage in shared)
    if words < QUOTED:
        return None
    ids = {event.analysed[k].article.id for k in (left, right)}
    passages = [side for p in shared for side in (p.left, p.right) if side.article in ids]
    sides = tuple(
        Side("the same quotation", tuple(p for p in passages if p.article == event.analysed[k].article.id))
        for k in (left, right)
    )
    return Finding(
        code="R103",
        row=None,
        sides=sides,
        magnitude=Rate(words, words, "words shared inside quotation marks"),
        message="The two texts share words inside quotation marks, and are otherwise two origins.",
        confidence=0.8,
    )


def _between(event: EventView, passage: SharedPassage, left: int, right: int) -> bool:
    ids = {event.analysed[left].article.id, event.analysed[right].article.id}
    return {passage.left.article, passage.right.article} == ids


def _runs(event: EventView, article: int, origin: tuple[int, ...]) -> tuple[Passage, ...]:
    """Return the first and the longest passages an article shares with others of its origin, in page order."""
    own = event.analysed[article].article.id
    others = {event.analysed[k].article.id for k in origin if k != article}
    found: dict[Passage, int] = {}
    for shared in event.reuse.passages:
        for mine, theirs in ((shared.left, shared.right), (shared.right, shared.left)):
            if mine.article == own and theirs.article in others:
                found[mine] = max(shared.words, found.get(mine, 0))
    first = sorted(found)[:1]
    longest = sorted(found, key=lambda passage: (-found[passage], passage))[: SHOWN - 1]
    return tuple(sorted({*first, *longest}))


def credit_of(event: EventView, article: int) -> str | None:
    """Return the agency that a page credits, or None; an agency only cited in the text is no credit."""
    own = event.analysed[article].article
    return next((c.agency for c in own.credits if c.agency and c.form not in CITED), None)


def credit_passages(event: EventView, article: int) -> tuple[Passage, ...]:
    """Return where a page credits an agency or an agency reporter for its text."""
    own = event.analysed[article].article
    return tuple(event.passage(article, c.span) for c in own.credits if c.form not in CITED)
