"""The card of an event is one image of its first screen: what the summary says, and who tells which claim."""

from __future__ import annotations

import pytest
import report_fixture
from lxml import etree

from comparer.reporting.context import EventContext
from comparer.reporting.html import render_cards
from comparer.reporting.summary import spoken

SVG = "{http://www.w3.org/2000/svg}"


def words(root: etree._Element) -> str:
    return " ".join("".join(node.itertext()) for node in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("name", ["sample", "one_event", "hostile", "lone"])
def test_a_card_is_an_image_that_asks_for_nothing(name: str) -> None:
    root = etree.fromstring(render_cards(getattr(report_fixture, name)()).encode())
    assert root.tag == f"{SVG}svg"
    assert {str(node.tag).removeprefix(SVG) for node in root.iter()} <= {"svg", "g", "rect", "text", "path", "circle"}
    assert not [key for node in root.iter() for key in node.attrib if key.startswith("on") or "href" in key]


def test_a_card_says_what_the_summary_says() -> None:
    comparison = report_fixture.one_event()
    said = spoken(EventContext(comparison, comparison.events[0], prefix=""))
    shown = words(etree.fromstring(render_cards(comparison).encode()))
    assert said
    assert " ".join(said) in " ".join(shown.split())


def test_cards_of_several_events_stand_below_each_other() -> None:
    root = etree.fromstring(render_cards(report_fixture.sample()).encode())
    places = [float(group.attrib["transform"].split()[1].rstrip(")")) for group in root.findall(f"{SVG}g")]
    heights = [float(card.attrib["height"]) for card in root.findall(f"{SVG}g/{SVG}svg")]
    assert places == [sum(heights[:n]) for n in range(len(heights))]
    assert len(places) > 1
    assert float(root.attrib["height"]) == sum(heights)
