"""Write what the findings mean as pages of Markdown: one per code, and an index by family.

In: the rules. Out: texts by file name; nothing is written here. The pages are made of the very texts that
`comparer rules` prints, so that neither can fall behind the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from comparer.comparison.rule import Rule
from comparer.comparison.rules import FAMILIES
from comparer.cli.rules import by_family

INDEX = "index.md"
HEAD = """# What each finding means

A finding says that texts differ, or what stands on a page. It never says which text is right, why they differ or what
anyone meant. Each code has a page: what it means, how it errs, how well it is measured, an example that is reported and
one that is left alone. `comparer rules CODE` prints the same; `--select` and `--ignore` choose findings by the
beginning of their codes, the longer beginning winning. These pages are written by `comparer rules --docs docs/rules`.
"""


def rule_pages(chosen: Sequence[Rule]) -> dict[str, str]:
    """Return the pages of the rules and their index, by file name.

    >>> from comparer.comparison.rules import rules_of
    >>> list(rule_pages(rules_of("R")))
    ['index.md', 'R101.md', 'R102.md', 'R103.md']
    """
    pages = {INDEX: _index(chosen)}
    for _, rules in by_family(chosen):
        pages |= {f"{rule.code}.md": _page(rule) for rule in rules}
    return pages


def _index(chosen: Sequence[Rule]) -> str:
    parts = [HEAD]
    for letter, rules in by_family(chosen):
        name, subject = FAMILIES[letter]
        parts.append(f"## {letter}: {name}\n\n{subject[:1].upper()}{subject[1:]}.\n")
        parts.append("\n".join(f"- [{rule.code}]({rule.code}.md) {_escaped(rule.title)}" for rule in rules) + "\n")
    return "\n".join(parts)


def _page(rule: Rule) -> str:
    name, subject = FAMILIES[rule.code[0]]
    parts = [
        f"# {rule.code}: {_escaped(rule.title)}\n",
        f"Family {rule.code[0]}, {name.lower()}: {subject}. [All findings]({INDEX})\n",
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
