"""What promotes is counted by what it promotes; press releases and paid content are told from an outlet's own blurb."""

from __future__ import annotations

import pytest

import comparer
from comparer.cleaning.promotion import Promoted, promoted_by, release_marks
from comparer.model import Article, Block, BlockKind, Finding, Span

REPORT = """Ferry line buys two electric ships

The Skerrow ferry line has ordered two electric ships from a yard in Thornby, its manager said on Friday.

The ships will carry 180 people each and are to sail from the spring of next year, the yard confirmed.
"""
COMPANY = "Skerrow Ferries carries 400,000 people a year and is our islands' leading provider of safe crossings."


def findings(text: str, code: str) -> list[Finding]:
    event = comparer.compare([comparer.read_text(text, outlet="Post")], one_event=True).events[0]
    return [finding for finding in event.findings if finding.code == code]


def block(text: str, kind: BlockKind) -> Block:
    return Block(Span(0, len(text)), kind, 0.9, "")


def kinds(article: Article) -> dict[str, tuple[str, str]]:
    return {b.span.of(article.text): (b.kind.value, b.reason) for b in article.blocks}


@pytest.mark.parametrize(
    ("text", "kind", "aim"),
    [
        ("If you buy through our links we may earn a commission.", BlockKind.LEGAL, Promoted.SPONSORED),
        ("Sponsored: a second passport could be nearer than you think", BlockKind.PROMOTION, Promoted.SPONSORED),
        ("Make a donation and keep this newsroom open.", BlockKind.PROMOTION, Promoted.DONATIONS),
        ("Get the morning mail of the harbour.", BlockKind.NEWSLETTER, Promoted.SUBSCRIPTIONS),
        ("We are the islands' most trusted paper.", BlockKind.ABOUT_OUTLET, Promoted.OUTLET),
        ("Tea towels with our lighthouse are back.", BlockKind.PROMOTION, Promoted.SALE),
        ("The runners above are not sponsored by this site.", BlockKind.LEGAL, None),
        ("All rights reserved.", BlockKind.LEGAL, None),
        ("The commission earned praise, and sponsors left, she said.", BlockKind.CONTENT, None),
    ],
)
def test_a_block_promotes_what_its_words_say(text: str, kind: BlockKind, aim: Promoted | None) -> None:
    assert promoted_by(text, block(text, kind)) is aim


def test_the_share_is_told_by_what_is_promoted_and_calls_are_marked() -> None:
    text = f"{REPORT}\nSupport our journalism: make a donation today and keep the Post free for everybody.\n"
    (found,) = findings(text, "B102")
    assert "donations to the outlet" in found.message
    assert "support our" in {p.span.of(text).lower() for p in found.evidence}


def test_a_press_release_is_marked() -> None:
    contact = "Media contact: Ida Lund, 555 0142"
    text = f"FOR IMMEDIATE RELEASE\n\n{REPORT}\nAbout Skerrow Ferries\n\n{COMPANY}\n\n{contact}\n"
    assert len(findings(text, "B105")) == 1


def test_an_outlets_own_blurb_stays_its_own() -> None:
    text = f"{REPORT}\nAbout the Skerrow Post\n\nOur newsroom was founded in 1998 and is our islands' leading voice.\n"
    assert "about_outlet" in {kind for kind, _ in kinds(comparer.read_text(text, outlet="Post")).values()}
    assert findings(text, "B105") == []


@pytest.mark.parametrize(
    "line",
    [
        "Press release figures were wrong, the mayor said on Friday, and nobody had checked them before.",
        "The immediate release of the crew was agreed on Friday, the yard said.",
        "Media contact: Ida Lund, 555 0142",
        "Notes to editors are often ignored.",
        "Press Release",
    ],
)
def test_words_of_a_release_alone_make_none(line: str) -> None:
    text = f"{REPORT}\n{line}\n"
    assert release_marks(text, comparer.clean(text)) == ()


def test_a_paid_wire_in_the_dateline_marks_a_release() -> None:
    text = REPORT.replace("The Skerrow ferry line has", "SKERROW, March 6 /PRNewswire/ -- The Skerrow ferry line has")
    assert [s.of(text) for s in release_marks(text, comparer.clean(text))] == ["/PRNewswire/"]


def test_disclosed_advertising_is_a_finding() -> None:
    text = f"{REPORT}\nSponsored: Your second passport could be nearer than you think\n"
    (found,) = findings(text, "B104")
    assert found.evidence[0].span.of(text).startswith("Sponsored:")


def test_a_slot_for_advertising_is_none() -> None:
    assert findings(f"{REPORT}\nAdvertisement\n", "B104") == []
