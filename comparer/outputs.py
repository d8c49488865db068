"""Write comparisons to a folder, and check written ones: composes the comparison of events, reporting and exporting.

Many events are compared and written one by one, each with a record and a page of its own, and a list that names them. A
report is checked by making it again. Its record is read against the texts it quotes, by hash, by position and by words;
every other file must be, letter by letter, what is made of that record. Whatever differs, fails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from comparer.errors import BadEvidenceError, UsageError
from comparer.exporting.decode import comparison_from, index_from, is_index
from comparer.exporting.files import EVENTS, RECORD, record_of, report_files, write_folder
from comparer.exporting.places import passages_in, text_digest
from comparer.model import AppliedReview, Comparison, ComparisonIndex, IndexedEvent
from comparer.records import is_own, parsed, read_file

if TYPE_CHECKING:
    from comparer.pipeline import Plan, Progress
    from comparer.reporting.html import IndexLine
    from comparer.reviewing import Reviewing

_MADE_BY = {
    "html": (("index.html", "reporting.html", "render_html"),),
    "json": (("comparison.json", "exporting.json", "to_json"),),
    "csv": (("claims.csv", "exporting.tables", "claims_csv"), ("findings.csv", "exporting.tables", "findings_csv")),
    "annotations": (("annotations.jsonld", "exporting.annotations", "annotations_json"),),
    "tei": (("quotations.tei.xml", "exporting.tei", "tei_xml"),),
    "card": (("card.svg", "reporting.html", "render_cards"),),
}  # the files of each format, the module that makes each, imported when it is asked for, and its function
FORMATS = tuple(_MADE_BY)
USUAL = ("html", "json")
ONE_PAGE = 8  # events that one page still shows well: each adds about 200 KB
ONE_RECORD = 20  # events from which on each has a record of its own: one adds .5 MB, and whoever reads it four


class Checked(NamedTuple):
    """Count what was checked: the files by name, the texts they quote and the passages of the record."""

    files: tuple[str, ...]
    articles: int
    passages: int


class Saved(NamedTuple):
    """Name what was written, the first page first; count the texts of each event and the findings of each family."""

    paths: tuple[Path, ...]
    texts: tuple[int, ...]
    found: Mapping[str, int]
    reviews: tuple[AppliedReview, ...]


class _Made(NamedTuple):
    """Hold what one of many events gives: names and texts of its files, its line in the list, its record's digest."""

    files: tuple[tuple[str, str], ...]
    line: IndexLine
    id: str
    title: str
    digest: str
    texts: tuple[str, ...]


def save(
    comparison: Comparison,
    folder: str | Path,
    *,
    formats: Sequence[str] = USUAL,
    pages: bool | None = None,
    force: bool = False,
) -> tuple[Path, ...]:
    """Write the report and what `formats` asks for besides, and return the paths, the report's first page first.

    html is `index.html`, json `comparison.json`, csv `claims.csv` and `findings.csv`, annotations `annotations.jsonld`,
    tei `quotations.tei.xml`, card `card.svg`.
    With `pages`, which is usual for more than ONE_PAGE events, `index.html` lists the events and each has a page of its
    own in `events/`. An older report in the folder is replaced as a whole, and a failed run never costs it.

    Raises:
        OSError: where the folder cannot be written.
        UsageError: where a file of that name was not written by comparer, unless `force` is given.
        ValueError: where a format is not one of FORMATS.
    """
    split = len(comparison.events) > ONE_PAGE if pages is None else pages
    return _written(Path(folder), _files(comparison, formats, split=split), formats, force=force)


