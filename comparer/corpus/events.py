"""Compare the events in small batches, and put what they give into the datasets of their days.

In: events of articles that lie in the datasets. Out: every dataset of events, a file a day, and a page for each event
of two texts or more. An event belongs to the day of its first article. What an event gives depends on its own articles
and the settings alone: as long as those stay, it is not compared again, whatever else comes in. What grouping says of
it beside the others (`confidence`, `terms`, `nearest`) is written anew where it changes, and stands on no page.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from comparer import __version__
from comparer.corpus import store
from comparer.corpus.engine import Engine, packed
from comparer.corpus.intake import REJECTED
from comparer.corpus.tables import Rows, articles_of, event_rows, line_of
from comparer.corpus.windows import Event
from comparer.model import Article, Config

BATCH = 24  # articles that one task compares: a few seconds' work, half a minute with the small model
DAYS_HELD = 6  # files of days that a process keeps open: a batch reads those of an event's few days
PAGES, WORK = "pages", "events"


class Made(NamedTuple):
    """Hold what every event is compared with."""

    out: Path
    config: Config
    made_with: tuple[tuple[str, str], ...]
    pages: bool
    stamp: str


class Batch(NamedTuple):
    """Hold events of one day that one task compares: the ids of their articles, and the days these lie in."""

    made: Made
    day: str
    events: tuple[tuple[str, ...], ...]
    days: tuple[str, ...]
    key: str

    @property
    def folder(self) -> Path:
        """Return where its rows and pages wait for the day to be whole."""
        return self.made.out / store.WORK / WORK / self.day / self.key


class Day(NamedTuple):
    """Hold what a day shall consist of: what grouping says of each event, and which events stand as they are."""

    made: Made
    day: str
    keys: Mapping[str, str]
    shown: Mapping[str, Mapping[str, Any]]

    @property
    def record(self) -> Path:
        """Return the file that says what the day consists of, written when all of it stands."""
        return self.made.out / store.WORK / "days" / f"{self.day}.json"

    def told(self) -> dict[str, Any]:
        """Return what that file says."""
        return {"events": self.keys, "shown": store.digest(sorted(self.shown.items()))}


def compare_all(
    made: Made, events: Sequence[Event], keys: Mapping[str, Mapping[str, str]], engine: Engine
) -> list[str]:
    """Compare the events that are new or changed, and write the days that they belong to.

    Returns lines of JSON about events that could not be compared.
    """
    home = {one: day for day, found in keys.items() for one in found}
    days: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        days[min(home[one] for one in event.articles)].append(event)
    changed: list[Day] = []
    batches: list[Batch] = []
    for name in sorted({*days, *(file.stem for file in (made.out / store.WORK / "days").glob("*.json"))}):
        told = {
            event.articles[0]: store.digest(made.stamp, [(one, keys[home[one]][one]) for one in event.articles])
            for event in days[name]
        }
        day = Day(made, name, told, {event.articles[0]: event.shown for event in days[name]})
        if store.read_record(day.record) != day.told():
            changed.append(day)
            batches += _batches(day, days[name], home)
    for folder in {*(made.out / store.WORK / WORK).glob("*/*")} - {batch.folder for batch in batches}:
        shutil.rmtree(folder)  # an earlier run compared what this one does not want
    waiting = [batch for batch in batches if not batch.folder.exists()]
    engine.report("comparing", 0, len(waiting))
    engine.work("comparing", _compare, waiting)
    return [line for lines in engine.work("writing", _collect, changed) for line in lines]


def _batches(day: Day, events: Sequence[Event], home: Mapping[str, str]) -> Iterator[Batch]:
    """Yield the events of a day that are not there yet, in batches of so many articles."""
    known = store.read_record(day.record).get("events", {})
    new = [event.articles for event in events if known.get(event.articles[0]) != day.keys[event.articles[0]]]
    for part in packed(new, size=len, most=BATCH, many=BATCH):
        days = tuple(sorted({home[one] for articles in part for one in articles}))
        yield Batch(day.made, day.day, part, days, store.digest([day.keys[articles[0]] for articles in part]))


def _compare(batch: Batch) -> None:
    """Compare the events of a batch; an event that breaks our code is named among what was rejected."""
    rows: Rows = {name: [] for name in store.OF_EVENTS}
    pages: dict[str, str] = {}
    for members in batch.events:
        try:
            for name, found in _compared(batch, members, pages).items():
                rows[name] += found
        except Exception as error:  # noqa: BLE001 - an event of a million that breaks our code must not end the run
            reason = f"our fault: {type(error).__name__}: {error}"
            told = {"file": "", "place": f"the event of article {members[0]}", "reason": reason}
            pages[REJECTED] = pages.get(REJECTED, "") + json.dumps(told, ensure_ascii=False) + "\n"
    store.write_shard(batch.folder, {name: store.table_of(name, found) for name, found in rows.items()}, pages)


def _compared(batch: Batch, members: Sequence[str], pages: dict[str, str]) -> Rows:
    from comparer.grouping.clusters import one_group
    from comparer.pipeline import Plan, compare_alone, in_order
    from comparer.reporting.html import index_line, render_event
    from comparer.reviewing import Reviewing

    made = batch.made
    articles = tuple(in_order(_articles(made.out, batch.days, members)))
    alone = compare_alone(Plan(articles, (one_group(articles),), made.config, Reviewing(()), made.made_with))
    rows = event_rows(alone, index_line(alone))
    if made.pages and len(articles) > 1:
        name, page = render_event(alone, home="index.html")
        pages[Path(name).name] = page
        rows["events"][0]["page"] = f"{PAGES}/{batch.day}/{Path(name).name}"
    return rows


def _articles(out: Path, days: Sequence[str], members: Sequence[str]) -> Iterator[Article]:
    left = set(members)
    for day in days:
        tables = []
        for name, column in (("articles", "id"), ("blocks", "article")):
            file = store.part_of(out, name, day)
            tables.append(store.rows_of(_held(file, file.stat().st_mtime_ns), column, left))
        for article in articles_of(*tables):
            left.discard(article.id)
            yield article


@lru_cache(maxsize=2 * DAYS_HELD)
def _held(file: Path, changed: int) -> store.Table:
    del changed
    return store.read_table(file)


def _collect(day: Day) -> list[str]:
    """Write a day's files from what waits for it and what stands there already, then its pages and its list."""
    out = day.made.out
    if not day.keys:  # its events now begin on an earlier day
        for folder in (*(store.part_of(out, name, day.day).parent for name in store.OF_EVENTS), out / PAGES / day.day):
            shutil.rmtree(folder, ignore_errors=True)
        day.record.unlink(missing_ok=True)
        return []
    kept = store.read_record(day.record).get("events", {})
    work = out / store.WORK / WORK / day.day
    shards = store.shards_in(work)
    old = store.part_of(out, "events", day.day)
    before = store.read_table(old, ("id", "articles")).to_pylist() if old.exists() else []
    firsts = {row["id"]: min(row["articles"]) for row in before}
    stay = [name for name, first in firsts.items() if first in kept and kept[first] == day.keys.get(first)]
    events: list[dict[str, Any]] = []
    for name in store.OF_EVENTS if kept != day.keys else ("events",):
        table = _gathered(day, name, shards, stay)
        if name == "events":
            events = [row | day.shown[min(row["articles"])] for row in table.to_pylist()]
            table = store.table_of(name, events)
        store.write_table(store.part_of(out, name, day.day), table)
    _move_pages(day, shards, events)
    files = [shard / REJECTED for shard in shards if (shard / REJECTED).exists()]
    broken = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    store.write_record(day.record, day.told())
    if work.exists():
        shutil.rmtree(work)
    return broken


