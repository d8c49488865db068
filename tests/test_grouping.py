"""Hold what grouping promises: one event is not one topic, and every article stands in one group."""

from __future__ import annotations

import dataclasses
import random
import subprocess
import sys

import numpy as np
import pytest

import comparer
from comparer.cleaning.article import read_text
from comparer.grouping.candidates import similar_pairs, similarities
from comparer.grouping.clusters import group_articles, one_group
from comparer.grouping.vectors import background_idf, read_profiles
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
    assert found[0].nearest.shared[0] in {"Norsund", "Lines"}


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


def test_one_group_holds_all_articles_with_terms_and_confidence() -> None:
    found = one_group(articles(*FERRY))
    assert found == group_articles(articles(*FERRY))[0]
    assert found.terms


def test_articles_said_to_report_one_event_stay_together_with_little_confidence() -> None:
    found = one_group(articles(FERRY[0], STRIKE[0]))
    assert found.members == (0, 1)
    assert found.confidence < 0.5


def teasers(count: int) -> list[Article]:
    """Return made-up reports of invented events in four towns, three of each, every second one with its day."""
    draw = random.Random(3)  # noqa: S311 - made-up prose, no secret
    towns = ("Skerrow", "Vessby", "Tavenmouth", "Ostrel")
    syllables = "ka ven tor mi sel dra no pil hav es lun go bre tam ri".split()
    made: list[Article] = []
    for event in range(count // 3):
        town, day = draw.choice(towns), f"2025-{1 + event % 9:02d}-{1 + draw.randrange(27):02d}"
        own = ["".join(draw.choices(syllables, k=3)) for _ in range(9)]
        for report in range(3):
            told = draw.sample(own, 6)
            text = f"{told[0].capitalize()} {told[1]} {told[2]} near {town}\n\nOfficials in {town} said on Monday that "
            text += f"{told[3]} had closed the {told[4]} after Ms {told[5].capitalize()} inspected the harbour.\n"
            made.append(read_text(text, outlet="Echo", published=day if report % 2 else None))
    return made


def pairs_of(found: tuple[np.ndarray, np.ndarray, np.ndarray]) -> dict[tuple[int, int], float]:
    a, b, cosine = found
    return {(i, j): round(c, 9) for i, j, c in zip(a.tolist(), b.tolist(), cosine.tolist(), strict=True)}


@pytest.mark.slow
def test_rare_words_lead_to_all_pairs_of_one_event() -> None:
    vectors = read_profiles(teasers(240)).vectors
    every = pairs_of(similar_pairs(vectors, 0.12))
    found = pairs_of(similar_pairs(vectors, 0.12, common=30))
    assert found.items() <= every.items()
    assert {pair for pair in every if pair[0] // 3 == pair[1] // 3} <= found.keys()


@pytest.mark.slow
def test_a_large_batch_falls_into_its_events() -> None:
    found = group_articles(teasers(240))
    assert sum(len({m // 3 for m in group.members}) == 1 and len(group.members) == 3 for group in found) > 60


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_no_order_of_articles_changes_the_groups(seed: int) -> None:
    batch = teasers(60)
    order = random.Random(seed).sample(range(60), 60)  # noqa: S311 - an order, no secret
    found = {tuple(sorted(order[m] for m in g.members)) for g in group_articles([batch[k] for k in order])}
    assert found == {g.members for g in group_articles(batch)}


def test_another_weekday_speaks_against_one_event_and_the_same_for_it() -> None:
    same = [read_text(text.replace("on Monday", "on Tuesday"), outlet="Echo") for text in FERRY]
    apart = [same[0], read_text(FERRY[1].replace("near Skerrow,", "near Skerrow on Friday,"), outlet="Post")]
    beside = [same[0], read_text(FERRY[1].replace("near Skerrow,", "near Skerrow on Tuesday,"), outlet="Post")]
    assert similarities(read_profiles(apart))[0, 1] < similarities(read_profiles(beside))[0, 1]


def test_an_undated_page_among_reports_of_one_week_is_not_joined_to_another_year() -> None:
    dated = [dataclasses.replace(a, published="2025-03-06") for a in articles(FERRY[0], FERRY[1])]
    undated, old = articles(FERRY[0] + "A second tug was sent.\n", FERRY[1] + "It was the first such case.\n")
    old = dataclasses.replace(old, published="2019-11-02")
    assert {0, 1, 2} in [set(g.members) for g in group_articles([*dated, undated, old])]


@pytest.mark.slow
def test_a_small_batch_does_without_scikit_learn() -> None:
    code = (
        "import sys, comparer; comparer.group([comparer.read_text('Ferry aground\\n\\nA ferry ran aground.\\n')] * 3)"
    )
    code += "; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
