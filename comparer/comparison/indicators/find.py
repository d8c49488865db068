"""Observe, per article, what newsrooms' own codes ask a report to show. Never summed, never good or bad.

In: the event. Out: indicators after the W3C Credible Web signals, the Trust Project's indicators and NewsGuard's
published criteria, as far as a saved text can show them. "Not observed" says that the saved text does not show it;
"cannot tell" that a saved text could not show it, or that reading it was not tried (another language than English).
"""

from __future__ import annotations

from collections.abc import Callable

from comparer.comparison.indicators import page, sources
from comparer.comparison.indicators.answer import Found
from comparer.comparison.view import EventView
from comparer.model import Indicator

SHOWN = 6  # passages shown with an indicator


def find_indicators(event: EventView) -> tuple[Indicator, ...]:
    """Return the indicators of every article, by article and then in one fixed order of names."""
    return tuple(_read(event, article, name) for article in range(len(event.analysed)) for name in READERS)


def _read(event: EventView, article: int, name: str) -> Indicator:
    state, spans, note = READERS[name](event, article)
    passages = tuple(event.passage(article, span) for span in spans)
    return Indicator(name, event.analysed[article].article.id, state, passages[:SHOWN], note)


READERS: dict[str, Callable[[EventView, int], Found]] = {
    "byline": page.byline,
    "date": page.day,
    "dateline": page.dateline,
    "corrections note": page.corrections,
    "sources named": sources.sources_named,
    "distinct sources": sources.distinct_sources,
    "links or documents cited": sources.documents,
    "direct quotations": sources.quotations,
    "agency credit": sources.agency,
    "opinion label": page.opinion,
    "headline words in the text": page.headline,
    "promotion and subscription text": page.promotion,
    "reason for anonymity": sources.anonymity,
    "readability": page.readability,
}
