"""Read what an article is about: weighted words of its title and kept text, names more than others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from comparer.grouping.tfidf import Matrix, idf_of, matrix_of, unit_rows
from comparer.language.tokens import STOP_WORDS, stem, words
from comparer.model import Article, BlockKind

TITLE_WEIGHT = 2.0  # times a word of the title counts
NAME_WEIGHT = 1.5  # what a capitalised word's weight is multiplied with
TRUST = 60.0  # articles at which the batch's own counts weigh as much as the background's
FAR_APART = 7.0  # days after which two known dates count half


@dataclass(frozen=True)
class Profiles:
    """Hold the weighted words of each article, rows of length one, and how each stem is printed."""

    matrix: Matrix
    terms: tuple[str, ...]
    surface: tuple[dict[str, str], ...]
    days: tuple[float | None, ...]

    @cached_property
    def similarity(self) -> Any:  # noqa: ANN401 - a dense array of float
        """Return cosines of all pairs, lowered where both dates are known and lie apart."""
        import numpy as np

        cosine = np.asarray((self.matrix @ self.matrix.T).toarray())
        known = np.array([np.nan if d is None else d for d in self.days])
        apart = np.nan_to_num(np.abs(known[:, None] - known[None, :]), nan=0.0)
        return cosine * 0.5 ** np.maximum(0.0, (apart - 1.0) / FAR_APART)

    def deciding_terms(self, members: Sequence[int], count: int) -> tuple[str, ...]:
        """Return printed words that weigh most in all members together, strongest first."""
        import numpy as np

        rows = self.matrix[list(members)].toarray()
        held = (rows > 0).sum(axis=0)
        weight = np.where(held >= min(2, len(members)), rows.mean(axis=0), 0.0)
        best = sorted(np.flatnonzero(weight > 0).tolist(), key=lambda c: (-round(float(weight[c]), 9), self.terms[c]))
        return tuple(self._printed(self.terms[c], members) for c in best[:count])

    def _printed(self, term: str, members: Sequence[int]) -> str:
        return next((self.surface[m][term] for m in members if term in self.surface[m]), term)


def read_profiles(articles: Sequence[Article]) -> Profiles:
    """Return the profiles of the articles; an article without kept words resembles nothing."""
    import numpy as np
    from scipy.sparse import diags

    read = [_bag(article) for article in articles]
    matrix, terms = matrix_of([bag for bag, _ in read])
    n = len(articles)
    seen = np.bincount(matrix.indices, minlength=matrix.shape[1])
    own = np.log((1 + n) / (1 + seen)) + 0.3
    trust = n / (n + TRUST)
    idf = trust * own + (1 - trust) * np.array(idf_of(terms) if terms else [0.0])
    weighted = unit_rows(matrix @ diags(np.maximum(idf, 0.0)))
    return Profiles(weighted, terms, tuple(surface for _, surface in read), tuple(_day(a.published) for a in articles))


def _bag(article: Article) -> tuple[dict[str, float], dict[str, str]]:
    """Return the weight of each stem before any idf, and the form in which it is first printed."""
    import math

    counts: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    surface: dict[str, str] = {}
    texts = [(b.span.of(article.text), b.kind is BlockKind.TITLE) for b in article.kept_blocks]
    if article.title and not any(is_title for _, is_title in texts):
        texts.insert(0, (article.title, True))
    for text, is_title in texts:
        for token in words(text):
            if token.form in STOP_WORDS or len(token.form) < 2 or token.form[0].isdigit():
                continue
            key, printed = stem(token.form), token.span.of(text)
            counts[key] += TITLE_WEIGHT if is_title else 1.0  # type: ignore[assignment]
            if not is_title:
                capital[key] += 1 if printed[0].isupper() else -1
            if key not in surface or (printed[0].islower() and not is_title):
                surface[key] = printed
    bag = {k: (1 + math.log(c)) * (NAME_WEIGHT if capital[k] > 0 else 1.0) for k, c in counts.items()}
    return bag, surface


def _day(published: str | None) -> float | None:
    import datetime

    try:
        return float(datetime.date.fromisoformat((published or "")[:10]).toordinal())
    except ValueError:
        return None
