"""Choose the headline of a page: by the look and place of its lines, and by its tags where it has any.

In: the records of a page before they are settled, where its running text begins and ends, what its markup claims. Out:
the record that prints the headline, or None. Two conditional logits (McFadden 1974) weigh the candidates of a page
against each other and against "none of these": one all lines above the text, one the likeliest of them, the main
headings and what `<title>`, Open Graph and linked data say. What these say of each other counts most: a site's name, a
button or a caption stands in one of them alone. Made by `training/headline.py`. Fails where a page prints another
headline than it hands on, and where the line above the headline looks more like one.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from comparer.cleaning.lines import Record, Unit, folded
from comparer.model import BlockKind
from comparer.model.article import LineHint, RawPage
from comparer.resources.loader import load_json

Matrix = NDArray[np.float64]
ORIGINS = ("h1", "json-ld", "open graph", "html")  # the places of claims, but for lines of any other tag ("text")
_REACH, _NEAR, _INTO = 150, 16, 3  # lines above the text that may be the headline, also two words of them; into it
_LEAST, _LEAST_FAR, _MOST = 2, 4, 32  # words of a headline, near the text and far from it
_TAKEN = -0.7  # log odds against "none" from which a line is taken: losing a headline costs more than one too many
_TOPIC = 40  # lines that tell what the article is about
_SHORT_WORD = 3  # letters; shorter words say nothing about the topic
_SIGNED = frozenset({BlockKind.TIMESTAMP, BlockKind.BYLINE})
_MOST_HEADINGS = 40
_LEAST_SUMMARY, _LIKE = 6, 90  # words of a summary; of 100, how like a line is to it
_JOINED = re.compile(r"\s[-–—]\s|\|")  # what stands between a headline and the site's name


class Claim(NamedTuple):
    """Hold what one place says the headline is; `at` is the record that prints it, or -1."""

    text: str
    origin: str
    at: int = -1


class Tags(NamedTuple):
    """Hold what the tags of a page say of its lines, and what they claim its headline and its summary to be."""

    lines: Sequence[LineHint] = ()
    titles: Sequence[Claim] = ()
    summaries: Sequence[str] = ()

    def on(self, records: Sequence[Record]) -> list[LineHint]:
        """Return what the tags say of the line on which each record begins; nothing where there are none."""
        starts = [hint.span.start for hint in self.lines]
        at = (max(0, bisect_right(starts, one.unit.span.start) - 1) for one in records if starts)
        return [self.lines[i] for i in at]

    def sums_up(self, unit: Unit) -> bool:
        """Tell whether a line prints the summary that the page gives of itself, or part of it from its beginning."""
        own = unit.key
        likeness = (fuzz.ratio(own[: len(told)], told[: len(own)]) for told in self.summaries)
        return unit.words >= _LEAST_SUMMARY and any(like >= _LIKE for like in likeness)


NO_TAGS = Tags()


def tags_of(page: RawPage) -> Tags:
    """Return what the tags of a page say."""
    titles = [Claim(p.value, p.origin) for p in page.provenance if p.field == "title"]
    summaries = {folded(p.value) for p in page.provenance if p.field == "summary"}
    return Tags(page.hints, titles, [told for told in sorted(summaries) if len(told.split()) >= _LEAST_SUMMARY])


def headline_of(records: Sequence[Record], start: int, end: int, tags: Tags = NO_TAGS) -> int | None:
    r"""Return the record that prints the headline, or None.

    >>> from comparer.cleaning.lines import units
    >>> page = "Skerrow Post\nFerry runs aground off Skerrow\nA ferry ran aground off Skerrow, and nobody was hurt."
    >>> headline_of([Record(unit, prose=unit.prose) for unit in units(page)], 2, 3)
    1
    """
    at = candidates(records, start)
    looks = (describe_lines(records, at, start, end) @ _weights("lines")).tolist()
    least = _TAKEN
    claims = claims_of(records, [at[looks.index(max(looks))]] if at else [], tags)
    if any(claim.origin != "text" for claim in claims):
        at, least = [claim.at for claim in claims], 0.0
        looks = (describe_claims(records, claims, tags.titles) @ _weights("claims")).tolist()
    best, printed = max(((look, i) for look, i in zip(looks, at, strict=True) if i >= 0), default=(least, -1))
    return printed if best > least else None


def candidates(records: Sequence[Record], start: int) -> list[int]:
    """Return the records that may be the headline for their length and place."""
    return [
        at
        for at in range(max(0, start - _REACH), min(len(records), start + _INTO))
        if not records[at].furniture
        and (_LEAST if start - at <= _NEAR else _LEAST_FAR) <= records[at].unit.words <= _MOST
        and records[at].unit.separators < 2
    ]


def describe_lines(records: Sequence[Record], chosen: Sequence[int], start: int, end: int) -> Matrix:
    """Return a row for each chosen record: its words, what stands beside it, how far above the text it is, and 1."""
    text = [one for one in records[start : min(end, start + _TOPIC)] if one.prose]
    topic = Counter(form for one in text for form in one.unit.vocabulary)
    counts = Counter(one.unit.key for one in records)
    signed = [one.furniture and one.cue is not None and one.cue.kind in _SIGNED for one in records[: start + 8]]
    rows = []
    for at in chosen:
        unit = records[at].unit
        above, below = records[at - 1] if at else None, records[at + 1] if at + 1 < len(records) else None
        telling = [form for form in unit.forms if len(form) > _SHORT_WORD]
        own = at >= start and records[at].prose  # its own words do not count
        shared = {form for form in telling if topic[form] > own}
        rows.append(
            [
                at < start == 1,  # nothing else stands above the text
                math.log1p(max(0, start - at)),
                max(0, at - start),
                sum(form in shared for form in telling) / (len(telling) or 1),
                math.log1p(len(shared)),
                unit.words < 4,
                4 <= unit.words <= 20,
                unit.words >= 7,
                unit.text.endswith("."),
                unit.text.isupper(),
                any(signed[at + 1 : at + 5]),
                above is not None and not above.furniture and above.unit.words >= 5 and not above.unit.separators,
                below is not None and not below.furniture and 5 <= below.unit.words <= _MOST,
                counts[unit.key] > 1,
                ":" in unit.text,
                unit.text[0].islower(),
                1,
            ]
        )
    return np.array(rows, float) if rows else np.empty((0, len(_weights("lines"))))


def claims_of(records: Sequence[Record], likeliest: Sequence[int], tags: Tags) -> list[Claim]:
    """Return all that claims to be the headline: lines first, in page order, then what no line prints."""
    hints = tags.on(records)
    told = {key: claim for claim in reversed(tags.titles) if (key := folded(claim.text))}
    lines = []
    for at, one in enumerate(records):
        heading = bool(hints) and "h1" in hints[at].around.split()
        if heading or at in likeliest or one.unit.key in told:
            lines.append(Claim(one.unit.text, "h1" if heading else "text", at))
    lines = lines[:_MOST_HEADINGS]
    printed = {folded(claim.text) for claim in lines}
    return [*lines, *(claim for key, claim in reversed(told.items()) if key not in printed)]


def describe_claims(records: Sequence[Record], claims: Sequence[Claim], titles: Sequence[Claim]) -> Matrix:
    """Return a row for each claim: where it stands, how like it is to what other places say, and 1."""
    said = [(claim, folded(claim.text)) for claim in (*(c for c in claims if c.at >= 0), *titles)]
    rows = []
    for claim in claims:
        own = folded(claim.text)
        others = {o: [key for other, key in said if other.origin == o and other is not claim] for o in ORIGINS}
        rows.append(
            [
                *(claim.origin == origin for origin in ORIGINS),
                *(max((fuzz.ratio(own, key) / 100 for key in others[origin]), default=0) for origin in ORIGINS),
                max((fuzz.token_set_ratio(own, key) / 100 for key in others["h1"]), default=0),
                claim.at >= 0,
                claim.at >= 0 and records[claim.at].furniture,
                _JOINED.search(claim.text) is not None,
                1,
            ]
        )
    return np.array(rows, float)


@cache
def _weights(name: str) -> Matrix:
    return np.array(load_json("headline")[name])
