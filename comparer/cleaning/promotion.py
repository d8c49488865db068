"""Mark the phrases with which an outlet praises itself or asks its readers to do something.

In: the text and a span, as a rule a block that cleaning typed as about_outlet, promotion or newsletter. Out: spans of
phrases. The lists count on being asked about such blocks: in an article's own sentences "most reliable" may be about
anything, so `praise` asks there for a word of the first person in the same sentence.
"""

from __future__ import annotations

import re
from functools import cache

from comparer.model import Span
from comparer.resources.loader import load_lexicon

_SELF = re.compile(r"\b(?:we|our|us|ours|its founders|founded|is your)\b", re.IGNORECASE)
_SUPERLATIVE = re.compile(
    r"\b(?:the|our|your)\s+(?:most|best|only|first|largest|biggest|leading|finest)\s+(?:\w+\s+){0,3}?(?:source|outlet|newspaper|website"
    r"|site|platform|newsroom|publication|coverage|voice|destination|provider|magazine|network|team)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:nobody|no one|no other \w+)\s+(?:covers?|reports?|knows?|understands?|does)\b[^.!?]{0,80}", re.IGNORECASE
)


def praise(text: str, span: Span) -> tuple[Span, ...]:
    """Return the self-praising phrases in the span, in order; none where nobody there speaks of themselves.

    >>> blurb = "We are the most reliable source for news of the harbour, and our work is exceptional."
    >>> [s.of(blurb) for s in praise(blurb, Span(0, len(blurb)))]
    ['the most reliable source', 'exceptional']
    """
    if _SELF.search(text, span.start, span.end) is None:
        return ()
    found = [Span(*m.span()) for p in (_NOBODY, _SUPERLATIVE) for m in p.finditer(text, span.start, span.end)]
    found += [Span(*m.span()) for m in _phrases("praise").finditer(text, span.start, span.end)]
    return _without_overlap(found)


def calls_to_act(text: str, span: Span) -> tuple[Span, ...]:
    """Return the phrases in the span that ask the reader to do something, in order.

    >>> prompt = "Keep in touch with us and sign up today."
    >>> [s.of(prompt) for s in calls_to_act(prompt, Span(0, len(prompt)))]
    ['Keep in touch', 'sign up']
    """
    return _without_overlap([Span(*m.span()) for m in _phrases("calls").finditer(text, span.start, span.end)])


@cache
def _phrases(group: str) -> re.Pattern[str]:
    entries = next(g.entries for g in load_lexicon("cleaning_promotion").groups if g.name == group)
    ordered = sorted(entries, key=lambda e: (-len(e), e))
    inner = "|".join(r"[\s\-‑.]+".join(re.escape(w) for w in e.split()) for e in ordered)
    return re.compile(rf"\b(?:{inner})\b", re.IGNORECASE)


def _without_overlap(found: list[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if not out or span.start >= out[-1].end:
            out.append(span)
    return tuple(out)
