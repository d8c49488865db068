"""Read what reviewers decided: beside the pages in `review.toml`, and in the file that a report exports.

In: a folder, or a JSON file as docs/review-format.md describes it. Out: decisions by page, or a Review. What does not
parse, names an unknown kind, page, field or action, or decides twice on one thing, is refused with place and remedy: a
decision that is silently passed over would be worse than none.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from comparer.errors import StaleReviewError
from comparer.model import (
    ArticleId,
    BlockDecision,
    Decision,
    FindingDecision,
    Judgement,
    PageDecision,
    Passage,
    Review,
    RowAction,
    RowDecision,
    Span,
)
from comparer.model.finding import VERDICTS
from comparer.reading.metadata import iso_date
from comparer.reading.user_files import toml_table
from comparer.records import expect_format, parsed, read_file

REVIEW_FILE = "review.toml"
_FIELDS = {"page": str, "line": int, "text": str, "decision": str, "sha256": str, "note": str}
_REQUIRED = ("page", "line", "text", "decision")
FORMAT, FORMAT_VERSION = "comparer-review", 1
_REMEDY = "Export the review from the report again, or correct the file: docs/review-format.md describes it."
_HEAD = {"format": str, "format_version": int, "reviewer": str, "made": str, "about": dict}
_LISTS = {"findings": list, "rows": list, "blocks": list}
_PLACE = {"article": str, "start": int, "end": int}

_Made = TypeVar("_Made")


def read_review(folder: Path) -> tuple[Decision, ...]:
    """Return the decisions in a folder's review file, in file order; none where there is no such file.

    Raises:
        StaleReviewError: naming the file, the entry and the remedy.
    """
    file = folder / REVIEW_FILE
    table = toml_table(file, _shown(file), StaleReviewError)
    if table is None:
        return ()
    entries = table.get("block", [])
    unknown = sorted(set(table) - {"block", "page"})
    if unknown or not isinstance(entries, list):
        told = ", ".join(unknown) or "block"
        raise StaleReviewError(f"{_shown(file)}: holds {told} where only [[block]] and [[page]] tables go.")
    return tuple(_decision(file, number, entry) for number, entry in enumerate(entries, start=1))


def read_page_decisions(folder: Path) -> tuple[PageDecision, ...]:
    """Return what a folder's review file says of whole pages, in file order.

    Raises:
        StaleReviewError: naming the file, the entry and the remedy.
    """
    file = folder / REVIEW_FILE
    entries = (toml_table(file, _shown(file), StaleReviewError) or {}).get("page", [])
    needed = {field.name for field in dataclasses.fields(PageDecision)}
    for number, entry in enumerate(entries, start=1):
        good = isinstance(entry, dict) and set(entry) <= needed and all(type(v) is str for v in entry.values())
        day = str(entry.get("published", "")) if good else ""
        if not good or not (file.parent / entry.get("page", "")).is_file() or (day and not iso_date(day)):
            where = f"{_shown(file)}, page {number}"
            raise StaleReviewError(
                f"{where}: write page, a file beside this one, and outlet or published (2026-03-05)."
            )
    return tuple(PageDecision(**entry) for entry in entries)


def _decision(file: Path, number: int, entry: Any) -> Decision:  # noqa: ANN401 - whatever the file holds
    where = f"{_shown(file)}, decision {number}"
    if not isinstance(entry, dict):
        raise StaleReviewError(f"{where}: is no table. Write it below [[block]].")
    wrong = [k for k, v in entry.items() if k not in _FIELDS or type(v) is not _FIELDS[k]]
    wrong += [k for k in _REQUIRED if k not in entry]
    if wrong:
        raise StaleReviewError(
            f"{where}: {', '.join(sorted(wrong))} is missing or not understood. Needed: page, line (a number), text and"
            " decision; sha256 and note may stand beside them."
        )
    if entry["decision"] not in VERDICTS:
        raise StaleReviewError(f"{where}: {entry['decision']!r} is no decision. Use one of {', '.join(VERDICTS)}.")
    if not (file.parent / entry["page"]).is_file():
        raise StaleReviewError(f"{where}: there is no page {entry['page']!r} beside the file. Correct or remove it.")
    return Decision(
        entry["page"], entry["line"], entry["text"], entry["decision"], entry.get("sha256", ""), entry.get("note", "")
    )


def _shown(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


def read_review_file(path: Path) -> Review:
    """Return the review in a file.

    Raises:
        StaleReviewError: where it cannot be understood.
        UnreadableInputError: where it cannot be read, or is no JSON, no review or of another version.
    """
    return review_from(read_file(path, f"cannot read the review {path}"), name=path.name)


def review_from(data: bytes, *, name: str) -> Review:
    """Return the review in the bytes of a file of that name; raise as `read_review_file` does."""
    record = parsed(data, name=name, remedy=_REMEDY)
    expect_format(record, name=name, wanted=FORMAT, version=FORMAT_VERSION, remedy=_REMEDY)
    _expect(record, name, needed=("format", "format_version"), known=_HEAD | _LISTS)
    return Review(
        name=name,
        reviewer=record.get("reviewer", ""),
        made=record.get("made", ""),
        findings=_each(record, "findings", name, _finding, key=lambda d: d.finding),
        rows=_each(record, "rows", name, _row, key=lambda d: (d.action, d.rows, d.claim)),
        blocks=_each(record, "blocks", name, _block, key=lambda d: d.passage),
    )


def _each(
    record: dict[str, Any],
    field: str,
    name: str,
    make: Callable[[Any, str], _Made],
    *,
    key: Callable[[_Made], object],
) -> tuple[_Made, ...]:
    made = tuple(make(entry, f"{name}, {field}, entry {n}") for n, entry in enumerate(record.get(field, ()), start=1))
    seen: set[object] = set()
    for number, one in enumerate(made, start=1):
        if key(one) in seen:
            raise StaleReviewError(f"{name}, {field}, entry {number}: decides a second time on one thing. Keep one.")
        seen.add(key(one))
    return made


def _finding(entry: Any, where: str) -> FindingDecision:  # noqa: ANN401 - whatever the file holds
    _expect(entry, where, needed=("id", "decision"), known={"id": str, "decision": str, "note": str})
    judgement = Judgement(_among(entry["decision"], [str(j) for j in Judgement], where))
    note = entry.get("note", "")
    if judgement is Judgement.NOTE and not note.strip():
        raise StaleReviewError(f"{where}: a decision to note needs a text in note.")
    return FindingDecision(entry["id"], judgement, note)


def _row(entry: Any, where: str) -> RowDecision:  # noqa: ANN401 - as _finding
    known = {"action": str, "row": str, "rows": list, "claim": dict, "note": str}
    _expect(entry, where, needed=("action",), known=known)
    action = RowAction(_among(entry["action"], [str(a) for a in RowAction], where))
    note = entry.get("note", "")
    if action is RowAction.TAKE_OUT:
        _expect(entry, where, needed=("action", "row", "claim"), known={**known, "rows": None})
        _expect(entry["claim"], f"{where}, claim", needed=tuple(_PLACE), known=_PLACE)
        return RowDecision(action, (entry["row"],), _passage(entry["claim"], where), note)
    _expect(entry, where, needed=("action", "rows"), known={**known, "row": None, "claim": None})
    rows = entry["rows"]
    if len(rows) < 2 or len(set(map(str, rows))) < len(rows) or not all(type(row) is str for row in rows):
        raise StaleReviewError(f"{where}: to join takes the keys of two different rows or more in rows.")
    return RowDecision(action, tuple(rows), None, note)


def _block(entry: Any, where: str) -> BlockDecision:  # noqa: ANN401 - as _finding
    known = {**_PLACE, "decision": str, "note": str}
    _expect(entry, where, needed=(*_PLACE, "decision"), known=known)
    return BlockDecision(_passage(entry, where), _among(entry["decision"], VERDICTS, where), entry.get("note", ""))


def _passage(entry: dict[str, Any], where: str) -> Passage:
    if not 0 <= entry["start"] < entry["end"]:
        raise StaleReviewError(f"{where}: start and end mark no characters: {entry['start']}, {entry['end']}.")
    return Passage(ArticleId(entry["article"]), Span(entry["start"], entry["end"]))


def _expect(entry: Any, where: str, *, needed: Iterable[str], known: dict[str, Any]) -> None:  # noqa: ANN401
    """Raise unless an entry is an object with the fields it needs and no other, each of its type."""
    if not isinstance(entry, dict):
        raise StaleReviewError(f"{where}: is no object. {_REMEDY}")
    wrong = sorted({k for k, v in entry.items() if type(v) is not known.get(k)} | {k for k in needed if k not in entry})
    if wrong:
        raise StaleReviewError(f"{where}: {', '.join(wrong)[:200]} is missing or not understood. {_REMEDY}")


def _among(value: str, allowed: Iterable[str], where: str) -> str:
    if value not in allowed:
        raise StaleReviewError(f"{where}: {value[:40]!r} is no decision. Use one of {', '.join(allowed)}.")
    return value
