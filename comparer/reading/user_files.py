"""Read what a user gives in files of their own: decisions of reviewers, wishes about events, word lists, site profiles.

In: a folder with `review.toml` or `events.toml`, the JSON that a report exports (docs/review-format.md), a TOML list
like the shipped ones, the profile that `comparer flag --learn-site` wrote. Out: decisions by page, a Review, wishes
with the pages' paths, groups that each name the shipped list they add to, a SiteProfile. What does not parse, names an
unknown page, kind or field, or decides twice on one thing is refused with file, place and remedy: a decision or a wish
that is silently passed over would be worse than none.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import tomli

from comparer.errors import StaleReviewError, UnreadableInputError
from comparer.model import (
    ArticleId,
    BlockDecision,
    BlockKind,
    Decision,
    FindingDecision,
    Judgement,
    PageDecision,
    Passage,
    RepeatedLine,
    Review,
    RowAction,
    RowDecision,
    SiteProfile,
    Span,
    WordGroup,
)
from comparer.model.finding import VERDICTS
from comparer.reading.metadata import iso_date
from comparer.records import expect_format, parsed, read_file

REVIEW_FILE, EVENTS_FILE = "review.toml", "events.toml"
KINDS = {"event": 1, "together": 2, "apart": 2}
"""The kinds of wishes, each with the pages that it needs at least."""
LISTS = ("loaded", "evaluation", "prediction", "hedges", "boosters")
KEYS = ("source", "licence", "inflect", "alone", "lead", "not_before")
RULES = ("verb", "noun", "adjective")
_SITE, _REVIEW, _VERSION = "comparer site profile", "comparer-review", 1
_REMEDY = "Export the review from the report again, or correct the file: docs/review-format.md describes it."
_PLACE = {"article": str, "start": int, "end": int}

_Made = TypeVar("_Made")


class EventWish(NamedTuple):
    """Hold one wish: `kind` is event (exactly these), together (these and theirs) or apart (no two of these)."""

    kind: str
    pages: tuple[Path, ...]
    where: str


def toml_table(
    file: Path, name: str, error: type[StaleReviewError | UnreadableInputError] = UnreadableInputError
) -> dict[str, Any] | None:
    """Return what a TOML file holds, or None where there is none; raise an error with its name where it is no TOML."""
    if not file.exists():
        return None
    try:
        return tomli.loads(read_file(file, name).decode("utf-8-sig"))
    except UnreadableInputError as wrong:
        raise error(str(wrong)) from wrong
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise error(f"{name}: is no TOML: {wrong}. Correct that place.") from wrong


def read_review(folder: Path) -> tuple[Decision, ...]:
    """Return the decisions in a folder's review file, in file order; raise StaleReviewError where one means nothing."""
    known = {"page": str, "line": int, "text": str, "decision": str, "sha256": str, "note": str}
    found = []
    for number, entry in enumerate(_reviewed(folder, "block"), start=1):
        where = f"{folder.name}/{REVIEW_FILE}, decision {number}"
        if not isinstance(entry, dict):
            raise StaleReviewError(f"{where}: is no table. Write it below [[block]].")
        if wrong := _wrong(entry, ("page", "line", "text", "decision"), known):
            needed = "page, line (a number), text and decision; sha256 and note may stand beside them"
            raise StaleReviewError(f"{where}: {', '.join(wrong)} is missing or not understood. Needed: {needed}.")
        page, verdict = entry["page"], _among(entry["decision"], VERDICTS, where)
        if not (folder / page).is_file():
            raise StaleReviewError(f"{where}: there is no page {page!r} beside the file. Correct or remove it.")
        kept = entry.get("sha256", ""), entry.get("note", "")
        found.append(Decision(page, entry["line"], entry["text"], verdict, *kept))
    return tuple(found)


def read_page_decisions(folder: Path) -> tuple[PageDecision, ...]:
    """Return what a folder's review file says of whole pages; raise StaleReviewError where an entry means nothing."""
    entries = _reviewed(folder, "page")
    known = {field.name: str for field in dataclasses.fields(PageDecision)}
    for number, entry in enumerate(entries, start=1):
        good = isinstance(entry, dict) and not _wrong(entry, ("page",), known) and (folder / entry["page"]).is_file()
        if not good or (entry.get("published") and not iso_date(entry["published"])):
            remedy = "write page, a file beside this one, and outlet or published (2026-03-05)"
            raise StaleReviewError(f"{folder.name}/{REVIEW_FILE}, page {number}: {remedy}.")
    return tuple(PageDecision(**entry) for entry in entries)


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
    expect_format(record, name=name, wanted=_REVIEW, version=_VERSION, remedy=_REMEDY)
    head = {"format": str, "format_version": int, "reviewer": str, "made": str, "about": dict}
    _expect(record, name, ("format", "format_version"), {**head, "findings": list, "rows": list, "blocks": list})

    def each(field: str, make: Callable[[Any, str], _Made], *subject: str) -> tuple[_Made, ...]:
        """Return the decisions in a list; raise where two of them are on one thing."""
        made = [make(entry, f"{name}, {field}, entry {n}") for n, entry in enumerate(record.get(field, ()), start=1)]
        of, seen = attrgetter(*subject), set()
        for number, one in enumerate(made, start=1):
            if of(one) in seen:
                raise StaleReviewError(
                    f"{name}, {field}, entry {number}: decides a second time on one thing. Keep one."
                )
            seen.add(of(one))
        return tuple(made)

    return Review(
        name,
        record.get("reviewer", ""),
        record.get("made", ""),
        each("findings", _finding, "finding"),
        each("rows", _row, "action", "rows", "claim"),
        each("blocks", _block, "passage"),
    )


