"""Write a comparison to a folder: composes reporting and exporting, as `inputs` composes reading and cleaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from comparer.model import Comparison

FORMATS = ("html", "json", "csv", "annotations")
USUAL = ("html", "json")


def save(comparison: Comparison, folder: Path, *, formats: Sequence[str] = USUAL) -> tuple[Path, ...]:
    """Write the report and what `formats` asks for besides, and return the paths.

    html is `index.html`, json `comparison.json`, csv `claims.csv` and `findings.csv`, annotations `annotations.jsonld`.
    Every file is made before any is written, so that a failed run never costs an existing report.

    Raises:
        OSError: where the folder cannot be written.
        ValueError: where a format is not one of FORMATS.
    """
    from comparer.exporting.files import write_file

    made = {folder / name: text for wanted in dict.fromkeys(formats) for name, text in _files(comparison, wanted)}
    for path, text in made.items():
        write_file(path, text)
    return tuple(made)


def _files(comparison: Comparison, wanted: str) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the files of one format."""
    from comparer.exporting.annotations import annotations_json
    from comparer.exporting.json import to_json
    from comparer.exporting.tidy import claims_csv, findings_csv

    if wanted == "html":
        from comparer.reporting.html import render_html

        yield "index.html", render_html(comparison)
    elif wanted == "json":
        yield "comparison.json", to_json(comparison)
    elif wanted == "csv":
        yield "claims.csv", claims_csv(comparison)
        yield "findings.csv", findings_csv(comparison)
    elif wanted == "annotations":
        yield "annotations.jsonld", annotations_json(comparison)
    else:
        raise ValueError(f"no format {wanted!r}: use {', '.join(FORMATS)}")