def _gathered(day: Day, name: str, shards: Sequence[Path], stay: Sequence[str]) -> store.Table:
    """Return the rows of a dataset: those that wait, and those of events that stay as they are."""
    column = "id" if name == "events" else "event"
    parts = [store.table_of(name, []), *(store.read_table(shard / f"{name}.parquet") for shard in shards)]
    file = store.part_of(day.made.out, name, day.day)
    if stay and file.exists():
        parts.append(store.rows_of(store.read_table(file), column, stay))
    return store.joined(parts, (column,))


def _move_pages(day: Day, shards: Sequence[Path], events: Sequence[Mapping[str, Any]]) -> None:
    """Put the pages of a day in their folder, take away those of events that are gone, and write the day's list."""
    from comparer.reporting.html import render_index

    folder = day.made.out / PAGES / day.day
    paged = {Path(row["page"]).name: row for row in events if row["page"]}
    for page in (page for shard in shards for page in shard.glob("*.html") if page.name in paged):
        store.write_text(folder / page.name, page.read_text(encoding="utf-8"))
    if paged:
        lines = [line_of(row, href=name) for name, row in paged.items()]
        store.write_text(folder / "index.html", render_index(lines, version=__version__))
    for page in folder.glob("*.html") if folder.exists() else ():
        if page.name not in {*paged, "index.html"} or not paged:
            page.unlink()
