"""One difference or observation, with the characters it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from comparer.model.text import Passage, Rate, RowId, round_fields, stable_id


@dataclass(frozen=True, slots=True)
class Side:
    """Hold one side of a difference: what it prints, in a word or two, and the passages that print it.

    `value` is printed text or a plain name of what stands there ("named person", "no source printed").
    """

    value: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one finding: a code (letter and three digits), the row it belongs to, its sides and its message.

    A finding about one article has one side. `message` is plain words without outlet names: the sides name them.
    Raise ValueError where no passage supports it.
    """

    code: str
    row: RowId | None
    sides: tuple[Side, ...]
    magnitude: Rate
    message: str
    confidence: float

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"finding {self.code} has no evidence")
        round_fields(self, "confidence")

    @property
    def id(self) -> str:
        """Return a name that stays while code and evidence stay, whatever else is found and in which order."""
        return stable_id("f", self.code, *sorted({p.place for p in self.evidence}))

    @property
    def evidence(self) -> tuple[Passage, ...]:
        """Return the passages of all sides, in order."""
        return tuple(p for side in self.sides for p in side.passages)
