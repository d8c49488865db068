"""Hold what the events file promises: a user's word comes before the texts, and a mistake in it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from comparer.errors import UnreadableInputError, UsageError
from comparer.inputs import load
from comparer.model import Article
from comparer.pipeline import compare, group

PAGES = {
    "echo.txt": "Ferry runs aground off Skerrow\n\nA ferry with 212 passengers ran aground off Skerrow on Monday, the"
    " coastguard said. Norsund Lines promised to refund every ticket. Divers found a tear in the hull.\n",
    "post.txt": "Passengers brought ashore\n\nMore than 200 passengers were brought ashore after a Norsund Lines ferry"
    " ran aground near Skerrow, the coastguard said. Divers have found a tear in the hull.\n",
    "bee.txt": "Dark sky over the chess final\n\nElla Marsh won the chess final in Vessby after seven hours of play.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in PAGES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def wish(folder: Path, text: str) -> None:
    (folder / "events.toml").write_text(text, encoding="utf-8")


def paths(articles: tuple[Article, ...], members: tuple[int, ...]) -> set[str | None]:
    return {articles[m].path for m in members}


def grouped(folder: Path) -> list[set[str | None]]:
    loaded = load([str(folder)])
    articles, found = group(loaded.articles, wishes=loaded.wishes)
    return [paths(articles, g.members) for g in found]


def test_without_a_file_the_texts_decide(folder: Path) -> None:
    assert grouped(folder) == [{"echo.txt", "post.txt"}, {"bee.txt"}]


def test_articles_wanted_apart_stay_apart(folder: Path) -> None:
    wish(folder, '[[apart]]\narticles = ["echo.txt", "post.txt"]\n')
    assert len(grouped(folder)) == 3


def test_articles_wanted_together_bring_theirs(folder: Path) -> None:
    wish(folder, '[[together]]\narticles = ["bee.txt", "post.txt"]\nnote = "one weekend in Vessby"\n')
    assert grouped(folder) == [{"echo.txt", "post.txt", "bee.txt"}]


def test_an_event_holds_exactly_its_articles(folder: Path) -> None:
    wish(folder, '[[event]]\narticles = ["bee.txt", "post.txt"]\n')
    assert {"bee.txt", "post.txt"} in grouped(folder)
    assert {"echo.txt"} in grouped(folder)


def test_a_comparison_honours_the_file_too(folder: Path) -> None:
    wish(folder, '[[apart]]\narticles = ["echo.txt", "post.txt"]\n')
    loaded = load([str(folder)])
    assert len(compare(loaded.articles, wishes=loaded.wishes).events) == 3


def test_what_is_honoured_is_said(folder: Path) -> None:
    wish(folder, '[[apart]]\narticles = ["echo.txt", "post.txt"]\n')
    assert any("1 wish" in note for note in load([str(folder)]).notes)


def test_an_events_file_above_the_pages_is_honoured(folder: Path) -> None:
    inner = folder / "monday"
    inner.mkdir()
    (folder / "post.txt").rename(inner / "post.txt")
    wish(folder, '[[apart]]\narticles = ["echo.txt", "monday/post.txt"]\n')
    assert len(grouped(folder)) == 3


def test_pages_that_are_not_given_are_left_out(folder: Path) -> None:
    wish(folder, '[[together]]\narticles = ["echo.txt", "bee.txt"]\n')
    loaded = load([str(folder / "echo.txt"), str(folder / "post.txt")])
    assert len(group(loaded.articles, wishes=loaded.wishes)[1]) == 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[[apart]]\narticles = ["echo.txt", "gazette.txt"]\n', "gazette.txt"),
        ('[[apart]]\narticles = ["echo.txt"]\n', "two pages"),
        ('[[appart]]\narticles = ["echo.txt", "post.txt"]\n', "appart"),
        ('apart = "echo.txt"\n', "apart"),
        ("[[apart]\n", "no TOML"),
        ("[[event]]\narticles = []\n", "at least one"),
    ],
)
def test_a_mistake_in_the_file_is_named(folder: Path, text: str, named: str) -> None:
    wish(folder, text)
    with pytest.raises(UnreadableInputError, match=named):
        load([str(folder)])


@pytest.mark.parametrize(
    "text",
    [
        '[[event]]\narticles = ["echo.txt"]\n[[event]]\narticles = ["echo.txt", "bee.txt"]\n',
        '[[event]]\narticles = ["echo.txt", "post.txt"]\n[[apart]]\narticles = ["echo.txt", "post.txt"]\n',
        '[[event]]\narticles = ["echo.txt"]\n[[together]]\narticles = ["echo.txt", "bee.txt"]\n',
    ],
)
def test_wishes_that_contradict_each_other_are_refused(folder: Path, text: str) -> None:
    wish(folder, text)
    with pytest.raises(UsageError, match="wanted"):
        grouped(folder)
