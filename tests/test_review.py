"""A reviewer overrules the cleaner block by block; a decision about another text is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from comparer.cleaning.article import read_text
from comparer.cleaning.overrides import decisions_on, overrule, overrule_kinds
from comparer.cli.console import kinds_of, verdicts_of
from comparer.errors import StaleReviewError, UsageError
from comparer.exporting.files import review_toml
from comparer.inputs import load
from comparer.model import Article, BlockKind, Decision
from comparer.reading.user_files import read_review
from comparer.reviewing import decide

PAGE = """Home | World | Sport

Ferry runs aground off Skerrow

A ferry with 140 people aboard ran aground off Skerrow on Friday evening, the coastguard said.

A lifeboat stands by the ferry near the harbour mouth. Photo by Maud Farrant

The passengers were taken off by two lifeboats before midnight, and most of them slept in the school.
"""
CAPTION = "A lifeboat stands by the ferry near the harbour mouth. Photo by Maud Farrant"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "post.txt"
    file.write_text(PAGE, "utf-8")
    return file


def loaded(page: Path) -> Article:
    return load([str(page)]).articles[0]


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "comparer", *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_a_decision_keeps_a_block_and_says_who_decided(page: Path) -> None:
    decide(str(page), [(7, "keep")], note="names the photographer's boat")

    block = next(b for b in loaded(page).blocks if b.span.of(PAGE) == CAPTION)

    assert (block.kept, block.kind, block.probability) == (True, BlockKind.CONTENT, 1.0)
    assert block.reason.startswith("reviewer: names the photographer's boat; the cleaner had caption")


def test_a_kept_caption_stands_in_the_main_text(page: Path) -> None:
    decide(str(page), [(7, "keep")])
    assert CAPTION in loaded(page).main_text


def test_a_dropped_paragraph_leaves_the_main_text(page: Path) -> None:
    decide(str(page), [(9, "drop")])
    assert "slept in the school" not in loaded(page).main_text


def test_a_named_kind_makes_a_line_the_title(page: Path) -> None:
    decide(str(page), [(3, "other"), (1, "title")])
    assert loaded(page).title == "Home | World | Sport"


def test_auto_takes_a_decision_back_and_leaves_the_others(page: Path) -> None:
    decide(str(page), [(7, "keep"), (9, "drop")])
    decide(str(page), [(7, "auto")])
    assert [(d.line, d.verdict) for d in read_review(page.parent)] == [(9, "drop")]


def test_a_long_block_is_anchored_by_its_beginning_and_its_digest(page: Path) -> None:
    file = decide(str(page), [(5, "standfirst")])
    entry = tomllib.loads(file.read_text("utf-8"))["block"][0]
    assert entry["text"].endswith(" …")
    assert len(entry["sha256"]) == 16


def test_a_changed_end_of_a_long_line_is_noticed(page: Path) -> None:
    decide(str(page), [(5, "standfirst")])
    page.write_text(PAGE.replace("the coastguard said", "the coastguard says"), "utf-8")
    found = load([str(page)])
    assert found.articles == ()
    assert "post.txt: the reviewer's decision on line 5" in found.failures[0]
    assert "was made about another text" in found.failures[0]


def test_a_line_that_moved_is_refused_with_its_new_number(page: Path) -> None:
    decide(str(page), [(7, "keep")])
    page.write_text(f"Menu\n{PAGE}", "utf-8")
    assert "begin on line 8 now" in load([str(page)]).failures[0]


def test_a_page_refused_costs_no_other(page: Path) -> None:
    decide(str(page), [(7, "keep")])
    page.write_text("Ferry afloat again, and nobody was hurt at Skerrow, the coastguard said.", "utf-8")
    (page.parent / "echo.txt").write_text(PAGE, "utf-8")
    found = load([str(page.parent)])
    assert [a.path for a in found.articles] == ["echo.txt"]
    assert len(found.failures) == 1


def test_white_space_alone_breaks_no_anchor() -> None:
    article = read_text(PAGE)
    spaced = Decision("post.txt", 7, CAPTION.replace(" ", "  "), "keep")
    assert overrule(PAGE, article.blocks, [spaced])[3].kept


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[[block]\n", "no TOML"),
        ("[[blocks]]\nline = 1\n", "only \\[\\[block\\]\\]"),
        ('[[block]]\npage = "post.txt"\nline = "7"\ntext = "x"\ndecision = "keep"\n', "line is missing or not"),
        ('[[block]]\npage = "post.txt"\nline = 7\ntext = "x"\n', "decision is missing"),
        ('[[block]]\npage = "post.txt"\nline = 7\ntext = "x"\ndecision = "advert"\n', "'advert' is no decision"),
        ('[[block]]\npage = "echo.txt"\nline = 7\ntext = "x"\ndecision = "keep"\n', "no page 'echo.txt'"),
    ],
)
def test_a_file_that_says_nothing_clear_is_refused_by_name(page: Path, toml: str, says: str) -> None:
    (page.parent / "review.toml").write_text(toml, "utf-8")
    with pytest.raises(StaleReviewError, match=says):
        read_review(page.parent)


def test_words_of_any_kind_come_back_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", "utf-8")
    odd = Decision("a.txt", 2, 'He said "no" \\ 😀\x7f', "drop", "ab12", "why not")
    (tmp_path / "review.toml").write_text(review_toml([odd]), "utf-8")
    assert read_review(tmp_path) == (odd,)


def test_no_decision_is_made_where_no_block_begins() -> None:
    assert decisions_on(PAGE, read_text(PAGE).blocks, page="post.txt", line=2, verdict="keep") == ()


def test_kinds_are_kept_and_dropped_as_asked() -> None:
    blocks = overrule_kinds(read_text(PAGE).blocks, keep={BlockKind.CAPTION}, drop={BlockKind.TITLE})
    kinds = {b.span.of(PAGE): (b.kept, b.reason) for b in blocks}
    assert kinds[CAPTION] == (True, "kept on request; the cleaner had caption, ends with a photo credit")
    assert kinds["Ferry runs aground off Skerrow"][0] is False


def test_an_unknown_kind_is_answered_with_the_list() -> None:
    with pytest.raises(UsageError, match=r"no block is of kind advert. Kinds: content, title"):
        kinds_of(["advert"])


@pytest.mark.parametrize(("setting", "paths"), [("seven=keep", ["a.txt"]), ("7=advert", ["a.txt"]), ("7=keep", ["-"])])
def test_a_setting_that_means_nothing_is_wrong_usage(setting: str, paths: list[str]) -> None:
    with pytest.raises(UsageError):
        verdicts_of([setting], paths)


@pytest.mark.slow
def test_flag_writes_a_decision_that_every_command_honours(page: Path, tmp_path: Path) -> None:
    done = run("flag", page, "--set", "9=drop", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["blocks"][-1]["reason"].startswith("reviewer")

    done = run("compare", page, "--out", tmp_path / "out", "--format", "json")
    record = json.loads((tmp_path / "out" / "comparison.json").read_text("utf-8"))

    assert "honouring 1 decision of a reviewer" in done.stderr
    assert record["articles"][0]["article"]["blocks"][-1]["reason"].startswith("reviewer")


@pytest.mark.slow
def test_flag_counts_blocks_and_words_per_kind(page: Path) -> None:
    done = run("flag", page, "--json")
    kinds = {k["kind"]: k for k in json.loads(done.stdout)[0]["kinds"]}
    assert (kinds["caption"]["blocks"], kinds["caption"]["words"], kinds["caption"]["kept"]) == (1, 14, False)
    assert sum(k["words"] for k in kinds.values()) == kinds["caption"]["of_words"]


@pytest.mark.slow
def test_a_pipe_gets_no_colours_and_a_terminal_does(page: Path) -> None:
    assert "\x1b[" not in run("flag", page).stdout
    assert "\x1b[34m" in run("flag", page, FORCE_COLOR="1").stdout
    assert "\x1b[34m" not in run("flag", page, FORCE_COLOR="1", NO_COLOR="1").stdout


def test_an_unknown_kind_on_the_command_line_is_wrong_usage(page: Path) -> None:
    done = run("flag", page, "--keep", "advert")
    assert done.returncode == 2
    assert "Kinds: content, title" in done.stderr
