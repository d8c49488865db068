"""What the cleaner keeps, drops and says about it."""

from __future__ import annotations

import textwrap
import time
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comparer import compare
from comparer.cleaning.article import clean_html, read_text
from comparer.cleaning.clean import clean
from comparer.cleaning.metadata import language_of
from comparer.cleaning.promotion import calls_to_act, praise
from comparer.model import BlockKind, CreditForm, Span

CASES = Path(__file__).parent / "cases" / "cleaning"
PAGE = """Skip to content

Skerrow ferry runs aground with 140 aboard

2 min Skerrow Post

A ferry with 140 people aboard ran aground off Skerrow on Friday evening, the coastguard said.

A lifeboat stands by the ferry near the harbour mouth © Skerrow Post

A lifeboat stands by the ferry near the harbour mouth © Skerrow Post

A ferry with 140 people aboard ran aground off Skerrow on Friday evening, the coastguard said.

"Nobody was hurt, and the hull looks sound," said Maud Farrant, who commands the station there.

A calm night

The passengers were taken off by two lifeboats before midnight, and most of them slept in the school.

Reporting by Ines Calloway

Related

Iceland

Iceland's fishing fleet stays in port for a third day

Iceland's fishing fleet stayed in port on Thursday for a third day as owners and crews argued about the price of fuel.

Subscribe to our newsletter

Skerrow Post uses cookies to keep the site working. See our Cookie Policy.

  • Necessary cookies are always on.
"""


def _cases(name: str) -> list[tuple[str, str, str]]:
    tables = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"]
    return [(t["label"], t["text"], t["expect"]) for t in tables]


def _kinds(text: str) -> dict[str, str]:
    return {b.span.of(text): b.kind.value for b in clean(text)}


def _within_page(line: str) -> str:
    body = "The council met on Tuesday and voted by nine to four to close the old pier, its clerk said.\n"
    more = "The pier has stood since 1911, and engineers said in March that two of its piles had given way.\n"
    return f"Council closes the old pier\n\n{body}\n{more}\n{line}\n"


@pytest.mark.parametrize(("label", "text", "expect"), _cases("wild"))
def test_a_line_of_furniture_below_an_article_gets_its_kind(label: str, text: str, expect: str) -> None:
    page = _within_page(text)
    assert _kinds(page)[text.strip()] in expect.split("|"), label


@pytest.mark.xfail(strict=True, reason="the judge of kinds goes by what stands beside a line")
@pytest.mark.parametrize(("label", "text", "expect"), _cases("known_failures"))
def test_a_line_of_furniture_whose_kind_is_missed(label: str, text: str, expect: str) -> None:
    assert _kinds(_within_page(text))[text.strip()] == expect, label


@pytest.mark.parametrize(("label", "text", "expect"), _cases("negative"))
def test_a_near_miss_within_an_article_is_kept(label: str, text: str, expect: str) -> None:
    page = _within_page(
        f"{text}\n\nThe vote ended a dispute of two years, and nobody on either side claimed to have won it."
    )
    assert _kinds(page)[text] == expect, label


def test_a_saved_page_is_typed_from_top_to_bottom() -> None:
    kinds = [b.kind.value for b in clean(PAGE)]
    assert kinds == [
        "navigation", "title", "timestamp", "standfirst", "caption", "duplicate", "duplicate", "content", "subheading",
        "content", "wire_credit", "related", "related", "related", "related", "newsletter", "consent", "consent",
    ]  # fmt: skip


def test_a_standfirst_that_repeats_the_lede_counts_once() -> None:
    article = read_text(PAGE)
    assert article.main_text.count("ran aground off Skerrow on Friday evening") == 1


def test_windows_line_ends_change_no_kind() -> None:
    unix = [b.kind for b in clean(PAGE)]
    windows = [b.kind for b in clean(PAGE.replace("\n", "\r\n"))]
    assert unix == windows


