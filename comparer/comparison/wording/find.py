"""Report wording in an outlet's own voice: evaluation, loaded words, prediction, and labels of an actor (W101 to W104).

In: the event. Out: findings. A word in quotation marks, or in what is reported as a source's words, is the source's and
never makes a finding of the outlet. Words that are plain facts in some reports ("fraud") are marked but make no finding
alone. Labels are compared on the same row, where each outlet prints one that the other does not, and beside the same
person's name, wherever it stands. It says that the wording differs, never that the plainer one is neutral or which
label is apt. Fails on irony, on loaded words that no list holds, and where a row speaks of two actors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

from comparer.comparison.view import EventView, Printed
from comparer.comparison.voices import Voices
from comparer.language.markers import Hit, find_phrases, groups_of
from comparer.language.names import same_name
from comparer.model import Finding, Marker, Passage, Rate, Row, RowId, Side, Span, Voice, WordGroup

INTRODUCES = re.compile(r"(?: (?:that|to [\w ]{1,20}))?[,:]?\s*")
FOLLOWS = re.compile(r",?\s*(?:(?:[A-Z][\w.’'-]*|he|she|they|it|the [\w-]+) ){0,3}")
"""What stands between a verb of saying and the quotation behind it, or before it."""
SHOWN = 4  # marked words named in a message; the others stand in the evidence
NAME_AFTER = re.compile(r",?\s+(?:(?:Dr|Sir|Dame|Mr|Mrs|Ms|Prof)\.?\s+)?")
"""What may stand between a label and the name it goes with: "union baron Ida Lund"."""
NAME_BEFORE = re.compile(r",\s+(?:\d\d,\s+)?(?:[\w’'-]+\s+){0,4}")
"""What may stand between a name and its label: "Ida Lund, the union's general secretary"."""


class _Label(NamedTuple):
    """Hold one printed label: the chain it belongs to, its entry, and the name it stands beside, if any."""

    chain: str
    printed: Printed[str]
    name: str | None


def find_wording_findings(event: EventView) -> tuple[Finding, ...]:
    """Return the findings about wording: loaded against plain by row, each article's own voice, then labels."""
    marked = [own_markers(event, k) for k in range(len(event.analysed))]
    loaded: list[Finding] = []
    used: set[Passage] = set()
    for row in event.shared_rows:
        finding = _loaded(event, row, marked)
        if finding is not None and not used.issuperset(finding.sides[0].passages):
            loaded.append(finding)
            used.update(finding.sides[0].passages)
    found: list[Finding] = list(loaded)
    for article, markers in enumerate(marked):
        judging = [m for m in markers if m.category in {"evaluation", "loaded"}]
        found.extend(_own_voice(event, article, judging, code="W101"))
        found.extend(_own_voice(event, article, [m for m in markers if m.category == "prediction"], code="W104"))
    return (*found, *_labelled(event))


def own_markers(event: EventView, article: int) -> tuple[Marker, ...]:
    """Return the markers of one article that are the outlet's own words and can make a finding, longest first kept."""
    analysed = event.analysed[article]
    voices = Voices(analysed)
    cues = [said.cue for said in analysed.attributions if said.cue is not None]
    kept: list[Marker] = []
    for marker in sorted(analysed.markers, key=lambda m: (m.span.start, -m.span.end)):
        free = marker.voice is Voice.OUTLET and voices.own(marker.span)
        fresh = not kept or kept[-1].span.end <= marker.span.start or kept[-1].category != marker.category
        verb = _is_verb(marker, event.config.lexicon)  # as a verb of saying it is A105's
        says = verb and (any(c.overlaps(marker.span) for c in cues) or _beside_quotation(event, article, marker))
        if free and fresh and not says and _stands_alone(marker, event.config.lexicon):
            kept.append(marker)
    return tuple(kept)


def _labelled(event: EventView) -> tuple[Finding, ...]:
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


