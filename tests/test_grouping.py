"""Hold what grouping promises: one event is not one topic, and every article stands in one group."""

from __future__ import annotations

import dataclasses

import comparer
from comparer.cleaning.article import read_text
from comparer.grouping.group import group_articles
from comparer.grouping.tfidf import background_idf
from comparer.model import Article

FERRY = [
    """Ferry runs aground off Skerrow

A ferry with 212 passengers ran aground off Skerrow on Monday, the coastguard said. Norsund Lines, which runs the route,
promised to refund every ticket. Divers found a tear of two metres in the hull.
""",
    """Passengers brought ashore after Skerrow grounding

More than 200 passengers were brought ashore after a Norsund Lines ferry ran aground near Skerrow, the coastguard said.
Divers have found a tear in the hull. The company will refund all tickets.
""",
]
STRIKE = [
    """Norsund crews to strike over rosters

Crews of Norsund Lines will stop work for two days from Thursday over new rosters, their union said. The company called
the walkout unjustified and said that half of its sailings would run.
""",
    """Two-day walkout at ferry company

A two-day walkout by crews will halt half of the sailings of Norsund Lines from Thursday, the union said. Its members
object to rosters that the company introduced in May.
""",
]


def articles(*texts: str) -> list[Article]:
    return [read_text(text, outlet=f"Outlet {k}") for k, text in enumerate(texts)]


def test_two_events_at_one_company_stay_apart() -> None:
    found = group_articles(articles(FERRY[0], STRIKE[0], FERRY[1], STRIKE[1]))
    assert [group.members for group in found] == [(0, 2), (1, 3)]


def test_the_deciding_terms_are_printed_words() -> None:
    found = group_articles(articles(*FERRY, *STRIKE))[0]
    assert {"Skerrow", "ferry"} & set(found.terms[:4])


def test_the_nearest_article_outside_is_named() -> None:
    found = group_articles(articles(*FERRY, STRIKE[0]))
    assert found[0].nearest is not None
    assert found[0].nearest.article == 2
    assert found[0].nearest.similarity < 0.3


def test_order_does_not_matter() -> None:
    there = group_articles(articles(*FERRY, *STRIKE))
    back = group_articles(list(reversed(articles(*FERRY, *STRIKE))))
    assert {g.members for g in there} == {tuple(sorted(3 - m for m in g.members)) for g in back}


def test_an_article_alone_is_a_group_of_full_confidence() -> None:
    found = group_articles(articles(FERRY[0]))
    assert [(g.members, g.confidence, g.nearest) for g in found] == [((0,), 1.0, None)]


def test_no_articles_give_no_groups() -> None:
    assert group_articles([]) == ()


def test_articles_without_words_stand_alone() -> None:
    assert [g.members for g in group_articles(articles("", "", FERRY[0]))] == [(0,), (1,), (2,)]


def test_days_far_apart_part_reports_of_one_wording() -> None:
    near = [dataclasses.replace(a, published="2025-03-06") for a in articles(*STRIKE)]
    far = [near[0], dataclasses.replace(near[1], published="2023-01-10")]
    assert len(group_articles(near)) == 1
    assert len(group_articles(far)) == 2


def test_a_copy_joins_its_text_whatever_the_dates_say() -> None:
    first, second = articles(FERRY[0], FERRY[0])
    found = group_articles([first, dataclasses.replace(second, published="2025-03-06")])
    assert [g.members for g in found] == [(0, 1)]


def test_a_common_word_weighs_less_than_a_rare_one() -> None:
    weights, unseen = background_idf()
    assert weights["said"] < weights["hospital"] < unseen


def test_the_public_function_returns_indices() -> None:
    assert comparer.group(articles(*FERRY)) == ((0, 1),)
