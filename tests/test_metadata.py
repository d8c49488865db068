"""What a page says of itself, and where it says so."""

from __future__ import annotations

import pytest

from comparer.cleaning.article import clean_html, read_text
from comparer.cleaning.credits import names_in_bylines
from comparer.model import Article, Block, BlockKind, Span

LEDE = "A ferry with 140 people aboard ran aground off Skerrow on Friday – “nobody was hurt”, the coastguard said."
MORE = "The passengers were taken off by two lifeboats before midnight, and most of them slept in the village school."
ADDRESS = "https://post.example/ferry"


def page(head: str, *, top: str = "", url: str | None = None) -> Article:
    return clean_html(f"<html><head>{head}</head><body>{top}<p>{LEDE}</p><p>{MORE}</p></body></html>", url=url)


def origin(article: Article, field: str) -> list[str]:
    return [p.origin for p in article.provenance if p.field == field]


def test_linked_data_gives_both_days_the_address_and_the_language() -> None:
    data = (
        '{"@type": "NewsArticle", "datePublished": "2025-03-06T14:02:11+03:00", "dateModified": "2025-03-07",'
        f' "mainEntityOfPage": {{"@id": "{ADDRESS}"}}, "inLanguage": "en-GB"}}'
    )
    article = page(f'<script type="application/ld+json">{data}</script>')
    assert (article.published, article.modified) == ("2025-03-06T14:02+03:00", "2025-03-07")
    assert (article.canonical_url, article.url) == (ADDRESS, ADDRESS)
    assert origin(article, "modified") == origin(article, "canonical_url") == ["json-ld"]


def test_open_graph_gives_what_linked_data_leaves_out() -> None:
    article = page(
        '<meta property="article:published_time" content="2025-03-06"><meta property="og:site_name" content="The Post">'
        '<meta property="article:modified_time" content="2025-03-08T09:00Z">'
        f'<meta property="og:url" content="{ADDRESS}"><meta property="article:author" content="Ines Calloway">'
    )
    assert (article.outlet, article.published, article.modified) == ("The Post", "2025-03-06", "2025-03-08T09:00Z")
    assert (article.bylines, article.canonical_url) == (("Ines Calloway",), ADDRESS)
    assert origin(article, "byline") == ["open graph"]


def test_an_author_that_is_an_address_is_no_name() -> None:
    assert page('<meta property="article:author" content="https://post.example/staff/7">').bylines == ()


def test_an_author_that_is_an_address_of_mail_is_no_name() -> None:
    article = page(
        '<meta name="author" content="i.calloway@post.example">', top="<h1>Ferry aground</h1><p>Von Ines Calloway</p>"
    )
    assert article.bylines == ("Ines Calloway",)


def test_a_label_of_a_card_says_who_wrote_the_page() -> None:
    card = '<meta name="twitter:label1" content="{}"><meta name="twitter:data1" content="Ines Calloway">'
    assert page(card.format("Verfasst von")).bylines == ("Ines Calloway",)
    assert page(card.format("Est. reading time")).bylines == ()


def test_persons_stand_before_the_agency_they_wrote_with() -> None:
    agency, person = '{"@type": "Organization", "name": "SDA"}', '{"@type": "Person", "name": "Ines Calloway (inc)"}'
    data = f'{{"@type": "NewsArticle", "headline": "Ferry aground", "author": [{agency}, {person}]}}'
    assert page(f'<script type="application/ld+json">{data}</script>').bylines == ("Ines Calloway", "SDA")


def test_a_copy_keeps_its_own_address_beside_the_one_it_names() -> None:
    article = page(f'<link rel="canonical" href="{ADDRESS}">', url="https://echo.example/7")
    assert (article.url, article.canonical_url) == ("https://echo.example/7", ADDRESS)


def test_a_day_in_a_time_element_is_found_and_its_finder_named() -> None:
    article = page("", top='<h1>Ferry aground</h1><time datetime="2025-03-06T14:02">Thursday</time>')
    assert (article.published, origin(article, "published")) == ("2025-03-06", ["htmldate"])


def test_figures_that_can_be_read_two_ways_are_no_day() -> None:
    assert page("", top='<h1>Ferry aground</h1><span class="date">03/04/2025</span>').published is None


def test_a_printed_update_is_not_the_day_of_publication() -> None:
    article = read_text(f"Ferry aground\n\nPublished 14 May 2025, updated 15 May 2025\n\n{LEDE}\n\n{MORE}")
    assert (article.published, article.modified) == ("2025-05-14", "2025-05-15")
    assert origin(article, "modified") == ["text"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        pytest.param("By Ines CallowayTravel News Reporter", "Ines Calloway", id="an office copied behind the name"),
        pytest.param("By Ian MacDonald, Travel Reporter", "Ian MacDonald", id="a capital within a name"),
        pytest.param("byInes Calloway", "Ines Calloway", id="a word copied before the name"),
        pytest.param("By Ines Calloway 7 hours ago", "Ines Calloway", id="an age behind the name"),
        pytest.param("Von Ines Calloway und Per Holm", "Ines Calloway", id="German"),
        pytest.param("By Ursula von der Leyen", "Ursula von der Leyen", id="two particles"),
        pytest.param("News, Harbour | Published: 5 hours ago | Written by Ines Calloway", "Ines Calloway", id="a row"),
    ],
)
def test_who_wrote_a_page_is_read_as_pages_are_copied(line: str, name: str) -> None:
    byline = Block(Span(0, len(line)), BlockKind.BYLINE, 0.9, "")
    assert names_in_bylines(f"{line}\n{LEDE}", (byline,))[0][0] == name


