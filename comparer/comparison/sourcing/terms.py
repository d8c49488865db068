"""Find a quoted term that one text ascribes to somebody ("what the union calls “late” shifts") and another does not.

In: one row. Out: where the term stands on either side. Only terms in quotation marks count, because what is called is
else not marked off. Fails where the other text names the caller in a sentence before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from comparer.comparison.sourcing.own_voice import may_cite
from comparer.comparison.speech import MARK
from comparer.comparison.view import EventView
from comparer.model import Row, Span, Voice

CALLED = re.compile(
    r"\bwhat (?P<who>(?:[\w'’-]+ ){1,5}?)(?:calls?|called|describes? as|described as|terms?|termed|dubs?|dubbed"
    r"|labels?|labelled|labeled) (?:an? |the |its |his |her |their )?(?=[“\"‘'])"
)
HELD_APART = re.compile(
    r"\b(?:so-called|calls?|called|calling|dubbed|termed|labell?ed|describ\w+|dismiss\w+|known as|refer\w+ to|say)\b"
)
"""Words near a term by which a text does not make it its own."""


SURE = 0.5  # confidence of a row from which a term in it is surely the same


@dataclass(frozen=True, slots=True)
class Term:
    """Hold a term as one article ascribes it: its index, the whole phrase, and who is said to use it."""

    article: int
    phrase: Span
    who: str


def terms_apart(event: EventView, row: Row) -> tuple[Term, tuple[tuple[int, Span], ...]] | None:
    """Return the first term that one article ascribes and another prints as its own, with where it does; or None."""
    if row.confidence < SURE:
        return None
    for article in row.told_by:
        for claim in event.claims(row, article):
            text = event.text(article, claim.passage.span)
            for found in CALLED.finditer(text):
                start = claim.passage.span.start
                quoted = _quoted_at(event, article, start + found.end())
                bare = _bare(event, row, article, event.text(article, quoted)) if quoted is not None else ()
                if quoted is not None and bare:
                    return Term(article, Span(start + found.start(), quoted.end), found["who"].strip()), bare
    return None


def _quoted_at(event: EventView, article: int, at: int) -> Span | None:
    """Return the quotation with its marks that opens at a place."""
    return next((q.span for q in event.analysed[article].quotations if q.span.start == at and q.closed), None)


def _bare(event: EventView, row: Row, article: int, term: str) -> tuple[tuple[int, Span], ...]:
    """Return where other articles of the row print the term with nobody near it who is said to use it."""
    wanted = re.escape(MARK.sub("", term).strip("‘’' ,"))
    found: list[tuple[int, Span]] = []
    for other in row.told_by:
        said = [(c.passage.span, event.text(other, c.passage.span)) for c in event.claims(row, other)]
        own = all(c.voice is Voice.OUTLET for c in event.claims(row, other))
        if other == article or not own or any(HELD_APART.search(text) or may_cite(text) for _, text in said):
            continue
        places = ((span.start, m) for span, text in said for m in re.finditer(wanted, text, re.IGNORECASE))
        found += [(other, Span(start + m.start(), start + m.end())) for start, m in places][:1]
    return tuple(found)