def test_a_date_before_the_lede_is_a_block_of_its_own() -> None:
    text = " date 2021-06-23 The council will not reopen the pier this year, its clerk said on Wednesday."
    first, second = clean(text)
    assert first.kind is BlockKind.TIMESTAMP
    assert first.span.of(text) == "date 2021-06-23"
    assert second.span.of(text).startswith("The council")
    assert read_text(text).published == "2021-06-23"


def test_paragraphs_broken_at_a_fixed_width_are_one_block_each() -> None:
    text = (
        "The council met on Tuesday and voted by nine to four to\nclose the old pier, its clerk said after a debate"
        " of\nthree hours in which nobody changed sides at all.\n\nThe pier has stood since 1911, and engineers said in"
        " the\nspring that two of its piles had given way in a storm\nand that a third would follow before the next"
        " winter.\n\nShopkeepers on the front said they feared for trade, and\nsome of them had hung black cloth"
        " from their awnings\nwhen the councillors walked by on their way home.\n"
    )
    assert len(clean(text)) == 3


def test_a_page_that_begins_with_its_lede_has_no_title() -> None:
    assert read_text("The council will not reopen the pier this year, its clerk said on Wednesday.").title is None


def test_the_outlet_under_the_reading_time_is_read() -> None:
    article = read_text(PAGE)
    assert article.outlet == "Skerrow Post"
    assert [p.origin for p in article.provenance if p.field == "outlet"] == ["text"]


def test_a_given_outlet_goes_before_a_printed_one() -> None:
    assert read_text(PAGE, outlet="Another").outlet == "Another"


def test_a_sign_off_without_agency_names_none() -> None:
    article = read_text(PAGE)
    assert [(c.agency, c.form) for c in article.credits] == [(None, CreditForm.SIGN_OFF)]
    assert article.agency is None


@pytest.mark.parametrize(
    ("line", "agency", "form"),
    [
        ("With information of Nordic Telegraph", "Nordic Telegraph", CreditForm.CREDIT_LINE),
        ("(Reporting by Ines Calloway for Reuters)", "Reuters", CreditForm.SIGN_OFF),
        ("(AP)", "Associated Press", CreditForm.CREDIT_LINE),
    ],
)
def test_a_credit_below_an_article_names_its_agency(line: str, agency: str, form: CreditForm) -> None:
    article = read_text(_within_page(line))
    assert [(c.agency, c.form) for c in article.credits] == [(agency, form)]
    assert article.agency == agency


def test_a_dateline_names_its_agency() -> None:
    article = read_text(
        "SKERROW (Reuters) - A ferry with 140 people aboard ran aground on Friday, the coastguard said."
    )
    assert article.agency == "Reuters"


def test_an_agency_that_is_only_cited_is_not_the_origin() -> None:
    article = read_text(
        "The ferry ran aground on Friday, according to a report by Agence France-Presse (AFP) from the port."
    )
    assert [(c.agency, c.form) for c in article.credits] == [("AFP", CreditForm.IN_TEXT)]
    assert article.agency is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published May 14, 2025   Last updated 3 hours ago   4 minute read", "2025-05-14"),
        ("14 of May of 2025, 13:22", "2025-05-14"),
        ("Wednesday", None),
        ("03/04/2025", None),
        ("25/04/2025", "2025-04-25"),
    ],
)
def test_a_day_is_taken_only_where_it_is_printed_whole(line: str, day: str | None) -> None:
    assert read_text(f"Council closes the old pier\n{line}\n{_within_page('').split('pier', 1)[1]}").published == day


def test_a_page_cut_in_mid_sentence_is_truncated() -> None:
    assert read_text(
        _within_page("The mayor, who had asked for a delay until the spring, told the meeting that he")
    ).truncated


@pytest.mark.parametrize(
    ("last", "cut"),
    [
        ("The accident is the third on the line in two years, and it will not be the last. ♦", False),
        ("The accident is the third on the line in two years, and it will not be the last. (phy)", False),
        ("With reports from the Harbour Post and Radio Parvo", False),
        ("Iona Marr, The Pier and Its People, Skerrow Press 2025, 140 pages", False),
        ("The mayor asked for a delay. The council, which had waited since the spring, told", True),
        ("The mayor, who had asked for a delay until the spring, told the meeting that he", True),
        ("The mayor, who had asked for a delay until the spring, told the meeting ...", True),
    ],
)
def test_a_page_is_cut_where_a_sentence_stops_in_the_middle(last: str, cut: bool) -> None:  # noqa: FBT001
    assert read_text(_within_page(last)).truncated is cut


