"""Lay out what the findings mean: a list by family, or whole explanations with their examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Group as Stack
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from comparer.resources.rules import Family, Rule, families, family_of

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDEST = 100  # columns of running text, which reads badly in longer lines


def by_family(chosen: Sequence[Rule]) -> list[tuple[Family, list[Rule]]]:
    """Return the rules by their family, in the order of the families."""
    found = ((family, [rule for rule in family.rules if rule in chosen]) for family in families())
    return [(family, rules) for family, rules in found if rules]


def listed(chosen: Sequence[Rule]) -> RenderableType:
    """Return codes and titles by family."""
    parts: list[RenderableType] = []
    for family, rules in by_family(chosen):
        head = Text.assemble((f"{family.letter}  {family.name}", "bold"), (f": {family.subject}", "dim"))
        parts += [head, *(Text(f"   {rule.code}  {rule.title}") for rule in rules)]
    parts.append(
        Text("`comparer rules CODE` explains one, or all that start so; --select and --ignore take codes.", "dim")
    )
    return Stack(*parts)


def whole(chosen: Sequence[Rule]) -> RenderableType:
    """Return the explanations of the rules, one after another."""
    pages = [_page(rule) for rule in chosen]
    return Stack(*(Padding(page, (0, 0, 1 if page is not pages[-1] else 0, 0)) for page in pages))


def _page(rule: Rule) -> RenderableType:
    """Return a rule with a label beside each of its texts."""
    family = family_of(rule.code)
    head = Text.assemble((f"{rule.code}  {rule.title}", "bold"), (f"  ({family.name})" if family else "", "dim"))
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(max_width=WIDEST)
    for label, said in (("means", rule.meaning), ("how it errs", rule.errs), ("measured", rule.measured)):
        table.add_row(label, Text(said))
    for label, examples in (("reported", rule.flags), ("left alone", rule.spares)):
        for readings in examples:
            for number, reading in enumerate(readings):
                table.add_row("beside" if number else label, Text(reading.strip().replace("\n\n", "\n")))
    return Stack(head, Padding(table, (0, 0, 0, 2)))
