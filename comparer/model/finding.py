"""One difference or observation, with what it rests on; and what reviewers decided of findings, rows and blocks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from comparer.model.article import KEPT_KINDS, BlockKind
from comparer.model.text import Passage, Rate, Rounded, RowId, stable_id


@dataclass(frozen=True, slots=True)
class Side:
    """Hold one side of a difference: what it prints, in a word or two, and the passages that print it.

    `value` is printed text or a plain name of what stands there ("named person", "own voice").
    """

    value: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Finding(Rounded):
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
        Rounded.__post_init__(self)  # a class with slots is made twice: super() would mean the first

    @property
    def id(self) -> str:
        """Return a name that stays while code and evidence stay, whatever else is found and in which order."""
        return stable_id("f", self.code, *sorted({p.place for p in self.evidence}))

    @property
    def evidence(self) -> tuple[Passage, ...]:
        """Return the passages of all sides, in order."""
        return tuple(p for side in self.sides for p in side.passages)


KEEP, DROP = "keep", "drop"
VERDICTS = (KEEP, DROP, *(kind.value for kind in BlockKind))


@dataclass(frozen=True, slots=True)
class Decision:
    """Hold one decision: on the page `page`, the block that begins on `line` with the words `text` is `verdict`.

    `line` counts from 1 in the page's text. `text` is the whole block, white space apart, or its beginning followed by
    an ellipsis; `digest` is the beginning of the SHA-256 of the whole block, or empty. `verdict` is "keep", "drop" or
    the name of a kind. All of them must still hold, or the decision was made about another text.
    """

    page: str
    line: int
    text: str
    verdict: str
    digest: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PageDecision:
    """Hold what a person says of the page `page` as a whole: whose it is and when it was published, empty where not."""

    page: str
    outlet: str = ""
    published: str = ""


def kind_for(verdict: str, found: BlockKind) -> BlockKind:
    """Return the kind that a verdict gives a block which the cleaner called `found`.

    >>> kind_for("keep", BlockKind.RELATED).value
    'content'
    """
    if verdict == KEEP:
        return found if found in KEPT_KINDS else BlockKind.CONTENT
    if verdict == DROP:
        return BlockKind.OTHER if found in KEPT_KINDS else found
    return BlockKind(verdict)


class Judgement(StrEnum):
    """Say what a reviewer thinks of a finding: right, wrong, or only something to remark on it."""

    ACCEPT = "accept"
    REJECT = "reject"
    NOTE = "note"


class RowAction(StrEnum):
    """Say what a reviewer does to rows: take one claim out of a row, or join rows that hold one claim."""

    TAKE_OUT = "take_out"
    JOIN = "join"


@dataclass(frozen=True, slots=True)
class FindingDecision:
    """Judge the finding whose `Finding.id` is `finding`; a note may stand beside any judgement."""

    finding: str
    judgement: Judgement
    note: str = ""


@dataclass(frozen=True, slots=True)
class RowDecision:
    """Correct rows, each named by its `Row.key`: one row and the claim to take out of it, or two or more to join."""

    action: RowAction
    rows: tuple[str, ...]
    claim: Passage | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BlockDecision:
    """Give the block at exactly these characters of an article the verdict "keep", "drop" or the name of a kind."""

    passage: Passage
    verdict: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """Hold the decisions of one review file. `name` is the file's, without its folder."""

    name: str = ""
    reviewer: str = ""
    made: str = ""
    findings: tuple[FindingDecision, ...] = ()
    rows: tuple[RowDecision, ...] = ()
    blocks: tuple[BlockDecision, ...] = ()


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