def save_each(
    plan: Plan,
    folder: str | Path,
    *,
    formats: Sequence[str] = USUAL,
    jobs: int = 1,
    force: bool = False,
    progress: Progress | None = None,
) -> Saved:
    """Compare the events of a plan one by one, in so many processes, and write each as soon as it is there.

    `comparison.json` is an index; each event has a record and a page of its own in `events/`, and so have annotations.
    No more than a few events are held at a time. Errors are those of `save`, and ComparerError where a process died.
    """
    from comparer.corpus.engine import each

    wanted = _known(formats)
    lines: list[IndexLine] = []
    events: list[IndexedEvent] = []

    def files() -> Iterator[tuple[str, str]]:
        for done, (made, reviewing) in enumerate(each(partial(_made, formats=wanted), plan.tasks(), jobs=jobs)):
            if progress:
                progress("comparing", done, len(plan.groups))
            group = plan.groups[done]
            plan.reviewing.join(reviewing)
            lines.append(made.line)
            place = (f"{EVENTS}/{made.id}.json", made.digest, group.members, group.nearest)
            events.append(IndexedEvent(made.id, made.title, *place))
            yield from made.files if not done else _without_heads(made.files)
        yield from _lists(plan.listing(tuple(events)), lines, wanted)

    paths = _written(Path(folder), files(), wanted, force=force)
    found = Counter(letter for line in lines for letter, many in line.families for _ in range(many))
    return Saved(paths, tuple(line.texts for line in lines), found, plan.reviewing.applied())


def _made(task: Plan, *, formats: Sequence[str]) -> tuple[_Made, Reviewing]:
    from comparer.pipeline import compare_alone

    return _made_of(compare_alone(task), formats), task.reviewing


def _made_of(alone: Comparison, formats: Sequence[str]) -> _Made:
    from comparer.reporting.html import index_line, render_event

    event = alone.events[0]
    files = [render_event(alone)] if "html" in formats else []
    digest = ""
    for name, text in _files(alone, [wanted for wanted in formats if wanted != "html"], split=False):
        files.append((name if name.endswith(".csv") else f"{EVENTS}/{event.id}{Path(name).suffix}", text))
        digest = text.split('"', 5)[3] if name == RECORD else digest
    texts = tuple(dict.fromkeys(a.article.digest for a in alone.articles))
    return _Made(tuple(files), index_line(alone), event.id, event.title, digest, texts)


def _lists(index: ComparisonIndex, lines: Sequence[IndexLine], formats: Sequence[str]) -> Iterator[tuple[str, str]]:
    from comparer.exporting.json import index_json
    from comparer.reporting.html import INDEX, render_index

    if "html" in formats:
        yield INDEX, render_index(lines, version=index.version)
    if "json" in formats:
        yield RECORD, index_json(index)


