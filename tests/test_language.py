"""Sentences, words and names keep their places and say what is one word or one name."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparer.language.names import find_names, same_name
from comparer.language.sentences import sentence_spans, split_sentences
from comparer.language.words import Words, words
from comparer.model import Block, BlockKind, Places, Span


def sentences(text: str) -> list[str]:
    return [s.of(text) for s in sentence_spans(text, Span(0, len(text)))]


def names(text: str) -> list[str]:
    return [m.span.of(text) for m in find_names(Words(text), sentence_spans(text, Span(0, len(text))))]


def test_a_quotation_of_two_sentences_is_two_sentences() -> None:
    news = "“I signed the lease. I regret it now,” Ms. Larkin said. She left."
    assert sentences(news) == ["“I signed the lease.", "I regret it now,” Ms. Larkin said.", "She left."]


def test_a_quotation_that_follows_a_full_stop_starts_a_sentence() -> None:
    assert sentences('The clerk said no. "It is over," she said.') == ["The clerk said no.", '"It is over," she said.']


def test_a_rank_before_a_name_ends_no_sentence() -> None:
    assert sentences("Rear Adm. Ines Solberg spoke. Sen. Pike (R-Ill.) did not.") == [
        "Rear Adm. Ines Solberg spoke.",
        "Sen. Pike (R-Ill.) did not.",
    ]


def test_a_blank_line_ends_a_sentence_and_a_break_within_a_paragraph_none() -> None:
    assert sentences("Ferry aground off Skerrow\n\nA ferry ran\naground.") == [
        "Ferry aground off Skerrow",
        "A ferry ran\naground.",
    ]


def test_dropped_blocks_have_no_sentences() -> None:
    page = "Skip to content\nA ferry ran aground."
    blocks = (
        Block(Span(0, 15), BlockKind.NAVIGATION, 0.9, "menu"),
        Block(Span(16, 36), BlockKind.CONTENT, 0.9, "prose"),
    )
    assert [(s.span.of(page), s.block) for s in split_sentences(page, blocks)] == [("A ferry ran aground.", 1)]


def test_a_title_is_one_sentence_whatever_its_marks() -> None:
    page = "Ferry aground? Yes! No one hurt."
    blocks = (Block(Span(0, len(page)), BlockKind.TITLE, 0.9, "first line"),)
    assert [s.span.of(page) for s in split_sentences(page, blocks)] == [page]


def test_a_word_keeps_its_printed_span_and_a_plain_form() -> None:
    news = "Erdoğan’s envoy"
    first = words(news)[0]
    assert (first.span.of(news), first.form) == ("Erdoğan’s", "erdogan's")


def test_titles_are_no_part_of_a_name() -> None:
    assert names("It was Russian Foreign Minister Sergey Lavrov who called.") == ["Russian", "Sergey Lavrov"]


def test_a_ministry_keeps_its_name_whole() -> None:
    assert names("She asked the Turkish Defense Ministry twice.") == ["Turkish Defense Ministry"]


def test_particles_stand_inside_a_name() -> None:
    assert names("They met Ursula von der Leyen there.") == ["Ursula von der Leyen"]


def test_a_common_word_that_opens_a_sentence_is_no_name() -> None:
    assert names("Ties are strained. Several came. However, the pier held.") == []


def test_a_possessive_ends_a_name() -> None:
    assert names("They crossed Skerrow’s Long Pier.") == ["Skerrow", "Long Pier"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Volodymyr Zelenskiy", "Volodymyr Zelensky"),
        ("Tayyip Erdogan", "Recep Tayyip Erdoğan"),
        ("Rear Adm. Zeki Aktürk", "Akturk"),
        ("KV Grasula", "KV Gråsula"),
        ("Britain", "United Kingdom"),
        ("J. Larkin", "Jane Larkin"),
    ],
)
def test_two_prints_of_one_name_are_one(left: str, right: str) -> None:
    assert same_name(left, right)
    assert same_name(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Ana Ruiz", "Ben Ruiz"), ("Turkey", "Turkmenistan"), ("Larkin", "Larkspur"), ("", "Larkin")],
)
def test_two_names_stay_two(left: str, right: str) -> None:
    assert not same_name(left, right)


@given(st.text(alphabet="ab1.,-'’ U.S:\u0301é"), st.data())
def test_a_text_cut_once_gives_the_words_of_any_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    assert Words(text).words(span) == words(text, span)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)), max_size=12), st.integers(0, 40), st.integers(0, 12))
def test_places_find_what_a_look_at_every_span_finds(found: list[tuple[int, int]], start: int, length: int) -> None:
    spans = [Span(at, at + size) for at, size in found]
    asked, places = Span(start, start + length), Places(spans, where=lambda span: span)
    assert places.touching(asked) == [s for s in spans if s.overlaps(asked)]
    assert places.inside(asked) == [s for s in spans if asked.covers(s)]
    assert places.around(asked) == [s for s in spans if s.covers(asked)]


@given(st.text())
def test_sentences_are_in_order_and_never_overlap(text: str) -> None:
    spans = sentence_spans(text, Span(0, len(text)))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(s.of(text).strip() == s.of(text) != "" for s in spans)


@given(st.text())
def test_names_never_raise_and_keep_their_place(text: str) -> None:
    found = find_names(Words(text), sentence_spans(text, Span(0, len(text))))
    assert all(m.span.of(text) and m.key for m in found)
