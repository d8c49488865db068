"""Join the sources of several articles on one event, and count what rests on whom.

In: analysed articles of one event. Out: `SharedSource`s, one per source with the articles that cite it. Named people,
organisations, media and documents are joined by name across transliterations, titles and initials. A source printed
without a name stays with its article: joining it with anybody, named or not, could out it. Two people who share a
surname stay apart where any article gives them different first names; a bare surname that fits both joins neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from comparer.language.names import name_key, same_name
from comparer.model import Act, AnalysedArticle, Rate, Source, SourceKind

_UNNAMED = frozenset({SourceKind.ROLE, SourceKind.ANONYMOUS, SourceKind.GROUP, SourceKind.PRONOUN, SourceKind.OTHER})
_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
_FEWEST_CAPITALS = 1  # capitals a document's name must hold to be one: "the report" may be any


@dataclass(frozen=True, slots=True)
class SharedSource:
    """Hold one source: its fullest printed name, its kind, and (article index, source) wherever it is cited."""

    name: str
    kind: SourceKind
    cited: tuple[tuple[int, Source], ...]


def shared_sources(articles: Sequence[AnalysedArticle]) -> tuple[SharedSource, ...]:
    """Return the sources of `articles`, most widely cited first, then by name; empty where nobody is cited."""
    groups: list[list[tuple[int, Source]]] = []
    every = [(k, source) for k, article in enumerate(articles) for source in article.sources]
    for place in sorted(every, key=lambda p: (-len(p[1].name.split()), p[0], p[1].mentions)):
        fitting = [group for group in groups if _one(place[1], group)]
        if len(fitting) == 1:
            fitting[0].append(place)
        else:
            groups.append([place])
    found = [
        SharedSource(group[0][1].name, group[0][1].kind, tuple(sorted(group, key=lambda p: p[0]))) for group in groups
    ]
    return tuple(sorted(found, key=lambda s: (-len({k for k, _ in s.cited}), s.name, s.cited[0][0])))


def anonymous_share(analysed: AnalysedArticle) -> Rate:
    """Return how many of the words that sources say rest on anonymous ones."""
    text = analysed.article.text
    said = [a for a in analysed.attributions if a.act is Act.SPEECH]
    words = [(a.resolved_kind, sum(len(_WORD.findall(c.of(text))) for c in a.content)) for a in said]
    hidden = sum(count for kind, count in words if kind is SourceKind.ANONYMOUS)
    return Rate(hidden, sum(count for _, count in words), "words that sources say")


def _one(source: Source, group: Sequence[tuple[int, Source]]) -> bool:
    """Tell whether a source is the one that a group holds: by name, never by what it says."""
    first = group[0][1]
    if source.kind in _UNNAMED or first.kind in _UNNAMED or source.kind is not first.kind or " and " in source.name:
        return False
    if source.kind is SourceKind.NAMED_PERSON:
        return all(same_name(source.name, other.name) for _, other in group)
    capitals = sum(word[:1].isupper() for word in source.name.split())
    return capitals >= _FEWEST_CAPITALS and name_key(source.name) == name_key(first.name)