def test_a_whole_page_is_not_truncated() -> None:
    assert not read_text(PAGE).truncated


def test_praise_and_calls_are_marked_in_a_blurb() -> None:
    blurb = "Nobody covers the coast with our depth. Keep in touch: we are the most reliable source for harbour news."
    whole = Span(0, len(blurb))
    assert "the most reliable source" in [s.of(blurb) for s in praise(blurb, whole)]
    assert [s.of(blurb) for s in calls_to_act(blurb, whole)] == ["Keep in touch"]


def test_praise_of_others_is_not_marked() -> None:
    text = "The ferry is the most reliable way to the island, and its new hull is exceptional."
    assert praise(text, Span(0, len(text))) == ()


@pytest.mark.slow
@given(st.text(max_size=400) | st.lists(st.sampled_from(PAGE.split("\n")), max_size=30).map("\n".join))
@example("\x1c\x85 \u2028 date 2021-06-23 — \u200b")
@example("\u0e31" * 12)  # marks of vowels without any letter
@settings(max_examples=150, deadline=None)
def test_blocks_tile_every_run_of_non_blank_characters(text: str) -> None:
    blocks = clean(text)
    covered = [i for b in blocks for i in range(b.span.start, b.span.end)]
    assert covered == sorted(set(covered))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)
    assert all(0 <= b.probability <= 1 and b.reason for b in blocks)


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_two_calls_give_the_same_blocks_and_no_text_raises(text: str) -> None:
    assert clean(text) == clean(text)
    read_text(text)


@pytest.mark.parametrize("text", ["word " * 400_000, "x" * 2_000_000, "- " * 500_000, "1/" * 300_000, "\n" * 500_000])
def test_a_line_of_megabytes_is_read_in_bounded_time(text: str) -> None:
    start = time.perf_counter()
    clean(text)
    assert time.perf_counter() - start < 15


def test_html_gives_visible_text_and_metadata_with_their_origin() -> None:
    html = (
        '<html lang="en"><head><meta property="og:site_name" content="Skerrow Post"><meta'
        ' property="article:published_time" content="2025-03-06T09:30:00Z"></head>'
        '<body><nav><a href="/">Home</a> <a href="/s">Sport</a></nav>'
        "<h1>Council closes the old pier</h1><p>The council met on Tuesday and voted by nine to four to close the old"
        " pier, its clerk said.</p><p>The pier has stood since 1911, and engineers said in March that two of its"
        " piles had given way.</p>"
        "<script>let hidden = 1</script></body></html>"
    )
    article = clean_html(html)
    assert (article.outlet, article.published, article.title) == (
        "Skerrow Post",
        "2025-03-06T09:30Z",
        "Council closes the old pier",
    )
    assert "hidden" not in article.text
    assert article.main_text.startswith("The council met")
    assert {(p.field, p.origin) for p in article.provenance} >= {("outlet", "open graph"), ("published", "open graph")}


@pytest.mark.parametrize(
    "html", ["", "<", "<p>Unclosed <b>tags", "<div>" * 5000 + "deep" + "</div>" * 5000, "<script>x</script>"]
)
def test_broken_html_never_raises(html: str) -> None:
    clean_html(html)


def test_text_below_five_thousand_tags_is_found() -> None:
    assert clean_html("<div>" * 5000 + "deep" + "</div>" * 5000).text == "deep"


HEADLINE = "Pilots' wage gamble: harbour board will pay a tenth more after the strike runs for a month"


def test_a_newsroom_with_its_agency_under_the_headline_is_a_byline() -> None:
    page = _within_page("").replace(
        "Council closes the old pier",
        f"{HEADLINE}\n\n24 Jun 2021 07:05\nStaff Writer, with Nordic Telegraph\n3 min read",
    )
    assert read_text(page).title == HEADLINE
    assert _kinds(page)["Staff Writer, with Nordic Telegraph"] == "byline"


