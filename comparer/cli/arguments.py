"""The arguments that commands share, and what the words of others mean, or UsageError naming what may stand there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comparer.errors import UsageError

if TYPE_CHECKING:
    from comparer.model import BlockKind

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH", help="Pages, exports, tables, archives, folders, addresses, - for standard input."),
]
Sites = Annotated[
    list[Path] | None,
    typer.Option("--site", metavar="FILE", help="What repeats on an outlet's pages, as `flag --learn-site` wrote it."),
]
Fields = Annotated[
    list[str] | None,
    typer.Option("--field", metavar="OURS=THEIRS", help="What a table calls text, title, outlet ...; may be repeated."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print one line of CSV per statement instead of a table.")]


def formats_of(text: str) -> tuple[str, ...]:
    """Return the formats named in "html,json".

    >>> formats_of("HTML, json")
    ('html', 'json')
    """
    from difflib import get_close_matches

    from comparer.outputs import FORMATS

    wanted = tuple(part.lower() for part in _listed(text))
    unknown = [w for w in wanted if w not in FORMATS]
    if unknown or not wanted:
        meant = [close for w in unknown for close in get_close_matches(w, FORMATS, n=1)]
        hint = f" Did you mean {', '.join(meant)}?" if meant else ""
        raise UsageError(f"--format knows no {', '.join(unknown) or 'empty list'}: use {', '.join(FORMATS)}.{hint}")
    return wanted


def codes(text: str) -> tuple[str, ...]:
    """Return the beginnings of finding codes named in "Q,a1", in capitals; raise UsageError where no code starts so.

    >>> codes("Q, a1")
    ('Q', 'A1')
    """
    from comparer.resources.rules import rules_of

    wanted = tuple(part.upper() for part in _listed(text))
    for part in wanted:
        rules_of(part)
    return wanted


def kinds_of(names: Iterable[str]) -> frozenset[BlockKind]:
    """Return the kinds of block named; each name may itself be a list with commas.

    >>> sorted(kinds_of(["caption,byline", "Wire credit"]))
    [<BlockKind.BYLINE: 'byline'>, <BlockKind.CAPTION: 'caption'>, <BlockKind.WIRE_CREDIT: 'wire_credit'>]
    """
    from comparer.model import BlockKind

    known = {kind.value: kind for kind in BlockKind}
    wanted = [part.lower().replace(" ", "_").replace("-", "_") for name in names for part in _listed(name)]
    unknown = [w for w in wanted if w not in known]
    if unknown:
        raise UsageError(f"no block is of kind {', '.join(unknown)}. Kinds: {', '.join(known)}")
    return frozenset(known[w] for w in wanted)


def verdicts_of(settings: Sequence[str], paths: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Return what "12=promotion" asks for, as (line, verdict); settings need one page that lies in a file.

    >>> verdicts_of(["12=promotion", "14=keep"], ["page.txt"])
    ((12, 'promotion'), (14, 'keep'))
    """
    from comparer.deciding import AUTO
    from comparer.model.finding import VERDICTS

    found = []
    for setting in settings:
        line, _, verdict = (part.strip() for part in setting.partition("="))
        if not (line.isascii() and line.isdigit() and int(line)):
            raise UsageError(f"--set {setting}: write a line number, =, and a decision, such as 12=promotion")
        if verdict not in (*VERDICTS, AUTO):
            raise UsageError(f"--set {setting}: no such decision. Use one of {', '.join((*VERDICTS, AUTO))}")
        found.append((int(line), verdict))
    if found and (len(paths) != 1 or paths[0] == "-" or "://" in paths[0]):
        raise UsageError("--set needs one page that lies in a file: a line number says nothing about several")
    return tuple(found)


def fields_of(settings: Sequence[str]) -> dict[str, str]:
    """Return what "text=body_txt" says: under which name a table has one of our fields.

    >>> fields_of(["text=body_txt", "outlet=paper.name"])
    {'text': 'body_txt', 'outlet': 'paper.name'}
    """
    from comparer.reading.tables import FIELDS

    named = {ours.strip(): theirs.strip() for ours, _, theirs in (setting.partition("=") for setting in settings)}
    if wrong := [ours for ours, theirs in named.items() if ours not in FIELDS or not theirs]:
        raise UsageError(f"--field {wrong[0]}: write OURS=THEIRS, with one of {', '.join(FIELDS)} before the sign.")
    return named


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
