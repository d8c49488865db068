"""Name an event by the words that its headlines share, so that no outlet's headline names it alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from comparer.language.tokens import STOP_WORDS, stem, words
from comparer.model import AnalysedArticle

LONGEST = 4  # words of a name
SHORTEST = 2


def event_title(analysed: Sequence[AnalysedArticle]) -> str:
    """Return the words that stand in two or more headlines and most often in the texts, as one headline orders them.

    Without two such words it is the first headline, and "untitled" without any. An editor may well find a better name.
    """
    titles = [a.article.title for a in analysed if a.article.title]
    if not titles:
        return "untitled"
    cut = [_words(title) for title in titles]
    body = Counter(form for a in analysed for form, _ in _words(a.article.main_text))
    headlines = Counter(form for found in cut for form in dict.fromkeys(form for form, _ in found))
    shared = [form for form, count in headlines.items() if count > 1]
    chosen = sorted(shared, key=lambda form: (-headlines[form], -body[form]))[:LONGEST]
    if len(chosen) < SHORTEST:
        return titles[0]
    order = max(cut, key=lambda found: len({form for form, _ in found} & set(chosen)))
    printed = dict(pair for found in reversed(cut) for pair in reversed(found))
    printed |= dict(reversed(order))
    placed = [form for form in dict.fromkeys(form for form, _ in order) if form in chosen]
    name = " ".join(printed[form] for form in [*placed, *(form for form in chosen if form not in placed)])
    return name[0].upper() + name[1:]


def _words(text: str) -> list[tuple[str, str]]:
    """Return stem and printed form of the words that carry content, in order."""
    found = [(token.form, token.span.of(text)) for token in words(text) if token.form not in STOP_WORDS]
    return [(stem(form), printed.removesuffix("'s").removesuffix("’s")) for form, printed in found if len(form) > 2]
