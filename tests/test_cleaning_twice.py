"""Hold the second reading of a page: what was learned may overrule the rules, and where it may not."""

from __future__ import annotations

import numpy as np
import pytest

from comparer import clean
from comparer.cleaning.clean import first_reading
from comparer.cleaning.features import NAMES, core, describe, describe_words
from comparer.cleaning.networks import KINDS, beliefs, load_judge, name_kinds, reread, settle
from comparer.model import BlockKind

LEDE = "A ferry with 212 passengers ran aground off Skerrow on Friday, and nobody was hurt, the coastguard said."
TEXT = (
    LEDE,
    "The Morning Star hit a sandbank shortly after nine in the morning and was freed at high tide, its owner said.",
    "Two tugs had tried in vain to pull the ship off the bank before the water rose, according to the harbour office.",
    "The passengers spent four hours on board, and the crew handed out tea and blankets, one of them told this paper.",
    "An inquiry will look at the charts on the bridge, the ministry of transport said in a statement on Saturday.",
    "The line has run since 1911 and carries some 90,000 people a year between the islands and the mainland.",
)
MENU = (
    "Arts",
    "Blogs",
    "Crossword",
    "Dating",
    "Earth",
    "Expat",
    "Family",
    "Fashion",
    "Gardening",
    "Health",
    "Horoscopes",
)


def kept(page: str) -> list[str]:
    """Return the texts of the kept blocks."""
    return [b.span.of(page) for b in clean(page) if b.kept]


def test_a_menu_set_between_paragraphs_is_dropped_and_the_paragraphs_stay() -> None:
    lines = ["Ferry aground off Skerrow", *MENU[:3]]
    for paragraph, entry in zip(TEXT, MENU[3:], strict=False):
        lines += [paragraph, entry]
    page = "\n".join([*lines, *MENU[9:]])
    texts = kept(page)
    assert set(TEXT) <= set(texts)
    assert len(set(MENU) & set(texts)) <= 1


@pytest.mark.parametrize("text", [TEXT, TEXT[:2], (LEDE,)], ids=["article", "brief", "lede"])
def test_text_without_any_furniture_is_kept_whole(text: tuple[str, ...]) -> None:
    page = "\n\n".join(text)
    assert kept(page) == list(text)


def test_a_page_copied_as_one_line_is_read_sentence_by_sentence() -> None:
    page = " ".join([*TEXT, "Sign up for our newsletter.", "© 2025 Skerrow Post"])
    assert kept(page) == [" ".join(TEXT)]
    kinds = [b.kind for b in clean(page)]
    assert kinds == [BlockKind.CONTENT, BlockKind.NEWSLETTER, BlockKind.LEGAL]


def test_every_character_of_a_page_in_one_line_stands_in_one_block() -> None:
    page = 'She said: "It is over." (The captain left.) ' + " ".join(TEXT) + ' "Good." Related: Port closes. © 2025'
    covered = sorted(i for b in clean(page) for i in range(b.span.start, b.span.end))
    assert len(covered) == len(set(covered))
    assert {i for i, c in enumerate(page) if not c.isspace()} <= set(covered)


def test_readers_posts_without_a_heading_are_comments() -> None:
    posts = [
        f"{i}. {name} says:\nMarch {i}, 2025 at {i}:15 pm\nI took this ferry last year, and it was late then, too."
        for i, name in enumerate(("Ann", "sailor99", "Old Tar", "M. Quill"), start=1)
    ]
    page = "\n".join(["Ferry aground", *TEXT, *posts])
    found = {b.span.of(page): b.kind for b in clean(page)}
    assert found[posts[2].split("\n")[2]] in {BlockKind.COMMENTS, BlockKind.DUPLICATE}
    assert found["2. sailor99 says:"] is BlockKind.COMMENTS
    assert all(found[line] is BlockKind.CONTENT for line in TEXT)


def test_stamps_at_the_head_of_an_article_are_no_posts() -> None:
    head = [
        "Ferry aground",
        "By Ann Lee",
        "Published March 6, 2025 at 9:30 am",
        "Ann Lee",
        "Updated March 6, 2025 at 10:30 am",
    ]
    page = "\n".join([*head, "Ann Lee", "Printed March 7, 2025 at 8:00 am", *TEXT])
    assert set(TEXT) <= set(kept(page))


def test_a_repeated_menu_entry_is_no_text_of_the_article() -> None:
    row = "Ferries and harbours of the northern isles"
    page = "\n".join([*MENU, row, *MENU, "Ferry aground off Skerrow", *TEXT[:3], row, *TEXT[3:]])
    found = [b for b in clean(page) if b.span.of(page) == row]
    assert len(found) == 2
    assert found[0].kind is BlockKind.NAVIGATION
    assert not any(b.kept for b in found)


def test_the_rules_title_stands_whatever_the_networks_believe() -> None:
    records = first_reading("\n".join(["Ferry aground off Skerrow", *TEXT]))
    belief = np.zeros(len(records), np.float32)
    belief[1] = 1
    settle(records, belief)
    assert records[0].kind is BlockKind.TITLE
    assert [r.kept for r in records[1:]] == [True, False, False, False, False, False]


def test_where_no_line_is_believed_the_rules_decide() -> None:
    records = first_reading("\n".join(TEXT))
    settle(records, np.zeros(len(records), np.float32))
    assert all(r.kept for r in records)
    assert kept("The ruling will likely be felt in every port.") == ["The ruling will likely be felt in every port."]


def test_the_matrices_fit_the_networks_and_hold_only_numbers() -> None:
    records = first_reading("\n".join([*MENU, "Ferry aground off Skerrow", *TEXT, *MENU]))
    near = records[core(records)]
    features = describe(near)
    assert features.shape == (len(near), len(NAMES))
    belief = beliefs(features)
    assert np.isfinite(features).all()
    assert ((belief >= 0) & (belief <= 1)).all()
    rows = np.concatenate((features, belief[:, None], describe_words(near)), axis=1)
    chances = load_judge().chances(rows)
    assert chances.shape == (len(near), len(KINDS))
    assert chances.sum(axis=1) == pytest.approx(np.ones(len(near)), abs=1e-5)


def test_what_a_line_is_called_depends_on_the_lines_near_it_alone() -> None:
    rows = np.random.default_rng(0).normal(size=(40, len(load_judge().arrays["mean"]))).astype(np.float32)
    other = rows.copy()
    other[20] += 1
    moved = np.abs(load_judge().chances(rows) - load_judge().chances(other)).max(axis=1) > 1e-6
    assert moved[20]
    assert not moved[:14].any()
    assert not moved[27:].any()


def test_what_a_line_is_told_by_its_words() -> None:
    below = ("Subscribe to the Skerrow Post for £1 a week", "Share this story on Facebook", "Cookie settings")
    page = "\n".join(["Ferry aground off Skerrow", *TEXT, *below])
    found = {b.span.of(page): b.kind for b in clean(page) if not b.kept}
    assert found[below[0]] in {BlockKind.PROMOTION, BlockKind.NEWSLETTER}
    assert found[below[1]] is BlockKind.SHARE
    assert found[below[2]] in {BlockKind.CONSENT, BlockKind.LEGAL}


def test_a_paragraph_that_was_kept_stays_whatever_the_judge_of_kinds_thinks() -> None:
    records = first_reading("\n".join(TEXT))
    features, belief = reread(records)
    name_kinds(records, features * 0, belief * 0)
    assert all(one.kept for one in records)
    name_kinds([], features[:0], belief[:0])
