"""Find what on a page promotes instead of reporting, and what it prints twice.

B101 self-praise, B102 the share of promotion, B103 text printed twice, B104 sponsored or affiliate content, B105 the
marks of a press release.

In: the event. Out: findings about one page each. They say what stands on the page and nothing about the reporting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from comparer.cleaning.promotion import PROMOTING, Promoted, calls_to_act, praise, promoted_by, release_marks
from comparer.comparison.view import EventView
from comparer.language.doc import Doc
from comparer.model import Block, BlockKind, Finding, Rate, Side, Span

SELF = frozenset({BlockKind.ABOUT_OUTLET, BlockKind.AUTHOR_BIO, BlockKind.PROMOTION, BlockKind.NEWSLETTER})
LEAST_PROMOTION = 3  # words: "Advertisement" alone promotes nothing
LEAST_SPONSORED = 4  # words: "Sponsored content" alone is the label of a slot
LEAST_TWICE = 8  # words: shorter lines are printed twice by menus
Found = tuple[str, Sequence[Span], Rate, str, float]
"""What a page is found to hold, where, how much of it, the message and its confidence; nothing without a span."""


def find_promotion(event: EventView) -> tuple[Finding, ...]:
    """Return the findings of family B, by article."""
    found = []
    for article in range(len(event.analysed)):
        for code, look in LOOKS.items():
            label, spans, rate, message, sure = look(event, article)
            side = Side(label, tuple(event.passage(article, span) for span in spans))
            found += [Finding(code, None, (side,), rate, message, sure)] if spans else []
    return tuple(found)


def promotional_words(event: EventView, article: int) -> Rate:
    """Return how many of a page's words stand in blocks that promote."""
    own = event.analysed[article].article
    return _words_in(event, article, [b.span for b in own.blocks if b.kind in PROMOTING])


def _praise(event: EventView, article: int) -> Found:
    own = event.analysed[article].article
    about = [b.span for b in own.blocks if b.kind in SELF]
    spans = sorted({span for part in about for span in praise(own.text, part, outlet=own.outlet)})
    of = sum(len(event.docs[article].words(span)) for span in about)
    rate = Rate(_words_in(event, article, spans).count, of, "words of the text about the outlet")
    message = "The page praises its own outlet in text that is not part of the report."
    return "words of praise", spans, rate, message, 0.8


def _share(event: EventView, article: int) -> Found:
    own = event.analysed[article].article
    rate = promotional_words(event, article)
    blocks = [b for b in own.blocks if b.kind in PROMOTING] if rate.count >= LEAST_PROMOTION else []
    spans = sorted({span for b in blocks for span in (b.span, *calls_to_act(own.text, b.span))})
    message = f"{rate.count} of {rate.total} words on the page promote: {_by_aim(event.docs[article], blocks)}."
    return "promotion", spans, rate, message, round(min((b.probability for b in blocks), default=0.0), 3)


def _by_aim(doc: Doc, blocks: list[Block]) -> str:
    """Say how many words promote what, in the order of `Promoted`."""
    counts = Counter[Promoted | None]()
    for block in blocks:
        counts[promoted_by(doc.text, block)] += len(doc.words(block.span))
    return ", ".join(f"{aim.value} ({counts[aim]})" for aim in Promoted if counts[aim])


def _twice(event: EventView, article: int) -> Found:
    copies = [b for b in event.analysed[article].article.blocks if b.kind is BlockKind.DUPLICATE]
    spans = _of_length(event, article, copies, LEAST_TWICE)
    places = "one place" if len(spans) == 1 else f"{len(spans)} places"
    message = f"The page prints text of its own again in {places}; it counts once."
    return "printed again", spans, _words_in(event, article, spans), message, 0.9


def _sponsored(event: EventView, article: int) -> Found:
    own = event.analysed[article].article
    paid = [b for b in own.blocks if promoted_by(own.text, b) is Promoted.SPONSORED]
    spans = _of_length(event, article, paid, LEAST_SPONSORED)
    message = "The page says of something on it that it is sponsored, or that the outlet earns by its links."
    return "sponsored or affiliate", spans, _words_in(event, article, spans), message, 0.85


def _release(event: EventView, article: int) -> Found:
    own = event.analysed[article].article
    marks = release_marks(own.text, own.blocks)
    rate = Rate(len(marks), len(own.blocks), "blocks of the page")
    message = "The page carries the marks of a press release; how much of it is one, the page does not say."
    return "marks of a press release", marks, rate, message, 0.8


def _of_length(event: EventView, article: int, blocks: Sequence[Block], least: int) -> list[Span]:
    """Return where blocks of so many words stand."""
    return [b.span for b in blocks if len(event.docs[article].words(b.span)) >= least]


def _words_in(event: EventView, article: int, spans: Sequence[Span]) -> Rate:
    """Return how many of a page's words stand in some spans of it."""
    own, doc = event.analysed[article].article, event.docs[article]
    counted, total = (sum(len(doc.words(span)) for span in of) for of in (spans, [b.span for b in own.blocks]))
    return Rate(counted, total, "words of the page")


LOOKS = {"B101": _praise, "B102": _share, "B103": _twice, "B104": _sponsored, "B105": _release}
