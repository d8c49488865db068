"""Write a comparison to a folder, and check a written one: composes reporting and exporting.

A report is checked by making it again. Its record is read against the texts it quotes, by hash, by position and by
words; every other file must be, letter by letter, what is made of that record. Whatever differs, fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from comparer.errors import BadEvidenceError, UsageError

if TYPE_CHECKING:
    from comparer.model import Comparison

_MADE_BY = {
    "html": (("index.html", "reporting.html", "render_html"),),
    "json": (("comparison.json", "exporting.json", "to_json"),),
    "csv": (("claims.csv", "exporting.csv", "claims_csv"), ("findings.csv", "exporting.csv", "findings_csv")),
    "annotations": (("annotations.jsonld", "exporting.annotations", "annotations_json"),),
    "tei": (("quotations.tei.xml", "exporting.tei", "tei_xml"),),
}  # the files of each format, the module that makes each, imported when it is asked for, and its function
FORMATS = tuple(_MADE_BY)
USUAL = ("html", "json")
ONE_PAGE = 8  # events that one page still shows well: each adds about 200 KB


class Checked(NamedTuple):
    """Count what was checked: the files by name, the texts they quote and the passages of the record."""

    files: tuple[str, ...]
    articles: int
    passages: int


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
    tei `quotations.tei.xml`.
    With `pages`, which is usual for more than ONE_PAGE events, `index.html` lists the events and each has a page of its
    own in `events/`. An older report in the folder is replaced as a whole, and a failed run never costs it.

    Raises:
        OSError: where the folder cannot be written.
        UsageError: where a file of that name was not written by comparer, unless `force` is given.
        ValueError: where a format is not one of FORMATS.
    """
    from comparer.exporting.files import write_folder

    folder = Path(folder)
    split = len(comparison.events) > ONE_PAGE if pages is None else pages
    if not force:
        refuse_foreign(folder, formats)
    files = (file for wanted in dict.fromkeys(formats) for file in _files(comparison, wanted, split=split))
    written = write_folder(folder, files)
    return tuple(folder / name for name in written if "/" not in name)


def refuse_foreign(folder: Path, formats: Sequence[str]) -> None:
    """Raise UsageError where a report would replace a file that comparer did not write."""
    from comparer.records import is_own

    for name in (name for wanted in formats for name, *_ in _MADE_BY.get(wanted, ())):
        if (folder / name).exists() and not is_own(folder / name):
            raise UsageError(f"{folder / name} was not written by comparer. Name another folder, or use --force.")


def _files(comparison: Comparison, wanted: str, *, split: bool) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the files of one format, the list of a report in several pages after those."""
    if wanted not in _MADE_BY:
        raise ValueError(f"no format {wanted!r}: use {', '.join(FORMATS)}")
    if split and wanted == "html":
        from comparer.reporting.html import render_pages

        yield from render_pages(comparison)
        return
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
    from comparer.exporting.decode import comparison_from, passages_in, text_digest
    from comparer.exporting.files import EVENTS, RECORD, record_of, report_files
    from comparer.records import parsed

    folder, data = record_of(bundle)
    if texts is not None:
        texts = {digest: text for digest, text in texts.items() if text_digest(text) == digest}
    record = parsed(data, name=RECORD, remedy="Name what `comparer compare` wrote.")
    comparison = comparison_from(record, name=RECORD, texts=texts or {}, stored=texts is None)
    found = report_files(folder)
    split = any(name.startswith(f"{EVENTS}/") for name in found)
    if not bundle.is_dir():
        found = [RECORD if bundle.suffix == ".json" else bundle.relative_to(folder).as_posix()]
    kinds = {Path(name).suffix for name in found}
    made = {
        name: text
        for wanted, makers in _MADE_BY.items()
        if Path(makers[0][0]).suffix in kinds
        for name, text in _files(comparison, wanted, split=split)
    }
    if bundle.is_dir() and split:
        found = [*dict.fromkeys((*found, *(name for name in made if name.startswith(EVENTS))))]
    for name in found:
        _expect_same(name, data if name == RECORD else folder / name, made.get(name))
    size = len({a.article.digest for a in comparison.articles})
    return Checked(tuple(found), size, sum(1 for _ in passages_in(comparison)))


def _expect_same(name: str, found: Path | bytes, made: str | None) -> None:
    from comparer.records import read_file

    data = found if isinstance(found, bytes) else read_file(found, f"cannot read {name}", most=2**31)
    lines = (made or "").encode().splitlines(), data.splitlines()
    if made is None or data != made.encode():
        line = next((n for n, (one, other) in enumerate(zip_longest(*lines), start=1) if one != other), 0)
        raise BadEvidenceError(
            f"{name}: is not what comparer makes of comparison.json, from line {line} on. It was changed after it was"
            " written, or another version of comparer wrote it."
        )
