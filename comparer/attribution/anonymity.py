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


Request = tuple[Span, Span, Span | None]


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
    """Return (sentence, request, reason) for each sentence that asks for anonymity or says who may not speak openly.

    >>> text = "The aide spoke on condition of anonymity because she was not authorised to speak publicly."
    >>> [(r.of(text), why.of(text)) for _, r, why in find_anonymity(text, [Span(0, len(text))])]
    [('on condition of anonymity', 'because she was not authorised to speak publicly')]
    """
    found = []
    for sentence in sentences:
        request = _pattern("request").search(text, sentence.start, sentence.end)
        silenced = None if request else _pattern("silenced").search(text, sentence.start, sentence.end)
        asked = request or silenced
        if asked is None:
            continue
        reason = _clause_after(text, asked.end(), sentence) or _reason(text, sentence)
        found.append((sentence, Span(*asked.span()), reason))
    return tuple(found)


_REASON_CLAUSE = re.compile(
    r"[^.;”\"]{0,60}?\b(?P<why>because|since|citing|given|due to|owing to|for fear|fearing"
    r"|as (?:the|he|she|they|it|no|his|her|their))\b",
    re.IGNORECASE,
)


def _clause_after(text: str, position: int, sentence: Span) -> Span | None:
    """Return the clause of reason that follows a request: "because the cabinet has yet to discuss it"."""
    match = _REASON_CLAUSE.match(text, position, sentence.end)
    if match is None:
        return None
    end = _CLAUSE_END.search(text, match.end(), sentence.end)
    return Span(match.start("why"), end.start() if end else sentence.end)


def _reason(text: str, sentence: Span) -> Span | None:
    match = _pattern("reason").search(text, sentence.start, sentence.end)
    if match is None:
        return None
    before = _REASON_OPENERS.search(text[sentence.start : match.start()])
    start = sentence.start + before.start() if before else match.start()
    end = _CLAUSE_END.search(text, match.end(), sentence.end)
    return Span(start, end.start() if end else sentence.end)
