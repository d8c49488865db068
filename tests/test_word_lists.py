"""A user's own word lists: what they add, what they replace, and what is said of a malformed file."""

from __future__ import annotations

from pathlib import Path

import pytest

import comparer
from comparer.errors import UnreadableInputError
from comparer.model import Config, Finding, WordGroup
from comparer.reading.user_files import read_word_list

LEDE = "Harbour news of Monday\n\n"
PLAIN = LEDE + "The purchase by the board closed the harbour bridge for two hours on Monday.\n"
GRAB = LEDE + "The board's bridge caper closed the harbour bridge for two hours on Monday.\n"


def findings(*texts: str, own: tuple[WordGroup, ...]) -> list[Finding]:
    articles = [comparer.read_text(text, outlet=f"Outlet {k}") for k, text in enumerate(texts)]
    event = comparer.compare(articles, one_event=True, config=Config(select=("W",), lexicon=own)).events[0]
    return list(event.findings)


def test_a_loaded_word_can_be_added() -> None:
    words = WordGroup("loaded", "ours", ("bridge caper",), (("inflect", "noun"),))
    (finding,) = findings(GRAB, PLAIN, own=(words,))
    assert (finding.code, finding.sides[0].value) == ("W102", "bridge caper")


def test_a_word_that_another_telling_prints_too_is_not_reported() -> None:
    words = WordGroup("loaded", "ours", ("harbour bridge",), (("inflect", "noun"),))
    assert findings(GRAB, PLAIN, own=(words,)) == findings(GRAB, PLAIN, own=())


def test_a_file_is_read_with_its_source(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[groups.port]\nlist = "loaded"\nsource = "Style book"\nentries = ["dockers", "gang"]\n')
    assert read_word_list(path) == (WordGroup("loaded", "port", ("dockers", "gang"), (("source", "Style book"),)),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("entries = [", "is no TOML"),
        ("words = 1", r"\[groups.NAME\]"),
        ("[groups.a]\nentries = ['x']", "names no list"),
        ("[groups.a]\nlist = 'loaded'\nentries = 'x'", "entries must be a list"),
        ("[groups.a]\nlist = 'loaded'\nentries = ['x']\nword = 'y'", "nobody reads word"),
        ("[groups.a]\nlist = 'loaded'\nentries = ['x']\ninflect = 'plural'", "inflect"),
    ],
)
def test_a_malformed_file_is_refused_with_a_remedy(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(UnreadableInputError, match=said):
        read_word_list(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match=r"gone\.toml: cannot be read"):
        read_word_list(tmp_path / "gone.toml")
