"""Markers: what the word lists flag, and whose words they are."""

from __future__ import annotations

import pytest

from comparer.language.markers import find_markers, find_phrases, inflections, mark
from comparer.language.words import Words
from comparer.model import Quotation, Span, Voice
from comparer.resources.loader import LexiconGroup, load_lexicon

LISTS = ("hedges", "boosters", "prediction", "evaluation", "loaded", "modality")
GROUPS = [(name, group) for name in LISTS for group in load_lexicon(name).groups]


def _hits(name: str, group: LexiconGroup, line: str) -> list[str]:
    return [hit.entry for hit in find_phrases(Words(line), (Span(0, len(line)),), (name,)) if hit.group == group]


@pytest.mark.parametrize(("name", "group"), GROUPS, ids=lambda value: getattr(value, "name", value))
def test_every_group_flags_its_example(name: str, group: LexiconGroup) -> None:
    assert _hits(name, group, group.flags) != []


@pytest.mark.parametrize(
    ("name", "group"), [g for g in GROUPS if g[0] != "modality"], ids=lambda v: getattr(v, "name", v)
)
def test_every_group_spares_its_near_miss(name: str, group: LexiconGroup) -> None:
    assert _hits(name, group, group.spares) == []


def test_a_name_is_not_marked() -> None:
    assert find_markers("Riders of Critical Mass met the Radical Party.") == ()


def test_the_first_word_of_a_sentence_is_marked() -> None:
    line = "Shameful bosses let it happen."
    assert [m.span.of(line) for m in find_markers(line)] == ["Shameful"]


def test_a_headline_in_capitals_is_read_as_words() -> None:
    line = "City Faces Reckless Walkout After Talks"
    assert [m.span.of(line) for m in find_markers(line)] == ["Reckless"]


def test_quoted_words_are_the_sources() -> None:
    line = "It was “a reckless walkout”, he said of the reckless crew."
    quoted = Quotation(Span(7, 27), Span(8, 26), closed=True)
    assert [m.voice for m in mark(Words(line), (Span(0, len(line)),), (quoted,))] == [Voice.SOURCE, Voice.OUTLET]


def test_a_phrase_is_found_across_a_line_break() -> None:
    line = "It was a major\ngeopolitical shift."
    assert [m.span.of(line) for m in find_markers(line)] == ["major\ngeopolitical shift"]


@pytest.mark.parametrize(
    ("entry", "rule", "form"),
    [
        ("slam", "verb", "slammed"),
        ("decry", "verb", "decried"),
        ("lash out", "verb", "lashing out"),
        ("witch hunt", "noun", "witch hunts"),
        ("arrogant", "adjective", "arrogantly"),
    ],
)
def test_entries_are_inflected(entry: str, rule: str, form: str) -> None:
    assert tuple(form.split()) in inflections(tuple(entry.split()), rule)