def test_a_heading_that_names_the_outlet_opens_its_blurb() -> None:
    page = _within_page("Comments\nBe the first to comment\n\nAbout Skerrow Post\nSkerrow Post reports from the coast.")
    kinds = _kinds(page)
    assert kinds["About Skerrow Post"] in {"about_outlet", "navigation"}
    assert kinds["Skerrow Post reports from the coast."] == "about_outlet"


def test_a_heading_that_names_the_author_opens_an_author_box() -> None:
    kinds = _kinds(_within_page("Comments\n\nAbout Ines Calloway\nInes Calloway is a reporter for the Post."))
    assert kinds["About Ines Calloway"] in {"author_bio", "navigation"}
    assert kinds["Ines Calloway is a reporter for the Post."] == "author_bio"


def test_a_row_of_outlet_date_and_reading_time_gives_the_day() -> None:
    page = _within_page("").replace("pier\n", "pier\n\nSkerrow Today · Staff · March 6, 2025 · 2 min read\n", 1)
    assert read_text(page).published == "2025-03-06"


def test_a_day_with_dots_is_day_first() -> None:
    page = _within_page("").replace("pier\n", "pier\n\nPublished: 06.03.2025 14:10   Updated: 07.03.2025 15:32\n", 1)
    assert read_text(page).published == "2025-03-06"


def test_a_name_beside_the_day_of_publication_is_the_byline() -> None:
    page = _within_page("").replace("pier\n", "pier\n\nPublished 2 July 2024 by Ines Calloway\n", 1)
    article = read_text(page)
    assert (article.bylines, article.published) == (("Ines Calloway",), "2024-07-02")


def test_a_hand_that_updated_a_page_in_may_is_no_byline() -> None:
    page = _within_page("").replace("pier\n", "pier\n\nUpdated 2 July 2024 by May\n", 1)
    assert read_text(page).bylines == ()


def test_the_marks_of_a_markdown_heading_stand_apart_from_the_title() -> None:
    page = f"# {_within_page('')}"
    title = next(b for b in clean(page) if b.kind is BlockKind.TITLE)
    assert title.span.of(page) == "Council closes the old pier"


def test_a_page_cut_before_a_paywall_is_truncated() -> None:
    cut = (
        "The mayor, who had asked the meeting more than once for a delay until the spring and who had the support of"
        " the harbour board and of the shopkeepers on the front, told the meeting that he"
    )
    offer = "Subscribe to continue reading\nTry the Skerrow Post for £1 a month. Cancel at any time."
    page = _within_page(f"{cut}\n\n{offer}\n\nSupport journalism that stands apart. The Post is fearless.")
    assert read_text(page).truncated


def test_a_person_printed_beside_the_agency_is_the_byline_of_html() -> None:
    html = (
        '<html><head><script type="application/ld+json">{"@type": "NewsArticle", "author": {"@type": "Organization",'
        ' "name": "Nordic Press Agency"}}</script></head><body><h1>Council closes the old pier</h1>'
        "<p>By Ines Calloway, Nordic Press Agency</p><p>The council met on Tuesday and voted by nine to four to close"
        " the old pier, its clerk said.</p><p>The pier has stood since 1911, and engineers said in March that two of"
        " its piles had given way.</p></body></html>"
    )
    assert clean_html(html).bylines == ("Ines Calloway",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Liman kurulu yarın toplanacak ve yeni iskele için bir karar alacak, başkan açıkladı.", "tr"),
        ("Council closes the old pier after a winter of storms and quarrels", "en"),
        ("Three navies open joint hunt for mines in the Baltic Sea", "en"),
        ("Ines Calloway, Maud Farrant, Tom Marsh, Dev Ramage, Ivo Thorsen, Skerrow", "und"),
        ("Havnerådet mødes i morgen, og det er ventet, at den gamle mole skal lukkes for altid.", "und"),
        ("en la de a", "und"),
    ],
)
def test_a_short_text_gets_a_language_only_where_its_words_or_letters_are_clear(text: str, code: str) -> None:
    assert language_of(text) == code


