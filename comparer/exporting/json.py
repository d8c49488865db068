"""Write a comparison as JSON: one self-contained, versioned record with every span's words beside its offsets.

Floats are rounded to six digits and keys keep the order of the model, so equal comparisons give equal bytes. With
`Config.redact` the texts are left out and long passages are cut; digests stay, so `verify` can still re-anchor them.
"""

from __future__ import annotations

import dataclasses
import json
from enum import Enum
from typing import Any

from comparer.model import Article, ArticleId, Comparison, Finding, Passage, Row, Span

FORMAT_VERSION = 3
LONGEST_QUOTE = 25  # words of a passage that a redacted file may print


def to_json(comparison: Comparison) -> str:
    """Return the comparison as indented JSON, ending in a line break.

    Every passage carries `exact`, the words it marks. The layout is the model's: field names are those of the
    dataclasses in `comparer.model`.
    """
    texts = {a.article.id: a.article.text for a in comparison.articles}
    writer = _Writer(texts, redact=comparison.config.redact)
    head = {"format": "comparer", "format_version": FORMAT_VERSION}
    return json.dumps(head | writer.plain(comparison), ensure_ascii=False, indent=1) + "\n"


def shortened(text: str, *, limit: int = LONGEST_QUOTE) -> str:
    """Return at most `limit` words of `text`, with an ellipsis where it was cut."""
    parts = text.split()
    return text if len(parts) <= limit else " ".join(parts[:limit]) + " …"


class _Writer:
    """Turn the model into plain lists and dicts, one field at a time."""

    def __init__(self, texts: dict[ArticleId, str], *, redact: bool) -> None:
        self._texts = texts
        self._redact = redact

    def plain(self, value: Any) -> Any:  # noqa: ANN401 - JSON has no narrower type
        """Return `value` as something the json module can write."""
        if isinstance(value, Passage):
            return self._passage(value)
        if isinstance(value, Article):
            return self._article(value)
        if isinstance(value, Span):
            return [value.start, value.end]
        if dataclasses.is_dataclass(value):
            return _named(value) | {f.name: self.plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        if isinstance(value, (list, tuple)):
            return [self.plain(v) for v in value]
        return _scalar(value)

    def _passage(self, passage: Passage) -> dict[str, Any]:
        exact = passage.span.of(self._texts[passage.article])
        cut = shortened(exact) if self._redact else exact
        return {"article": passage.article, "start": passage.span.start, "end": passage.span.end, "exact": cut}

    def _article(self, article: Article) -> dict[str, Any]:
        fields = {f.name: self.plain(getattr(article, f.name)) for f in dataclasses.fields(article)}
        return fields | ({"text": None} if self._redact else {})


def _named(value: object) -> dict[str, str]:
    """Return the name that a finding or a row keeps whatever stands beside it."""
    if isinstance(value, Finding):
        return {"id": value.id}
    return {"key": value.key} if isinstance(value, Row) else {}


def _scalar(value: Any) -> Any:  # noqa: ANN401 - as plain
    if isinstance(value, Enum):
        return value.value
    return round(value, 6) if isinstance(value, float) else value
