"""Print a difference of attribution: whom each side cites, and the words it rests on.

In: the sides of one statement. Out: a finding, or the publishers a side's statement passed through. Nothing is judged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from comparer.comparison.sourcing.ladder import LABELS, NO_SOURCE
from comparer.comparison.sourcing.occasions import Cited, Occasion
from comparer.comparison.view import EventView
from comparer.model import CueStance, Finding, Manner, Passage, Rate, Rung, Side, SourceKind, Span

STANCES = {
    CueStance.NEUTRAL: "plain",
    CueStance.FACTIVE: "takes it as a fact",
    CueStance.DOUBTFUL: "keeps a distance",
    CueStance.EMOTIVE: "lends it a tone",
}
UNITS = {
    "A101": "texts that print the statement name a person",
    "A102": "texts that print the statement print a source",
    "A103": "texts that print the statement cite the source that stands first here",
    "A104": "texts that print the statement pass it on through another publisher",
    "A105": "texts that print the statement have a verb that adds something",
}
INNER = re.compile(r"\b(?:said|says|told|according to|citing|quoting)\b")
"""Words by which what a publisher reports cites somebody else."""


def attribution_finding(  # noqa: PLR0917 - the columns of one table of findings, in its order
    event: EventView,
    code: str,
    occasion: Occasion,
    sides: Sequence[Cited],
    counted: Sequence[Cited],
    message: str,
    *,
    by_stance: bool = False,
) -> Finding:
    """Return a finding whose sides print whom they cite; `counted` are those its magnitude counts."""
    grouped: dict[str, list[Passage]] = {}
    for side in sorted(sides, key=lambda s: (s.article, s.span)):
        label = _stance_label(event, side) if by_stance else _label(event, side, code)
        grouped.setdefault(label, []).extend(_evidence(event, side, cue=by_stance))
    return Finding(
        code=code,
        row=occasion.row,
        sides=tuple(Side(label, tuple(passages)) for label, passages in grouped.items()),
        magnitude=Rate(len({s.article for s in counted}), len({s.article for s in sides}), UNITS[code]),
        message=message,
        confidence=round(min(0.9, occasion.confidence), 3),
    )


def _label(event: EventView, side: Cited, code: str) -> str:
    passed = stations(event, side)
    if code == "A104" and passed:
        return "through " + ", ".join(event.text(side.article, s) for s in passed)
    kind = LABELS[side.sourcing.rung]
    if side.sourcing.rung is Rung.REPORTEDLY and side.sourcing.cue is not None:
        return f"“{event.text(side.article, side.sourcing.cue.span)}”, {NO_SOURCE}"
    return f"{side.sourcing.name} ({kind})" if side.sourcing.name else kind


def _stance_label(event: EventView, side: Cited) -> str:
    cue = side.sourcing.cue
    stance = side.sourcing.cue_stance
    word = event.text(side.article, cue.span) if cue else ""
    return f"“{word}” ({STANCES[stance]})" if stance in STANCES else f"“{word}”"


def _evidence(event: EventView, side: Cited, *, cue: bool) -> list[Passage]:
    """Return the words a side rests on: its source and cue, or the statement where no source is printed."""
    sourcing = side.sourcing
    printed = [sourcing.cue] if cue else [sourcing.source, sourcing.cue]
    spans = [p.span for p in printed if p is not None] + list(stations(event, side))
    if cue and sourcing.source is not None:
        spans.append(sourcing.source.span)
    if not spans or not cue:
        spans.append(side.span)
    return [event.passage(side.article, span) for span in sorted(set(spans))]


def stations(event: EventView, side: Cited) -> tuple[Span, ...]:
    """Return the publishers a side's statement passed through: before its source, or before words that cite another."""
    media = (SourceKind.MEDIA, SourceKind.ORGANISATION)
    own = side.sourcing.source.span if side.sourcing.source else None
    found = tuple(link.span for link in side.sourcing.via if link.kind in media and link.span != own)
    if found or own is None or not of_a_medium(side) or side.attribution is None:
        return found
    said = " ".join(event.text(side.article, span) for span in side.attribution.content)
    return (own,) if side.attribution.manner is not Manner.INDIRECT or INNER.search(said) else ()


def of_a_medium(side: Cited) -> bool:
    """Tell whether a side cites a publisher; a person who bears a publisher's name is none."""
    medium = side.attribution is not None and side.attribution.resolved_kind is SourceKind.MEDIA
    return medium and side.sourcing.rung is Rung.ORGANISATION
