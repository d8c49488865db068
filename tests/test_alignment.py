"""Hold what alignment promises: rows of one claim, order without weight, reasons for empty cells."""

from __future__ import annotations

import dataclasses
import time
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comparer.alignment.links import ACCEPTED, REPEATED, TOLERATED, Links, Part
from comparer.alignment.reuse import find_reuse
from comparer.alignment.rows import align, cover
from comparer.alignment.same_claim import claim_similarity
from comparer.cleaning.article import read_text
from comparer.language.doc import read_docs
from comparer.model import Alignment, AnalysedArticle, Article, EmptyReason, Row
from comparer.pipeline import analyse

FOLDER = Path(__file__).parent / "cases/alignment"
CASES = tomllib.loads((FOLDER / "pairs.toml").read_text(encoding="utf-8"))["case"]
FAILURES = tomllib.loads((FOLDER / "known_failures.toml").read_text(encoding="utf-8"))["case"]
AROUND = [
    "A ferry with 212 passengers ran aground off Skerrow on Monday.",
    "The operator promised to refund every ticket by Friday.",
    "Divers found a tear of two metres in the hull.",
    "Two crew members were treated for bruises in Vessby.",
    "The route will stay closed for at least nine days.",
]
GAZETTE = """Ferry runs aground off Skerrow

A ferry with 212 passengers ran aground off Skerrow on Monday morning, the coastguard said.

The operator, Norsund Lines, promised to refund every ticket by Friday, and divers found a tear of two metres in it.

Two crew members were treated for bruises at the hospital in Vessby.

"We heard a long scrape and then nothing," said Ines Vik, a passenger.
"""
LEDGER = """Passengers brought ashore after Skerrow grounding

More than 200 passengers were brought ashore after a ferry ran aground near Skerrow on Monday, the coastguard said.

Norsund Lines said that it would refund all tickets by Friday.

Divers have found a tear in the hull that is two metres long.

The grounding is the third on the route since 2019, records of the shipping authority show.
"""
MONITOR = """Norsund ferry runs aground off Skerrow: what we know

The ferry ran aground off Skerrow on Monday with 212 passengers on board.

Norsund Lines will refund every ticket, it said.

The lighthouse on Skerrow had been dark since a storm in October, fishermen said.
"""


def analysed(text: str, outlet: str, **changes: Any) -> AnalysedArticle:
    """Read a page as the pipeline does."""
    return analyse(dataclasses.replace(read_text(text, outlet=outlet), **changes))


def aligned(*articles: AnalysedArticle) -> Alignment:
    pages = [a.article for a in articles]
    docs = read_docs(pages)
    return align(articles, docs, find_reuse(pages, docs))


@pytest.fixture(scope="module")
def three() -> list[AnalysedArticle]:
    return [analysed(GAZETTE, "Gazette"), analysed(LEDGER, "Ledger"), analysed(MONITOR, "Monitor")]


def printed(row: Row, articles: list[Article]) -> frozenset[str]:
    """Return what the row's cells print, whatever their order."""
    by_id = {a.id: a for a in articles}
    return frozenset(c.passage.span.of(by_id[c.passage.article].text) for cell in row.cells for c in cell.claims)


def row_with(found: Alignment, articles: list[AnalysedArticle], words: str) -> Row:
    """Return the first row in which some claim prints these words."""
    pages = [a.article for a in articles]
    return next(row for row in found.rows if any(words in text for text in printed(row, pages)))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_pairs_of_sentences_are_told_apart(case: dict[str, Any]) -> None:
    found = claim_similarity([case["left"], *AROUND[:3]], [case["right"], *AROUND[2:]])[0, 0]
    assert (found >= 0.4) == case["same"], f"{case['comment']}: {found:.2f}"


@pytest.mark.xfail(strict=True, reason="ranks among few sentences say too much")
@pytest.mark.parametrize("case", FAILURES, ids=[case["label"] for case in FAILURES])
def test_pairs_of_sentences_that_are_still_confused(case: dict[str, Any]) -> None:
    assert (claim_similarity([case["left"], *AROUND[:3]], [case["right"], *AROUND[2:]])[0, 0] >= 0.4) == case["same"]


def test_probabilities_stand_in_an_array_of_left_by_right() -> None:
    assert claim_similarity(AROUND[:2], AROUND).shape == (2, 5)


def test_one_pair_alone_can_be_judged() -> None:
    same = claim_similarity(["Divers found a tear in the hull."], ["A tear was found in the hull by divers."])
    other = claim_similarity(["Divers found a tear in the hull."], ["Tickets will be refunded."])
    assert same.shape == (1, 1)
    assert same[0, 0] > 0.5 > other[0, 0]