@pytest.mark.slow
def test_many_short_lines_within_an_article_are_read_in_linear_time() -> None:
    paragraph = "The council met on Tuesday and voted by nine to four to close the old pier, its clerk said.\n"
    page = paragraph * 20 + "".join(f"Boat {i} left the pier\n" for i in range(8_000)) + paragraph * 8_000
    start = time.process_time()
    clean(page)
    assert time.process_time() - start < 15


@pytest.mark.parametrize(
    "line", ["Ines Calloway - Nov 19, 2019, 8:15 pm CET", "Skerrow, Coast Bureau | 19 November 2019"]
)
def test_a_row_that_ends_with_a_date_below_the_title_is_no_standfirst(line: str) -> None:
    page = _within_page("").replace("pier\n", f"pier\n\n{line}\n", 1)
    assert _kinds(page)[line] in {"timestamp", "byline"}
    assert read_text(page).published == "2019-11-19"


def test_a_standfirst_that_names_a_past_day_is_kept() -> None:
    line = "The vote ends a quarrel that the winter storm began, and that has divided the town since November 19, 2019"
    page = _within_page("").replace("pier\n", f"pier\n\n{line}\n", 1)
    assert _kinds(page)[line] == "standfirst"


def test_a_page_about_staff_is_no_byline() -> None:
    assert "byline" not in _kinds(_within_page("Our Staff")).values()


LEDE = "A tram left the rails in Ellery on Sunday evening and struck a kiosk, the fire service said."
PARAGRAPHS = (
    "Eleven passengers were taken to hospital, and two of them have broken bones, a doctor there said on Monday.\n\n"
    "The line will stay closed until Wednesday, the operator Elltram announced, and buses will run in its place."
)


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        (
            "Ellery, May 19 (PTI) A tram left the rails at Corn Market, and nobody was hurt, the fire service said.",
            "PTI",
        ),
        ("Ellery [Norland], May 19 (ANI): A tram left the rails at Corn Market, the fire service said.", "ANI"),
        ("Ellery (dpa/lno) - A tram left the rails at Corn Market, and nobody was hurt, the fire service said.", "dpa"),
        ("ELLERY, May 19, Kyodo - A tram left the rails at Corn Market, the fire service said on Monday.", "Kyodo"),
        ("Ellery, May 19 (Norland) A tram left the rails at Corn Market, the fire service said on Monday.", None),
        ("Ellery, May 19, Monday - A tram left the rails at Corn Market, the fire service said on Monday.", None),
        ("Nora Feld, AAP", "AAP"),
        ("Nora Feld | Tribune News Service", "Tribune News Service"),
        ("By Nora Feld with agencies", "agencies"),
        ("By Nora Feld and Piet Haller", None),
        ("Nora Feld, Parvo", None),
    ],
)
def test_house_forms_of_datelines_and_bylines_name_their_agency(line: str, agency: str | None) -> None:
    assert read_text(f"Tram leaves the rails at Corn Market\n\n{line}\n\n{PARAGRAPHS}").agency == agency


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("This report by The Canadian Press was first published May 19, 2025.", "Canadian Press"),
        ("Our Standards: The Thomson Reuters Trust Principles.", "Reuters"),
        ("Copyright 2025 The Associated Press. All rights reserved.", "Associated Press"),
        ("nf/tm (AFP, dpa, Reuters)", "AFP"),
        ("Copyright 2025 The Ellery Courier. All rights reserved.", None),
        ("nf/tm (Norland)", None),
    ],
)
def test_a_line_below_the_article_names_its_agency(line: str, agency: str | None) -> None:
    assert read_text(f"Tram leaves the rails at Corn Market\n\n{PARAGRAPHS}\n\n{line}").agency == agency


