"""The cleaner's working record of one unit, while the page is read in passes."""

from __future__ import annotations

from dataclasses import dataclass

from comparer.cleaning.cues import Cue, find_cue
from comparer.cleaning.lines import Unit, remembered
from comparer.cleaning.shapes import find_shape
from comparer.cleaning.voice import self_voice
from comparer.model import KEPT_KINDS, BlockKind


@dataclass(slots=True)
class Record:
    """Hold a unit, its cue, and the decision as far as it stands; `repeats` is the line it repeats, or 0.

    `furniture` tells whether the cue is strong enough for this line's shape, `prose` whether the line is running text
    that no cue calls furniture, `kept` whether it is settled as journalism.
    """

    unit: Unit
    cue: Cue | None
    furniture: bool
    prose: bool
    kind: BlockKind | None = None
    probability: float = 0.5
    reason: str = ""
    repeats: int = 0
    kept: bool = False

    def decide(self, kind: BlockKind, probability: float, reason: str) -> None:
        """Settle the kind of this unit."""
        self.kind, self.probability, self.reason = kind, probability, reason
        self.kept = kind in KEPT_KINDS

    def see(self, cue: Cue | None) -> None:
        """Take `cue` for what the line gives away."""
        self.cue = cue
        self.furniture = cue is not None and cue.strength >= needed(self.unit)
        self.prose = self.unit.prose and not self.furniture


def needed(unit: Unit) -> float:
    """Return the strength a cue needs to outweigh the look of running text."""
    if not unit.prose:
        return 0.5
    return 0.82 if unit.words < 30 else 0.86


def record(unit: Unit) -> Record:
    """Return the record of a unit with its strongest cue."""
    cue = _strongest_cue(unit)
    furniture = cue is not None and cue.strength >= needed(unit)
    return Record(unit, cue, furniture, unit.prose and not furniture)


@remembered
def _strongest_cue(unit: Unit) -> Cue | None:
    shape, phrase = find_shape(unit), find_cue(unit)
    if phrase is not None and unit.prose and unit.text[0] in '"“«„' and phrase.kind is not BlockKind.CONSENT:
        phrase = None  # a quotation says such things too
    best = shape
    for cue in (phrase, self_voice(unit)):
        if cue is not None and (best is None or cue.strength > best.strength):
            best = cue
    return best
