"""Check a written report against the texts it quotes: by hash, by position and by words, failing closed.

Composes exporting and reporting, as `outputs` does when it writes. A lookalike sentence elsewhere in the text does not
count: either the characters at the offsets are the quoted ones, or the report does not verify.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from comparer.errors import BadEvidenceError, UnreadableInputError
from comparer.exporting.anchored import check_annotations
from comparer.exporting.anchors import passages_in, text_digest
from comparer.exporting.bundle import read_bundle, record_beside
from comparer.exporting.decode import comparison_from
from comparer.model import Comparison
from comparer.records import parsed

_REMEDY = "Name what `comparer compare` wrote."


@dataclass(frozen=True, slots=True)
class Checked:
    """Count what was checked: the files by name, the texts they quote and their passages."""

    files: tuple[str, ...]
    articles: int
    passages: int


def verify(bundle: Path, *, texts: Mapping[str, str] | None = None) -> Checked:
    """Re-anchor every passage of a report: a folder, a `comparison.json`, an `annotations.jsonld` or a page.

    `texts` maps SHA-256 digests to the texts of the original pages. Without it the texts that `comparison.json` stores
    are used, for other files those of the one beside them.

    Raises:
        UnreadableInputError: where a file cannot be read or was not written by comparer.
        BadEvidenceError: where a text is missing or changed, or a passage does not stand on its words.
    """
    files = read_bundle(bundle)
    stored = _Stored(record_beside(bundle), texts)
    passages = sum(_passages(name, data, stored) for name, data in files.items())
    return Checked(tuple(files), len(stored.texts()), passages)


class _Stored:
    """Hold the texts to check against: the originals where given, else those of the record once that is checked."""

    def __init__(self, record: bytes | None, texts: Mapping[str, str] | None) -> None:
        self.record, self.given = record, texts
        if texts is not None:
            self.given = {digest: text for digest, text in texts.items() if text_digest(text) == digest}
        self.comparison: Comparison | None = None

    def read(self, data: bytes, name: str) -> Comparison:
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
    if name.endswith((".html", ".htm")):
        return _page(name, data, stored)
    record = parsed(data, name=name, remedy=_REMEDY)
    if "@context" in record:
        return check_annotations(record, name=name, texts=stored.texts())
    return sum(1 for _ in passages_in(stored.read(data, name)))


def _page(name: str, data: bytes, stored: _Stored) -> int:
    from comparer.reporting.reread import is_sealed, reread

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
