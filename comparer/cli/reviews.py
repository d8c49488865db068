"""Say what became of a reviewer's decisions: how many were applied, and which met nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comparer.cli.words import counted
from comparer.model import AppliedReview, NotApplied

SHOWN = 5  # decisions named one by one


def reviewed(reviews: Iterable[AppliedReview]) -> Iterator[str]:
    r"""Yield the lines that tell of each review.

    >>> missed = NotApplied("reject", "f38df0c072de7", "no finding of this comparison has that id")
    >>> print(*reviewed([AppliedReview("review.json", "", "", (), (missed,))]), sep="\n")
    review.json: 0 decisions applied, not found in this comparison: 1 of 1
      reject f38df0c072de7: no finding of this comparison has that id
      Was the review made of these pages, named the same way?
    """
    for review in reviews:
        applied = f"{review.name}: {counted(len(review.changes), 'decision')} applied"
        missed = review.not_applied
        yield f"{applied}, not found in this comparison: {len(missed)} of {review.decisions}" if missed else applied
        for one in missed[:SHOWN]:
            yield f"  {_told(one)}"
        if len(missed) > SHOWN:
            yield f"  and {len(missed) - SHOWN} more, listed in the report"
        if missed and not review.changes:
            yield "  Was the review made of these pages, named the same way?"


def _told(one: NotApplied) -> str:
    return f"{one.action} {one.target[:60]}: {one.reason}"
