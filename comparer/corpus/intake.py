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
from pathlib import Path
from typing import NamedTuple

from comparer.corpus import store
from comparer.corpus.engine import each
from comparer.corpus.progress import Report
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

    `key` tells whether it was read before.
    """

    file: str
    start: int
    stop: int
    before: int
    key: str

    @property
    def whole(self) -> bool:
        """Tell whether the file is read whole."""
        return self.before < 0


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


def take_in(
    source: Path, out: Path, *, fields: Mapping[str, str], stamp: str, report: Report, jobs: int, scheduler: str
) -> None:
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
    batches = [Batch(root, out, part, fields, stamp) for part in _batches(new)]
    waiting = [batch for batch in batches if not batch.done.exists()]
    report("reading", 0, len(waiting))
    for done, _ in enumerate(each(_read, waiting, jobs=jobs, scheduler=scheduler), start=1):
        report("reading", done, len(waiting))
    folder = out / store.WORK / INTAKE
    days = [shard.name for shard in store.shards_in(folder)]
    for done, _ in enumerate(each(partial(_add, out, stamp), days, jobs=jobs, scheduler=scheduler), start=1):
        report("sorting by day", done, len(days))
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


def _batches(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    part: list[Piece] = []
    for piece in pieces:
        size = sum(p.stop - p.start for p in part) + piece.stop - piece.start
        if part and (len(part) >= BATCH_FILES or size > BATCH_BYTES):
            yield tuple(part)
            part = []
        part.append(piece)
    if part:
        yield tuple(part)


def _read(batch: Batch) -> None:
    """Read the pieces of a batch; its articles wait by day until all are read."""
    by_day: defaultdict[str, Rows] = defaultdict(lambda: {name: [] for name in store.OF_ARTICLES})
    rejected: list[dict[str, str]] = []
    for piece in batch.pieces:
        for one in _safely(batch, piece, rejected):
            for name, rows in article_rows(one, stamp=batch.stamp).items():
                by_day[day_of(one)][name] += rows
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
    if piece.whole:
        yield from articles_in(file, batch.root, fields=batch.fields)
        return
    with file.open("rb") as opened:
        opened.seek(piece.start)
        lines = opened.read(piece.stop - piece.start).splitlines(keepends=True)
    for number, line in enumerate(lines, start=piece.before + 1):
        if line.strip():
            name = f"{piece.file}#{number}"
            yield from articles_in(file, batch.root, fields=batch.fields, pages=_named(line, name, batch.fields))


def _named(line: bytes, name: str, fields: Mapping[str, str]) -> Iterator[RawPage | UnreadableInputError]:
    """Yield the page of one line; its path is the file's with the number of the line."""
    for one in pages_in(line, f"{name}.jsonl", fields=fields):
        if isinstance(one, UnreadableInputError):
            yield UnreadableInputError(str(one).replace(f"{name}.jsonl, record 1", name))
        else:
            yield one._replace(path=one.path or name, file_name=one.file_name or "")


def _add(out: Path, stamp: str, day: str) -> None:
    """Put what waits for a day into its files, each article once, by its id; what this version read comes first."""
    import pyarrow as pa
    import pyarrow.compute as pc

    shards = store.shards_in(out / store.WORK / INTAKE / day)
    held = store.part_of(out, "articles", day).exists()  # it is written last: blocks alone were left by a killed run
    tables = {}
    for name in store.OF_ARTICLES:
        parts = [shard / f"{name}.parquet" for shard in shards] + ([store.part_of(out, name, day)] if held else [])
        tables[name] = [store.read_table(part) for part in parts]
    articles = store.joined(tables["articles"], ("id", "key"))
    keys = [*zip(*(articles[column].to_pylist() for column in ("id", "key", "path")), strict=True)]
    order = sorted(range(len(keys)), key=lambda k: _rank(*keys[k], stamp=stamp))
    kept = articles.take([k for n, k in enumerate(order) if not n or keys[order[n - 1]][0] != keys[k][0]])
    homes = dict(zip(kept["id"].to_pylist(), kept["key"].to_pylist(), strict=True))
    blocks = []
    for mine, parts in zip(tables["articles"], tables["blocks"], strict=True):
        own = dict(zip(mine["id"].to_pylist(), mine["key"].to_pylist(), strict=True))
        wanted = [one for one, key in own.items() if homes.get(one) == key]
        for one in wanted:
            del homes[one]
        blocks.append(parts.filter(pc.is_in(parts["article"], pa.array(wanted, pa.string()))))
    store.write_table(store.part_of(out, "blocks", day), store.joined(blocks, ("article", "n")))
    store.write_table(store.part_of(out, "articles", day), kept)


def _rank(name: str, key: str, path: str | None, *, stamp: str) -> tuple[object, ...]:
    return (name, not key.startswith(stamp[:STAMP]), key, path or "")


def reject(out: Path, lines: Sequence[str]) -> None:
    """Add lines of JSON to the list of what could not be read or compared, each once."""
    file = out / REJECTED
    known = set(file.read_text(encoding="utf-8").splitlines()) if file.exists() else set()
    store.write_text(file, "".join(f"{line}\n" for line in sorted(known.union(lines))))
