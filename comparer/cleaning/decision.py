"""The cleaner's working record of one unit, while the page is read in passes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from comparer.cleaning.cues import Cue, find_cue
from comparer.cleaning.lines import REMEMBERED, Unit, unit_at
from comparer.cleaning.prompts import find_prompt
from comparer.cleaning.shapes import find_shape
from comparer.cleaning.voice import self_voice
from comparer.model import KEPT_KINDS, BlockKind


@dataclass(slots=True)
class Record:
    """Hold a unit, its cue, and the decision as far as it stands; `repeats` is the line it repeats, or 0."""

    unit: Unit
    cue: Cue | None
    kind: BlockKind | None = None
    probability: float = 0.5
    reason: str = ""
    repeats: int = 0

    def decide(self, kind: BlockKind, probability: float, reason: str) -> None:
        """Settle the kind of this unit."""
        self.kind, self.probability, self.reason = kind, probability, reason

    @property
    def kept(self) -> bool:
        """Tell whether the unit is settled as journalism."""
        return self.kind in KEPT_KINDS

    @property
    def furniture(self) -> bool:
        """Tell whether a cue strong enough for this line's shape calls it furniture."""
        return self.cue is not None and self.cue.strength >= needed(self.unit)

    @property
    def prose(self) -> bool:
        """Tell whether the line is running text that no cue calls furniture."""
        return self.unit.prose and not self.furniture


def needed(unit: Unit) -> float:
    """Return the strength a cue needs to outweigh the look of running text."""
    if not unit.prose:
        return 0.5
    return 0.82 if unit.words < 30 else 0.86


def record(unit: Unit) -> Record:
    """Return the record of a unit with its strongest cue."""
    return Record(unit, _remembered(unit.text) if len(unit.text) <= REMEMBERED else _strongest_cue(unit))


def _strongest_cue(unit: Unit) -> Cue | None:
    shape, phrase = find_shape(unit), find_cue(unit)
    if phrase is not None and unit.prose and unit.text[0] in '"“«„' and phrase.kind is not BlockKind.CONSENT:
        phrase = None  # a quotation says such things too
    cues = [c for c in (shape, phrase, find_prompt(unit), self_voice(unit)) if c is not None]
    return max(cues, key=lambda c: c.strength, default=None)


@lru_cache(maxsize=8192)
def _remembered(line: str) -> Cue | None:
    return _strongest_cue(unit_at(line, 0, len(line), line=1, gap=False))