def read_events(folder: Path) -> tuple[EventWish, ...]:
    """Return the wishes in a folder's events file, kind by kind; raise UnreadableInputError where one means nothing."""
    name = f"{folder.resolve().name}/{EVENTS_FILE}"
    table = toml_table(folder / EVENTS_FILE, name) or {}
    if unknown := sorted(k for k, v in table.items() if k not in KINDS or not isinstance(v, list)):
        kinds = ", ".join(f"[[{kind}]]" for kind in KINDS)
        raise UnreadableInputError(f"{name}: {', '.join(unknown)} is not understood. Use {kinds}.")
    return tuple(
        _wish(folder, kind, entry, f"{name}, [[{kind}]] {number}")
        for kind in KINDS
        for number, entry in enumerate(table.get(kind, []), start=1)
    )


def read_word_list(path: Path) -> tuple[WordGroup, ...]:
    """Return the groups of a user's file, in file order; raise UnreadableInputError where one means nothing."""
    tables = toml_table(path, str(path))
    if tables is None:
        raise UnreadableInputError(f"{path}: cannot be read (No such file or directory). Check the path.")
    groups = tables.get("groups")
    if not isinstance(groups, dict) or not groups or set(tables) != {"groups"}:
        raise UnreadableInputError(f"{path}: holds no word list. Write a [groups.NAME] table for each group, no more.")
    return tuple(_group(f"{path}, [groups.{name}]", name, table) for name, table in groups.items())


def read_site(path: Path) -> SiteProfile:
    """Return the profile in a file; raise UnreadableInputError naming the file, what is wrong and what to do."""
    remedy = "Write it again with `comparer flag PAGES --learn-site FILE`."
    record = parsed(read_file(path, str(path)), name=str(path), remedy=remedy)
    expect_format(record, name=str(path), wanted=_SITE, version=_VERSION, remedy=remedy)
    try:
        lines = sorted((_line(line) for line in record["lines"]), key=lambda line: line.template)
        return SiteProfile(str(record["outlet"]), int(record["pages"]), int(record["stories"]), tuple(lines))
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableInputError(f"{path}: lacks or garbles {error}. {remedy}") from error


def _reviewed(folder: Path, kind: str) -> list[Any]:
    """Return what a folder's review file holds in tables of one kind, block or page."""
    name = f"{folder.name}/{REVIEW_FILE}"
    table = toml_table(folder / REVIEW_FILE, name, StaleReviewError) or {}
    unknown = sorted(set(table) - {"block", "page"}) or [key for key in table if not isinstance(table[key], list)]
    if unknown:
        raise StaleReviewError(f"{name}: holds {', '.join(unknown)} where only [[block]] and [[page]] tables go.")
    return list(table.get(kind, []))


def _finding(entry: Any, where: str) -> FindingDecision:  # noqa: ANN401 - whatever the file holds
    _expect(entry, where, ("id", "decision"), {"id": str, "decision": str, "note": str})
    judgement = Judgement(_among(entry["decision"], list(Judgement), where))
    note = entry.get("note", "")
    if judgement is Judgement.NOTE and not note.strip():
        raise StaleReviewError(f"{where}: a decision to note needs a text in note.")
    return FindingDecision(entry["id"], judgement, note)


def _row(entry: Any, where: str) -> RowDecision:  # noqa: ANN401 - as _finding
    known = {"action": str, "note": str, "row": str, "rows": list, "claim": dict}
    _expect(entry, where, ("action",), known)
    action = RowAction(_among(entry["action"], list(RowAction), where))
    takes = ("row", "claim") if action is RowAction.TAKE_OUT else ("rows",)
    _expect(entry, where, ("action", *takes), {key: known[key] for key in ("action", "note", *takes)})
    note = entry.get("note", "")
    if action is RowAction.TAKE_OUT:
        _expect(entry["claim"], f"{where}, claim", tuple(_PLACE), _PLACE)
        return RowDecision(action, (entry["row"],), _passage(entry["claim"], where), note)
    rows = entry["rows"]
    if len(rows) < 2 or len(set(map(str, rows))) < len(rows) or not all(type(row) is str for row in rows):
        raise StaleReviewError(f"{where}: to join takes the keys of two different rows or more in rows.")
    return RowDecision(action, tuple(rows), None, note)


