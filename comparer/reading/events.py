"""Read which articles a user wants in one event, or apart, from `events.toml` beside the pages.

In: a folder. Out: wishes with the pages' file names, relative to that folder. A file that does not parse, or names a
page that is not there, is refused: a wish that is silently passed over would be worse than none.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comparer.errors import UnreadableInputError

EVENTS_FILE = "events.toml"
KINDS = ("event", "together", "apart")
_LEAST = {"event": 1, "together": 2, "apart": 2}  # pages a wish of each kind needs


@dataclass(frozen=True, slots=True)
class EventWish:
    """Hold one wish: `kind` is event (exactly these), together (these and theirs) or apart (no two of these)."""

    kind: str
    pages: tuple[Path, ...]
    where: str


def read_events(folder: Path) -> tuple[EventWish, ...]:
    """Return the wishes in a folder's events file, kind by kind; none where there is no such file.

    Raises:
        UnreadableInputError: naming the file, the entry and the remedy.
    """
    file = folder / EVENTS_FILE
    name = f"{folder.resolve().name}/{EVENTS_FILE}"
    try:
        table = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise UnreadableInputError(f"{name}: cannot be read ({error.strerror}). Check the file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableInputError(f"{name}: is no TOML: {error}. Correct that place.") from error
    unknown = sorted(k for k, v in table.items() if k not in KINDS or not isinstance(v, list))
    if unknown:
        kinds = ", ".join(f"[[{kind}]]" for kind in KINDS)
        raise UnreadableInputError(f"{name}: {', '.join(unknown)} is not understood. Use {kinds}.")
    return tuple(
        _wish(folder, kind, entry, f"{name}, [[{kind}]] {number}")
        for kind in KINDS
        for number, entry in enumerate(table.get(kind, []), start=1)
    )


def _wish(folder: Path, kind: str, entry: Any, where: str) -> EventWish:  # noqa: ANN401 - whatever the file holds
    fields = entry if isinstance(entry, dict) else {}
    names = fields.get("articles")
    good = isinstance(names, list) and len(set(map(str, names))) >= _LEAST[kind]
    if not isinstance(names, list) or not good or set(fields) - {"articles", "note"}:
        least = "at least one page" if _LEAST[kind] == 1 else "two pages or more"
        raise UnreadableInputError(f'{where}: write articles = ["page.txt", ...] with {least}, and a note if you like.')
    for name in names:
        if not isinstance(name, str) or not (folder / name).is_file():
            raise UnreadableInputError(f"{where}: there is no page {name!r} beside the file. Correct or remove it.")
    return EventWish(kind, tuple((folder / name).resolve() for name in dict.fromkeys(names)), where)
