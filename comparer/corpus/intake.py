"""Read saved pages in batches, and put their articles into the datasets of their days.

In: a folder tree, a file or an archive. Out: `articles` and `blocks`, a file a day, and `rejected.jsonl`: what could
not be read, with file, place and reason. A file of JSON Lines is cut into pieces of its lines; a piece that was read
before, as its bytes say, or a file that has size and time of the last run, is not read again. What an earlier run read
stays: the same outlet, address and text are one article. A file of another kind is read whole, by one process.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from comparer.corpus import store
from comparer.corpus.engine import Engine, packed
from comparer.corpus.tables import STAMP, Rows, article_rows, day_of
from comparer.errors import ComparerError, UnreadableInputError
from comparer.inputs import articles_in
from comparer.model import Article
from comparer.model.article import RawPage
from comparer.reading.formats import find_pages, pages_in

BATCH_BYTES, BATCH_FILES = 1_000_000, 100  # of a task: half a minute's work at most
LINES = (".jsonl", ".ndjson")
REJECTED = "rejected.jsonl"
INTAKE = "intake"


class Piece(NamedTuple):
    """Name a file under the root, or the bytes `start` to `stop` of its lines, of which `before` stand above.

    `before` is -1 where the file is read whole; `key` tells whether it was read before.
    """

    file: str
    start: int
    stop: int
    before: int
    key: str

    @property
    def size(self) -> int:
        """Return how many bytes it has."""
        return self.stop - self.start


class Batch(NamedTuple):
    """Hold the pieces that one task reads, and what they are read with."""

    root: Path
    out: Path
    pieces: tuple[Piece, ...]
    fields: Mapping[str, str]
    stamp: str

    @property
    def key(self) -> str:
        """Return a name of what is read."""
        return store.digest(self.stamp, [piece.key for piece in self.pieces])

    @property
    def done(self) -> Path:
        """Return the file that stands when the batch was read, with what could not be."""
        return self.out / store.WORK / INTAKE / f"{self.key}.json"


def take_in(source: Path, out: Path, engine: Engine, *, fields: Mapping[str, str], stamp: str) -> None:
    """Read what is new under `source` and put it into the datasets.

    Raises:
        UnreadableInputError: where there is no such file or folder, or no page in it.
    """
    files, left = find_pages(source)
    root = source if source.is_dir() else source.parent
    ledger = out / store.WORK / "read.json"
    known = store.read_record(ledger)
    before = set(known.get("pieces", ())) if known.get("stamp") == stamp else set()
    pieces = [piece for file in files for piece in _pieces(file, root)]
    new = [piece for piece in pieces if store.digest(stamp, piece.key) not in before]
    parts = packed(new, size=attrgetter("size"), most=BATCH_BYTES, many=BATCH_FILES)
    batches = [Batch(root, out, part, fields, stamp) for part in parts]
    waiting = [batch for batch in batches if not batch.done.exists()]
    engine.report("reading", 0, len(waiting))
    engine.work("reading", _read, waiting)
    folder = out / store.WORK / INTAKE
    days = [shard.name for shard in store.shards_in(folder)]
    engine.work("sorting by day", partial(_add, out, stamp), days)
    told = [one for batch in batches for one in store.read_record(batch.done).get("rejected", ())]
    passed = [{"file": one.split(": ")[0], "place": "", "reason": one.partition(": ")[2]} for one in left]
    reject(out, [json.dumps(one, ensure_ascii=False) for one in (*told, *passed)])
    every = before | {store.digest(stamp, piece.key) for piece in new}
    store.write_record(ledger, {"stamp": stamp, "pieces": sorted(every)})
    if folder.exists():
        shutil.rmtree(folder)


def _pieces(file: Path, root: Path) -> Iterator[Piece]:
    """Yield a file whole, or its lines in pieces."""
    name, told = file.relative_to(root).as_posix(), file.stat()
    if file.suffix.lower() not in LINES:
        yield Piece(name, 0, told.st_size, -1, f"{name} {told.st_size} {told.st_mtime_ns}")
        return
    with file.open("rb") as opened:
        start = before = 0
        while lines := opened.readlines(BATCH_BYTES):
            stop = start + sum(map(len, lines))
            key = hashlib.sha256(name.encode() + b"".join(lines)).hexdigest()
            yield Piece(name, start, stop, before, f"{before} {key}")
            start, before = stop, before + len(lines)


def _read(batch: Batch) -> None:
    """Read the pieces of a batch; its articles wait by day until all are read, each once."""
    best: dict[tuple[str, str], tuple[tuple[str, str], Rows]] = {}
    rejected: list[dict[str, str]] = []
    for piece in batch.pieces:
        for one in _safely(batch, piece, rejected):
            rows, place = article_rows(one, stamp=batch.stamp), (day_of(one), str(one.id))
            rank = (rows["articles"][0]["key"], one.path or "")
            if place not in best or rank < best[place][0]:
                best[place] = rank, rows
    by_day: defaultdict[str, Rows] = defaultdict(lambda: {name: [] for name in store.OF_ARTICLES})
    for (day, _), (_, kept) in best.items():
        for name, own in kept.items():
            by_day[day][name] += own
    for day, found in by_day.items():
        tables = {name: store.table_of(name, rows) for name, rows in found.items()}
        store.write_shard(batch.done.parent / day / batch.key, tables, {})
    store.write_record(batch.done, {"rejected": rejected})


def _safely(batch: Batch, piece: Piece, rejected: list[dict[str, str]]) -> Iterator[Article]:
    """Yield the articles of a piece; whatever is wrong with one costs only itself, or its file where that is whole."""
    try:
        for one in _found(batch, piece):
            if isinstance(one, Article):
                yield one
            else:
                place, _, reason = str(one).partition(": ")
                rejected.append({"file": piece.file, "place": place, "reason": reason or str(one)})
    except ComparerError as error:
        rejected.append({"file": piece.file, "place": piece.file, "reason": str(error)})
    except Exception as error:  # noqa: BLE001 - a page of a million that breaks our code must not end the run
        reason = f"our fault: {type(error).__name__}: {error}"
        rejected.append({"file": piece.file, "place": f"{piece.file} from byte {piece.start}", "reason": reason})


def _found(batch: Batch, piece: Piece) -> Iterator[Article | UnreadableInputError]:
    file = batch.root / piece.file
    if piece.before < 0:
        yield from articles_in(file, batch.root, fields=batch.fields)
        return
    with file.open("rb") as opened:
        opened.seek(piece.start)
        lines = opened.read(piece.size).splitlines(keepends=True)
    for number, line in enumerate(lines, start=piece.before + 1):
        if line.strip():
            pages = _named(line, f"{piece.file}#{number}", batch.fields)
            yield from articles_in(file, batch.root, fields=batch.fields, pages=pages)


def _named(line: bytes, name: str, fields: Mapping[str, str]) -> Iterator[RawPage | UnreadableInputError]:
    """Yield the page of one line; its path is the file's with the number of the line."""
    for one in pages_in(line, f"{name}.jsonl", fields=fields):
        if isinstance(one, UnreadableInputError):
            yield UnreadableInputError(str(one).replace(f"{name}.jsonl, record 1", name))
        else:
            yield one._replace(path=one.path or name, file_name=one.file_name or "")