def _block(entry: Any, where: str) -> BlockDecision:  # noqa: ANN401 - as _finding
    _expect(entry, where, (*_PLACE, "decision"), {**_PLACE, "decision": str, "note": str})
    return BlockDecision(_passage(entry, where), _among(entry["decision"], VERDICTS, where), entry.get("note", ""))


def _passage(entry: dict[str, Any], where: str) -> Passage:
    if not 0 <= entry["start"] < entry["end"]:
        raise StaleReviewError(f"{where}: start and end mark no characters: {entry['start']}, {entry['end']}.")
    return Passage(ArticleId(entry["article"]), Span(entry["start"], entry["end"]))


def _expect(entry: Any, where: str, needed: Iterable[str], known: dict[str, Any]) -> None:  # noqa: ANN401 - as _finding
    """Raise unless an entry is an object with the fields it needs and no other, each of its type."""
    if not isinstance(entry, dict):
        raise StaleReviewError(f"{where}: is no object. {_REMEDY}")
    if wrong := _wrong(entry, needed, known):
        raise StaleReviewError(f"{where}: {', '.join(wrong)[:200]} is missing or not understood. {_REMEDY}")


def _wrong(entry: dict[str, Any], needed: Iterable[str], known: dict[str, Any]) -> list[str]:
    """Return the fields that an entry lacks, or that are unknown or of another type than the known one."""
    return sorted({k for k, v in entry.items() if type(v) is not known.get(k)} | {k for k in needed if k not in entry})


def _among(value: str, allowed: Sequence[str], where: str) -> str:
    if value not in allowed:
        raise StaleReviewError(f"{where}: {value[:40]!r} is no decision. Use one of {', '.join(allowed)}.")
    return value


def _wish(folder: Path, kind: str, entry: Any, where: str) -> EventWish:  # noqa: ANN401 - as _finding
    fields = entry if isinstance(entry, dict) else {}
    names = fields.get("articles")
    if not isinstance(names, list) or len(set(map(str, names))) < KINDS[kind] or set(fields) - {"articles", "note"}:
        least = "at least one page" if KINDS[kind] == 1 else "two pages or more"
        raise UnreadableInputError(f'{where}: write articles = ["page.txt", ...] with {least}, and a note if you like.')
    for name in names:
        if not isinstance(name, str) or not (folder / name).is_file():
            raise UnreadableInputError(f"{where}: there is no page {name!r} beside the file. Correct or remove it.")
    return EventWish(kind, tuple((folder / name).resolve() for name in dict.fromkeys(names)), where)


def _group(where: str, name: str, table: Any) -> WordGroup:  # noqa: ANN401 - as _finding
    if not isinstance(table, dict) or table.get("list") not in LISTS:
        raise UnreadableInputError(f"{where}: names no list. Add list = one of {', '.join(LISTS)}.")
    if unknown := sorted(set(table) - {"list", "entries", *KEYS}):
        raise UnreadableInputError(f"{where}: nobody reads {', '.join(unknown)}. Use entries, {', '.join(KEYS)}.")
    entries = table.get("entries")
    if not isinstance(entries, list) or not all(isinstance(e, str) and e.strip() for e in entries):
        raise UnreadableInputError(f"{where}: entries must be a list of words or phrases; [] switches a group off.")
    meta = tuple((key, table[key]) for key in KEYS if key in table)
    wrong = [key for key, value in meta if not isinstance(value, str) or (key == "inflect" and value not in RULES)]
    if wrong:
        raise UnreadableInputError(f"{where}: {wrong[0]} is no string, or none of {', '.join(RULES)}. Correct it.")
    return WordGroup(table["list"], name, tuple(dict.fromkeys(e.strip() for e in entries)), meta)


def _line(record: dict[str, Any]) -> RepeatedLine:
    """Return a line of a site profile; raise ValueError, TypeError or KeyError where it is none."""
    if set(record) != {field.name for field in dataclasses.fields(RepeatedLine)} or type(record["template"]) is not str:
        raise ValueError(f"the line {str(record)[:60]}")
    pages, stories, dropped, titles = (int(record[name]) for name in ("pages", "stories", "dropped", "titles"))
    return RepeatedLine(record["template"], pages, stories, dropped, titles, BlockKind(record["kind"]))
