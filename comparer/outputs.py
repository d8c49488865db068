"""Write a comparison to a folder, and check a written one: composes reporting and exporting.

A report is checked against the texts it quotes by hash, by position and by words, failing closed. A lookalike sentence
elsewhere in the text does not count: either the characters at the offsets are the quoted ones, or it does not verify.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from comparer.errors import BadEvidenceError, UnreadableInputError

if TYPE_CHECKING:
    from comparer.model import Comparison

_MADE_BY = {
    "html": (("index.html", "reporting.html", "render_html"),),
    "json": (("comparison.json", "exporting.json", "to_json"),),
    "csv": (("claims.csv", "exporting.csv", "claims_csv"), ("findings.csv", "exporting.csv", "findings_csv")),
    "annotations": (("annotations.jsonld", "exporting.annotations", "annotations_json"),),
}  # the files of each format, the module that makes each, imported when it is asked for, and its function
FORMATS = tuple(_MADE_BY)
USUAL = ("html", "json")
ONE_PAGE = 8  # events that one page still shows well: each adds about 200 KB
_REMEDY = "Name what `comparer compare` wrote."


class Checked(NamedTuple):
    """Count what was checked: the files by name, the texts they quote and their passages."""

    files: tuple[str, ...]
    articles: int
    passages: int


def save(
    comparison: Comparison, folder: str | Path, *, formats: Sequence[str] = USUAL, pages: bool | None = None
) -> tuple[Path, ...]:
    """Write the report and what `formats` asks for besides, and return the paths, the report's first page first.

    html is `index.html`, json `comparison.json`, csv `claims.csv` and `findings.csv`, annotations `annotations.jsonld`.
    With `pages`, which is usual for more than ONE_PAGE events, `index.html` lists the events and each has a page of its
    own in `events/`. Every file but those pages is made before any is written, and the list is written after them, so
    that a failed run never costs an existing report.

    Raises:
        OSError: where the folder cannot be written.
        ValueError: where a format is not one of FORMATS.
    """
    from comparer.exporting.files import write_file

    folder = Path(folder)
    split = len(comparison.events) > ONE_PAGE if pages is None else pages
    made = [file for wanted in dict.fromkeys(formats) for file in _files(comparison, wanted, split=split)]
    if split and "html" in formats:
        from comparer.reporting.html import render_pages

        for name, text in render_pages(comparison):
            write_file(folder / name, text)
    for name, text in made:
        write_file(folder / name, text)
    first = ["index.html"] if split and "html" in formats else []
    return tuple(folder / name for name in (*first, *(name for name, _ in made)))


def _files(comparison: Comparison, wanted: str, *, split: bool) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the files of one format, the pages of a report in several apart."""
    if wanted not in _MADE_BY:
        raise ValueError(f"no format {wanted!r}: use {', '.join(FORMATS)}")
    for name, home, maker in () if split and wanted == "html" else _MADE_BY[wanted]:
        yield name, getattr(import_module(f"comparer.{home}"), maker)(comparison)


def verify(bundle: Path, *, texts: Mapping[str, str] | None = None) -> Checked:
    """Re-anchor every passage of a report: a folder, a `comparison.json`, an `annotations.jsonld` or a page.

    `texts` maps SHA-256 digests to the texts of the original pages. Without it the texts that `comparison.json` stores
    are used, for other files those of the one beside them.

    Raises:
        UnreadableInputError: where a file cannot be read or was not written by comparer.
        BadEvidenceError: where a text is missing or changed, or a passage does not stand on its words.
    """
    from comparer.exporting.files import read_bundle, record_beside

    files = read_bundle(bundle)
    stored = _Stored(record_beside(bundle), texts)
    passages = sum(_passages(name, data, stored) for name, data in files.items())
    return Checked(tuple(files), len(stored.texts()), passages)


class _Stored:
    """Hold the texts to check against: the originals where given, else those of the record once that is checked."""

    def __init__(self, record: bytes | None, texts: Mapping[str, str] | None) -> None:
        from comparer.exporting.decode import text_digest

        self.record, self.given = record, texts
        if texts is not None:
            self.given = {digest: text for digest, text in texts.items() if text_digest(text) == digest}
        self.comparison: Comparison | None = None

    def read(self, data: bytes, name: str) -> Comparison:
        from comparer.exporting.decode import comparison_from
        from comparer.records import parsed

        record = parsed(data, name=name, remedy=_REMEDY)
        self.comparison = comparison_from(record, name=name, texts=self.given or {}, stored=self.given is None)
        return self.comparison

    def texts(self) -> Mapping[str, str]:
        if self.given is not None and self.comparison is None:
            return self.given
        if self.comparison is None and self.record is None:
            raise BadEvidenceError("there is no comparison.json beside it. Name the folder of pages with --sources.")
        found = self.comparison or self.read(self.record or b"", "comparison.json")
        return {a.article.digest: a.article.text for a in found.articles}


def _passages(name: str, data: bytes, stored: _Stored) -> int:
    from comparer.exporting.annotations import check_annotations
    from comparer.exporting.decode import passages_in
    from comparer.records import parsed

    if name.endswith((".html", ".htm")):
        return _page(name, data, stored)
    record = parsed(data, name=name, remedy=_REMEDY)
    if "@context" in record:
        return check_annotations(record, name=name, texts=stored.texts())
    return sum(1 for _ in passages_in(stored.read(data, name)))


def _page(name: str, data: bytes, stored: _Stored) -> int:
    from comparer.reporting.html import is_sealed
    from comparer.reporting.reread import reread

    try:
        html = data.decode("utf-8")
        quoted, shown = reread(html)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableInputError(f"{name}: is no report that comparer wrote ({error}). {_REMEDY}") from error
    texts = stored.texts() if quoted or shown else {}
    for one in quoted:
        if one.digest not in texts or not one.stands_in(texts[one.digest]):
            where = f"characters {one.start} to {one.end} of the text {one.digest[:12]}…"
            raise BadEvidenceError(f"{name}: {one.words[:80]!r} does not stand at {where}.")
    for text in shown:
        if text.digest not in texts or not text.is_text(texts[text.digest]):
            raise BadEvidenceError(f"{name}: the full text it shows is not the text {text.digest[:12]}….")
    if not is_sealed(html):
        raise BadEvidenceError(f"{name}: has been changed since it was written: its SHA-256 is another.")
    return len(quoted)
