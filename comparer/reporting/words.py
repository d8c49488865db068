"""Say in words: what the model names in code, dates and counts; printed words made fit for a page.

In: names, text as decoded, marks laid over it. Out: text for a reader: control characters visible, blanks single, long
passages cut. Nothing here changes what a span points to. Findings have their names in the rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from comparer.model import EmptyCell, EmptyReason, Manner, Rate, Rung, Sourcing, Span
from comparer.model.text import OPENING, QUOTED
from comparer.resources.loader import LANGUAGE, load_json
from comparer.resources.rules import families

ALIKE = 0.4  # probability from which a passage is like as not the claim after all
FAMILIES = {family.letter: family.name for family in families()}
SAID: dict[str, Any] = load_json(f"{LANGUAGE}/report")
"""What the report calls what the model names in code, and what readers of reports met in each detector."""

MANNERS: dict[Manner | None, tuple[str, str]] = {
    Manner.DIRECT: ("d", "Direct quotation"),
    Manner.MIXED: ("i", "Partly quoted"),
    Manner.INDIRECT: ("i", "Indirect"),
    None: ("o", "Outlet’s own voice"),
}
NOWHERE = frozenset({"not in this saved text", "no credit seen in this saved text"})  # looked for in the whole text
NOT_PRINTED = NOWHERE | {"not printed", "no marked word", "told without this word"}
CUT = "\u00a0…"  # sign of a cut, kept on the line; printed text on one line never holds a no-break space
_ACTING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff"  # control characters, stray surrogates
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b\ufeff\u00ad]"  # direction, and what is not seen
)
_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")
Mark = tuple[str, str]  # what lies over a run, and which: ("tint", "F")
Laid = tuple[Span, Mark]


def rung_of(said: Sourcing | None) -> str:
    """Return the words for the rung of a cell; where it is a guess they say so."""
    named = SAID["rungs"][Rung.OWN_VOICE if said is None else said.rung]
    return named if said is None or said.sure else f"unsure: {named}"


def empty(cell: EmptyCell) -> tuple[str, str]:
    """Say why a cell is empty, short and in full; a passage that is far from a claim is the nearest, no near miss."""
    near = cell.near_miss
    if near is not None and near.score >= ALIKE:
        return "similar passage shown", "A similar passage stands in this text; it was not matched."
    if cell.reason is EmptyReason.NEAR_MISS and (near is None or near.faint):
        return "nearest shown", "The passage that comes nearest is another claim, as far as can be told."
    short, full = SAID["empty"][cell.reason]
    return short, full


def short_day(published: str | None) -> str:
    """Write an ISO date as a column's head has room for it.

    >>> short_day("2026-03-05T16:12")
    '5 Mar 16:12'
    """
    whole = day(published)
    if whole is None:
        return "no date"
    parts = whole.split()
    return " ".join([parts[0], parts[1][:3], *parts[3:]]) if len(parts) > 2 else whole


def plain(name: str) -> str:
    """Turn an identifier into words.

    >>> plain("wire_credit")
    'wire credit'
    """
    return name.replace("_", " ")


def day(published: str | None) -> str | None:
    """Write an ISO date, with its time if any, as a reader says it.

    >>> day("2026-03-05T16:12")
    '5 March 2026, 16:12'
    """
    if published is None:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return published
    date = f"{moment.day} {moment:%B %Y}"
    return f"{date}, {moment:%H:%M}" if len(published) > 10 else date


def visible(text: str) -> str:
    r"""Show control, direction and stray surrogate characters as their code, so that none acts on the page.

    >>> visible("Harbour\u202e board")
    'Harbour[U+202E] board'
    """
    return _ACTING.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def tidy(text: str) -> str:
    r"""Return the text on one line with single blanks.

    >>> tidy("The ferry\n  sailed")
    'The ferry sailed'
    """
    return " ".join(text.split())


def clip_words(text: str, limit: int) -> str:
    r"""Cut a text after `limit` words and say so by an ellipsis.

    >>> clip_words("The ferry sailed at dawn", 3)
    'The ferry sailed\xa0…'
    """
    words = text.split()
    return text if len(words) <= limit else " ".join(words[:limit]) + CUT


def begun(text: str) -> str:
    r"""Return what a redacted report prints of a passage: all of a few words, the first of many.

    >>> begun("The ferry sailed at dawn with forty people on its deck")
    'The ferry sailed at\xa0…'
    """
    return text if len(text.split()) <= QUOTED else clip_words(text, OPENING)


def clip(text: str, limit: int) -> str:
    r"""Cut a text before it passes `limit` characters, at a blank where there is one near.

    >>> clip("The harbour board met on Friday", 20)
    'The harbour board\xa0…'
    """
    text = tidy(text)
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    blank = cut.rfind(" ")
    return (cut[:blank] if blank > limit // 2 else cut).rstrip(" ,;:–-…") + CUT


def window(text: str, start: int, end: int, limit: int) -> str:
    r"""Cut a text to about `limit` characters that hold `start` to `end`: from the beginning where that reaches.

    >>> window("The harbour board met the owners on Friday evening", 26, 41, 26)
    '…\xa0the owners on Friday\xa0…'
    """
    lead = max(0, limit - (end - start)) // 2
    first = 0 if end <= limit else text.rfind(" ", max(0, start - lead - 1), start - 1) + 1 or start
    return (CUT[::-1] if first else "") + clip(text[first:], max(limit, end - first + 2))


def word_places(text: str) -> list[tuple[int, int, str]]:
    """List the words of a text as start, end and a form in which printings of one word agree.

    >>> word_places("Zoë’s boat")
    [(0, 5, "zoe's"), (6, 10, 'boat')]
    """
    return [(m.start(), m.end(), _form(m.group())) for m in _WORD.finditer(text)]


def count(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> count(1, "outlet"), count(3, "outlet")
    ('1 outlet', '3 outlets')
    """
    return f"{number} {noun}{'s' if number != 1 else ''}"


