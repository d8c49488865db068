"""Tests of the comparison stage: rules and their examples, mirrors, copies, order, options, event names."""

from __future__ import annotations

import time
from itertools import permutations

import pytest

import comparer
from comparer.model import Config, EventComparison, IndicatorState
from comparer.pipeline import MOST_COPIES, in_order
from comparer.resources.rules import rule, rules

FERRY = """Ferry to Skerrow to stop, Venn says

The last ferry to Skerrow will leave on 3 May, the harbour board said on Monday.

“The harbour will stay closed until the wreck is raised, and we will be patient,” Orla Venn said.

The board has run the ferry since 1987 under a contract with the county council.

A salvage crew of 40 arrived from Bergen on Sunday with two barges.
"""
BOAT = """Skerrow loses its ferry in May

The harbour board said on Monday that the last ferry to Skerrow will leave on 3 May.

“The harbour will stay closed until the wreck is raised,” a harbour source said.

Since 1987 the board has run the ferry under a contract with the county council.

Islanders plan to charter a fishing boat of their own, the teacher Ines Obi said.
"""
OWN = (
    "No more boats\n\nSkerrow is left without its ferry from 3 May on, as the harbour board told islanders yesterday.\n"
)
EXAMPLES = [rule for rule in rules() if rule.code[0] in "QASRB"]
LEDE = "Skerrow harbour news\n\n"


def event_of(*texts: str, config: Config | None = None) -> EventComparison:
    articles = [comparer.read_text(text, outlet=f"Outlet {k}") for k, text in enumerate(texts)]
    return comparer.compare(articles, one_event=True, config=config).events[0]


def example_codes(readings: tuple[str, ...]) -> set[str]:
    texts = [text if "\n\n" in text else f"{LEDE}{text}\n" for text in readings]
    return {finding.code for finding in event_of(*texts).findings}


@pytest.mark.slow
@pytest.mark.parametrize(("code", "readings"), [(r.code, e) for r in EXAMPLES for e in r.flags])
def test_a_rule_reports_the_example_it_flags(code: str, readings: tuple[str, ...]) -> None:
    assert code in example_codes(readings)


@pytest.mark.slow
@pytest.mark.parametrize(("code", "readings"), [(r.code, e) for r in EXAMPLES for e in r.spares])
def test_a_rule_leaves_its_near_miss_alone(code: str, readings: tuple[str, ...]) -> None:
    assert code not in example_codes(readings)


def test_every_finding_of_a_comparison_has_a_rule() -> None:
    assert all(rule(finding.code) is not None for finding in event_of(FERRY, BOAT).findings)


def test_codes_of_rules_are_a_letter_and_three_digits_and_stand_once() -> None:
    codes = [r.code for r in rules()]
    assert len(codes) == len(set(codes))
    assert all(code[0] in "QAFMSWRB" and code[1:].isdigit() and len(code) == 4 for code in codes)


def test_two_copies_of_one_text_differ_in_nothing_but_reuse() -> None:
    found = event_of(FERRY, FERRY)
    assert {finding.code[0] for finding in found.findings} <= {"R"}


def test_two_copies_of_one_text_are_at_no_distance() -> None:
    scores = {score.name: score.value for score in event_of(FERRY, FERRY).scores}
    assert scores["wording distance"] in {0.0, None}
    assert scores["sourcing distance"] in {0.0, None}
    assert scores["independence"] in {0.0, None}


def test_of_many_copies_the_first_are_laid_out_and_all_are_counted_and_named() -> None:
    pages = [comparer.read_text(FERRY, outlet=f"Paper {k}") for k in range(30)]
    comparison = comparer.compare([*pages, comparer.read_text(OWN, outlet="Ledger")], one_event=True)
    event, page = comparison.events[0], comparer.render_html(comparison)
    assert len(event.articles) == 31
    assert set(event.articles) == {a.article.id for a in comparison.articles}
    assert {len(row.cells) for row in event.alignment.rows} == {len(event.alignment.articles)} == {MOST_COPIES + 1}
    assert max(a.outlets for a in event.agreements) == 31
    assert any(f.message.startswith("30 saved texts carry one text") for f in event.findings)
    assert "31 outlets, 2 origins" in page
    assert all(f"Paper {k}</bdi>" in page for k in range(30))
    assert comparer.from_json(comparer.to_json(comparison)) == comparison


@pytest.mark.slow
@pytest.mark.parametrize("number", [300, pytest.param(1_000, marks=pytest.mark.nightly)])
def test_hundreds_of_pages_that_print_few_texts_are_compared_in_bounded_time(number: int) -> None:
    texts = [FERRY, FERRY + BOAT, BOAT][: 1 if number == 300 else 3]
    pages = [comparer.read_text(texts[k % len(texts)], outlet=f"Paper {k}") for k in range(number)]
    started = time.process_time()
    comparison = comparer.compare(pages, one_event=True)
    comparer.render_html(comparison)
    assert len(comparer.to_json(comparison)) < 20_000 * number
    assert time.process_time() - started < number / 5


@pytest.mark.slow
def test_the_order_of_articles_permutes_cells_and_changes_nothing_else() -> None:
    articles = [comparer.read_text(t, outlet=o) for t, o in ((FERRY, "Echo"), (BOAT, "Ledger"), (FERRY + BOAT, "Post"))]
    asked, sorted_, told = set(), set(), set()
    for order in permutations(articles):
        event = comparer.compare(order, one_event=True).events[0]
        assert event.articles == event.alignment.articles == tuple(article.id for article in order)
        asked.add(frozenset((f.code, frozenset(f.evidence)) for f in event.findings))
        told.add(frozenset(row.key for row in event.alignment.rows))
        sorted_.add(comparer.to_json(comparer.compare(in_order(order), one_event=True)))
    assert (len(asked), len(told), len(sorted_)) == (1, 1, 1)


