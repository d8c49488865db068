"""Read the decisions of a reviewer that lie beside the pages in `review.toml`.

In: a folder. Out: decisions by page. A file that does not parse, names an unknown kind or a page that is not there is
refused: a decision that is silently passed over would be worse than none.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from comparer.errors import StaleReviewError
from comparer.model import Decision
from comparer.model.review import VERDICTS

REVIEW_FILE = "review.toml"
_FIELDS = {"page": str, "line": int, "text": str, "decision": str, "sha256": str, "note": str}
_REQUIRED = ("page", "line", "text", "decision")


def read_review(folder: Path) -> tuple[Decision, ...]:
    """Return the decisions in a folder's review file, in file order; none where there is no such file.

    Raises:
        StaleReviewError: naming the file, the entry and the remedy.
    """
    file = folder / REVIEW_FILE
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise StaleReviewError(f"{_name(file)}: cannot be read ({error.strerror}). Check the file.") from error
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StaleReviewError(f"{_name(file)}: is no TOML: {error}. Correct that place.") from error
    entries = table.get("block", [])
    unknown = sorted(set(table) - {"block"})
    if unknown or not isinstance(entries, list):
        raise StaleReviewError(f"{_name(file)}: holds {', '.join(unknown) or 'block'} where only [[block]] tables go.")
    return tuple(_decision(file, number, entry) for number, entry in enumerate(entries, start=1))


def _decision(file: Path, number: int, entry: Any) -> Decision:  # noqa: ANN401 - whatever the file holds
    where = f"{_name(file)}, decision {number}"
    if not isinstance(entry, dict):
        raise StaleReviewError(f"{where}: is no table. Write it below [[block]].")
    wrong = [k for k, v in entry.items() if k not in _FIELDS or type(v) is not _FIELDS[k]]
    wrong += [k for k in _REQUIRED if k not in entry]
    if wrong:
        raise StaleReviewError(
            f"{where}: {', '.join(sorted(wrong))} is missing or not understood. Needed: page, line (a number), text and"
            " decision; sha256 and note may stand beside them."
        )
    if entry["decision"] not in VERDICTS:
        raise StaleReviewError(f"{where}: {entry['decision']!r} is no decision. Use one of {', '.join(VERDICTS)}.")
    if not (file.parent / entry["page"]).is_file():
        raise StaleReviewError(f"{where}: there is no page {entry['page']!r} beside the file. Correct or remove it.")
    return Decision(
        entry["page"], entry["line"], entry["text"], entry["decision"], entry.get("sha256", ""), entry.get("note", "")
    )


def _name(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"
