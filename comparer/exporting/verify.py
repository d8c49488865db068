"""Check a written report against the texts it quotes: by hash, by position and by words, failing closed.

A lookalike sentence elsewhere in the text does not count: either the characters at the offsets are the quoted ones, or
the report does not verify.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from comparer.errors import UnreadableInputError
from comparer.exporting.anchors import passages_in
from comparer.exporting.decode import comparison_from
from comparer.records import parsed

_REMEDY = "Name a comparison.json that `comparer compare` wrote."


@dataclass(frozen=True, slots=True)
class Checked:
    """Count what was checked."""

    articles: int
    passages: int


def verify(bundle: Path, *, texts: Mapping[str, str] | None = None) -> Checked:
    """Re-anchor every passage of a `comparison.json`.

    `texts` maps SHA-256 digests to the texts of the original pages; without it the texts in the file are used.

    Raises:
        UnreadableInputError: where the file cannot be read or is not a comparison of this format.
        BadEvidenceError: where a text is missing or changed, or a passage does not stand on its words.
    """
    try:
        data = bundle.read_bytes()
    except OSError as error:
        raise UnreadableInputError(f"cannot read {bundle}: {error.strerror}. {_REMEDY}") from error
    record = parsed(data, name=bundle.name, remedy=_REMEDY)
    comparison = comparison_from(record, name=bundle.name, texts=texts or {}, stored=texts is None)
    return Checked(len(comparison.articles), sum(1 for _ in passages_in(comparison)))