def _add(out: Path, stamp: str, day: str) -> None:
    """Put what waits for a day into its files, each article once, by its id; what this version read comes first."""
    shards = store.shards_in(out / store.WORK / INTAKE / day)
    held = store.part_of(out, "articles", day).exists()  # it is written last: blocks alone were left by a killed run
    tables = {}
    for name in store.OF_ARTICLES:
        parts = [shard / f"{name}.parquet" for shard in shards] + ([store.part_of(out, name, day)] if held else [])
        tables[name] = [store.read_table(part) for part in parts]
    articles = store.joined(tables["articles"], ("id", "key"))
    ranks = [
        (name, not key.startswith(stamp[:STAMP]), key, path or "")
        for name, key, path in zip(*(articles[column].to_pylist() for column in ("id", "key", "path")), strict=True)
    ]
    best: dict[str, int] = {}
    for k in sorted(range(len(ranks)), key=ranks.__getitem__):
        best.setdefault(ranks[k][0], k)
    homes = {name: ranks[k][2] for name, k in best.items()}
    blocks = []
    for mine, parts in zip(tables["articles"], tables["blocks"], strict=True):
        own = dict(zip(mine["id"].to_pylist(), mine["key"].to_pylist(), strict=True))
        wanted = [one for one, key in own.items() if homes.get(one) == key]
        for one in wanted:
            del homes[one]
        blocks.append(store.rows_of(parts, "article", wanted))
    store.write_table(store.part_of(out, "blocks", day), store.joined(blocks, ("article", "n")))
    store.write_table(store.part_of(out, "articles", day), articles.take([*best.values()]))


def reject(out: Path, lines: Sequence[str]) -> None:
    """Add lines of JSON to the list of what could not be read or compared, each once."""
    file = out / REJECTED
    known = set(file.read_text(encoding="utf-8").splitlines()) if file.exists() else set()
    store.write_text(file, "".join(f"{line}\n" for line in sorted(known.union(lines))))
