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


def find_promotion(event: EventView) -> tuple[Finding, ...]:
    """Return the findings of family B, by article."""
    finders = (_praise, _share, _twice, _sponsored, _release)
    found = (find(event, article) for article in range(len(event.analysed)) for find in finders)
    return tuple(f for f in found if f is not None)


def promotional_words(event: EventView, article: int) -> Rate:
    """Return how many of a page's words stand in blocks that promote."""
    own = event.analysed[article].article
    return _words_in(event, article, [b.span for b in own.blocks if b.kind in PROMOTING])


def _praise(event: EventView, article: int) -> Finding | None:
    own = event.analysed[article].article
    about = [b.span for b in own.blocks if b.kind in SELF]
    spans = sorted({span for part in about for span in praise(own.text, part, outlet=own.outlet)})
    of = sum(len(event.docs[article].words(span)) for span in about)
    rate = Rate(_words_in(event, article, spans).count, of, "words of the text about the outlet")
    message = "The page praises its own outlet in text that is not part of the report."
    return _finding(event, article, "B101", "words of praise", spans, rate, message, 0.8)


def _share(event: EventView, article: int) -> Finding | None:
    own = event.analysed[article].article
    blocks = [b for b in own.blocks if b.kind in PROMOTING]
    rate = promotional_words(event, article)
    if rate.count < LEAST_PROMOTION:
        return None
    spans = sorted({span for b in blocks for span in (b.span, *calls_to_act(own.text, b.span))})
    message = f"{rate.count} of {rate.total} words on the page promote: {_by_aim(event.docs[article], blocks)}."
    sure = round(min(b.probability for b in blocks), 3)
    return _finding(event, article, "B102", "promotion", spans, rate, message, sure)


def _by_aim(doc: Doc, blocks: list[Block]) -> str:
    """Say how many words promote what, in the order of `Promoted`."""
    counts = Counter[Promoted | None]()
    for block in blocks:
        counts[promoted_by(doc.text, block)] += len(doc.words(block.span))
    return ", ".join(f"{aim.value} ({counts[aim]})" for aim in Promoted if counts[aim])


def _sponsored(event: EventView, article: int) -> Finding | None:
    own = event.analysed[article].article
    paid = [b for b in own.blocks if promoted_by(own.text, b) is Promoted.SPONSORED]
    spans = _of_length(event, article, paid, LEAST_SPONSORED)
    message = "The page says of something on it that it is sponsored, or that the outlet earns by its links."
    rate = _words_in(event, article, spans)
    return _finding(event, article, "B104", "sponsored or affiliate", spans, rate, message, 0.85)


def _release(event: EventView, article: int) -> Finding | None:
    own = event.analysed[article].article
    marks = release_marks(own.text, own.blocks)
    message = "The page carries the marks of a press release; how much of it is one, the page does not say."
    rate = Rate(len(marks), len(own.blocks), "blocks of the page")
    return _finding(event, article, "B105", "marks of a press release", marks, rate, message, 0.8)


def _twice(event: EventView, article: int) -> Finding | None:
    copies = [b for b in event.analysed[article].article.blocks if b.kind is BlockKind.DUPLICATE]
    spans = _of_length(event, article, copies, LEAST_TWICE)
    places = "one place" if len(spans) == 1 else f"{len(spans)} places"
    message = f"The page prints text of its own again in {places}; it counts once."
    return _finding(event, article, "B103", "printed again", spans, _words_in(event, article, spans), message, 0.9)


def _of_length(event: EventView, article: int, blocks: Sequence[Block], least: int) -> list[Span]:
    """Return where blocks of so many words stand."""
    return [b.span for b in blocks if len(event.docs[article].words(b.span)) >= least]


def _words_in(event: EventView, article: int, spans: Sequence[Span]) -> Rate:
    """Return how many of a page's words stand in some spans of it."""
    own, doc = event.analysed[article].article, event.docs[article]
    counted, total = (sum(len(doc.words(span)) for span in of) for of in (spans, [b.span for b in own.blocks]))
    return Rate(counted, total, "words of the page")


def _finding(  # noqa: PLR0917 - the columns of the table that the codes make
    event: EventView, article: int, code: str, label: str, spans: Sequence[Span], rate: Rate, message: str, sure: float
) -> Finding | None:
    """Return the finding of a page that rests on these spans; none without a span."""
    sides = (Side(label, tuple(event.passage(article, span) for span in spans)),)
    return Finding(code, None, sides, rate, message, sure) if spans else None
