"""Compose the stages: articles and a config in, a Comparison out. The only file that knows them all.

Nothing is read from disk and nothing printed. Each article is analysed once per call, whatever it is compared with.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from comparer.model import (
    AnalysedArticle,
    Article,
    ArticleId,
    Comparison,
    Config,
    EventComparison,
    EventWishes,
    Group,
    Review,
)
from comparer.reviewing import Reviewing

Progress = Callable[[str, int, int], None]


def analyse(article: Article, *, config: Config | None = None) -> AnalysedArticle:
    """Read one article alone: sentences, names, quotations, who says what, claims, marked words, readability."""
    from comparer.attribution.attributions import read_attributions
    from comparer.attribution.claims import find_claims
    from comparer.language.markers import mark
    from comparer.language.names import find_names
    from comparer.language.readability import readability
    from comparer.language.sentences import split_sentences

    sentences = split_sentences(article.text, article.blocks)
    spans = [s.span for s in sentences]
    said = read_attributions(article, sentences)
    return AnalysedArticle(
        article=article,
        sentences=sentences,
        quotations=said.quotations,
        attributions=said.attributions,
        sources=said.sources,
        claims=find_claims(article, sentences, said.attributions, said.quotations),
        names=find_names(article.text, spans),
        markers=mark(article.text, spans, said.quotations, own=config.lexicon if config else ()),
        readability=readability(article.text, sentences),
        attribution_attempted=said.attempted,
    )


def compare(
    articles: Iterable[Article],
    *,
    config: Config | None = None,
    one_event: bool = False,
    wishes: EventWishes | None = None,
    reviews: Sequence[Review] = (),
    progress: Progress | None = None,
) -> Comparison:
    """Group the articles by event and compare each event's articles claim by claim.

    Args:
        articles: at least one; two with the same outlet, place and text are kept apart by an ordinal.
        config: which findings are wanted and whether texts are left out; all and none by default.
        one_event: take the articles to report one event, whatever they say.
        wishes: which articles a user wants in one event, or apart.
        reviews: decisions of reviewers about findings, rows and blocks, applied in this order.
        progress: called with a stage's name, the steps done and the steps to do.

    Returns:
        The comparison, the same for any order of `articles`; events with most articles first.

    Raises:
        ValueError: where no article is given.
        UsageError: where two wishes contradict each other.
    """
    from comparer import __version__
    from comparer.resources.loader import resource_digests

    reviewing = Reviewing(reviews)
    ordered = [reviewing.article(article) for article in _ordered(articles)]
    if not ordered:
        raise ValueError("there is no article to compare: give at least one")
    config = config or Config()
    report = progress or _silent
    groups = _groups(ordered, one_event=one_event, wishes=wishes)
    analysed = []
    for done, article in enumerate(ordered):
        report("reading", done, len(ordered))
        analysed.append(analyse(article, config=config))
    events = []
    for done, members in enumerate(groups):
        report("comparing", done, len(groups))
        events.append(compare_group(analysed, members, config=config, reviewing=reviewing))
    report("comparing", len(groups), len(groups))
    return Comparison(
        __version__, config, resource_digests(), tuple(analysed), tuple(events), reviews=reviewing.applied()
    )


def group(
    articles: Iterable[Article], *, wishes: EventWishes | None = None
) -> tuple[tuple[Article, ...], tuple[Group, ...]]:
    """Return the articles in the order of a comparison, and the events they report, largest first."""
    ordered = _ordered(articles)
    return tuple(ordered), _groups(ordered, one_event=False, wishes=wishes)


def compare_group(
    analysed: Sequence[AnalysedArticle], event: Group, *, config: Config, reviewing: Reviewing
) -> EventComparison:
    """Align the claims of one group of articles and compare them, with rows and findings as reviewers decided."""
    from comparer.alignment.reuse import find_reuse
    from comparer.alignment.rows import align
    from comparer.comparison.compare import compare_event

    members = [analysed[k] for k in event.members]
    reuse = find_reuse([a.article for a in members])
    rows = reviewing.rows(align(members, reuse))
    compared = compare_event(
        members, group=event, alignment=rows.alignment, reuse=reuse, config=config, rejected=reviewing.rejected
    )
    return reviewing.event(compared, rows)


def _groups(articles: Sequence[Article], *, one_event: bool, wishes: EventWishes | None) -> tuple[Group, ...]:
    from comparer.grouping.clusters import group_articles, one_group

    if one_event:
        return (one_group(articles),)
    return tuple(sorted(group_articles(articles, wishes=wishes), key=lambda g: (-len(g.members), g.members)))


def _ordered(articles: Iterable[Article]) -> list[Article]:
    """Sort by day, outlet and id, so that the order of files does not matter, and number exact repeats."""
    ranked = sorted(articles, key=lambda a: (a.published or "9999", a.outlet.casefold(), a.id))
    seen: Counter[str] = Counter()
    kept = []
    for article in ranked:
        seen[article.id] += 1
        repeat = seen[article.id]
        kept.append(article if repeat == 1 else dataclasses.replace(article, id=ArticleId(f"{article.id}-{repeat}")))
    return kept


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total
