"""Hold on any text what every stage promises: spans stand in the text, blocks tile it, order changes nothing."""

from __future__ import annotations

import string
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import comparer
from comparer.model import Article, Span

pytestmark = pytest.mark.slow  # Hypothesis tries many texts

FEW = settings(max_examples=60, deadline=None, derandomize=True, database=None)
FEWER = settings(FEW, max_examples=12)

PIECES = (
    "Mayor Ines Falk said on Tuesday that the bridge would close.",
    '"We may have to wait," she told reporters.',
    "“Nobody asked us,” said a driver who asked not to be named",
    "The council put the cost at £1.2m, or 14 per cent more than in 2023.",
    "By Tom Arden",
    "Subscribe to our newsletter",
    "© 2025 Skerrow Media. All rights reserved.",
    "İstanbul’da toplantı yapıldı.",
    "The ferry will reopen on 3 May, according to Arden Lines.",
    "\n\n",
    "\r\n",
    " … ",
    '"',
    "’",
    "\u2028",
    "\ufeff",
    "3 min read",
)

news = st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=12).map(" ".join)
lines = st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=12).map("\n".join)
any_text = news | lines | st.text(max_size=200) | st.text(alphabet=string.punctuation + " \n", max_size=80)
readable = any_text.filter(str.strip)


def inside(text: str, *spans: Span | None) -> bool:
    """Tell whether the spans end inside the text and hold something that can be seen."""
    return all(span is None or (span.end <= len(text) and bool(span.of(text).strip())) for span in spans)


def covered(text: str, spans: list[Span]) -> set[int]:
    """List the places of characters that are not blank and stand in a span."""
    return {at for span in spans for at in range(span.start, span.end) if not text[at].isspace()}


@FEW
@given(any_text)
def test_blocks_hold_every_character_that_is_not_blank_exactly_once(text: str) -> None:
    spans = [block.span for block in comparer.clean(text)]

    assert covered(text, spans) == {at for at, sign in enumerate(text) if not sign.isspace()}
    assert sorted(spans) == spans
    assert [pair for pair in pairwise(spans) if pair[0].end > pair[1].start] == []


@FEW
@given(any_text)
def test_a_block_gives_a_probability_and_a_reason(text: str) -> None:
    blocks = comparer.clean(text)

    assert [b for b in blocks if not 0 <= b.probability <= 1 or not b.reason.strip()] == []


@FEW
@given(any_text)
def test_attributions_stand_in_the_text(text: str) -> None:
    found = comparer.find_attributions(text)

    assert [a for a in found if not a.content] == []
    assert [a for a in found if not inside(text, a.source, a.cue, a.resolved_source, *a.content)] == []
    assert [a for a in found if not inside(text, *(link.span for link in a.via))] == []


@FEW
@given(any_text)
def test_markers_stand_in_the_text(text: str) -> None:
    assert [m for m in comparer.find_markers(text) if not inside(text, m.span) or not m.category] == []


@FEW
@given(any_text)
def test_the_same_text_is_read_the_same_way_twice(text: str) -> None:
    assert comparer.clean(text) == comparer.clean(text)
    assert comparer.find_attributions(text) == comparer.find_attributions(text)
    assert comparer.find_markers(text) == comparer.find_markers(text)


@FEW
@given(readable)
def test_an_article_keeps_its_text_as_it_came(text: str) -> None:
    assert comparer.read_text(text, outlet="Echo").text == text


@FEWER
@given(readable, readable)
def test_comparing_two_texts_mirrors_comparing_them_the_other_way_round(left: str, right: str) -> None:
    one, other = comparer.read_text(left, outlet="Echo"), comparer.read_text(right, outlet="Post")

    assert comparer.to_json(comparer.compare([one, other])) == comparer.to_json(comparer.compare([other, one]))


@FEWER
@given(readable, readable)
def test_rows_have_a_cell_for_every_article_and_claims_of_that_article(left: str, right: str) -> None:
    pair: list[Article] = [comparer.read_text(left, outlet="Echo"), comparer.read_text(right, outlet="Post")]

    event = comparer.compare(pair, one_event=True).events[0]

    cells = [list(zip(event.alignment.articles, row.cells, strict=True)) for row in event.alignment.rows]
    claims = [(article, claim) for row in cells for article, cell in row for claim in cell.claims]
    assert [claim for article, claim in claims if claim.passage.article != article] == []
    assert [row for row in event.alignment.rows if not row.told_by] == []


@FEWER
@given(readable)
def test_a_text_and_its_copy_differ_in_nothing(text: str) -> None:
    copies = [comparer.read_text(text, outlet=outlet) for outlet in ("Echo", "Post")]

    findings = comparer.compare(copies, one_event=True).events[0].findings

    assert [f for f in findings if f.code[0] in "QFS" or (f.code[0] in "AM" and len(f.sides) > 1)] == []


@FEWER
@given(st.lists(readable, min_size=1, max_size=4))
def test_every_article_stands_in_exactly_one_group(texts: list[str]) -> None:
    articles = [comparer.read_text(text, outlet=f"Outlet {place}") for place, text in enumerate(texts)]

    groups = comparer.group(articles)

    assert sorted(member for members in groups for member in members) == list(range(len(articles)))


@FEW
@given(st.lists(readable, min_size=1, max_size=5), st.lists(readable, min_size=1, max_size=5))
def test_similarity_of_claims_lies_between_nought_and_one_and_mirrors(left: list[str], right: list[str]) -> None:
    there = comparer.claim_similarity(left, right)

    assert there.shape == (len(left), len(right))
    assert ((there >= 0) & (there <= 1)).all()
    assert abs(there - comparer.claim_similarity(right, left).T).max() < 1e-9


@FEW
@given(readable)
def test_a_text_shares_all_its_words_with_its_copy(text: str) -> None:
    reuse = comparer.find_reuse([comparer.read_text(text, outlet=outlet) for outlet in ("Echo", "Post")])

    assert reuse.shared[0][1] == reuse.shared[1][0]
    assert 0.0 <= reuse.share(0, 1) <= 1.0
