"""Hold the meaning of the sample pages: what was planted in them is found, and nothing else is made of them."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
import support

import comparer
from comparer.model import EmptyReason

PAGES = support.KEY["pages"]
EVENTS = support.KEY["events"]
EVENT_NAMES = sorted({page["event"] for page in PAGES})


def case(entry: Any, *values: Any, name: str) -> Any:
    """Make a test case, expected to fail where the key gives a reason."""
    reason = entry.get("xfail") if isinstance(entry, dict) else None
    marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
    return pytest.param(*values, id=name.replace(" ", "_")[:70], marks=marks)


def line_cases() -> list[Any]:
    return [
        case(
            {"xfail": line[2]} if len(line) > 2 else {},
            page,
            index,
            name=f"{support.outlet_of(page['file'])}-{index}-{line[1]}",
        )
        for page in PAGES
        for index, line in enumerate(page["lines"])
    ]


def pair_cases() -> list[Any]:
    return [
        case(
            {"xfail": row.get("xfail_pairs", {}).get(f"{left}-{right}")},
            event["name"],
            row,
            left,
            right,
            name=f"{row['claim'][:40]}-{left}-{right}",
        )
        for event in EVENTS
        for row in event["rows"]
        for left, right in combinations(row["cells"], 2)
    ]


def entry_cases(kind: str, label: str) -> list[Any]:
    return [
        case(entry, event["name"], entry, name=f"{entry.get('family', '')}-{entry[label][:50]}-{index}")
        for event in EVENTS
        for index, entry in enumerate(event.get(kind, ()))
    ]


def page_cases() -> list[Any]:
    return [case(page, page, name=support.outlet_of(page["file"])) for page in PAGES]


@pytest.mark.parametrize("name", EVENT_NAMES)
def test_the_pages_of_an_event_are_grouped_and_no_other_joins_them(name: str) -> None:
    found = comparer.group([support.article(page["file"]) for page in PAGES])

    wanted = tuple(index for index, page in enumerate(PAGES) if page["event"] == name)
    assert wanted in [tuple(sorted(members)) for members in found]


def test_every_event_names_the_terms_that_decided_it() -> None:
    assert [event.id for event in support.whole().events if not event.terms] == []


@pytest.mark.parametrize(("page", "index"), line_cases())
def test_a_line_of_a_saved_page_is_kept_or_dropped_with_its_kind(page: dict[str, Any], index: int) -> None:
    article = support.article(page["file"])
    wanted = page["lines"][index][0].split("|")

    blocks = support.blocks_on(article, support.line_span(article, page["lines"], index))

    kinds = [str(block.kind) for block in blocks] + ["dropped" for block in blocks if not block.kept]
    assert set(wanted) & set(kinds), f"{[(str(b.kind), b.reason) for b in blocks]}"


@pytest.mark.parametrize("page", page_cases())
def test_the_title_is_the_headline(page: dict[str, Any]) -> None:
    assert support.article(page["file"]).title == page["title"]


@pytest.mark.parametrize("page", page_cases())
def test_the_day_of_publication_is_read_from_the_page(page: dict[str, Any]) -> None:
    assert (support.article(page["file"]).published or "")[:10] == page["published"]


@pytest.mark.parametrize("page", page_cases())
def test_the_byline_names_the_reporters_and_nobody_else(page: dict[str, Any]) -> None:
    article = support.article(page["file"])

    assert [name for name in page["bylines"] if name not in " / ".join(article.bylines)] == []
    assert len(article.bylines) <= max(1, len(page["bylines"]))


@pytest.mark.parametrize("page", page_cases())
def test_an_agency_is_named_where_the_page_credits_it_and_nowhere_else(page: dict[str, Any]) -> None:
    assert support.article(page["file"]).agency == page.get("agency")


@pytest.mark.parametrize("page", page_cases())
def test_a_page_cut_off_at_a_paywall_is_known_to_be_cut(page: dict[str, Any]) -> None:
    assert support.article(page["file"]).truncated is page.get("truncated", False)


@pytest.mark.parametrize("page", page_cases())
def test_a_standfirst_that_repeats_the_lede_counts_once(page: dict[str, Any]) -> None:
    article = support.article(page["file"])
    analysed = support.whole().article(article.id)

    printed = [claim.passage.span.of(article.text) for claim in analysed.claims if claim.repeats is None]

    assert [words for words in printed if printed.count(words) > 1] == []


@pytest.mark.parametrize(("event", "row", "left", "right"), pair_cases())
def test_the_same_claim_of_two_outlets_stands_in_one_row(
    event: str, row: dict[str, Any], left: str, right: str
) -> None:
    pages = support.texts(event)

    places = [support.place(pages, outlet, row["cells"][outlet]) for outlet in (left, right)]

    assert support.rows_at(support.event(event), *places)


@pytest.mark.parametrize(("event", "entry"), entry_cases("solo", "text"))
def test_a_claim_of_one_outlet_stands_alone(event: str, entry: dict[str, Any]) -> None:
    where = support.place(support.texts(event), entry["outlet"], entry["text"])

    rows = support.rows_at(support.event(event), where)

    assert rows
    assert [row.id for row in rows if len(row.told_by) > 1] == []


@pytest.mark.parametrize(("event", "entry"), entry_cases("findings", "what"))
def test_a_planted_difference_is_found_with_its_words_as_evidence(event: str, entry: dict[str, Any]) -> None:
    places = support.places_of(support.texts(event), entry["evidence"])

    found = support.event(event).findings

    assert any(support.reports(finding, entry.get("code", entry["family"]), places) for finding in found)


@pytest.mark.parametrize(("event", "entry"), entry_cases("traps", "why"))
def test_what_is_no_difference_is_not_flagged(event: str, entry: dict[str, Any]) -> None:
    pages = support.texts(event)
    places = support.places_of(pages, entry["evidence"])
    planted = next(e["findings"] for e in EVENTS if e["name"] == event)
    explained = [(p.get("code", p["family"]), support.places_of(pages, p["evidence"])) for p in planted]

    false = [
        (finding.code, finding.message)
        for finding in support.event(event).findings
        if support.reports(finding, entry.get("code", entry["family"]), places)
        and not any(support.reports(finding, family, where) for family, where in explained)
    ]

    assert false == []


def test_copies_of_one_agency_text_are_one_origin_and_the_others_stand_alone() -> None:
    outlets = [support.outlet_of(file) for file in support.files_of("ukraine-force")]

    found = comparer.find_reuse([support.article(file) for file in support.files_of("ukraine-force")])

    assert {frozenset(outlets[i] for i in origin) for origin in found.origins} == {
        frozenset(origin) for origin in EVENTS[0]["origins"]
    }


def test_an_outlet_that_wrote_its_own_report_is_no_copy() -> None:
    outlets = [support.outlet_of(file) for file in support.files_of("kabul-airport")]

    found = comparer.find_reuse([support.article(file) for file in support.files_of("kabul-airport")])

    alone = [origin for origin in found.origins if outlets.index("highland_tribune") in origin]
    assert [len(origin) for origin in alone] == [1]


def test_the_cell_of_a_page_that_was_cut_off_says_so() -> None:
    pages = support.texts("kabul-airport")
    event = support.event("kabul-airport")
    entry = next(row for row in EVENTS[1]["rows"] if "cut_off" in row)
    rows = support.rows_at(event, *support.places_of(pages, entry["cells"]))

    cut = event.alignment.articles.index(pages[entry["cut_off"]].id)

    assert [row.cells[cut].reason for row in rows] == [EmptyReason.TRUNCATED]  # type: ignore[union-attr]


def test_every_finding_rests_on_words_of_its_own_event() -> None:
    evidence = [
        (event, passage)
        for event in support.whole().events
        for finding in event.findings
        for passage in finding.evidence
    ]

    astray = [
        passage
        for event, passage in evidence
        if passage.article not in event.articles
        or passage.span.end > len(support.whole().article(passage.article).article.text)
        or not passage.span.of(support.whole().article(passage.article).article.text).strip()
    ]

    assert evidence
    assert astray == []


@pytest.mark.slow
def test_the_order_of_files_changes_nothing() -> None:
    articles = [support.article(page["file"]) for page in PAGES]

    forwards = comparer.to_json(comparer.compare(articles))
    backwards = comparer.to_json(comparer.compare(articles[::-1]))

    assert forwards == backwards


@pytest.mark.slow
@pytest.mark.parametrize("page", page_cases())
def test_two_copies_of_a_page_differ_in_nothing(page: dict[str, Any]) -> None:
    text = support.article(page["file"]).text
    copies = [comparer.read_text(text, outlet=outlet) for outlet in ("First Copy", "Second Copy")]

    findings = comparer.compare(copies, one_event=True).events[0].findings

    assert [f.code for f in findings if f.code[0] in "QAFMS" and len(f.sides) > 1] == []
    assert [f.code for f in findings if f.code[0] == "S"] == []


@pytest.mark.parametrize("page", page_cases())
def test_two_copies_of_a_page_are_one_origin(page: dict[str, Any]) -> None:
    text = support.article(page["file"]).text
    copies = [comparer.read_text(text, outlet=outlet) for outlet in ("First Copy", "Second Copy")]

    found = comparer.find_reuse(copies)

    assert sorted(found.origins[0]) == [0, 1]
    assert found.share(0, 1) == pytest.approx(1.0)


@pytest.mark.slow
def test_two_copies_of_plain_agency_text_give_no_finding_but_reuse() -> None:
    text = support.article("ukraine-force/harbour_gazette.html").main_text
    copies = [comparer.read_text(text, outlet=outlet) for outlet in ("First Copy", "Second Copy")]

    findings = comparer.compare(copies, one_event=True).events[0].findings

    assert {finding.code[0] for finding in findings} == {"R"}


def test_a_page_alone_is_compared_with_nothing() -> None:
    alone = comparer.compare([support.article("black-sea-mines/pontic_monitor.txt")])

    assert [len(event.articles) for event in alone.events] == [1]
    assert [f.code for f in alone.events[0].findings if f.code[0] in "QFSR"] == []
