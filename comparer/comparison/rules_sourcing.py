"""What the findings of the families Q, A, S, R and B mean, how they err and how well they are measured."""

from __future__ import annotations

from comparer.comparison.rule import Rule

SOURCING_RULES: tuple[Rule, ...] = ()
