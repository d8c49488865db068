"""Run the stages over a corpus, and tell what it holds: articles by day, events in windows, comparisons, the lists.

In: saved pages and a folder. Out: the datasets, pages and lists in that folder. A run that was killed goes on where it
was; one that finds nothing new leaves every dataset as it is. Equal input and settings give equal datasets, however
often a run was killed, whatever came in first and whoever did the work.
"""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterator, Mapping
from filecmp import cmp
from pathlib import Path
from typing import Any, NamedTuple

from pyarrow.parquet import read_metadata

from comparer import __version__
from comparer.corpus import store
from comparer.corpus.engine import Engine
from comparer.corpus.events import PAGES, WORK, Made, compare_all
from comparer.corpus.intake import INTAKE, REJECTED, reject, take_in
from comparer.corpus.windows import events_of
from comparer.errors import BadEvidenceError, UsageError
from comparer.model import Config

FORMAT = "comparer corpus"


class DayLine(NamedTuple):
    """Show one day in the list of days: its texts and events, and how many of those hold texts that differ in a fact.

    Counts are of events that began on that day.
    """

    day: str
    href: str
    events: int
    several: int
    texts: int
    conflicts: int


class Held(NamedTuple):
    """Count what a dataset holds."""

    name: str
    days: int
    rows: int
    megabytes: float


class Status(NamedTuple):
    """Tell what a corpus holds, what was rejected, and how many batches of a run that was ended wait to go on."""

    settings: Mapping[str, Any]
    datasets: tuple[Held, ...]
    rejected: int
    waiting: int


def run(
    source: Path,
    out: Path,
    engine: Engine,
    *,
    config: Config,
    fields: Mapping[str, str] | None = None,
    pages: bool = True,
) -> Status:
    """Take in what is new under `source`, compare what it changes, and return what the corpus now holds.

    Raises:
        UnreadableInputError: where there is no such file or folder, or no page in it.
        UsageError: where the folder holds other things, another run is at work in it, or no scheduler answers.
    """
    from comparer.pipeline import runnable
    from comparer.reporting.html import render_days
    from comparer.resources.loader import resource_digests

    source, out, config = source.resolve(), out.resolve(), runnable(config)
    if out == source or source in out.parents:
        raise UsageError(f"{out} lies in {source}: what a run writes would be read by the next. Name another --out.")
    made_with = resource_digests(reader=not config.fast)
    named, options = dict(fields or {}), dataclasses.asdict(config)
    reading = store.digest(__version__, resource_digests(reader=False), named)
    stamp = store.digest(reading, options, made_with, pages)
    settings = {"format": FORMAT, "version": __version__, "config": options, "pages": pages, "fields": named}
    with store.opened(out, settings | {"resources": dict(made_with)}):
        take_in(source, out, engine, fields=named, stamp=reading)
        keys = _keys(out)
        events = events_of(out, keys, engine)
        reject(out, compare_all(Made(out, config, made_with, pages, stamp), events, keys, engine))
        page, file = render_days([*_day_lines(out)], version=__version__), out / "index.html"
        if not file.exists() or file.read_text(encoding="utf-8") != page:
            store.write_text(file, page)
    return status(out)


def status(out: Path) -> Status:
    """Return what a corpus holds; raise UnreadableInputError where the folder is none."""
    settings = store.expect_corpus(out)
    found = []
    for name in store.DATASETS:
        files = [store.part_of(out, name, day) for day in store.days_of(out, name)]
        size = sum(file.stat().st_size for file in files) / 1e6
        found.append(Held(name, len(files), sum(read_metadata(file).num_rows for file in files), round(size, 1)))
    rejected = (out / REJECTED).read_bytes().count(b"\n") if (out / REJECTED).exists() else 0
    waiting = [*(out / store.WORK / INTAKE).glob("*.json"), *(out / store.WORK / WORK).glob("*/*")]
    return Status(settings, tuple(found), rejected, len(waiting))


def verify(out: Path, source: Path, engine: Engine) -> tuple[str, ...]:
    """Make a corpus again from its pages and compare all of its files, whose names are returned.

    Raises:
        BadEvidenceError: where a file is not, byte by byte, what is made of the pages, or is missing or too many.
        UnreadableInputError: where the folder is no corpus, or there are no such pages.
    """
    settings = store.expect_corpus(out)
    config = Config(fast=settings["config"]["fast"])
    with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.resolve().parent) as place:
        again = Path(place) / out.name
        run(source, again, engine, config=config, fields=settings["fields"], pages=settings["pages"])
        made, found = _files(again), _files(out)
        for name in sorted(made.keys() | found.keys()):
            if name not in found or name not in made or not cmp(made[name], found[name], shallow=False):
                raise BadEvidenceError(
                    f"{name}: {'is missing' if name not in found else 'is not what comparer makes of these pages'}. It"
                    " was changed after the run, pages came or went since, or another version of comparer made it."
                )
    return tuple(sorted(found))


def _files(out: Path) -> dict[str, Path]:
    """Return what a corpus consists of by name; what an ended run left to do is no part of it."""
    files = ((file, file.relative_to(out)) for file in out.rglob("*") if file.is_file())
    return {name.as_posix(): file for file, name in files if name.parts[0] != store.WORK}


def _keys(out: Path) -> dict[str, dict[str, str]]:
    """Return the keys of all articles by day and id; what stands on two days counts on the first."""
    seen: set[str] = set()
    found: dict[str, dict[str, str]] = {}
    for day in store.days_of(out):
        table = store.read_table(store.part_of(out, "articles", day), ("id", "key"))
        pairs = zip(table["id"].to_pylist(), table["key"].to_pylist(), strict=True)
        found[day] = {one: key for one, key in pairs if one not in seen}
        seen.update(found[day])
    return found


def _day_lines(out: Path) -> Iterator[DayLine]:
    """Yield the lines of the list of days, which leads to the lists of events."""
    for day in store.days_of(out, "events"):
        table = store.read_table(store.part_of(out, "events", day), ("texts", "conflicts", "page"))
        texts, conflicts = table["texts"].to_pylist(), table["conflicts"].to_pylist()
        href = f"{PAGES}/{day}/index.html" if any(table["page"].to_pylist()) else ""
        several = sum(size > 1 for size in texts)
        if texts:
            yield DayLine(day, href, len(texts), several, sum(texts), sum(many > 0 for many in conflicts))