def test_menu_entries_beside_a_date_above_the_headline_wrote_nothing() -> None:
    page = f"Current Issue\n\n19 May 2025\n\nTram leaves the rails in Ellery\n\nNora Feld\n\n{LEDE}\n\n{PARAGRAPHS}"
    assert read_text(page).bylines == ("Nora Feld",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ines Calloway published 19 May 2026", ("Ines Calloway",)),
        ("by Ines Calloway Apr. 28, 2023 1:15 pm", ("Ines Calloway",)),
        ("by Friday Apr. 28, 2023 1:15 pm", ()),
    ],
)
def test_a_name_before_a_date_in_a_byline_is_the_author(line: str, names: tuple[str, ...]) -> None:
    assert read_text(f"Tram leaves the rails at Corn Market\n\n{line}\n\n{PARAGRAPHS}").bylines == names


WRAPPED = """
A tram left the rails at Corn Market on Sunday evening and struck a kiosk, the fire service said on Monday. Eleven
passengers were taken to hospital, two of them with broken bones, and the line was shut for the night.

“The driver braked, but the tram did not slow down,” station officer Piet Haller said. “We are lucky that the kiosk
was closed and that nobody stood at the stop, as they do on any other evening of the year.”

The operator announced that the line will stay closed until Wednesday, and that buses will run between the market
and the harbour every ten minutes; tickets for the tram will be valid on them, it added.
"""
TRAM = [" ".join(paragraph.split()) for paragraph in WRAPPED.split("\n\n")]


def _read(paragraphs: Iterable[str]) -> list[list[str]]:
    text = "Tram leaves the rails in Ellery\n\n" + "\n\n".join(paragraphs)
    (analysed,) = compare([read_text(text)], one_event=True).articles
    cited = [span for one in analysed.attributions for span in (*one.content, *([one.source] if one.source else []))]
    spans = ([s.span for s in analysed.sentences], [c.passage.span for c in analysed.claims], cited)
    return [[" ".join(span.of(text).split()) for span in some] for some in spans]


@pytest.mark.parametrize("width", [28, 34, 45, 60, 72, 90])
def test_a_text_broken_at_any_width_is_read_like_one_with_a_line_for_each_paragraph(width: int) -> None:
    assert _read(textwrap.fill(one, width) for one in TRAM) == _read(TRAM)


def test_a_menu_of_short_lines_is_not_joined() -> None:
    menu = ("News and weather today", "Sport and fixtures page", "Ferry times and the tides", "Jobs and houses to let")
    assert [block.span.of("\n".join(menu)) for block in clean("\n".join(menu))] == list(menu)


@pytest.mark.parametrize(
    "told",
    [
        "The group claimed the attack in a statement on its Telegram channel, and said that two of its men had died.",
        "The mayor wrote on his WhatsApp channel that two men had been arrested and that the danger had passed.",
        pytest.param(
            "Agencies that feed the refugees in the valley said that they would leave if the fire went on for a day.",
            marks=pytest.mark.xfail(strict=True, reason="begins as credits do, which also tell in the past"),
        ),
        "A court ruled in April that the ministry had a legitimate interest in listening to calls from the camp.",
        pytest.param(
            "The firm that built the barracks, registered in England in 2019, has never filed accounts or paid a tax.",
            marks=pytest.mark.xfail(strict=True, reason="tells in the perfect, as notices do"),
        ),
    ],
)
def test_news_that_tells_of_channels_and_agencies_is_no_prompt(told: str) -> None:
    assert told in read_text(f"Tram leaves the rails in Ellery\n\n{TRAM[0]}\n\n{told}\n\n{TRAM[2]}").main_text


@pytest.mark.parametrize(
    "asked",
    [
        "Follow our Telegram channel for news of the harbour, and join the thousands who were first to know of it.",
        "We use cookies on the basis of our legitimate interest and of what you said when you first came to this site.",
    ],
)
def test_a_prompt_that_speaks_to_the_reader_is_one_whatever_it_tells(asked: str) -> None:
    page = f"Tram leaves the rails in Ellery\n\n{TRAM[0]}\n\n{TRAM[2]}\n\n{asked}"
    assert asked not in read_text(page).main_text
