"""What is far from an article costs bounded time and ends in a result or a clear refusal, never in a crash."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent / "benchmarks"))
import growth

from comparer.cleaning.article import BEYOND, MOST_KEPT, clean_html, read_text
from comparer.errors import UnreadableInputError
from comparer.reading.formats import read_path
from comparer.reading.metadata import page_from_text

WORDS = "The ferry ran aground off Skerrow and nobody was hurt, the coastguard said on Friday. "
REPORT = (
    "A ferry with 140 people aboard ran aground off Skerrow on Friday evening, the coastguard said in a statement.",
    "The passengers were taken off by two lifeboats before midnight, and most of them slept in the village school.",
    "Divers looked at the hull on Saturday and found two dents below the waterline, but no hole, the owner wrote.",
)
BODY = "".join(f"<p>{text}</p>" for text in REPORT)
MOST_SECONDS = 20.0  # of processor time, some ten times what it takes


@pytest.fixture(autouse=True)
def bounded() -> object:
    start = time.process_time()
    yield
    assert time.process_time() - start < MOST_SECONDS


@pytest.mark.slow
def test_a_line_of_ten_megabytes_is_read_as_far_as_an_article_may_go() -> None:
    blocks = read_text(WORDS * (10_000_000 // len(WORDS))).blocks
    assert [(b.kept, len(b.span)) for b in blocks][:1] == [(True, MOST_KEPT)]
    assert {b.reason for b in blocks[1:]} == {BEYOND}


@pytest.mark.slow
def test_a_line_of_ten_megabytes_without_a_blank_is_read() -> None:
    assert read_text("x" * 10_000_000).main_text == "x" * MOST_KEPT


@pytest.mark.slow
def test_a_million_empty_lines_hold_no_block_but_the_text() -> None:
    assert read_text("\n \t" * 300_000 + REPORT[0]).main_text == REPORT[0]


def test_a_page_nested_five_thousand_deep_keeps_its_paragraphs() -> None:
    article = clean_html("<div>" * 5_000 + BODY + "</div>" * 5_000)
    assert article.main_text.split("\n") == list(REPORT)


def test_tags_that_are_never_closed_are_read_as_far_as_they_go() -> None:
    assert REPORT[0] in clean_html("<table><tr><td><b><i>" * 5_000 + BODY).text


def test_a_page_of_scripts_shows_only_its_text() -> None:
    script = "<script>" + "var a = '<p>not a paragraph</p>';" * 2_000 + "</script>"
    article = clean_html(f"<html><body>{script * 20}{BODY}{script * 20}</body></html>")
    assert article.text.split("\n") == list(REPORT)


def test_linked_data_without_end_is_passed_over() -> None:
    article = clean_html("<script type='application/ld+json'>" + '{"a":' * 50_000 + f"</script>{BODY}")
    assert article.text.split("\n") == list(REPORT)


@pytest.mark.slow
@pytest.mark.parametrize(
    "html",
    [
        "<p <b <<<>>> </i></p></div>&&amp;&#xD800; ",
        "<" * 50_000,
        "<p class='" + "a" * 500_000 + "'>",
        "<!-- never closed? --><![CDATA[",
        "\x00<html\x00>",
    ],
)
def test_broken_markup_is_read_as_far_as_it_goes(html: str) -> None:
    article = clean_html(html + BODY)
    assert all(b.span.of(article.text).strip() for b in article.blocks)


def test_front_matter_of_brackets_alone_is_read() -> None:
    page = page_from_text(f"---\ntitle: {'[' * 5_000}Ferry aground{']' * 5_000}\n---\n\n{REPORT[0]}")
    assert page.title == "Ferry aground"


@pytest.mark.parametrize("html", ["", " \n", "<html></html>", "<!-- -->", "<body><script>start()</script></body>"])
def test_markup_without_words_is_an_article_without_blocks(html: str) -> None:
    assert clean_html(html).blocks == ()


@pytest.mark.parametrize("name", ["photo.html", "photo.txt"])
def test_a_picture_saved_as_a_page_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    with pytest.raises(UnreadableInputError, match=r"binary file, not text\. Save the article as"):
        read_path(file)


@pytest.mark.slow
def test_the_command_line_refuses_a_hundred_megabytes_at_once(tmp_path: Path) -> None:
    file = tmp_path / "dump.html"
    with file.open("wb") as big:
        big.truncate(100_000_000)
    done = subprocess.run(
        [sys.executable, "-m", "comparer", "flag", str(file)], capture_output=True, check=False, text=True
    )
    assert done.returncode == 3
    assert "dump.html: 100 MB is more than one article" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "size"),
    [
        ("run: one letter", 128_000),  # each of these took the square of its length, or worse
        ("run: digits", 64_000),
        ("run: hyphens", 16_000),
        ("run: sentence", 8_000),
        ("run: ideographs", 4_000),
        ("run: quotation marks and letters", 8_000),
        ("calls to subscribe", 32_000),
    ],
)
def test_what_repeats_is_compared_in_bounded_time(kind: str, size: int) -> None:
    pages = growth.KINDS[kind](size)
    growth.compared(pages)


def test_a_page_of_five_megabytes_is_compared_up_to_its_first_hundred_thousand_characters() -> None:
    article = read_text(f"{WORDS}\n" * (5_000_000 // len(WORDS)))
    assert sum(len(block.span) for block in article.blocks if block.kept) <= MOST_KEPT
    assert article.blocks[-1].reason == BEYOND
