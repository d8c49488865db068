"""Write a comparison to a folder: composes reporting and exporting, as `inputs` composes reading and cleaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from comparer.model import Comparison

FORMATS = ("html", "json")


def save(comparison: Comparison, folder: Path, *, formats: Sequence[str] = FORMATS) -> tuple[Path, ...]:
    """Write the report as `index.html` and `comparison.json`, as far as `formats` asks; return the paths.

    Every file is made before any is written, so that a failed run never costs an existing report.

    Raises:
        OSError: where the folder cannot be written.
        KeyError: where a format is not one of FORMATS.
    """
    from comparer.exporting.files import write_file
    from comparer.exporting.json import to_json
    from comparer.reporting.html import render_html

    makers: dict[str, tuple[str, Callable[[Comparison], str]]] = {
        "html": ("index.html", render_html),
        "json": ("comparison.json", to_json),
    }
    made = [(folder / makers[f][0], makers[f][1](comparison)) for f in formats]
    for path, text in made:
        write_file(path, text)
    return tuple(path for path, _ in made)
