"""Report wording in an outlet's own voice: evaluation, loaded words where others write plainly, prediction.

In: the event. Out: findings W101, W102 and W104. A word in quotation marks, or in what is reported as a source's
words, is the source's and never makes a finding of the outlet. Words that are plain facts in some reports ("fraud")
are marked but make no finding alone. It says that the wording differs, never that the plainer one is neutral. Fails on
irony and on loaded words that no list holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from comparer.comparison.printed import Printed
from comparer.comparison.view import EventView
from comparer.comparison.voices import Voices
from comparer.language.markers import groups_of
from comparer.model import Finding, Marker, Passage, Rate, Row, RowId, Side, Span, Voice, WordGroup

INTRODUCES = re.compile(r"(?: (?:that|to [\w ]{1,20}))?[,:]?\s*")
FOLLOWS = re.compile(r",?\s*(?:(?:[A-Z][\w.’'-]*|he|she|they|it|the [\w-]+) ){0,3}")
"""What stands between a verb of saying and the quotation behind it, or before it."""

SHOWN = 4  # marked words named in a message; the others stand in the evidence


def find_wording_findings(event: EventView) -> tuple[Finding, ...]:
    """Return the findings about wording: loaded against plain by row, then each article's own voice."""
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
    return tuple(found)


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
