"""Read what follows a verb or preposition: a noun phrase, or times, occasions and addressees to step over.

In: the pieces of one unit and an index. Out: indices. Fails on addressees without a border, as in "told
Ana Ruiz would come".
"""

from __future__ import annotations

from collections.abc import Sequence

from comparer.attribution import classes
from comparer.attribution.phrases import inner_quote, nounish
from comparer.attribution.scan import QUOTE, Piece

_BESIDE = frozenset(
    "aide aides adviser advisers advisor advisors ambassador envoy close secretary counsel assistant".split()
)


def _takes_to(low: str) -> bool:
    return low in _BESIDE or low in classes.IRREGULAR_PASTS or low.endswith("ed")


def noun_phrase_after(pieces: Sequence[Piece], start: int) -> tuple[int, int] | None:  # noqa: C901 - closed cases, in order
    """Return the noun phrase that starts at `start`, with an apposition closed by a comma or the end; None if none."""
    at = start
    limit = len(pieces)
    while at < limit:
        piece = pieces[at]
        low = piece.low
        if low == "." and at + 1 < limit and at > start and pieces[at - 1].capital and pieces[at + 1].capital:
            at += 1
            continue
        if low == "(":
            closing = next((k for k in range(at, min(at + 9, limit)) if pieces[k].low == ")"), None)
            if closing is None:
                break
            at = closing + 1
            continue
        if low in classes.MARKS and not (low == QUOTE and inner_quote(piece) and at > start):
            break
        if at > start and (
            low in {"who", "that", "which", "when", "while", "as", "after", "before", "during", "because"}
            or low in classes.WEEKDAYS
        ):
            break
        if at > start and low == "to" and not _takes_to(pieces[at - 1].low):
            break
        if at > start and (low in classes.PERSONAL or low in classes.AUX or _time_phrase(pieces, at)):
            break
        if (
            at > start
            and low in {"in", "on", "at"}
            and at + 1 < limit
            and pieces[at + 1].low in {"a", "an", "his", "her", "its", "twitter", "monday"}
        ):
            break
        at += 1
    while at > start and pieces[at - 1].low in classes.PREPOSITIONS | {"and"}:
        at -= 1
    return (start, at) if at > start and nounish(pieces[at - 1]) else None


def _time_phrase(pieces: Sequence[Piece], at: int) -> bool:
    low = pieces[at].low
    if low in {"on", "in", "late", "early", "last", "earlier", "this"} and at + 1 < len(pieces):
        following = pieces[at + 1]
        return following.low in classes.TIME or following.low[:4].isdigit()
    return low in {"yesterday", "today", "tonight"}


_OCCASIONS = frozenset(
    "statement interview speech report email e-mail letter briefing conference tweet post note memo filing release "
    "hearing call message article court testimony video remarks debate appearance op-ed column podcast affidavit press "
    "tweets posts rally event meeting session show program programme".split()
)


def skip_adverbials(pieces: Sequence[Piece], start: int, *, phrases: bool) -> int:
    """Return where what is said may begin: past times, occasions and addressees after the verb.

    With `phrases` prepositional phrases are skipped too, up to a mark or "that"; without either all is skipped.
    """
    at, limit = start, len(pieces)
    while at < limit:
        low = pieces[at].low
        if (
            low in classes.TIME
            or (low.endswith("ly") and len(low) > 4 and not pieces[at].capital)
            or low in {"again", "simply"}
        ):
            if low in {"this", "may", "last", "next", "late", "early"} and not (
                at + 1 < limit and pieces[at + 1].low in classes.TIME
            ):
                return at
            at += 1
            continue
        if low in {"on", "in"} and at + 1 < limit and (pieces[at + 1].low in classes.TIME or _year(pieces[at + 1].low)):
            at += 2
            while at < limit and (pieces[at].low in classes.TIME or pieces[at].low[:1].isdigit()):
                at += 1
            continue
        if not phrases or low not in {
            "in",
            "on",
            "at",
            "during",
            "to",
            "after",
            "of",
            "about",
            "by",
            "via",
            "through",
            "from",
            "with",
            "as",
            "under",
            "before",
            "when",
            "while",
        }:
            return at
        past = _phrase_end(pieces, at)
        if past is None:
            return limit
        at = past
    return at


def _year(low: str) -> bool:
    return len(low) == 4 and low.isdigit()


def _phrase_end(pieces: Sequence[Piece], at: int) -> int | None:
    """Return where a prepositional phrase ends that stands between verb and content."""
    for k in range(at + 1, min(at + 25, len(pieces))):
        low = pieces[k].low
        if low in {"that", ":", QUOTE}:
            return k
        if low == "," and k + 1 < len(pieces):
            return k
        if low in {".", ";", "?", "!"} and not (low == "." and pieces[k - 1].capital and k + 1 < len(pieces)):
            return None
        if (
            low in _OCCASIONS
            and k + 1 < len(pieces)
            and pieces[k + 1].low not in classes.PREPOSITIONS | {",", ".", "and", "that", ":"} | classes.MARKS
        ):
            return k + 1
        if low in _OCCASIONS and k + 1 < len(pieces) and pieces[k + 1].low in {"on", "in", "with", "to", "at", "after"}:
            continue
        if k > at + 1 and low in classes.PERSONAL:
            return k
    return None
