"""Score attributions against annotators: by content, by source, by manner. Used by `attribution.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from comparer.attribution.attributions import attributions_of
from comparer.attribution.kinds import source_kind
from comparer.attribution.links import Link
from comparer.attribution.resolve import gender_of
from comparer.attribution.units import Piece, Unit
from comparer.model import Attribution, SourceKind, Span

Content = Sequence[Span]


def matched(pieces: Sequence[Piece], links: Sequence[Link], gold: Sequence[Attribution]) -> list[bool]:
    """Tell of each link whether its content shares half of its characters with a marked one, each taken once."""
    given = [[Span(pieces[a].start, pieces[b - 1].end) for a, b in link.contents] for link in links]
    hits = {j for _, j in pairs([a.content for a in gold], given)}
    return [j in hits for j in range(len(links))]


def pairs(gold: Sequence[Content], given: Sequence[Content]) -> Iterator[tuple[int, int]]:
    """Yield pairs of contents that share at least half of the characters that either holds, best first."""
    shares = sorted(
        ((share, i, j) for i, g in enumerate(gold) for j, p in enumerate(given) if (share := _jaccard(g, p)) >= 0.5),
        reverse=True,
    )
    used: set[tuple[str, int]] = set()
    for _, i, j in shares:
        if ("gold", i) not in used and ("given", j) not in used:
            used |= {("gold", i), ("given", j)}
            yield i, j


def _jaccard(left: Content, right: Content) -> float:
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in left for b in right)
    return shared / max(1, sum(map(len, left)) + sum(map(len, right)) - shared)


Held = tuple[str, Sequence[Unit], Sequence[Attribution]]  # text, units, gold


def report(held: Sequence[Held]) -> None:
    """Print what documents left out of learning get, by either reader."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("read", "read fast")}
    found: Counter[tuple[str, str]] = Counter()
    for text, units, gold in held:
        best = attributions_of(text, units)
        _count(counts["read"], gold, best)
        _count(counts["read fast"], gold, attributions_of(text, units, fast=True))
        hits = {i for i, _ in pairs([a.content for a in gold], [a.content for a in best])}
        for i, marked in enumerate(gold):
            for group in _groups(text, marked):
                found[group, "all"] += 1
                found[group, "found"] += i in hits
    for name, count in counts.items():
        print(name, {k: round(v, 4) for k, v in _figures(count).items()})
    for group in sorted({g for g, _ in found}):
        print("recall", group, f"{found[group, 'found']} of {found[group, 'all']}")


def _groups(text: str, marked: Attribution) -> list[str]:
    content = "".join(part.of(text) for part in marked.content).strip()
    quoted = content[:1] in "\"“'‘" and content[-1:] in "\"”'’.,?!"
    inside = any(mark in content for mark in '“"')
    manner = "direct" if quoted else "mixed" if inside else "indirect"
    if marked.source is None:
        return [manner, "source none"]
    kind, words = source_kind(marked.source.of(text)), marked.source.of(text).partition(",")[0].split()
    gender = gender_of(words[-2]) if kind is SourceKind.NAMED_PERSON and len(words) > 1 else None
    return [manner, f"source {kind}", *([f"first name of {gender}"] if gender else [])]


def _count(count: Counter[str], gold: Sequence[Attribution], told: Sequence[Attribution]) -> None:
    count["gold"] += len(gold)
    count["told"] += len(told)
    for i, j in pairs([a.content for a in gold], [a.content for a in told]):
        count["content"] += 1
        left, right = gold[i].source, told[j].source
        if left is None or right is None:
            count["source"] += left is right
        else:
            shared = min(left.end, right.end) - max(left.start, right.start)
            count["source"] += 2 * shared >= min(len(left), len(right))


def _figures(count: Counter[str]) -> dict[str, float]:
    told, gold = max(1, count["told"]), max(1, count["gold"])
    return {
        "precision": count["content"] / told,
        "recall": count["content"] / gold,
        "content f1": 2 * count["content"] / (told + gold),
        "precision with source": count["source"] / told,
        "with source f1": 2 * count["source"] / (told + gold),
    }
