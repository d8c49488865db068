"""Tests of how the findings are explained: on the terminal, in a pipe, and as the committed pages of `docs/rules`."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from comparer.cli.arguments import codes
from comparer.cli.rules import listed, rule_pages, whole
from comparer.comparison.rules import FAMILIES, RULES, rules_of
from comparer.errors import UsageError

DOCS = Path(__file__).resolve().parent.parent / "docs" / "rules"
PAGES = rule_pages(RULES)


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
def test_a_page_shows_what_is_reported_and_what_is_left_alone(rule: object) -> None:
    page = PAGES[f"{rule.code}.md"]
    assert page.index("## How it errs") < page.index("## How well it is measured") < page.index("## Reported")
    assert page.count("\n> ") >= 2


def test_the_index_leads_to_every_page() -> None:
    assert all(f"[{rule.code}]({rule.code}.md)" in PAGES["index.md"] for rule in RULES)


def test_the_list_names_every_code_under_its_family() -> None:
    lines = printed(listed(RULES), width=80)
    assert [line.split()[0] for line in lines if line.startswith("   ") and line.split()[0][1:].isdigit()] == [
        rule.code for letter in FAMILIES for rule in RULES if rule.code[0] == letter
    ]


@pytest.mark.parametrize("width", [60, 80, 160])
def test_an_explanation_fits_the_terminal(width: int) -> None:
    assert max(map(len, printed(whole(RULES), width=width))) <= width


def test_codes_are_found_by_their_beginning_in_capitals_or_not() -> None:
    assert [rule.code for rule in rules_of("m10")] == ["M101", "M102", "M103", "M104"]


def test_an_unknown_code_names_the_codes_of_its_family() -> None:
    with pytest.raises(UsageError, match=r"M999\. Known: M101, M102"):
        rules_of("M999")


def test_an_unknown_family_names_the_families() -> None:
    with pytest.raises(UsageError, match="Known: Q quotations, A attribution"):
        rules_of("Z1")


def test_a_choice_of_findings_names_the_beginning_that_no_code_has() -> None:
    with pytest.raises(UsageError, match="starts with K7"):
        codes("Q,A1,K7")


def test_a_choice_of_findings_may_be_written_small_and_spaced() -> None:
    assert codes("q, a10") == ("Q", "A10")