def test_no_texts_give_an_empty_array() -> None:
    assert claim_similarity([], AROUND).shape == (0, 5)


def test_similarity_does_not_depend_on_which_side_comes_first() -> None:
    there, back = claim_similarity(AROUND[:3], AROUND[1:]), claim_similarity(AROUND[1:], AROUND[:3])
    assert np.allclose(there, back.T)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=4), st.lists(st.text(max_size=40), max_size=4))
def test_any_texts_give_probabilities(left: list[str], right: list[str]) -> None:
    found = claim_similarity(left, right)
    assert found.shape == (len(left), len(right))
    assert ((found >= 0) & (found <= 1)).all()


def test_a_claim_that_three_outlets_tell_is_one_row(three: list[AnalysedArticle]) -> None:
    assert row_with(aligned(*three), three, "ran aground off Skerrow on Monday morning").told_by == (0, 1, 2)


def test_a_sentence_with_two_facts_stands_in_two_rows(three: list[AnalysedArticle]) -> None:
    found = aligned(*three[:2])
    refund, tear = row_with(found, three, "it would refund"), row_with(found, three, "that is two metres long")
    assert refund.told_by == tear.told_by == (0, 1)
    assert refund.id != tear.id


def test_headlines_meet_headlines_or_ledes(three: list[AnalysedArticle]) -> None:
    assert 0 in row_with(aligned(*three), three, "what we know").told_by


def test_what_one_outlet_alone_tells_is_a_row_with_full_confidence(three: list[AnalysedArticle]) -> None:
    row = row_with(aligned(*three), three, "third on the route")
    assert row.told_by == (1,)
    assert row.confidence == 1.0


def test_every_claim_stands_in_a_row(three: list[AnalysedArticle]) -> None:
    placed = {c.id for row in aligned(*three).rows for cell in row.cells for c in cell.claims}
    assert placed == {c.id for one in three for c in one.claims}


def test_the_order_of_articles_changes_the_cells_order_only(three: list[AnalysedArticle]) -> None:
    pages = [a.article for a in three]
    there = [(r.id, r.confidence, printed(r, pages)) for r in aligned(*three).rows]
    back = [(r.id, r.confidence, printed(r, pages)) for r in aligned(three[2], three[0], three[1]).rows]
    assert there == back


def test_rows_are_numbered_in_reading_order(three: list[AnalysedArticle]) -> None:
    rows = aligned(*three).rows
    assert [r.id for r in rows] == [f"r{n}" for n in range(1, len(rows) + 1)]
    assert any("Skerrow" in text for text in printed(rows[0], [a.article for a in three]))


def test_two_copies_align_sentence_by_sentence() -> None:
    found = aligned(analysed(GAZETTE, "Gazette"), analysed(GAZETTE, "Courier"))
    assert all(row.told_by == (0, 1) for row in found.rows)


def test_an_absent_claim_says_absent(three: list[AnalysedArticle]) -> None:
    cell = row_with(aligned(*three), three, "lighthouse on Skerrow").cells[0]
    assert not cell.claims
    assert cell.reason in {EmptyReason.ABSENT, EmptyReason.NEAR_MISS}  # type: ignore[union-attr]


def test_a_page_that_breaks_off_says_so_in_its_empty_cells(three: list[AnalysedArticle]) -> None:
    cut = analysed(MONITOR, "Monitor", truncated=True)
    cell = row_with(aligned(three[0], cut), three, "Two crew members").cells[1]
    assert cell.reason is EmptyReason.TRUNCATED  # type: ignore[union-attr]


def test_a_page_of_which_little_was_kept_makes_absence_doubtful(three: list[AnalysedArticle]) -> None:
    furniture = "\n".join(f"Section {n} of the site with links to many other pages" for n in range(20))
    page = read_text("The ferry ran aground off Skerrow.", outlet="Stub")
    page = dataclasses.replace(page, text=page.text + "\n" + furniture)
    stub = analyse(page)
    cell = row_with(aligned(three[0], stub), [three[0], stub], "Two crew members").cells[1]
    assert cell.reason is EmptyReason.EXTRACTION_DOUBTFUL  # type: ignore[union-attr]


def test_an_article_printed_before_the_day_a_claim_names_could_not_hold_it() -> None:
    early = analysed(MONITOR, "Monitor", published="2025-03-03")
    late = analysed(
        "Ferry towed to Vessby\n\nTugs towed the stranded ferry to a dock on March 6, 2025, the coastguard said.\n",
        "Ledger",
        published="2025-03-07",
    )
    row = row_with(aligned(early, late), [early, late], "Tugs towed")
    assert row.cells[0].reason is EmptyReason.PUBLISHED_BEFORE  # type: ignore[union-attr]


