"""Find what on a page promotes instead of reporting, and what it prints twice.

B101 self-praise, B102 the share of promotion, B103 text printed twice, B104 sponsored or affiliate content, B105 the
marks of a press release.

In: the event. Out: findings about one page each. They say what stands on the page and nothing about the reporting.
"""

from __future__ import annotations

from collections import Counter

from comparer.cleaning.promotion import PROMOTING, Promoted, calls_to_act, praise, promoted_by, release_marks
from comparer.comparison.view import EventView
from comparer.language.doc import Doc
from comparer.model import Block, BlockKind, Finding, Rate, Side, Span

SELF = frozenset({BlockKind.ABOUT_OUTLET, BlockKind.AUTHOR_BIO, BlockKind.PROMOTION, BlockKind.NEWSLETTER})
PROMOTION = PROMOTING
LEAST_PROMOTION = 8  # words: "Advertisement" alone promotes nothing
LEAST_SPONSORED = 4  # words: "Sponsored content" alone is the label of a slot
LEAST_TWICE = 8  # words: shorter lines are printed twice by menus


def find_promotion(event: EventView) -> tuple[Finding, ...]:
    """Return the findings of family B, by article."""
    found: list[Finding | None] = []
    for article in range(len(event.analysed)):
        found += [find(event, article) for find in (_praise, _share, _twice, _sponsored, _release)]
    return tuple(f for f in found if f is not None)


def promotional_words(event: EventView, article: int) -> Rate:
    """Return how many of a page's words stand in blocks that promote."""
    own, doc = event.analysed[article].article, event.docs[article]
    counted = sum(len(doc.words(b.span)) for b in own.blocks if b.kind in PROMOTION)
    return Rate(counted, sum(len(doc.words(b.span)) for b in own.blocks), "words of the page")


def _praise(event: EventView, article: int) -> Finding | None:
    own, doc = event.analysed[article].article, event.docs[article]
    spans = [span for b in own.blocks if b.kind in SELF for span in praise(own.text, b.span, outlet=own.outlet)]
    if not spans:
        return None
    return Finding(
        code="B101",
        row=None,
        sides=(Side("words of praise", tuple(event.passage(article, span) for span in sorted(set(spans)))),),
        magnitude=Rate(
            sum(len(doc.words(span)) for span in set(spans)),
            sum(len(doc.words(b.span)) for b in own.blocks if b.kind in SELF),
            "words of the text about the outlet",
        ),
        message="The page praises its own outlet in text that is not part of the report.",
        confidence=0.8,
    )


def _share(event: EventView, article: int) -> Finding | None:
    own = event.analysed[article].article
    blocks = [b for b in own.blocks if b.kind in PROMOTION]
    rate = promotional_words(event, article)
    prompts = all(b.kind is BlockKind.NEWSLETTER for b in blocks)  # these stand on almost every page
    if prompts or rate.count < LEAST_PROMOTION:
        return None
    return Finding(
        code="B102",
        row=None,
        sides=(Side("promotion", tuple(event.passage(article, span) for span in _with_calls(own.text, blocks))),),
        magnitude=rate,
        message=f"{rate.count} of {rate.total} words on the page promote: {_by_aim(event.docs[article], blocks)}.",
        confidence=round(min(b.probability for b in blocks), 3),
    )


def _with_calls(text: str, blocks: list[Block]) -> list[Span]:
    """Return the blocks and the phrases in them that ask the reader to do something."""
    return sorted({span for b in blocks for span in (b.span, *calls_to_act(text, b.span))})


def _by_aim(doc: Doc, blocks: list[Block]) -> str:
    """Say how many words promote what, in the order of `Promoted`."""
    counts = Counter[Promoted | None]()
    for block in blocks:
        counts[promoted_by(doc.text, block)] += len(doc.words(block.span))
    return ", ".join(f"{aim.value} ({counts[aim]})" for aim in Promoted if counts[aim])


def _sponsored(event: EventView, article: int) -> Finding | None:
    own, doc = event.analysed[article].article, event.docs[article]
    paid = (b for b in own.blocks if promoted_by(own.text, b) is Promoted.SPONSORED)
    blocks = [b for b in paid if len(doc.words(b.span)) >= LEAST_SPONSORED]
    if not blocks:
        return None
    count = sum(len(doc.words(b.span)) for b in blocks)
    return Finding(
        code="B104",
        row=None,
        sides=(Side("sponsored or affiliate", tuple(event.passage(article, b.span) for b in blocks)),),
        magnitude=Rate(count, promotional_words(event, article).total, "words of the page"),
        message="The page says of something on it that it is sponsored, or that the outlet earns by its links.",
        confidence=0.85,
    )


def _release(event: EventView, article: int) -> Finding | None:
    own = event.analysed[article].article
    marks = release_marks(own.text, own.blocks)
    if not marks:
        return None
    return Finding(
        code="B105",
        row=None,
        sides=(Side("marks of a press release", tuple(event.passage(article, span) for span in marks)),),
        magnitude=Rate(len(marks), len(own.blocks), "blocks of the page"),
        message="The page carries the marks of a press release; how much of it is one, the page does not say.",
        confidence=0.8,
    )


def _twice(event: EventView, article: int) -> Finding | None:
    own, doc = event.analysed[article].article, event.docs[article]
    blocks = [b for b in own.blocks if b.kind is BlockKind.DUPLICATE and len(doc.words(b.span)) >= LEAST_TWICE]
    if not blocks:
        return None
    count = sum(len(doc.words(b.span)) for b in blocks)
    return Finding(
        code="B103",
        row=None,
        sides=(Side("printed again", tuple(event.passage(article, b.span) for b in blocks)),),
        magnitude=Rate(count, promotional_words(event, article).total, "words of the page"),
        message=_twice_message(blocks),
        confidence=0.9,
    )


def _twice_message(blocks: list[Block]) -> str:
    places = "one place" if len(blocks) == 1 else f"{len(blocks)} places"
    return f"The page prints text of its own again in {places}; it counts once."
