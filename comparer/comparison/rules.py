"""The table of every code of finding, in order of code: the one source of `comparer rules` and its pages."""

from __future__ import annotations

from comparer.comparison.rule import Rule
from comparer.comparison.rules_content import CONTENT_RULES
from comparer.comparison.rules_sourcing import SOURCING_RULES
from comparer.errors import UsageError

FAMILIES: dict[str, tuple[str, str]] = {
    "Q": ("Quotations", "one utterance in two printed forms"),
    "A": ("Attribution", "who is cited for a statement, and how"),
    "F": ("Facts", "numbers, days, names and polarity that cannot both hold"),
    "M": ("Certainty", "how surely an act is told"),
    "W": ("Wording", "loaded words, judgements, predictions and labels"),
    "S": ("Selection", "what only one text tells, and what one does not"),
    "R": ("Reuse and origins", "shared text, with and without a credit"),
    "B": ("Furniture and promotion", "what on the page is not the report"),
}
"""Name and subject of each family, by the letter of its codes, in the order of the documentation."""

RULES: tuple[Rule, ...] = tuple(sorted((*CONTENT_RULES, *SOURCING_RULES), key=lambda rule: rule.code))


def rule(code: str) -> Rule | None:
    """Return the rule of that code, or None where no finding bears it."""
    return next((found for found in RULES if found.code == code), None)


def rules_of(prefix: str) -> tuple[Rule, ...]:
    """Return the rules whose codes start so, in capitals or not; raise UsageError where none does.

    >>> [found.code for found in rules_of("r")]
    ['R101', 'R102', 'R103']
    """
    wanted = prefix.strip().upper()
    chosen = tuple(found for found in RULES if found.code.startswith(wanted))
    if chosen:
        return chosen
    near = [found.code for found in RULES if found.code.startswith(wanted[:1])] if wanted[:1] in FAMILIES else []
    known = ", ".join(near) or ", ".join(f"{letter} {name.lower()}" for letter, (name, _) in FAMILIES.items())
    raise UsageError(f"no finding has a code that starts with {prefix.strip()}. Known: {known}. See `comparer rules`")
