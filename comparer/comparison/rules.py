"""The table of every code of finding, in order of code: the one source of `comparer rules` and its pages."""

from __future__ import annotations

from comparer.comparison.rule import Rule
from comparer.comparison.rules_content import CONTENT_RULES
from comparer.comparison.rules_sourcing import SOURCING_RULES

RULES: tuple[Rule, ...] = tuple(sorted((*CONTENT_RULES, *SOURCING_RULES), key=lambda rule: rule.code))


def rule(code: str) -> Rule | None:
    """Return the rule of that code, or None where no finding bears it."""
    return next((found for found in RULES if found.code == code), None)
