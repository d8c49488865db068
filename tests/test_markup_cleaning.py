"""Tags, links and class names are evidence beside the words of a line."""

from __future__ import annotations

import unicodedata

from comparer.cleaning.article import clean_html
from comparer.model import BlockKind

REPORT = (
    "A ferry with 140 people aboard ran aground off Skerrow on Friday evening, the coastguard said in a statement.",
    "The passengers were taken off by two lifeboats before midnight, and most of them slept in the village school.",
    "Divers looked at the hull on Saturday and found two dents below the waterline, but no hole, the owner wrote.",
    "The line has run since 1962, and its two ships have been late on one day in seven during the past winter.",
    "A replacement will sail from the mainland on Sunday morning, and tickets for the cancelled days stay valid.",
)


def page(*, before: str = "", within: str = "", after: str = "") -> str:
    paragraphs = [f'<p class="story-text">{text}</p>' for text in REPORT]
    body = "".join((*paragraphs[:3], within, *paragraphs[3:]))
    head = "<h1>Ferry runs aground off Skerrow</h1>"
    return f"<html><body>{head}{before}<div class='story'>{body}</div>{after}</body></html>"


def test_every_paragraph_of_a_plain_report_is_kept() -> None:
    assert clean_html(page()).main_text.split("\n") == list(REPORT)


def test_a_box_named_for_newsletters_is_no_paragraph() -> None:
    asked = "Get the harbour's big stories in one mail a day, with the tide tables and the weather for the weekend."
    article = clean_html(page(within=f'<div class="NewsletterBox"><p>{asked}</p></div>'))
    assert asked not in article.main_text


def test_headlines_that_are_links_in_a_related_box_are_dropped() -> None:
    links = ("Bakery on Mill Lane burns to the ground", "Snow closes two schools in the upper valley")
    items = "".join(f'<h3 class="latest-box-title"><a href="/x">{text}</a></h3>' for text in links)
    article = clean_html(page(after=f'<div class="latest-box">{items}</div>'))
    assert not any(text in article.main_text for text in links)


def test_a_class_of_the_whole_article_says_nothing() -> None:
    html = page().replace("<div class='story'>", "<div class='story has-related-sidebar'>")
    assert clean_html(html).main_text.split("\n") == list(REPORT)


def test_a_figure_caption_is_a_caption_however_long() -> None:
    words = "Passengers of the ferry wait on the quay at Skerrow for buses on Friday night, wrapped in blankets."
    article = clean_html(page(within=f"<figure><img src='a.jpg'><figcaption>{words}</figcaption></figure>"))
    assert {b.span.of(article.text): b.kind for b in article.blocks}[words] is BlockKind.CAPTION


def test_paragraphs_after_an_embedded_box_are_not_lost() -> None:
    more = [
        f"On day {n} the crew wrote a long diary about waves and tea, and it was read by many people." for n in "123"
    ]
    tail = "".join(f'<p class="story-text">{text}</p>' for text in more)
    article = clean_html(page(after=f"<aside><blockquote>x</blockquote></aside><div class='story'>{tail}</div>"))
    assert all(text in article.main_text for text in more)


def test_a_sentence_right_below_the_headline_is_its_standfirst() -> None:
    told = "Two lifeboats bring 140 people home as the coastguard asks why the warning came late"
    article = clean_html(page(before=f'<p class="dek">{told}</p><p>By Ines Calloway</p>'))
    assert next(b.kind for b in article.blocks if b.span.of(article.text) == told) is BlockKind.STANDFIRST


def test_a_link_right_below_the_headline_is_no_standfirst() -> None:
    link = "Bakery on Mill Lane burns to the ground and three people lose all that they had"
    assert link not in clean_html(page(before=f'<p><a href="/x">{link}</a></p>')).main_text


def test_the_summary_that_the_page_gives_of_itself_is_kept_below_the_byline() -> None:
    told = "Two lifeboats brought 140 people home, and the coastguard asks why the warning came late."
    head = f'<head><meta property="og:description" content="{told}"></head><body>'
    html = page(before=f"<p>By Ines Calloway</p><p>Skerrow</p><p>Photo</p><p>Sea</p><aside><p>{told}</p></aside>")
    assert told in clean_html(html.replace("<body>", head)).main_text


BOX = "<p>By Ines Calloway</p><p>Skerrow</p><p>Photo</p><div class='{}'><p>{}</p></div>"
LEDE = "Two lifeboats brought 140 people home, and the warning came late"


def test_a_line_that_its_markup_calls_a_standfirst_is_kept_below_the_byline() -> None:
    article = clean_html(page(before=BOX.format("article__preamble", LEDE)))
    assert [b.reason for b in article.blocks if LEDE in b.span.of(article.text)] == [
        "its markup calls it the standfirst"
    ]


def test_the_lines_of_a_standfirst_are_kept_together() -> None:
    second = "Divers found no hole in the hull"
    kept = clean_html(page(before=BOX.format("preamble", f"{LEDE}</p><p>{second}"))).main_text
    assert kept.split("\n")[:2] == [LEDE, second]


def test_a_caption_in_the_box_of_a_standfirst_is_none() -> None:
    assert LEDE not in clean_html(page(before=BOX.format("lead-image", LEDE))).main_text


def test_an_excerpt_of_another_item_behind_the_article_is_no_standfirst() -> None:
    assert LEDE not in clean_html(page(after=f'<div class="card__excerpt"><p>{LEDE}</p></div>')).main_text


def test_decomposed_letters_are_the_same_letters() -> None:
    text = REPORT[1].replace("school", "école à côté")
    html = page(within=f"<p>{text}</p>")
    assert unicodedata.normalize("NFD", text) in clean_html(unicodedata.normalize("NFD", html)).main_text


CARD = "<div class='card'><h3>{}</h3><p>{}</p><span>2 hours ago</span></div>"
ITEMS = (
    "Ferry aground off Skerrow",
    "Passengers sleep in the school",
    "Two dents in the hull",
    "A line with two ships",
)


def test_of_a_page_that_lists_items_nothing_is_kept() -> None:
    cards = (CARD.format(f"<a href='/x'>{item}</a>", text) for item, text in zip(ITEMS, REPORT, strict=False))
    article = clean_html(f"<html><body>{''.join(cards)}</body></html>")
    assert article.main_text == ""


def test_paragraphs_below_headings_of_their_own_are_kept() -> None:
    parts = "".join(f"<h3>{item}</h3><p>{text}</p>" for item, text in zip(ITEMS, REPORT, strict=False))
    kept = clean_html(f"<html><body><h1>Four days off Skerrow</h1><div>{parts}</div></body></html>").main_text
    assert all(text in kept for text in REPORT[:4])
