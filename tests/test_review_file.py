"""A review exported from a report is applied to blocks, rows and findings; what it did and did not do is listed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import report_fixture
from hypothesis import given, settings
from hypothesis import strategies as st

import comparer
from comparer.alignment.corrections import correct_rows
from comparer.errors import UnreadableInputError
from comparer.model import (
    ArticleId,
    BlockDecision,
    Claim,
    Comparison,
    EmptyReason,
    FindingDecision,
    Judgement,
    Passage,
    Relation,
    Review,
    Row,
    RowAction,
    RowDecision,
    Span,
)
from comparer.reading.user_files import review_from

PAGES = {
    "Echo": """Ferry aground off Skerrow

A ferry with 140 people aboard ran aground off Skerrow on Friday evening, the coastguard said.

The ferry's captain, Ida Lund, said on Saturday that the chart had shown deep water.

Sign up for our daily newsletter
""",
    "Post": """Ferry runs aground

A ferry with 160 people aboard ran aground off Skerrow on Friday evening, the coastguard said.

Tickets for the ferry will be refunded within a week, the company said.
""",
}


@cache
def articles() -> tuple[comparer.Article, ...]:
    return tuple(comparer.read_text(text, outlet=outlet, published="2026-03-06") for outlet, text in PAGES.items())


def compared(*reviews: Review) -> Comparison:
    return comparer.compare(articles(), one_event=True, reviews=reviews)


@cache
def plain() -> Comparison:
    return compared()


def shared_row(comparison: Comparison) -> Row:
    return next(r for r in comparison.events[0].alignment.rows if len(r.told_by) == 2 and "people" in words(r, 0))


def words(row: Row, article: int) -> str:
    text = PAGES[("Echo", "Post")[article]]
    return " ".join(c.passage.span.of(text) for c in row.cells[article].claims)


def reject(comparison: Comparison, code: str) -> Review:
    found = next(f for f in comparison.events[0].findings if f.code == code)
    return Review(name="r.json", findings=(FindingDecision(found.id, Judgement.REJECT, "another ferry"),))


def test_a_finding_keeps_its_id_when_others_are_left_out() -> None:
    ids = {f.id for f in plain().events[0].findings}
    fewer = comparer.compare(articles(), one_event=True, config=comparer.Config(select=("F",))).events[0].findings
    assert fewer
    assert {f.id for f in fewer} <= ids


def test_a_rejected_finding_leaves_the_event_and_is_listed_with_its_reason() -> None:
    done = compared(reject(plain(), "F101"))
    change = done.reviews[0].changes[0]
    assert "F101" not in {f.code for f in done.events[0].findings}
    assert (change.action, change.event, change.now, change.note) == (
        "reject",
        done.events[0].id,
        "rejected",
        "another ferry",
    )
    assert change.finding is not None
    assert change.finding.code == "F101"


def test_a_rejected_conflict_is_no_conflict_in_the_facts_and_relations_either() -> None:
    done = compared(reject(plain(), "F101")).events[0]
    assert Relation.CONFLICT in {r.relation for r in plain().events[0].relations}
    assert Relation.CONFLICT not in {r.relation for r in done.relations}
    assert len(done.facts) < len(plain().events[0].facts)


def test_an_accepted_finding_stays_and_is_listed() -> None:
    finding = plain().events[0].findings[0]
    review = Review(findings=(FindingDecision(finding.id, Judgement.ACCEPT),))
    done = compared(review)
    assert done.events[0].findings == plain().events[0].findings
    assert [c.now for c in done.reviews[0].changes] == ["accepted"]


def test_the_later_of_two_files_that_disagree_counts() -> None:
    rejecting = reject(plain(), "F101")
    accepting = Review(findings=(FindingDecision(rejecting.findings[0].finding, Judgement.ACCEPT),))
    assert "F101" in {f.code for f in compared(rejecting, accepting).events[0].findings}
    assert "F101" not in {f.code for f in compared(accepting, rejecting).events[0].findings}


def test_a_claim_taken_out_gets_a_row_of_its_own_and_stands_as_a_near_miss() -> None:
    row = shared_row(plain())
    claim = row.cells[0].claims[-1]
    done = compared(Review(rows=(RowDecision(RowAction.TAKE_OUT, (row.key,), claim.passage),)))
    rows = [r for r in done.events[0].alignment.rows if claim.passage in {c.passage for c in r.cells[0].claims}]
    assert [r.told_by for r in rows] == [(0,)]
    assert getattr(rows[0].cells[1], "reason", None) is EmptyReason.NEAR_MISS
    assert done.reviews[0].changes[0].evidence == (claim.passage,)
    assert "F101" not in {f.code for f in done.events[0].findings}


def test_joined_rows_hold_all_claims_in_one_row() -> None:
    lone = [r for r in plain().events[0].alignment.rows if len(r.told_by) == 1]
    one, other = next(r for r in lone if r.told_by == (0,)), next(r for r in lone if r.told_by == (1,))
    done = compared(Review(rows=(RowDecision(RowAction.JOIN, (one.key, other.key)),))).events[0].alignment
    joined = next(r for r in done.rows if r.cells[0].claims == one.cells[0].claims)
    assert joined.cells[1].claims == other.cells[1].claims
    assert len(done.rows) == len(plain().events[0].alignment.rows) - 1


def test_a_row_answers_to_the_key_it_had_before_a_correction() -> None:
    lone = [r for r in plain().events[0].alignment.rows if len(r.told_by) == 1]
    one, other = next(r for r in lone if r.told_by == (0,)), next(r for r in lone if r.told_by == (1,))
    claim = other.cells[1].claims[0].passage
    join, part = RowDecision(RowAction.JOIN, (one.key, other.key)), RowDecision(RowAction.TAKE_OUT, (one.key,), claim)
    done = compared(Review(rows=(join, part)))
    assert not done.reviews[0].not_applied
    assert {r.key for r in done.events[0].alignment.rows} == {r.key for r in plain().events[0].alignment.rows}


def claims_of(rows: tuple[Row, ...]) -> set[Claim]:
    return {claim for row in rows for cell in row.cells for claim in cell.claims}


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 999), st.integers(0, 999)), max_size=20))
def test_whatever_is_taken_out_and_joined_no_claim_is_lost_and_no_row_is_doubled(
    steps: list[tuple[bool, int, int]],
) -> None:
    alignment = report_fixture.one_event().events[0].alignment
    rows = alignment.rows
    claims = sorted(claims_of(rows), key=lambda c: c.id)
    join = [RowDecision(RowAction.JOIN, (rows[a % len(rows)].key, rows[b % len(rows)].key)) for _, a, b in steps]
    part = [
        RowDecision(RowAction.TAKE_OUT, (rows[a % len(rows)].key,), claims[b % len(claims)].passage)
        for _, a, b in steps
    ]

    after, made = correct_rows(alignment, [j if k else p for j, p, (k, _, _) in zip(join, part, steps, strict=True)])

    assert len(made) == len(steps)
    assert claims_of(after.rows) == set(claims)
    assert len({row.id for row in after.rows}) == len(after.rows)
    assert all(row.told_by for row in after.rows)


def test_a_dropped_block_takes_no_part_and_says_who_dropped_it() -> None:
    article = plain().articles[0].article
    block = next(b for b in article.blocks if b.span.of(article.text).startswith("The ferry's captain"))
    done = compared(Review(blocks=(BlockDecision(Passage(article.id, block.span), "drop", "no news"),)))
    now = next(b for b in done.articles[0].article.blocks if b.span == block.span)
    assert not now.kept
    assert now.reason.startswith("reviewer: no news; the cleaner had content")
    assert [(c.was, c.now) for c in done.reviews[0].changes] == [("content", "other")]


def test_a_block_named_the_title_makes_the_headline() -> None:
    article = plain().articles[0].article
    blocks = [b for b in article.blocks if b.kept]
    decisions = [(blocks[0], "other"), (blocks[1], "title")]
    review = Review(blocks=tuple(BlockDecision(Passage(article.id, b.span), verdict) for b, verdict in decisions))
    assert (compared(review).articles[0].article.title or "").startswith("A ferry with 140 people")


def test_decisions_that_meet_nothing_are_listed_with_the_reason() -> None:
    row = shared_row(plain())
    elsewhere = Passage(articles()[0].id, comparer.blocks(articles()[0])[2].span)
    wrong = Passage(elsewhere.article, Span(1, 3))
    review = Review(
        findings=(FindingDecision("f000000000000", Judgement.ACCEPT),),
        rows=(
            RowDecision(RowAction.TAKE_OUT, (row.key,), elsewhere),
            RowDecision(RowAction.JOIN, ("r000000000000", "r111111111111")),
        ),
        blocks=(
            BlockDecision(wrong, "drop"),
            BlockDecision(Passage(ArticleId("x"), wrong.span), "keep"),
        ),
    )
    done = compared(review)
    assert [n.reason for n in done.reviews[0].not_applied] == [
        "no finding of this comparison has that id",
        "the claim does not stand in that row",
        "no row of this event has that key",
        "no block of the article stands at exactly those characters",
        "no article of this comparison has that id",
    ]
    assert done.events == plain().events


def written(**fields: Any) -> bytes:
    return json.dumps({"format": "comparer-review", "format_version": 1, **fields}).encode()


CLAIM = {"article": "a", "start": 0, "end": 4}


def test_a_file_is_read_as_it_was_meant() -> None:
    review = review_from(
        written(
            reviewer="I. Lund",
            findings=[{"id": "f1", "decision": "note", "note": "ask"}],
            rows=[{"action": "take_out", "row": "r1", "claim": CLAIM}, {"action": "join", "rows": ["r1", "r2"]}],
            blocks=[{**CLAIM, "decision": "promotion"}],
        ),
        name="r.json",
    )
    assert review.reviewer == "I. Lund"
    assert (len(review.findings), len(review.rows), len(review.blocks)) == (1, 2, 1)
    assert review.rows[0].claim == review.blocks[0].passage


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"{", "is no JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[]", "holds no JSON object"),
        (b"\xff{}", "is no JSON in UTF-8"),
        (b'{"format": NaN}', "NaN is no number"),
        (b'{"format": "comparer-review", "format": "x"}', "'format' is given twice"),
        (b'{"format": "comparer"}', "its format is 'comparer', not 'comparer-review'"),
        (b'{"format": "comparer-review", "format_version": 9}', "this comparer reads 1. Use a newer comparer"),
        (b'{"format": "comparer-review", "format_version": true}', "format version True"),
        (written(findings={}), "findings is missing or not understood"),
        (written(finding=[]), "finding is missing or not understood"),
        (written(findings=[7]), "findings, entry 1: is no object"),
        (written(findings=[{"id": "f1", "decision": "wrong"}]), "'wrong' is no decision. Use one of accept, reject"),
        (written(findings=[{"id": "f1", "decision": "note"}]), "needs a text in note"),
        (written(findings=[{"id": "f1", "decision": "accept"}] * 2), "entry 2: decides a second time"),
        (written(rows=[{"action": "join", "rows": ["r1"]}]), "two different rows or more"),
        (written(rows=[{"action": "join", "rows": ["r1", ["r2"]]}]), "two different rows or more"),
        (written(rows=[{"action": "join", "row": "r1", "rows": ["r1", "r2"]}]), "row is missing or not understood"),
        (written(rows=[{"action": "take_out", "row": "r1"}]), "claim is missing or not understood"),
        (written(blocks=[{**CLAIM, "decision": "keep", "start": 4}]), "mark no characters"),
        (written(blocks=[{**CLAIM, "decision": "keep", "start": True}]), "start is missing or not understood"),
        (written(blocks=[{**CLAIM, "decision": "advert"}]), "'advert' is no decision. Use one of keep, drop, content"),
    ],
)
def test_a_file_that_says_nothing_clear_is_refused_with_the_place(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableInputError, match=says):
        review_from(data, name="r.json")


def test_what_docs_show_is_a_review() -> None:
    page = (Path(__file__).parent.parent / "docs" / "review-format.md").read_text("utf-8")
    example = page.split("```json\n")[1].split("```")[0]
    shown = review_from(example.encode(), name="example")

    assert len(shown.findings) + len(shown.rows) + len(shown.blocks) == 6


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "comparer", *map(str, arguments)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for outlet, text in PAGES.items():
        (folder / f"{outlet}.txt").write_text(text, "utf-8")
    return folder


@pytest.mark.slow
def test_the_command_applies_a_review_and_says_what_it_did_not_find(pages: Path, tmp_path: Path) -> None:
    run("compare", pages, "--one-event", "--out", tmp_path / "one", "--format", "json")
    record = json.loads((tmp_path / "one" / "comparison.json").read_text("utf-8"))
    wanted = next(f["id"] for f in record["events"][0]["findings"] if f["code"] == "F101")
    review = tmp_path / "review.json"
    review.write_bytes(written(findings=[{"id": i, "decision": "reject"} for i in (wanted, "f000000000000")]))

    done = run("compare", pages, "--one-event", "--out", tmp_path / "two", "--format", "json", "--review", review)

    again = json.loads((tmp_path / "two" / "comparison.json").read_text("utf-8"))
    assert done.returncode == 0, done.stderr
    assert "1 decision applied, not found in this comparison: 1 of 2" in done.stderr
    assert wanted not in {f["id"] for f in again["events"][0]["findings"]}
    assert again["reviews"][0]["changes"][0]["finding"]["id"] == wanted


@pytest.mark.slow
def test_a_missing_review_is_named_with_status_3(pages: Path, tmp_path: Path) -> None:
    done = run("compare", pages, "--out", tmp_path / "out", "--review", tmp_path / "revue.json")
    assert done.returncode == 3
    assert "cannot read the review" in done.stderr
    assert "revue.json" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_review_of_sample_pages_changes_nothing_but_what_it_names() -> None:
    before = report_fixture.one_event()
    finding = before.events[0].findings[-1]
    review = Review(findings=(FindingDecision(finding.id, Judgement.REJECT),))
    after = comparer.compare([a.article for a in before.articles], one_event=True, reviews=[review])
    left = tuple(f for f in before.events[0].findings if f.id != finding.id)
    assert after.events[0].findings == left
    assert after.articles == before.articles


def test_the_report_lists_each_change_and_what_met_nothing() -> None:
    found = plain().events[0].findings
    decisions = (
        FindingDecision(next(f.id for f in found if f.code == "F101"), Judgement.REJECT, "another <b>ferry</b>"),
        FindingDecision("f000000000000", Judgement.ACCEPT),
    )
    page = comparer.render_html(compared(Review("ines.json", "Ines", "", findings=decisions)))
    assert "ines.json · Ines · 1 decision applied, 1 of 2 not found" in page
    assert '<b>Rejected</b> <span dir="auto">F101: Number printed differently' in page
    assert "another &lt;b&gt;ferry&lt;/b&gt;" in page
    assert "<b>Not applied: accepted</b>" in page
    assert "Applied in this run" not in comparer.render_html(plain())
