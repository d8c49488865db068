"""Write a comparison to a folder: composes reporting and exporting, as `inputs` composes reading and cleaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from comparer.model import Comparison

FORMATS = ("html", "json", "csv", "annotations")
USUAL = ("html", "json")
ONE_PAGE = 8  # events that one page still shows well: each adds about 200 KB


def save(
    comparison: Comparison, folder: Path, *, formats: Sequence[str] = USUAL, pages: bool | None = None
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

    split = len(comparison.events) > ONE_PAGE if pages is None else pages
    made = [file for wanted in dict.fromkeys(formats) for file in _files(comparison, wanted, split=split)]
    if split and "html" in formats:
        from comparer.reporting.index import render_pages

        for name, text in render_pages(comparison):
            write_file(folder / name, text)
    for name, text in made:
        write_file(folder / name, text)
    first = ["index.html"] if split and "html" in formats else []
    return tuple(folder / name for name in (*first, *(name for name, _ in made)))


def _files(comparison: Comparison, wanted: str, *, split: bool) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the files of one format, the pages of a report in several apart."""
    from comparer.exporting.annotations import annotations_json
    from comparer.exporting.json import to_json
    from comparer.exporting.tidy import claims_csv, findings_csv

    if wanted == "html":
        from comparer.reporting.html import render_html

        yield from () if split else [("index.html", render_html(comparison))]
    elif wanted == "json":
        yield "comparison.json", to_json(comparison)
    elif wanted == "csv":
        yield "claims.csv", claims_csv(comparison)
        yield "findings.csv", findings_csv(comparison)
    elif wanted == "annotations":
        yield "annotations.jsonld", annotations_json(comparison)
    else:
        raise ValueError(f"no format {wanted!r}: use {', '.join(FORMATS)}")
