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
CITED = frozenset({CreditForm.IN_TEXT})  # an agency named as a source, which is no credit for the text
SAME_CONTENT = 0.6  # part of the rows of the text that tells fewer, both of which tell them,
LEAST_ROWS = 6  # from this many on, before a sign-off and a credit are laid beside each other
NO_CREDIT = "no credit seen in this saved text"


def find_origin_findings(event: EventView) -> tuple[Finding, ...]:
    """Return the findings of family R, by origin and then by pair of articles."""
    found = [_shared_text(event, origin) for origin in event.reuse.origins if len(origin) > 1]
    found += [_one_agency(event, *pair) for pair in combinations(range(len(event.analysed)), 2)]
    return tuple(f for f in found if f is not None)


def credit_of(event: EventView, article: int) -> str | None:
    """Return the agency that a page credits, or None; an agency only cited in the text is no credit."""
    own = event.analysed[article].article
    return next((c.agency for c in own.credits if c.agency and c.form not in CITED), None)


def credit_passages(event: EventView, article: int) -> tuple[Passage, ...]:
    """Return where a page credits an agency or an agency reporter for its text."""
    own = event.analysed[article].article
    return tuple(event.passage(article, c.span) for c in own.credits if c.form not in CITED)


def _shared_text(event: EventView, origin: tuple[int, ...]) -> Finding | None:
    """Return R102 where every page of an origin prints a credit or a sign-off, and R101 where one does not."""
    runs = {article: _runs(event, article, origin) for article in origin}
    if not all(runs.values()):
        return None
    bare = [article for article in origin if not credit_passages(event, article)]
    outlets, without = event.counted(origin), event.counted(bare)
    seen = f"in {without} of {outlets} no credit is seen" if bare else "each prints a credit or a sign-off"
    merged: dict[str, list[Passage]] = {}
    for article in origin:
        credited = credit_passages(event, article) if bare else ()
        merged.setdefault(_credit_label(event, article), []).extend((*runs[article], *credited))
    shared = max(event.reuse.shared[a][b] for a in origin for b in origin if a != b)
    total = max(event.reuse.words[a] for a in origin)
    return Finding(
        code="R101" if bare else "R102",
        row=None,
        sides=tuple(Side(label, tuple(passages)) for label, passages in merged.items()),
        magnitude=Rate(min(shared, total), total, "words of the longest of these texts"),
        message=f"{outlets} saved texts carry one text in whole or in part and count as one origin; {seen}.",
        confidence=0.85,
    )


def _credit_label(event: EventView, article: int) -> str:
    agency, passages = credit_of(event, article), credit_passages(event, article)
    if agency:
        return f"credit printed: {agency}"
    return f"signed off: {event.text(article, passages[0].span)}" if passages else NO_CREDIT


def _one_agency(event: EventView, left: int, right: int) -> Finding | None:
    """Return R101 where one page names an agency, the other only a reporter, and both tell nearly the same."""
    named = [k for k in (left, right) if credit_of(event, k)]
    bare = [k for k in (left, right) if not credit_of(event, k) and credit_passages(event, k)]
    joined = any(left in origin and right in origin for origin in event.reuse.origins)
    if not named or not bare or joined:
        return None
    told = [{row.id for row in event.alignment.rows if row.cells[k].claims} for k in (left, right)]
    both, fewer = len(told[0] & told[1]), min(map(len, told))
    if fewer < LEAST_ROWS or both < SAME_CONTENT * fewer:
        return None
    return Finding(
        code="R101",
        row=None,
        sides=(
            Side(_credit_label(event, named[0]), credit_passages(event, named[0])),
            Side("a reporter signs off; no agency is named in this saved text", credit_passages(event, bare[0])),
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


def _shared_by(event: EventView) -> dict[ArticleId, list[tuple[Passage, ArticleId, int]]]:
    """Return by article its passages that another one shares, each with that one and the number of words."""
    found: dict[ArticleId, list[tuple[Passage, ArticleId, int]]] = defaultdict(list)
    for shared in event.reuse.passages:
        for mine, theirs in ((shared.left, shared.right), (shared.right, shared.left)):
            found[mine.article].append((mine, theirs.article, shared.words))
    return found
