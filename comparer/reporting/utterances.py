"""Show each utterance that is printed in several forms: a table of aligned words, typed changes beneath."""

from __future__ import annotations

from typing import NamedTuple

from comparer.model import Passage, QuoteReading, Utterance
from comparer.reporting.context import EventContext, View
from comparer.reporting.words import MANNERS, SAID, SHORT_WORDS, Laid, clip, clip_words, sweep, tidy


class Piece(NamedTuple):
    """Show what a reading prints in one column: "all", "some", "only" or "none" of the readings print the same.

    `moved` says "printed earlier" or "printed later" where the reading's own order differs from the columns'.
    """

    text: str
    look: str
    moved: str = ""


def utterances(ctx: EventContext) -> list[View]:
    """Return the utterances of an event, those with changes first."""
    ordered = sorted(ctx.event.utterances, key=lambda u: not _changed(u))
    return [_view(ctx, said, n) for n, said in enumerate(ordered, start=1)]


def _changed(said: Utterance) -> bool:
    return any(change.kind != "identical" for change in said.changes)


def _view(ctx: EventContext, said: Utterance, number: int) -> View:
    columns = max((len(r.columns) for r in said.readings), default=0)
    words = [[_column(ctx, r, k) for k in range(columns)] for r in said.readings]
    forms = [_form(ctx, r, words, n) for n, r in enumerate(said.readings)]
    return {
        "id": f"{ctx.prefix}q{number}",
        "title": clip(ctx.text(said.readings[0].passage).strip("\"“”'‘’« »"), 60),
        "row": said.row if said.row in ctx.shared_ids else None,
        "columns": columns,
        "forms": forms,
        "changes": [{"kind": SAID["changes"][c.kind], "sides": [ctx.side(s) for s in c.sides]} for c in said.changes],
        "translation": said.possible_translation,
        "same": not _changed(said),
        "moved": any(form["moved"] for form in forms),
    }


def _column(ctx: EventContext, reading: QuoteReading, column: int) -> str | None:
    span = reading.columns[column] if column < len(reading.columns) else None
    return None if span is None else ctx.span_text(reading.article, span)


def _form(ctx: EventContext, reading: QuoteReading, words: list[list[str | None]], place: int) -> View:
    """Show one printed form, column by column."""
    look, manner = MANNERS[reading.manner]
    left = SHORT_WORDS if ctx.redact else None
    moved = _moved(reading)
    pieces = []
    for column, text in enumerate(words[place]):
        if text is None:
            pieces.append(Piece("", "none"))
            continue
        shown = text
        if left is not None:
            size = len(text.split())
            shown = text if size <= left else clip_words(text, max(left, 0))
            left -= size
        pieces.append(Piece(shown, _agreement(text, [line[column] for line in words]), moved.get(column, "")))
    return {
        "outlet": ctx.outlets[reading.article],
        "look": look,
        "manner": manner,
        "place": ctx.link(Passage(ctx.event.articles[reading.article], reading.passage.span)),
        "pieces": pieces,
        "moved": bool(moved),
        "language": ctx.analysed[reading.article].article.language,
        "runs": _runs(ctx, reading, pieces),
    }


def _moved(reading: QuoteReading) -> dict[int, str]:
    """Say which columns a reading prints earlier or later than they stand, moving as few as possible.

    What stays is the longest run of columns whose places in the text ascend; the first of equals.
    """
    placed = [(column, span.start) for column, span in enumerate(reading.columns) if span is not None]
    best: list[list[int]] = [[]]  # the longest run that ends with each column, after an empty one
    for n, (_, start) in enumerate(placed):
        before = (run for run in best if not run or placed[run[-1]][1] <= start)
        best.append([*max(before, key=len), n])
    stays = max(best, key=len)
    printed = sorted(range(len(placed)), key=lambda n: placed[n][1])
    return {
        column: "printed earlier" if printed.index(n) < n else "printed later"
        for n, (column, _) in enumerate(placed)
        if n not in stays
    }


def _runs(ctx: EventContext, reading: QuoteReading, pieces: list[Piece]) -> tuple[tuple[str, str], ...]:
    """Return the quotation as printed, in its own order, in runs of one look ("only", "some", "moved" or none)."""
    laid = []
    for span, piece in zip(reading.columns, pieces, strict=True):
        look = piece.look if piece.look in ("only", "some") else ""
        if span is not None and (look or piece.moved):
            laid.append(Laid(span, f"{look} moved".strip() if piece.moved else look))
    text = ctx.analysed[reading.article].article.text
    if ctx.redact:
        return ((ctx.text(reading.passage), ""),)
    return tuple((run.span.of(text), " ".join(run.marks)) for run in sweep(reading.passage.span, laid))


def _agreement(text: str, column: list[str | None]) -> str:
    same = sum(tidy(other or "").casefold() == text.casefold() for other in column)
    return "all" if same == len(column) else "some" if same > 1 else "only"