def counted(rate: Rate) -> str:
    """Write a counted share.

    >>> counted(Rate(3, 12, "words"))
    '3 of 12 words'
    """
    return f"{rate.count} of {rate.total} {rate.unit}" if rate.total else f"– {rate.unit}"


def share(value: float | None, places: int = 2) -> str:
    """Write a figure, or a dash where nothing could be counted.

    >>> share(0.625), share(None)
    ('0.62', '–')
    """
    return "–" if value is None else f"{value:.{places}f}"


def opened(text: str) -> str:
    """Return a text with a capital at its head."""
    return text[:1].upper() + text[1:]


def _form(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.replace("’", "'")).casefold()
    return "".join(c for c in folded if not unicodedata.combining(c))


def sweep(within: Span, laid: Sequence[Laid], cuts: Iterable[int] = ()) -> list[tuple[Span, list[Mark]]]:
    """Return the runs that tile `within`, with the marks over each; `cuts` are further places where one begins.

    >>> found = sweep(Span(0, 9), [(Span(2, 6), ("row", "r1")), (Span(4, 9), ("mark", "F"))])
    >>> [(run.start, run.end, [kind for kind, _ in marks]) for run, marks in found]
    [(0, 2, []), (2, 4, ['row']), (4, 6, ['row', 'mark']), (6, 9, ['mark'])]
    """
    near = [(span, k, mark) for k, (span, mark) in enumerate(laid) if span.overlaps(within)]
    edges = {within.start, within.end, *cuts, *(edge for span, _, _ in near for edge in (span.start, span.end))}
    waiting = sorted(near, key=lambda one: one[0].start, reverse=True)
    runs, begun = [], list[tuple[int, int, Mark]]()  # of each mark that lies here its place, its end and itself
    for start, end in pairwise(sorted(edge for edge in edges if within.start <= edge <= within.end)):
        while waiting and waiting[-1][0].start <= start:
            span, k, mark = waiting.pop()
            begun.append((k, span.end, mark))
        begun = sorted(one for one in begun if one[1] > start)
        runs.append((Span(start, end), [mark for _, _, mark in begun]))
    return runs