def test_one_article_alone_gives_its_claims_as_rows(three: list[AnalysedArticle]) -> None:
    assert len(aligned(three[0]).rows) == len(three[0].claims)


def test_no_articles_give_no_rows() -> None:
    assert aligned().rows == ()


@pytest.mark.slow
def test_endless_sentences_cost_seconds_not_minutes() -> None:
    page = " ".join(f"gangway{n * n % 7919} to pier{n}" for n in range(3000))
    before = time.process_time()
    claim_similarity([page] * 6, [page[::-1], page] * 3)
    assert time.process_time() - before < 20


def test_texts_that_are_equal_share_a_rank_whichever_side_they_stand_on() -> None:
    ours = ["Mayor Ines Falk said on Tuesday that the bridge would close."]
    waiting = '"We may have to wait," she told reporters. "We may have to wait," she told reporters.'

    found = claim_similarity(ours, [waiting, "0", waiting])

    assert found[0, 0] == pytest.approx(found[0, 2])
    assert found == pytest.approx(claim_similarity([waiting, "0", waiting], ours).T)


@pytest.mark.parametrize("seed", range(8))
def test_a_row_grows_by_the_claim_that_fits_all_others_best(seed: int) -> None:
    owners = tuple(k // 6 for k in range(30))
    table = np.random.default_rng(seed).choice([0.1, 0.3, 0.6, 0.7, 0.9], p=[0.02, 0.1, 0.3, 0.3, 0.28], size=(30, 30))
    table = np.maximum(table, table.T)
    row = [0, 29]
    while (found := best_fitting(row, owners, table)) is not None:
        row.append(found)
    assert Links(owners, tuple(range(30)), (Part.BODY,) * 30, table).grown((0, 29)) == row


def best_fitting(row: list[int], owners: tuple[int, ...], table: np.ndarray[Any, Any]) -> int | None:
    """Return the claim that a row takes in next, by asking each claim about each of the row."""

    def fits(claim: int) -> bool:
        within = [k for k in row if owners[k] == owners[claim]]
        across = [k for k in row if owners[k] != owners[claim]]
        weak = sum(table[claim, k] < ACCEPTED for k in across)
        linked = any(table[claim, k] >= (REPEATED if k in within else ACCEPTED) for k in row[:2])
        bound = all(table[claim, k] >= REPEATED for k in within) and all(table[claim, k] >= TOLERATED for k in across)
        return linked and bound and 3 * weak <= len(row)

    fitting = [k for k in range(len(owners)) if k not in row and fits(k)]
    return max(fitting, key=lambda k: (round(float(table[k, row].sum()) / len(row), 6), -k), default=None)


@pytest.mark.parametrize("again", ["Ferry runs aground off Skerrow", "FERRY RUNS AGROUND OFF SKERROW"])
def test_a_headline_that_the_page_prints_twice_stands_in_its_row_at_both_places(again: str) -> None:
    pages = [
        read_text(GAZETTE.replace("\n\n", f"\n\n{again}\n\n", 1), outlet="Gazette"),
        read_text(LEDGER, outlet="Ledger"),
    ]
    analysed = [analyse(page) for page in pages]

    rows = align(analysed, read_docs(pages), find_reuse(pages, read_docs(pages)), fast=True).rows
    cell = next(r.cells[0] for r in rows if any(c.repeats for c in r.cells[0].claims))

    assert [c.passage.span.of(pages[0].text) for c in cell.claims[:2]] == ["Ferry runs aground off Skerrow", again]
    assert cell.claims[1].repeats == cell.claims[0].id
    assert again not in [c.passage.span.of(pages[0].text) for c in cell.told[1:]]


def test_a_line_that_says_more_than_the_headline_repeats_nothing() -> None:
    page = read_text(GAZETTE.replace("\n\n", "\n\nFerry runs aground off Skerrow again\n\n", 1), outlet="Gazette")

    assert all(claim.repeats is None for claim in analyse(page).claims)


@pytest.mark.parametrize(("other", "rows"), [(0.6, [(0, 1, 2, 3)]), (0.3, [(0, 1, 2), (0, 3)])])
def test_rows_are_one_where_two_of_their_claims_and_every_link_are(other: float, rows: list[tuple[int, ...]]) -> None:
    table = np.zeros((4, 4))
    for left, right, probability in ((0, 1, 0.9), (0, 2, 0.8), (1, 2, 0.8), (0, 3, 0.6), (1, 3, other)):
        table[left, right] = table[right, left] = probability

    links = Links((0, 1, 2, 2), tuple(range(4)), (Part.BODY,) * 4, table)

    assert sorted(cover(links)) == rows