def _beside_quotation(event: EventView, article: int, marker: Marker) -> bool:
    """Tell whether a marked verb introduces or follows a quotation (boasted: “…”, “…” grovelled Venn): it reports."""
    for quotation in event.analysed[article].quotations:
        if quotation.span.start >= marker.span.end:
            gap = event.text(article, Span(marker.span.end, quotation.span.start))
            if INTRODUCES.fullmatch(gap):
                return True
        elif quotation.span.end <= marker.span.start:
            gap = event.text(article, Span(quotation.span.end, marker.span.start))
            if FOLLOWS.fullmatch(gap):
                return True
    return False


def _is_verb(marker: Marker, own: tuple[WordGroup, ...]) -> bool:
    return any(marker.entry in g.entries for g in groups_of(marker.lexicon, own) if g.get("inflect") == "verb")


def _stands_alone(marker: Marker, own: tuple[WordGroup, ...]) -> bool:
    return marker.lexicon != "loaded" or marker.entry in _alone(own)


@cache
def _alone(own: tuple[WordGroup, ...]) -> frozenset[str]:
    """Return the loaded words that are no plain facts in any report, so that each makes a finding alone."""
    return frozenset(e for g in groups_of("loaded", own) if g.get("alone") != "no" for e in g.entries)


def _loaded(event: EventView, row: Row, marked: Sequence[Sequence[Marker]]) -> Finding | None:
    """Return the finding where one outlet's voice is loaded in a row and another outlet's is plain."""
    charged: list[Printed[str]] = []
    plain: list[Printed[str]] = []
    for article in row.told_by:
        spans = event.claim_spans(row, article)
        words_here = [m for m in marked[article] if m.category == "loaded" and any(s.covers(m.span) for s in spans)]
        charged.extend(Printed(article, m.span, m.span, m.entry) for m in words_here)
        any_loaded = (m for m in event.analysed[article].markers if m.category == "loaded")
        if not any(s.overlaps(m.span) for m in any_loaded for s in spans):
            plain.append(Printed(article, spans[0], spans[0], ""))
    if not charged or not plain:
        return None
    return Finding(
        code="W102",
        row=row.id,
        sides=(
            Side(_value(event, charged), tuple(event.passage(p.article, p.span) for p in charged)),
            Side("no marked word", tuple(event.passage(p.article, p.span) for p in plain)),
        ),
        magnitude=Rate(
            len({p.article for p in charged}), len(row.told_by), "outlets with a loaded word in their own voice"
        ),
        message=f"Loaded words in one telling, none in another: {_listed(event, charged)}",
        confidence=0.6,
    )


def _own_voice(event: EventView, article: int, markers: Sequence[Marker], *, code: str) -> list[Finding]:
    if not markers:
        return []
    longest = [m for m in markers if not any(o != m and o.span.covers(m.span) for o in markers)]
    items = [Printed(article, m.span, m.span, m.entry) for m in longest]
    what = "Prediction without a source" if code == "W104" else "Loaded or judging words in the outlet's own voice"
    sentences = event.analysed[article].sentences
    marked = sum(any(s.span.overlaps(item.span) for item in items) for s in sentences)
    return [
        Finding(
            code=code,
            row=_row_of(event, article, items),
            sides=(Side(_value(event, items), tuple(event.passage(article, p.span) for p in items)),),
            magnitude=Rate(marked, len(sentences), "sentences of the text"),
            message=f"{what}: {_listed(event, items)}",
            confidence=0.6,
        )
    ]


def _row_of(event: EventView, article: int, items: Sequence[Printed[str]]) -> RowId | None:
    """Return the row in which all of these words stand, or None where they stand in several or in none."""
    for row in event.shared_rows:
        spans = event.claim_spans(row, article)
        if all(any(span.covers(item.span) for span in spans) for item in items):
            return row.id
    return None


def _value(event: EventView, items: Sequence[Printed[str]]) -> str:
    """Return the one word that is printed, bare, or the list of several."""
    forms = {" ".join(event.text(p.article, p.span).split()) for p in items}
    return forms.pop() if len(forms) == 1 else _listed(event, items)


def _listed(event: EventView, items: Sequence[Printed[str]]) -> str:
    printed = [" ".join(event.text(p.article, p.span).split()) for p in items]
    unique = list(dict.fromkeys(f"“{word}”" for word in printed))
    more = f" and {len(unique) - SHOWN} more" if len(unique) > SHOWN else ""
    return ", ".join(unique[:SHOWN]) + more


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