def test_the_hour_may_be_copied_right_behind_the_year() -> None:
    assert (
        read_text(f"Ferry aground off Skerrow\n\nPUBLISHED FRI, APR 28 20232:23 PM EDT\n\n{LEDE}").published
        == "2023-04-28"
    )
    assert read_text(f"Ferry aground off Skerrow\n\nItem APR 28 20232\n\n{LEDE}").published is None


def test_the_day_may_stand_below_a_standfirst_but_not_in_the_text() -> None:
    day = "April 28 2023, 3:54 p.m."
    assert read_text(f"Ferry aground off Skerrow\n\n{LEDE}\n\n{day}\n\n{MORE}\n\n{MORE}").published == "2023-04-28"
    assert read_text(f"Ferry aground off Skerrow\n\n{LEDE}\n\n{MORE}\n\n{MORE}\n\n{day}\n\n{MORE}").published is None


def test_the_agency_and_the_language_say_where_they_were_read() -> None:
    article = read_text(f"Ferry aground\n\n{LEDE}\n\n{MORE}\n\n(Reporting by Ines Calloway for Reuters)")
    spans = [p.span.of(article.text) for p in article.provenance if p.field == "agency" and p.span]
    assert (article.agency, origin(article, "agency")) == ("Reuters", ["text"])
    assert "Reuters" in spans[0]
    assert (article.language, origin(article, "language")) == ("en", ["text"])


def test_a_page_that_says_nothing_leaves_everything_open() -> None:
    article = page("")
    assert (article.modified, article.canonical_url, article.published, article.bylines) == (None, None, None, ())


def test_the_main_heading_that_the_tags_repeat_is_the_headline() -> None:
    article = page(
        "<title>Ferry aground off Skerrow | Skerrow Post</title>",
        top="<p>Skerrow Post</p><h1>Ferry aground off Skerrow</h1><ul><li>The Skerrow ferry</li></ul>",
    )
    assert article.title == "Ferry aground off Skerrow"
    assert article.title_span is not None


def test_a_main_heading_that_holds_the_outlets_name_is_no_headline() -> None:
    article = page(
        "<title>Ferry aground off Skerrow | Skerrow Post</title>",
        top="<h1>Skerrow Post</h1><h2>Ferry aground off Skerrow</h2>",
    )
    assert article.title == "Ferry aground off Skerrow"


def linked(headline: str, address: str, name: str) -> str:
    return (
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{headline}", "url": "{address}",'
        f' "datePublished": "2025-04-0{len(name)}", "author": {{"@type": "Person", "name": "{name}"}}}}</script>'
    )


def test_linked_data_of_another_article_gives_neither_day_nor_author() -> None:
    teaser, own = (
        linked("Harbour fees rise", f"{ADDRESS}-2", "Ida Lund"),
        linked("Ferry runs aground", ADDRESS, "Al Ray"),
    )
    article = page(f'<title>Ferry runs aground</title><link rel="canonical" href="{ADDRESS}">{teaser}{own}')
    assert (article.published, article.bylines) == ("2025-04-06", ("Al Ray",))


def test_linked_data_under_another_headline_but_of_the_pages_address_counts() -> None:
    own, other = linked("Ship stuck", ADDRESS, "Al Ray"), linked("Harbour fees rise", f"{ADDRESS}-2", "Ida Lund")
    article = page(f'<title>Ferry runs aground</title><link rel="canonical" href="{ADDRESS}">{own}{other}')
    assert (article.published, article.bylines) == ("2025-04-06", ("Al Ray",))


def test_the_address_that_a_browser_saved_gives_day_and_outlet() -> None:
    comment = "<!-- saved from url=(0052)https://www.courier.example/2025/05/19/ferry-aground -->"
    article = clean_html(f"{comment}<html><body><h1>Ferry aground</h1><p>{LEDE}</p><p>{MORE}</p></body></html>")
    assert (article.published, article.outlet) == ("2025-05-19", "courier.example")


def test_the_address_within_an_archives_address_counts() -> None:
    kept = "https://web.archive.org/web/20250601000000/https://courier.example/ferry"
    comment = f"<!--\n Page saved with SingleFile \n url: {kept} \n saved date: Sun Jun 01 2025 -->"
    assert clean_html(f"{comment}<html><body><p>{LEDE}</p></body></html>").url == "https://courier.example/ferry"


def test_an_address_in_any_other_comment_is_not_the_pages() -> None:
    comment = "<!-- template: https://cms.example/2024/01/02/base -->"
    assert clean_html(f"{comment}<html><body><p>{LEDE}</p></body></html>").url is None
