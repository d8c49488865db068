"""Tests of how the findings are explained: on the terminal, in a pipe, and as the committed pages of `docs/rules`."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from rich.console import Console

import comparer
from comparer.cli.console import codes
from comparer.cli.rules import listed, rule_pages, whole
from comparer.errors import BadResourceError, UsageError
from comparer.resources import rules as reader
from comparer.resources.rules import Family, Rule, families, rules, rules_of, summary_order

RULES = rules()
COMPARISON = Path(comparer.__file__).parent / "comparison"
DOCS = Path(__file__).resolve().parent.parent / "docs" / "rules"
PAGES = rule_pages(RULES)


def coded(family: Family) -> set[str]:
    """List the codes that the finders of a family print: the strings in its modules that look like one."""
    trees = [ast.parse(path.read_bytes()) for path in (COMPARISON / family.folder).glob("*.py")]
    strings = [n.value for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Constant)]
    return {text for text in strings if isinstance(text, str) and re.fullmatch(r"[A-Z]\d{3}", text)}


def printed(renderable: object, *, width: int) -> list[str]:
    console = Console(width=width)
    with console.capture() as capture:
        console.print(renderable)
    return [line.rstrip() for line in capture.get().splitlines()]


@pytest.mark.parametrize("name", PAGES)
def test_a_committed_page_is_what_the_command_writes(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name]


def test_no_page_of_a_code_that_is_gone_is_left_over() -> None:
    assert {path.name for path in DOCS.iterdir()} == PAGES.keys()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_shows_what_is_reported_and_what_is_left_alone(rule: Rule) -> None:
    page = PAGES[f"{rule.code}.md"]
    assert page.index("## How it errs") < page.index("## How well it is measured") < page.index("## Reported")
    assert page.count("\n> ") >= 2


def test_the_index_leads_to_every_page() -> None:
    assert all(f"[{rule.code}]({rule.code}.md)" in PAGES["index.md"] for rule in RULES)


def test_the_list_names_every_code_under_its_family() -> None:
    lines = printed(listed(RULES), width=80)
    assert [line.split()[0] for line in lines if line.startswith("   ") and line.split()[0][1:].isdigit()] == [
        rule.code for family in families() for rule in family.rules
    ]


@pytest.mark.slow
@pytest.mark.parametrize("width", [60, 80, 160])
def test_an_explanation_fits_the_terminal(width: int) -> None:
    assert max(map(len, printed(whole(RULES), width=width))) <= width


def test_codes_are_found_by_their_beginning_in_capitals_or_not() -> None:
    assert [rule.code for rule in rules_of("m10")] == ["M101", "M102"]


def test_an_unknown_code_names_the_codes_of_its_family() -> None:
    with pytest.raises(UsageError, match=r"M999\. Known: M101, M102"):
        rules_of("M999")


def test_an_unknown_family_names_the_families() -> None:
    with pytest.raises(UsageError, match="Known: F facts, Q quotations"):
        rules_of("Z1")


def test_a_choice_of_findings_names_the_beginning_that_no_code_has() -> None:
    with pytest.raises(UsageError, match="starts with K7"):
        codes("Q,A1,K7")


def test_a_choice_of_findings_may_be_written_small_and_spaced() -> None:
    assert codes("q, a10") == ("Q", "A10")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_all_that_is_to_be_said_of_its_code(rule: Rule) -> None:
    assert all((rule.title, rule.meaning, rule.errs, rule.flags, rule.spares))
    assert (rule.rank is None) == bool(rule.never_in_summary)
    assert re.search("Printed with this code|None was printed with this code|not measured", rule.measured) or (
        "none of this family was planted" in rule.measured
    )


@pytest.mark.parametrize("family", families(), ids=lambda family: family.folder)
def test_the_finders_of_a_family_print_the_codes_that_have_rules(family: Family) -> None:
    assert coded(family) == {rule.code for rule in family.rules}


def test_every_family_of_findings_has_a_rule_file_and_finders() -> None:
    told = {path.parent.name for path in COMPARISON.glob("*/rule.toml")}
    assert {family.folder for family in families()} == told
    assert all((COMPARISON / folder / "find.py").is_file() for folder in told)


def test_codes_are_their_familys_letter_and_three_digits_and_no_title_stands_twice() -> None:
    assert all(re.fullmatch(rf"{f.letter}\d{{3}}", rule.code) for f in families() for rule in f.rules)
    assert len({rule.title for rule in RULES}) == len(RULES)


def test_the_summary_knows_each_code_that_has_a_rank_once() -> None:
    ranked = [code for codes_of_one_kind in summary_order() for code in codes_of_one_kind]
    assert sorted(ranked) == [rule.code for rule in RULES if rule.rank is not None]
    assert len({rule.rank for rule in RULES if rule.rank is not None}) == len(ranked)


WHOLE = """letter = "Z"
name = "Weather"
subject = "what the sky is said to do"
place = 9

[Z101]
title = "Rain or shine"
rank = [9, 1]
meaning = "One outlet tells of rain, another of sunshine."
errs = "Takes a shower for a day of rain."
flags = [["It rained in Skerrow.", "The sun shone in Skerrow."]]
spares = [["It rained in Skerrow.", "Rain fell in Skerrow."]]
"""


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("title", "title"),
        ("rank", "rank for the summary or never_in_summary"),
        ("meaning", "meaning"),
        ("errs", "errs"),
        ("flags", "flags"),
        ("spares", "spares"),
        ("subject", "subject"),
    ],
)
def test_a_rule_file_that_lacks_something_is_refused(monkeypatch: pytest.MonkeyPatch, line: str, missing: str) -> None:
    text = "\n".join(kept for kept in WHOLE.splitlines() if not kept.startswith(line))
    monkeypatch.setattr(reader, "load_rule_files", lambda: (("weather", text.encode()),))
    with pytest.raises(BadResourceError, match=rf"weather/rule.toml.*{missing}"):
        families.__wrapped__()