def test_exchanging_the_outlets_mirrors_the_comparison() -> None:
    left = event_of(FERRY, BOAT)
    right = event_of(BOAT, FERRY)
    assert sorted(f.code for f in left.findings) == sorted(f.code for f in right.findings)


def test_messages_name_no_outlet_and_accuse_nobody() -> None:
    messages = " ".join(f.message for f in event_of(FERRY, BOAT).findings)
    assert not any(
        word in messages for word in ("Outlet", "omitted", "altered", "original", "distort", "bias", "wrong")
    )


FORBIDDEN = (
    *"original alter distort omit failed copied plagiari uncredited bias neutral wrong majority mislead trust".split(),
    "than most",
)


def test_no_message_count_or_value_uses_a_word_that_judges() -> None:
    findings = event_of(FERRY, BOAT, FERRY.replace("3 May", "5 May")).findings
    said = " ".join(f"{f.message} {f.magnitude.unit}" for f in findings).casefold()
    assert [word for word in FORBIDDEN if word in said] == []


def test_what_one_origin_prints_is_not_called_absent_elsewhere() -> None:
    event = event_of(FERRY, FERRY + "\nReporting by Hal Prentice\n", BOAT)
    origins = [f.message for f in event.findings if f.code == "S102" and "1 origin;" in f.message]
    assert origins == []


def test_findings_can_be_selected_by_prefix() -> None:
    found = event_of(FERRY, BOAT, config=Config(select=("Q",)))
    assert {finding.code[0] for finding in found.findings} == {"Q"}


def test_findings_can_be_ignored_by_code() -> None:
    kept = event_of(FERRY, BOAT, config=Config(ignore=("Q102",)))
    assert "Q102" not in {finding.code for finding in kept.findings}


def test_an_event_is_named_by_words_that_two_headlines_share() -> None:
    assert event_of(FERRY, BOAT).title == "Ferry to Skerrow"


def test_an_event_whose_headlines_share_no_two_words_bears_the_first_headline() -> None:
    storm = "Storm over the sound\n\nIt blew all night in the sound, fishermen said.\n"
    assert event_of(FERRY, storm).title in {"Ferry to Skerrow to stop, Venn says", "Storm over the sound"}


def test_an_event_without_headlines_bears_the_first_words_of_its_lede() -> None:
    lede = "The last ferry to Skerrow will leave on Friday evening, its owner Ada Venn said. She named no reason.\n"
    assert event_of(lede).title == "The last ferry to Skerrow will leave on Friday …"


def test_no_loaded_word_stands_in_the_name_of_an_event_or_a_claim() -> None:
    mine = "Harbour thugs close the ferry quay at Skerrow\n\nThe board closed the ferry quay at Skerrow on Friday.\n"
    other = "Harbour thugs close ferry quay\n\nThe thugs of the board closed the ferry quay at Skerrow on Friday.\n"
    found = event_of(mine, other)
    assert "thugs" not in " ".join((found.title, *found.row_names))


def test_no_verb_on_which_readings_differ_in_certainty_stands_in_the_name_of_an_event() -> None:
    sure = "Venn will shut the Skerrow ferry\n\nThe owner Ada Venn will shut the Skerrow ferry on Friday, she said.\n"
    other = "Venn could shut the Skerrow ferry\n\nAda Venn, the owner, could shut the Skerrow ferry, she said.\n"
    title = event_of(sure, other).title
    assert "Skerrow ferry" in title
    assert not {"will", "could"} & set(title.split())


def test_a_claim_is_named_by_words_that_its_readings_share_and_by_no_figure_that_differs() -> None:
    one = "Crane falls\n\nThe harbour board said 14 crates fell from a crane at the ferry quay on Friday.\n"
    other = "Crates lost\n\nOn Friday 12 crates fell from a crane at the ferry quay, the harbour board said.\n"
    found = event_of(one, other)
    (name,) = [n for n, row in zip(found.row_names, found.alignment.rows, strict=True) if len(row.told_by) > 1]
    assert "ferry quay" in name
    assert not any(c.isdigit() for c in name)


def test_an_event_of_an_empty_page_is_untitled() -> None:
    assert event_of("", "\n\n").title == "untitled"


def test_a_lone_article_has_indicators_and_no_finding_of_difference() -> None:
    found = event_of(FERRY)
    assert {f.code[0] for f in found.findings} <= {"B", "M", "W", "A"}
    assert len(found.indicators) > 10


def test_rows_that_two_outlets_tell_count_two_origins() -> None:
    found = event_of(FERRY, BOAT)
    shared = [a for a in found.agreements if a.outlets == 2]
    assert shared
    assert all(a.origins <= 2 for a in shared)


def test_an_empty_page_gives_a_comparison_without_findings() -> None:
    found = event_of("", "\n\n")
    assert found.findings == ()
    assert all(i.state is not IndicatorState.OBSERVED for i in found.indicators)


def test_a_text_that_is_cut_off_is_counted_beside_what_stands_in_one_text_only() -> None:
    cut = FERRY.replace("with two barges.", "with two barges and the board said that")
    messages = [f.message for f in event_of(cut, BOAT, FERRY.replace("Skerrow to stop", "Skerrow stops")).findings]
    told = [m for m in messages if m.startswith("Stands in one of 3")]
    assert all(m.endswith(("comes near.", "cut off.")) for m in told)
