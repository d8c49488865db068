"""Find text that outlets share, and whether the page says where it comes from: R101 and R102.

In: the event with what its articles share word for word. Out: one finding per origin of two or more articles, and one
per pair of texts that a sign-off and nearly equal content tie to one agency. "No credit seen in this saved text" is all
that can be said: the credit may stand in what was not saved.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from comparer.comparison.view import EventView
from comparer.model import ArticleId, CreditForm, Finding, Passage, Rate, Side

SHOWN = 3  # passages per article: the first and the longest ones
SAME_CONTENT = 0.6  # part of the rows of the text that tells fewer, both of which tell them,
LEAST_ROWS = 6  # from this many on, before a sign-off and a credit are laid beside each other
SHORT, UNBROKEN = (
    150,
    12,
)  # words of a text of which a formula may be a third, and in a row that are no formula any more
NO_CREDIT = "no credit seen in this saved text"


def find_origin_findings(event: EventView) -> tuple[Finding, ...]:
    """Return the findings of family R, by origin and then by pair of articles."""
    found = [_shared_text(event, origin) for origin in event.reuse.origins if len(origin) > 1]
    found += [_one_agency(event, *pair) for pair in combinations(range(len(event.analysed)), 2)]
    return tuple(f for f in found if f is not None)


def credited(event: EventView, article: int) -> tuple[str | None, tuple[Passage, ...]]:
    """Return the agency that a page credits, or None, and where it credits an agency or an agency's reporter.

    An agency only cited in the text is no credit for it.
    """
    own = [c for c in event.analysed[article].article.credits if c.form is not CreditForm.IN_TEXT]
    return next((c.agency for c in own if c.agency), None), tuple(event.passage(article, c.span) for c in own)


def _shared_text(event: EventView, origin: tuple[int, ...]) -> Finding | None:
    """Return R102 where every page of an origin prints a credit or a sign-off, and R101 where one does not."""
    runs = {article: _runs(event, article, origin) for article in origin}
    if not all(runs.values()):
        return None
    if min(event.reuse.words[a] for a in origin) < SHORT and _longest(event, origin) < UNBROKEN:
        return None
    bare = [article for article in origin if not credited(event, article)[1]]
    merged: dict[str, list[Passage]] = {}
    for article in origin:
        agency, places = credited(event, article)
        signed = f"signed off: {event.text(article, places[0].span)}" if places else NO_CREDIT
        label = f"credit printed: {agency}" if agency else signed
        merged.setdefault(label, []).extend((*runs[article], *(places if bare else ())))
    shared = max(event.reuse.shared[a][b] for a in origin for b in origin if a != b)
    total = max(event.reuse.words[a] for a in origin)
    outlets, without = event.counted(origin), event.counted(bare)
    seen = f"in {without} of {outlets} no credit is seen" if bare else "each prints a credit or a sign-off"
    return Finding(
        code="R101" if bare else "R102",
        row=None,
        sides=tuple(Side(label, tuple(passages)) for label, passages in merged.items()),
        magnitude=Rate(min(shared, total), total, "words of the longest of these texts"),
        message=f"{outlets} saved texts carry one text in whole or in part and count as one origin; {seen}.",
        confidence=0.85,
    )


def _one_agency(event: EventView, left: int, right: int) -> Finding | None:
    """Return R101 where one page names an agency, the other only a reporter, and both tell nearly the same."""
    found = [credited(event, k) for k in (left, right)]
    named = [(agency, places) for agency, places in found if agency]
    signed = [places for agency, places in found if places and not agency]
    joined = any(left in origin and right in origin for origin in event.reuse.origins)
    if not named or not signed or joined:
        return None
    told = [{row.id for row in event.alignment.rows if row.cells[k].claims} for k in (left, right)]
    both, fewer = len(told[0] & told[1]), min(map(len, told))
    if fewer < LEAST_ROWS or both < SAME_CONTENT * fewer:
        return None
    agency, places = named[0]
    return Finding(
        code="R101",
        row=None,
        sides=(
            Side(f"credit printed: {agency}", places),
            Side("a reporter signs off; no agency is named in this saved text", signed[0]),
        ),
        magnitude=Rate(both, fewer, "rows of the text that tells fewer"),
        message="One text names an agency, the other only a reporter, and both tell nearly the same: they may go back "
        "to one report.",
        confidence=0.5,
    )


def _runs(event: EventView, article: int, origin: tuple[int, ...]) -> tuple[Passage, ...]:
    """Return the first and the longest passages an article shares with others of its origin, in page order."""
    own = event.analysed[article].article.id
    others = {event.analysed[k].article.id for k in origin if k != article}
    found: dict[Passage, int] = {}
    for mine, theirs, words in event.once(_shared_by).get(own, ()):
        if theirs in others:
            found[mine] = max(words, found.get(mine, 0))
    first = sorted(found)[:1]
    longest = sorted(found, key=lambda passage: (-found[passage], passage))
    return tuple(sorted(list(dict.fromkeys([*first, *longest]))[:SHOWN]))


def _longest(event: EventView, origin: tuple[int, ...]) -> int:
    """Return the words of the longest passage that two articles of an origin share."""
    ids = {event.analysed[k].article.id for k in origin}
    shared = event.once(_shared_by)
    return max((words for one in ids for _, other, words in shared.get(one, ()) if other in ids), default=0)


def _shared_by(event: EventView) -> dict[ArticleId, list[tuple[Passage, ArticleId, int]]]:
    """Return by article its passages that another one shares, each with that one and the number of words."""
    found: dict[ArticleId, list[tuple[Passage, ArticleId, int]]] = defaultdict(list)
    for shared in event.reuse.passages:
        for mine, theirs in ((shared.left, shared.right), (shared.right, shared.left)):
            found[mine.article].append((mine, theirs.article, shared.words))
    return found
