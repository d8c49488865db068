"""Hold what reuse promises: shared words are counted outside quotations, and copies are one origin."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comparer import compare, find_reuse
from comparer.cleaning.article import read_text
from comparer.model import Article, BlockKind, Credit, CreditForm, Reuse, Span

COPY = """Tram drivers to walk out

Tram drivers in Tavenmouth will walk out for two days from Monday after pay talks broke down late on Thursday night.
The operator said that it would run a reduced service on three of its seven lines while the dispute lasted.
Nearly four in five members who voted had backed the action in a ballot that closed in February.
"""
EDITED = """No trams next week

Tram drivers in Tavenmouth will walk out for 48 hours from Monday after pay talks broke down late on Thursday.
The operator said it would run a reduced service on three of its seven lines while the dispute lasted.
"""
OWN = """City braces for tram dispute

Commuters look for other ways to work ahead of next week's stoppage, which follows months of quarrels about pay.
Shops near the depot expect a quiet Monday.
"""
QUOTE = (
    "“Our members kept this city moving through the worst winter in thirty years, and they will not be paid in thanks,”"
)
QUOTING = [
    f"Union defends walkout\n\n{QUOTE} said Deborah Ancliffe of the union, who met reporters at the depot.\n",
    f"Why the trams stop\n\nAsked about angry passengers, Ms Ancliffe was firm. {QUOTE} she told the meeting.\n",
]


def reuse(*texts: str) -> tuple[list[Article], Reuse]:
    articles = [read_text(text, outlet=f"Outlet {k}") for k, text in enumerate(texts)]
    return articles, find_reuse(articles)


def test_a_copy_with_small_edits_is_one_origin() -> None:
    _, found = reuse(COPY, EDITED, OWN)
    assert found.origins == ((0, 1), (2,))
    assert found.share(1, 0) > 0.7 > found.share(0, 1)


def test_the_same_text_twice_shares_every_word() -> None:
    _, found = reuse(COPY, COPY)
    assert found.share(0, 1) == found.share(1, 0) == 1.0
    assert found.origins == found.loose_origins == ((0, 1),)


def test_a_passage_is_cut_where_a_page_leaves_out_a_prompt() -> None:
    prompt = "Sign up for our newsletter and get the morning news in your inbox."
    broken = COPY.replace("The operator", f"\n{prompt}\n\nThe operator")
    articles, found = reuse(COPY, broken)
    shown = " ".join(p.span.of(articles[k].text) for one in found.passages for k, p in enumerate((one.left, one.right)))
    assert prompt not in shown
    assert "late on Thursday night" in shown
    assert "The operator said" in shown


def test_reports_of_their_own_share_nothing() -> None:
    _, found = reuse(COPY, OWN)
    assert found.share(0, 1) == found.share(1, 0) == 0.0
    assert found.passages == ()


def test_a_passage_runs_on_over_a_small_edit() -> None:
    articles, found = reuse(COPY, EDITED)
    assert "for two days from Monday" in found.passages[0].left.span.of(articles[0].text)
    assert "for 48 hours from Monday" in found.passages[0].right.span.of(articles[1].text)


def test_one_speaker_in_two_outlets_is_no_copying() -> None:
    _, found = reuse(*QUOTING)
    assert found.origins == found.loose_origins == ((0,), (1,))
    assert [passage.quoted for passage in found.passages] == [True]
    assert found.share(0, 1) == 0.0


def test_names_and_offices_alone_are_no_passage() -> None:
    _, found = reuse(
        "Norwegian Foreign Minister Halvard Brekke of the Labour Party of Norway flew home.\n",
        "It was a long day for Norwegian Foreign Minister Halvard Brekke of the Labour Party of Norway.\n",
    )
    assert found.passages == ()


@pytest.mark.parametrize(("left", "right", "first"), [("2025-03-05", "2025-03-06", 0), ("2025-03-07", "2025-03-06", 1)])
def test_the_earlier_day_came_first(left: str, right: str, first: int) -> None:
    articles, _ = reuse(COPY, EDITED)
    dated = [dataclasses.replace(a, published=day) for a, day in zip(articles, (left, right), strict=True)]
    assert [(d.earlier, d.told_by) for d in find_reuse(dated).directions] == [(first, "time")]


def test_a_credit_to_the_other_outlet_tells_who_came_first() -> None:
    articles, _ = reuse(COPY, EDITED)
    credit = Credit("Outlet 0", CreditForm.IN_TEXT, Span(0, 5))
    found = find_reuse([articles[0], dataclasses.replace(articles[1], credits=(credit,))])
    assert [(d.earlier, d.later, d.told_by) for d in found.directions] == [(0, 1, "credit")]


def test_without_date_or_credit_equal_copies_have_no_direction() -> None:
    _, found = reuse(COPY, COPY)
    assert found.directions == ()


def test_a_shared_agency_credit_alone_joins_nothing() -> None:
    articles, _ = reuse(COPY, OWN)
    credit = Credit("Levant Press", CreditForm.CREDIT_LINE, Span(0, 5))
    assert find_reuse([dataclasses.replace(a, credits=(credit,)) for a in articles]).origins == ((0,), (1,))


def test_no_articles_share_nothing() -> None:
    assert find_reuse([]).origins == ()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(alphabet="ab cd.\n“”", max_size=80), max_size=4))
def test_shares_lie_between_nothing_and_all(texts: list[str]) -> None:
    articles, found = reuse(*texts)
    pairs = [(i, j) for i in range(len(articles)) for j in range(len(articles))]
    assert all(0 <= found.share(i, j) <= 1 for i, j in pairs)
    assert sorted(k for origin in found.origins for k in origin) == list(range(len(articles)))


def test_four_words_in_a_row_count_toward_the_share_and_make_no_passage() -> None:
    _, found = reuse(OWN, "Depot traders wait\n\nTraders say that shops near the depot will open late.\n")
    assert 0 < found.share(1, 0) < 0.5
    assert found.passages == ()


def test_a_gallery_is_read_by_its_captions() -> None:
    text = OWN + "".join(f"\n{line}" for line in COPY.splitlines()[2:])
    gallery = read_text(text, outlet="Album")
    start = text.index("Tram drivers")
    captions = tuple(
        dataclasses.replace(b, kind=BlockKind.CAPTION) if b.span.start >= start else b for b in gallery.blocks
    )
    found = find_reuse([dataclasses.replace(gallery, blocks=captions), read_text(COPY, outlet="Echo")])
    assert found.share(1, 0) > 0.8


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_any_order_of_articles_gives_the_same_origins(order: tuple[int, ...]) -> None:
    texts = [(COPY, EDITED, OWN, QUOTING[0])[k] for k in order]
    found = {frozenset(order[k] for k in origin) for origin in reuse(*texts)[1].origins}
    assert found == {frozenset({0, 1}), frozenset({2}), frozenset({3})}


def reuse_codes(texts: tuple[str, ...]) -> set[str]:
    """Return the codes of what a comparison of the texts as one event finds."""
    pages = [read_text(f"Climber saved\n\n{text}", outlet=f"Outlet {k}") for k, text in enumerate(texts)]
    return {finding.code for finding in compare(pages, one_event=True).events[0].findings}


def test_a_formula_that_two_short_texts_share_is_no_text_of_one_origin() -> None:
    formula = "a climber who watched his brother fall to his death"
    texts = (
        f"Rescuers have flown {formula} from a ridge above Arden after two nights.",
        f"Expecting to freeze in the dark, {formula} dug a cave with his axe.",
    )
    assert "R101" not in reuse_codes(texts)


def test_a_sentence_that_two_short_texts_share_is() -> None:
    sentence = (
        "A climber who watched his brother fall to his death on Monday spent two nights in an ice cave on the ridge."
    )
    texts = (f"{sentence} He was flown out at dawn.", f"{sentence} A helicopter found him alive and well.")
    assert "R101" in reuse_codes(texts)
