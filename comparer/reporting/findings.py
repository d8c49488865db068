"""Show findings: in full once, elsewhere as a line that links there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from comparer.model import Finding, Rate
from comparer.reporting.context import EventContext, SideView
from comparer.resources.rules import family_of, rule, title_of


@dataclass(frozen=True, slots=True)
class FindingView:
    """Show one finding with its sides; `magnitude` is counts in words, `key` the name by which a review knows it."""

    id: str
    key: str
    code: str
    title: str
    message: str
    magnitude: str
    confidence: str
    sides: tuple[SideView, ...]


def finding_view(ctx: EventContext, finding: Finding) -> FindingView:
    """Show one finding in full."""
    return FindingView(
        id=ctx.finding_id(finding),
        key=finding.id,
        code=finding.code,
        title=title_of(finding.code),
        message=finding.message,
        magnitude=counted(finding.magnitude),
        confidence=f"{finding.confidence:.2f}",
        sides=tuple(ctx.side(side, forms=valued(finding)) for side in finding.sides),
    )


def apart(ctx: EventContext, families: str) -> tuple[FindingView, ...]:
    """Show the findings of these families that belong to no row of the matrix."""
    found: Iterable[Finding] = (f for f in ctx.event.findings if f.code[0] in families)
    elsewhere = (f for f in found if f.row is None or f.row not in ctx.shared_ids)
    return tuple(finding_view(ctx, f) for f in elsewhere if not told_alone(f) or f.row is None)


def valued(finding: Finding) -> bool:
    """Tell whether a finding's sides are values that each text prints in words of its own."""
    family = family_of(finding.code)
    return family is not None and family.valued


def told_alone(finding: Finding) -> bool:
    """Tell whether a finding is about a claim that stands in no other text, beside which it is shown."""
    known = rule(finding.code)
    return known is not None and known.told_alone


def counted(rate: Rate) -> str:
    """Write a counted share.

    >>> counted(Rate(3, 12, "words"))
    '3 of 12 words'
    """
    return f"{rate.count} of {rate.total} {rate.unit}" if rate.total else f"– {rate.unit}"
