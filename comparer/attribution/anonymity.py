"""Find where a report says that a source asked not to be named, and why.

In: a text and its sentences. Out: per sentence that holds a request, its span and those of request and reason. Refuses
to take a reason without a request in the same sentence or the one before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from comparer.model import Span
from comparer.resources.loader import load_lexicon

_REASON_OPENERS = re.compile(
    r"(?:because|as|since|citing|given|due to|owing to|for fear|fearing|in order to|to|in line with)\b[^.;,”\"]*$",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.;,”\"]|$")


Request = tuple[Span, Span | None, Span | None]


@cache
def _pattern(group: str) -> re.Pattern[str]:
    entries = next(g.entries for g in load_lexicon("anonymity").groups if g.name == group)
    return re.compile(
        r"\b(?:"
        + "|".join(re.escape(e).replace(r"\ ", r"\s+") for e in sorted(entries, key=len, reverse=True))
        + r")\b",
        re.IGNORECASE,
    )


def find_anonymity(text: str, sentences: Sequence[Span]) -> tuple[Request, ...]:
    """Return (sentence, request, reason) for each sentence that asks for anonymity or says why there is none.

    >>> text = "The aide spoke on condition of anonymity because she was not authorised to speak publicly."
    >>> [(r.of(text), why.of(text)) for _, r, why in find_anonymity(text, [Span(0, len(text))])]
    [('on condition of anonymity', 'because she was not authorised to speak publicly')]
    """
    found = []
    for sentence in sentences:
        request = _pattern("request").search(text, sentence.start, sentence.end)
        if request is None and _pattern("silenced").search(text, sentence.start, sentence.end) is None:
            continue
        found.append((sentence, Span(*request.span()) if request else None, _reason(text, sentence)))
    return tuple(found)


def _reason(text: str, sentence: Span) -> Span | None:
    match = _pattern("reason").search(text, sentence.start, sentence.end)
    if match is None:
        return None
    before = _REASON_OPENERS.search(text[sentence.start : match.start()])
    start = sentence.start + before.start() if before else match.start()
    end = _CLAUSE_END.search(text, match.end(), sentence.end)
    return Span(start, end.start() if end else sentence.end)
