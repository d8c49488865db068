"""Let people overrule the cleaner: block by block as a reviewer decided, or kind by kind as asked for one run.

In: a page's text and blocks, and decisions. Out: the blocks with kinds changed and the reason saying who changed them
and what stood there before; spans never change. A decision whose line no longer reads as it did is refused, since it
was made about another text.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from comparer.errors import StaleReviewError
from comparer.model import Block, BlockDecision, BlockKind, Decision
from comparer.model.finding import kind_for
from comparer.model.text import CUT

_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SHOWN = 80  # characters of a block that a decision prints
_DIGITS = 16  # of a SHA-256, enough to tell the blocks of one page apart


class Wishes(NamedTuple):
    """Hold what people asked of the cleaner: a reviewer's decisions on one page, kinds to keep or drop in one run."""

    decisions: tuple[Decision, ...] = ()
    keep: frozenset[BlockKind] = frozenset()
    drop: frozenset[BlockKind] = frozenset()


NO_WISHES = Wishes()


def line_numbers(text: str, blocks: Sequence[Block]) -> tuple[int, ...]:
    r"""Return the number of the line each block begins on, counted from 1.

    >>> from comparer.model import Span
    >>> page = "Ferry aground\r\n\r\nNobody was hurt."
    >>> line_numbers(page, [Block(Span(17, 33), BlockKind.CONTENT, 0.9, "")])
    (3,)
    """
    breaks = [m.end() for m in _BREAK.finditer(text)]
    return tuple(bisect_right(breaks, b.span.start) + 1 for b in blocks)


def decisions_on(
    text: str, blocks: Sequence[Block], *, page: str, line: int, verdict: str, note: str = ""
) -> tuple[Decision, ...]:
    """Return the decisions that give every block beginning on a line the verdict; none where no block begins there."""
    found = []
    for block, number in zip(blocks, line_numbers(text, blocks), strict=True):
        if number == line:
            own = block.span.of(text)
            words = _flat(own)
            shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()} {CUT}"
            found.append(Decision(page, line, shown, verdict, _digest(own), note))
    return tuple(found)


def overrule(text: str, blocks: Sequence[Block], decisions: Iterable[Decision]) -> tuple[Block, ...]:
    """Return the blocks as a reviewer decided.

    Raises:
        StaleReviewError: where a decision's line, words or digest do not meet one block.
    """
    out = list(blocks)
    lines = line_numbers(text, blocks)
    for decision in decisions:
        at = _place(text, blocks, lines, decision)
        out[at] = _overruled(blocks[at], decision)
    return tuple(out)


def overrule_places(
    blocks: Sequence[Block], decisions: Iterable[BlockDecision]
) -> tuple[tuple[Block, ...], tuple[BlockDecision, ...]]:
    """Return the blocks as a review file decided, and the decisions whose place is not exactly one block's."""
    out = list(blocks)
    places = {block.span: k for k, block in enumerate(blocks)}
    lost = []
    for decision in decisions:
        at = places.get(decision.passage.span)
        if at is None:
            lost.append(decision)
        else:
            out[at] = _overruled(blocks[at], decision)
    return tuple(out), tuple(lost)


def overrule_kinds(
    blocks: Sequence[Block], *, keep: Collection[BlockKind] = (), drop: Collection[BlockKind] = ()
) -> tuple[Block, ...]:
    """Return the blocks with all of some kinds kept as content, or dropped as other."""
    out = []
    for block in blocks:
        asked = "kept" if block.kind in keep and not block.kept else "dropped" if block.kind in drop else ""
        if asked and (asked == "kept" or block.kept):
            kind = BlockKind.CONTENT if asked == "kept" else BlockKind.OTHER
            reason = f"{asked} on request; the cleaner had {_plain(block.kind)}, {block.reason}"
            out.append(replace(block, kind=kind, reason=reason))
        else:
            out.append(block)
    return tuple(out)


def _overruled(found: Block, decision: Decision | BlockDecision) -> Block:
    said = f"reviewer: {decision.note}" if decision.note else "reviewer"
    reason = f"{said}; the cleaner had {_plain(found.kind)}, {found.reason}"
    return replace(found, kind=kind_for(decision.verdict, found.kind), probability=1.0, reason=reason)


def _place(text: str, blocks: Sequence[Block], lines: Sequence[int], decision: Decision) -> int:
    agreeing = [i for i, b in enumerate(blocks) if _agrees(decision, b.span.of(text))]
    here = [i for i in agreeing if lines[i] == decision.line]
    if len(here) == 1:
        return here[0]
    where = f"the reviewer's decision on line {decision.line} ({decision.verdict}, {decision.text!r})"
    remedy = "Correct it or take it out of the file."
    if here:
        raise StaleReviewError(f"{where} fits {len(here)} blocks there. {remedy}")
    if agreeing:
        now = ", ".join(str(lines[i]) for i in agreeing)
        raise StaleReviewError(f"{where} no longer stands there: those words begin on line {now} now. {remedy}")
    reads = [b.span.of(text) for b, n in zip(blocks, lines, strict=True) if n == decision.line]
    now = f"the line reads {_flat(reads[0])[:_SHOWN]!r}" if reads else "no block begins on that line"
    raise StaleReviewError(f"{where} was made about another text: {now}. {remedy}")


def _agrees(decision: Decision, own: str) -> bool:
    if decision.digest and _digest(own, len(decision.digest)) != decision.digest:
        return False
    wanted, words = _flat(decision.text), _flat(own)
    if wanted.endswith(CUT) and wanted != words:
        return words.startswith(wanted.removesuffix(CUT).rstrip())
    return wanted == words


def _digest(own: str, digits: int = _DIGITS) -> str:
    return hashlib.sha256(own.encode("utf-8", "surrogatepass")).hexdigest()[:digits]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _plain(kind: BlockKind) -> str:
    return kind.value.replace("_", " ")
