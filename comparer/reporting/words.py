"""Say in words: what the model names in code, dates and counts; printed words made fit for a page.

In: names, text as decoded, marks laid over it. Out: text for a reader: control characters visible, blanks single, long
passages cut. Nothing here changes what a span points to. Findings have their names in the rules.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

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


class Laid(NamedTuple):
    """Lay one mark over a span."""

    span: Span
    mark: Mark


class Run(NamedTuple):
    """Hold a run of characters under one set of marks, in the order in which they were laid."""

    span: Span
    marks: tuple[Mark, ...]


def sweep(within: Span, laid: Sequence[Laid], cuts: Iterable[int] = ()) -> tuple[Run, ...]:
    """Return the runs that tile `within`; `cuts` are further places at which a run must begin.

    >>> found = sweep(Span(0, 9), [Laid(Span(2, 6), ("row", "r1")), Laid(Span(4, 9), ("mark", "F"))])
    >>> [(r.span.start, r.span.end, [kind for kind, _ in r.marks]) for r in found]
    [(0, 2, []), (2, 4, ['row']), (4, 6, ['row', 'mark']), (6, 9, ['mark'])]
    """
    near = [item for item in laid if item.span.overlaps(within)]
    edges = {within.start, within.end, *cuts, *(edge for one in near for edge in (one.span.start, one.span.end))}
    ordered = sorted(edge for edge in edges if within.start <= edge <= within.end)
    waiting = sorted(enumerate(near), key=lambda one: one[1].span.start, reverse=True)
    runs, begun = [], list[tuple[int, Laid]]()
    for start, end in itertools.pairwise(ordered):
        while waiting and waiting[-1][1].span.start <= start:
            begun.append(waiting.pop())
        begun = [one for one in begun if one[1].span.end > start]
        runs.append(Run(Span(start, end), tuple(item.mark for _, item in sorted(begun, key=lambda one: one[0]))))
    return tuple(runs)
