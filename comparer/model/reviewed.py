"""What reviewers' decisions changed in one run, and which of them met nothing."""

from __future__ import annotations

from dataclasses import dataclass

from comparer.model.finding import Finding
from comparer.model.text import Passage


@dataclass(frozen=True, slots=True)
class Change:
    """Hold one decision that was applied.

    `action` is "accept", "reject" or "note" (of a finding), "take_out" or "join" (of rows), or "block". `target` is the
    finding's id, the rows' keys or the block's place, `event` the id of the event it belongs to, None for a block.
    `was` and `now` say what stood there and what stands there now, in a few words. A rejected finding is kept here and
    nowhere else.
    """

    action: str
    target: str
    event: str | None
    evidence: tuple[Passage, ...]
    was: str
    now: str
    note: str = ""
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class NotApplied:
    """Hold one decision that met nothing in this comparison, and why."""

    action: str
    target: str
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AppliedReview:
    """Hold what one review file did: every decision of it is either a change or not applied."""

    name: str
    reviewer: str
    made: str
    changes: tuple[Change, ...]
    not_applied: tuple[NotApplied, ...] = ()

    @property
    def decisions(self) -> int:
        """Count the decisions of the file."""
        return len(self.changes) + len(self.not_applied)
