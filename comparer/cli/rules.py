"""Lay out what the findings mean: a list by family, or whole explanations with their examples."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Group as Stack
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from comparer.comparison.rules import FAMILIES

if TYPE_CHECKING:
    from rich.console import RenderableType

    from comparer.comparison.rule import Rule

WIDEST = 100  # columns of running text, which reads badly in longer lines


def by_family(chosen: Sequence[Rule]) -> list[tuple[str, list[Rule]]]:
    """Return the rules by the letter of their family, in the order of the families."""
    order = list(FAMILIES)
    ranked = sorted(chosen, key=lambda rule: (order.index(rule.code[0]), rule.code))
    return [(letter, list(rules)) for letter, rules in groupby(ranked, key=lambda rule: rule.code[0])]


def listed(chosen: Sequence[Rule]) -> RenderableType:
    """Return codes and titles by family."""
    parts: list[RenderableType] = []
    for letter, rules in by_family(chosen):
        name, subject = FAMILIES[letter]
        head = Text.assemble((f"{letter}  {name}", "bold"), (f": {subject}", "dim"))
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
    head = Text.assemble((f"{rule.code}  {rule.title}", "bold"), (f"  ({FAMILIES[rule.code[0]][0]})", "dim"))
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