def _without_heads(files: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for name, text in files:
        yield name, text.partition("\n")[2] if name.endswith(".csv") else text


def _written(
    folder: Path, files: Iterable[tuple[str, str]], formats: Sequence[str], *, force: bool
) -> tuple[Path, ...]:
    if not force:
        refuse_foreign(folder, formats)
    names = [name for name in write_folder(folder, files) if "/" not in name]
    return tuple(folder / name for name in sorted(names, key=lambda name: name != "index.html"))


def refuse_foreign(folder: Path, formats: Sequence[str]) -> None:
    """Raise UsageError where a report would replace a file that comparer did not write."""
    for name in (name for wanted in formats for name, *_ in _MADE_BY.get(wanted, ())):
        if (folder / name).exists() and not is_own(folder / name):
            raise UsageError(f"{folder / name} was not written by comparer. Name another folder, or use --force.")


def _known(formats: Sequence[str]) -> tuple[str, ...]:
    for wanted in formats:
        if wanted not in _MADE_BY:
            raise ValueError(f"no format {wanted!r}: use {', '.join(FORMATS)}")
    return tuple(dict.fromkeys(formats))


def _files(comparison: Comparison, formats: Sequence[str], *, split: bool) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the files of some formats, the list of a report in several pages after those."""
    for wanted in _known(formats):
        if split and wanted == "html":
            from comparer.reporting.html import render_pages

            yield from render_pages(comparison)
            continue
        for name, home, maker in _MADE_BY[wanted]:
            yield name, getattr(import_module(f"comparer.{home}"), maker)(comparison)


def verify(bundle: Path, *, texts: Mapping[str, str] | None = None) -> Checked:
    """Make a report again from its record and compare: `bundle` is its folder, or one file of it.

    `texts` maps SHA-256 digests to the texts of the original pages. Without it those that the record stores are used.

    Raises:
        UnreadableInputError: where a file cannot be read or was not written by comparer.
        BadEvidenceError: where a text is missing or changed, a passage does not stand on its words, or a file is not
            what is made of the record.
    """
    folder, data = record_of(bundle)
    if texts is not None:
        texts = {digest: text for digest, text in texts.items() if text_digest(text) == digest}
    record = parsed(data, name=RECORD, remedy="Name what `comparer compare` wrote.")
    found = report_files(folder)
    if not bundle.is_dir():
        found = [RECORD if bundle == folder / RECORD else bundle.relative_to(folder).as_posix()]
    if is_index(record):
        return _verify_each(folder, record, data, found, texts)
    comparison = comparison_from(record, name=RECORD, texts=texts or {}, stored=texts is None)
    split = any(name.startswith(f"{EVENTS}/") for name in report_files(folder))
    made = dict(_files(comparison, _formats_of(found), split=split))
    if bundle.is_dir() and split:
        found = [*dict.fromkeys((*found, *(name for name in made if name.startswith(EVENTS))))]
    for name in found:
        _expect_same(name, data if name == RECORD else folder / name, made.get(name))
    size = len({a.article.digest for a in comparison.articles})
    return Checked(tuple(found), size, sum(1 for _ in passages_in(comparison)))


def _verify_each(
    folder: Path, record: dict[str, Any], data: bytes, found: Sequence[str], texts: Mapping[str, str] | None
) -> Checked:
    """Check the events that an index lists, one by one, and then what stands in front of them."""
    index = index_from(record, name=RECORD)
    formats = _formats_of([RECORD, *found])
    heads = {name for name in found if "/" not in name}
    chosen = [e for e in index.events if heads or f"events/{Path(found[0]).stem}" == e.file.removesuffix(".json")]
    lines: list[IndexLine] = []
    made: dict[str, str] = {}
    known: set[str] = set()
    passages = 0
    left = {*found}
    for event in chosen:
        own = read_file(folder / event.file, event.file, most=2**31)
        parts = parsed(own, name=event.file, remedy="Run compare again.")
        alone = comparison_from(parts, name=event.file, texts=texts or {}, stored=texts is None)
        one = _made_of(alone, formats)
        listed = (event.digest, event.file, event.title, sorted(index.articles[k] for k in event.articles))
        if (one.digest, f"events/{one.id}.json", one.title, sorted(a.article.id for a in alone.articles)) != listed:
            raise BadEvidenceError(f"{event.file}: is not the record that {RECORD} lists.")
        lines.append(one.line)
        known.update(one.texts)
        passages += sum(1 for _ in passages_in(alone))
        for name, text in one.files if len(lines) == 1 else _without_heads(one.files):
            if name in heads:
                made[name] = made.get(name, "") + text
            elif heads or name in left:
                _expect_same(name, own if name == event.file else folder / name, text)
                left.discard(name)
    made |= dict(_lists(index, lines, formats)) if heads else {}
    for name in sorted(left):
        _expect_same(name, data if name == RECORD else folder / name, made.get(name))
    return Checked(tuple(found), len(known), passages)


def _formats_of(names: Iterable[str]) -> list[str]:
    kinds = {Path(name).suffix for name in names}
    return [wanted for wanted, makers in _MADE_BY.items() if Path(makers[0][0]).suffix in kinds]


def _expect_same(name: str, found: Path | bytes, made: str | None) -> None:
    data = found if isinstance(found, bytes) else read_file(found, f"cannot read {name}", most=2**31)
    lines = (made or "").encode().splitlines(), data.splitlines()
    if made is None or data != made.encode():
        line = next((n for n, (one, other) in enumerate(zip_longest(*lines), start=1) if one != other), 0)
        raise BadEvidenceError(
            f"{name}: is not what comparer makes of comparison.json, from line {line} on. It was changed after it was"
            " written, or another version of comparer wrote it."
        )
