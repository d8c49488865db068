"""Find one actor named by different labels (W103): protesters here, rioters there; a general secretary, a union baron.

In: the event. Out: one finding per chain of labels, with every label and where it stands. Labels are compared in two
ways: on the same row, where each outlet prints one that the other does not; and beside the same person's name, wherever
it stands. Quoted labels are the source's. Which label is apt is not said. Fails where a row speaks of two actors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from comparer.comparison.printed import Printed
from comparer.comparison.view import EventView
from comparer.comparison.voices import Voices
from comparer.language.markers import Hit, find_phrases
from comparer.language.names import same_name
from comparer.model import Finding, Rate, RowId, Side, Span

NAME_AFTER = re.compile(r",?\s+(?:(?:Dr|Sir|Dame|Mr|Mrs|Ms|Prof)\.?\s+)?")
"""What may stand between a label and the name it goes with: "union baron Ida Lund"."""

NAME_BEFORE = re.compile(r",\s+(?:\d\d,\s+)?(?:[\w’'-]+\s+){0,4}")
"""What may stand between a name and its label: "Ida Lund, the union's general secretary"."""


@dataclass(frozen=True, slots=True)
class _Label:
    """Hold one printed label: the chain it belongs to, its entry, and the name it stands beside, if any."""

    chain: str
    printed: Printed[str]
    name: str | None


def find_labels(event: EventView) -> tuple[Finding, ...]:
    """Return one finding per chain of labels in which outlets differ, and per person whom they label differently."""
    labels = [_labels(event, article) for article in range(len(event.analysed))]
    persons = _by_person(labels)
    rows = _by_row(event, labels)
    found = [_finding(event, items, None) for items in persons]
    shown = {item for items in persons for item in items}
    for items, row in rows:
        fresh = [item for item in items if item not in shown]
        if len({item.value for item in fresh}) > 1:
            found.append(_finding(event, fresh, row))
    return tuple(found)


def _labels(event: EventView, article: int) -> tuple[_Label, ...]:
    """Return the labels an article prints outside quotation marks, the longest where several overlap."""
    analysed = event.analysed[article]
    voices = Voices(analysed)
    cut = event.docs[article].cut
    hits = find_phrases(cut, [s.span for s in analysed.sentences], ("labels",), own=event.config.lexicon)
    longest = [
        h for h in hits if not any(o is not h and o.span.covers(h.span) and len(o.span) > len(h.span) for o in hits)
    ]
    return tuple(
        _Label(h.group.name, Printed(article, h.span, h.span, h.entry), _name(event, article, h))
        for h in longest
        if not voices.quoted(h.span)
    )


def _name(event: EventView, article: int, hit: Hit) -> str | None:
    """Return the printed name that a label stands beside."""
    text = event.analysed[article].article.text
    for name in event.analysed[article].names:
        after = NAME_AFTER.fullmatch(text, hit.span.end, name.span.start) if name.span.start >= hit.span.end else None
        before = NAME_BEFORE.fullmatch(text, name.span.end, hit.span.start) if name.span.end <= hit.span.start else None
        if after or before:
            return name.span.of(text)
    return None


def _by_person(labels: Sequence[Sequence[_Label]]) -> list[list[Printed[str]]]:
    """Return, for each person whom two articles label with nothing in common, all labels of that person."""
    named = [label for own in labels for label in own if label.name is not None]
    found: list[list[Printed[str]]] = []
    taken: set[_Label] = set()
    for first in named:
        if first in taken or first.name is None:
            continue
        same = [o for o in named if o.chain == first.chain and o.name is not None and same_name(first.name, o.name)]
        taken.update(same)
        if _apart(_sets([o.printed for o in same])):
            found.append([o.printed for o in same])
    return found


def _apart(sets: dict[int, frozenset[str]]) -> bool:
    return any(not a & b for a, b in combinations(sets.values(), 2))


def _sets(items: Iterable[Printed[str]]) -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = {}
    for item in items:
        found[item.article] = found.get(item.article, frozenset()) | {item.value}
    return found


def _by_row(event: EventView, labels: Sequence[Sequence[_Label]]) -> list[tuple[list[Printed[str]], RowId]]:
    """Return by chain the labels on which two outlets differ, each printing one that the other does not, and a row."""
    chains: dict[str, tuple[dict[Printed[str], None], RowId]] = {}
    for row in event.shared_rows:
        cells = {k: [x for x in labels[k] if _inside(event.claim_spans(row, k), x.printed.span)] for k in row.told_by}
        for left, right in combinations(row.told_by, 2):
            for chain in sorted({x.chain for x in cells[left]} & {x.chain for x in cells[right]}):
                pair = [[x for x in cells[k] if x.chain == chain] for k in (left, right)]
                only = [[x for x in own if x.printed.value not in _values(other)] for own, other in (pair, pair[::-1])]
                if all(only) and not _two_persons(*only):
                    kept = chains.setdefault(chain, ({}, row.id))[0]
                    kept.update(dict.fromkeys(x.printed for own in only for x in own))
    return [(sorted(items, key=lambda p: (p.article, p.span)), row) for items, row in chains.values()]


def _inside(spans: Iterable[Span], span: Span) -> bool:
    return any(s.covers(span) for s in spans)


def _values(labels: Iterable[_Label]) -> frozenset[str]:
    return frozenset(x.printed.value for x in labels)


def _two_persons(left: Sequence[_Label], right: Sequence[_Label]) -> bool:
    """Tell whether labels stand beside names that are not one person's."""
    names = [[x.name for x in own if x.name is not None] for own in (left, right)]
    return any(not same_name(a, b) for a in names[0] for b in names[1])


def _finding(event: EventView, items: Sequence[Printed[str]], row: RowId | None) -> Finding:
    entries: dict[str, list[Printed[str]]] = {}
    for item in items:
        entries.setdefault(item.value, []).append(item)
    sides = tuple(
        Side(
            " ".join(event.text(same[0].article, same[0].span).split()).casefold(),
            tuple(event.passage(item.article, item.span) for item in same),
        )
        for same in entries.values()
    )
    return Finding(
        code="W103",
        row=row,
        sides=sides,
        magnitude=Rate(
            len({p.article for p in sides[0].passages}),
            len({item.article for item in items}),
            f"outlets that name the actor print “{sides[0].value}”",
        ),
        message=f"Named by different labels: {' / '.join(side.value for side in sides)}",
        confidence=0.5,
    )
