"""Lay out what the findings mean: on the terminal by family or in whole, and as pages of Markdown.

Nothing is written here. Terminal and pages say the same texts, so that neither can fall behind the other.
"""

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
    pages = [_explained(rule) for rule in chosen]
    return Stack(*(Padding(page, (0, 0, 1 if page is not pages[-1] else 0, 0)) for page in pages))


def _explained(rule: Rule) -> RenderableType:
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


INDEX = "index.md"
HEAD = """# What each finding means

A finding says that texts differ, or what stands on a page. It never says which text is right, why they differ or what
anyone meant. Each code has a page: what it means, how it errs, how well it is measured, an example that is reported and
one that is left alone. `comparer rules CODE` prints the same; `--select` and `--ignore` choose findings by the
beginning of their codes, the longer beginning winning. These pages are written by `comparer rules --docs docs/rules`.
"""


def rule_pages(chosen: Sequence[Rule]) -> dict[str, str]:
    """Return the pages of the rules and their index, by file name.

    >>> from comparer.resources.rules import rules_of
    >>> list(rule_pages(rules_of("R")))
    ['index.md', 'R101.md', 'R102.md']
    """
    contents, pages = [HEAD], dict[str, str]()
    for family, rules in by_family(chosen):
        subject = family.subject
        contents.append(f"## {family.letter}: {family.name}\n\n{subject[:1].upper()}{subject[1:]}.\n")
        contents.append("\n".join(f"- [{rule.code}]({rule.code}.md) {_escaped(rule.title)}" for rule in rules) + "\n")
        pages |= {f"{rule.code}.md": _rule_page(family, rule) for rule in rules}
    return {INDEX: "\n".join(contents)} | pages


def _rule_page(family: Family, rule: Rule) -> str:
    parts = [
        f"# {rule.code}: {_escaped(rule.title)}\n",
        f"Family {family.letter}, {family.name.lower()}: {family.subject}. [All findings]({INDEX})\n",
        f"{_escaped(rule.meaning)}\n",
        f"## How it errs\n\n{_escaped(rule.errs)}\n",
        f"## How well it is measured\n\n{_escaped(rule.measured)}\n",
    ]
    for head, examples in (("Reported", rule.flags), ("Left alone", rule.spares)):
        parts += [f"## {head}\n", *(_example(readings) for readings in examples)]
    return "\n".join(parts)


def _example(readings: Sequence[str]) -> str:
    """Set each outlet's words as a quotation of its own, the lines of a page apart."""
    names = ("One text:",) if len(readings) == 1 else ("One outlet:", *["Another:"] * (len(readings) - 1))
    quoted = (
        "\n".join(f"> {_escaped(line)}".rstrip() for line in reading.strip().splitlines()) for reading in readings
    )
    return "\n".join(f"{name}\n\n{quote}\n" for name, quote in zip(names, quoted, strict=True))


def _escaped(text: str) -> str:
    """Keep characters from being read as Markdown."""
    return "".join(f"\\{mark}" if mark in "\\`*_[]<>#|" else mark for mark in text)
