"""Compose the stages: articles and a config in, a Comparison out. The only file that knows them all.

Nothing is read from disk and nothing printed. Each article is analysed once per call, whatever it is compared with.
"""

from __future__ import annotations

import dataclasses
import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from comparer import __version__
from comparer.language.doc import Doc, read_docs
from comparer.model import (
    AnalysedArticle,
    Article,
    ArticleId,
    Comparison,
    ComparisonIndex,
    Config,
    EventComparison,
    EventWishes,
    Group,
    IndexedEvent,
    Passage,
    Review,
    claim_id,
)
from comparer.reviewing import Reviewing

MOST_COPIES = 8  # articles of one text that an event lays out side by side: further ones are only named and counted
Progress = Callable[[str, int, int], None]


def analyse(article: Article, *, config: Config | None = None) -> AnalysedArticle:
    """Read one article alone: sentences, names, quotations, who says what, claims, marked words, readability."""
    config = config or Config()
    return _analyse([article], read_docs([article], own=config.lexicon), _silent, fast=config.fast)[0]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold back the search for cyclic garbage: a comparison makes none, and each search walks all that is kept."""
    held = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if held:
            gc.enable()


@_uncollected()
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
        The comparison, events with most articles first. It is the same for any order of `articles`; only with
        `one_event` cells stand in the order given, which permutes them and changes nothing else. Of more than
        `MOST_COPIES` articles of one text the first have cells; the others stand behind them in the event's `articles`.

    Raises:
        ValueError: where no article is given.
        UsageError: where two wishes contradict each other.
    """
    planned = plan(articles, config=config, one_event=one_event, wishes=wishes, reviews=reviews)
    return compare_planned(planned, progress=progress)


@_uncollected()
def compare_planned(planned: Plan, *, progress: Progress | None = None) -> Comparison:
    """Compare all events of a plan: a comparison as `compare` returns it."""
    report = progress or _silent
    docs = read_docs(planned.articles, own=planned.config.lexicon)
    analysed = _analyse(planned.articles, docs, report, fast=planned.config.fast)
    events = []
    for done, members in enumerate(planned.groups):
        report("comparing", done, len(planned.groups))
        events.append(compare_group(analysed, docs, members, config=planned.config, reviewing=planned.reviewing))
    report("comparing", len(events), len(events))
    made = (__version__, planned.config, planned.made_with)
    return Comparison(*made, tuple(analysed), tuple(events), reviews=planned.reviewing.applied())


class Plan(NamedTuple):
    """Hold what a run will compare: articles in order, the events they report, options, what reviewers decided.

    `made_with` names each word list and file of weights with its digest.
    """

    articles: tuple[Article, ...]
    groups: tuple[Group, ...]
    config: Config
    reviewing: Reviewing
    made_with: tuple[tuple[str, str], ...]

    def tasks(self) -> Iterator[Plan]:
        """Yield the plan of each event alone, which needs nothing of the others, in the order of the events."""
        for event in self.groups:
            members = tuple(self.articles[k] for k in event.members)
            own = dataclasses.replace(event, members=tuple(range(len(members))), nearest=None)
            yield self._replace(articles=members, groups=(own,))

    def listing(self, events: tuple[IndexedEvent, ...]) -> ComparisonIndex:
        """Return what leads to the records of all events."""
        ids = tuple(article.id for article in self.articles)
        missed = tuple(dataclasses.replace(review, changes=()) for review in self.reviewing.applied())
        return ComparisonIndex(__version__, self.config, self.made_with, ids, events, missed)


def plan(
    articles: Iterable[Article],
    *,
    config: Config | None = None,
    one_event: bool = False,
    wishes: EventWishes | None = None,
    reviews: Sequence[Review] = (),
) -> Plan:
    """Order the articles and group them by event: arguments and errors are those of `compare`."""
    from comparer.resources.loader import resource_digests

    reviewing = Reviewing(reviews)
    ordered = [reviewing.article(article) for article in _numbered(articles if one_event else in_order(articles))]
    if not ordered:
        raise ValueError("there is no article to compare: give at least one")
    config = runnable(config or Config())
    groups = _groups(ordered, one_event=one_event, wishes=wishes)
    return Plan(tuple(ordered), groups, config, reviewing, resource_digests(reader=not config.fast))


def compare_alone(task: Plan) -> Comparison:
    """Return the comparison of the one event of a plan, as a record of its own."""
    found = compare_planned(task)
    return found.alone(found.events[0])


def group(
    articles: Iterable[Article], *, wishes: EventWishes | None = None
) -> tuple[tuple[Article, ...], tuple[Group, ...]]:
    """Return the articles as a comparison holds them, and the events they report, largest first."""
    ordered = _numbered(in_order(articles))
    return tuple(ordered), _groups(ordered, one_event=False, wishes=wishes)


def compare_group(
    analysed: Sequence[AnalysedArticle], docs: Sequence[Doc], event: Group, *, config: Config, reviewing: Reviewing
) -> EventComparison:
    """Align the claims of one group of articles and compare them, with rows and findings as reviewers decided.

    Of each text the first `MOST_COPIES` articles take part, and the others are counted with the last of them. `docs`
    are the articles' readings; `event.members` are indices of both.
    """
    from comparer.alignment.reuse import find_reuse
    from comparer.alignment.rows import align
    from comparer.comparison.compare import compare_event

    laid: list[int] = []
    further: list[Article] = []
    seen: Counter[str] = Counter()
    for k in event.members:
        article = analysed[k].article
        seen[article.digest] += 1
        if seen[article.digest] <= MOST_COPIES:
            laid.append(k)
        else:
            further.append(article)
    members, read = [analysed[k] for k in laid], [docs[k] for k in laid]
    reuse = find_reuse([a.article for a in members], read)
    rows = reviewing.rows(align(members, read, reuse, fast=config.fast))
    compared = compare_event(
        members,
        read,
        group=event,
        alignment=rows.alignment,
        reuse=reuse,
        further=further,
        config=config,
        rejected=reviewing.rejected,
    )
    return reviewing.event(compared, rows)


def runnable(config: Config) -> Config:
    """Return the options of a run, fast where the reader of pairs cannot run."""
    from comparer.encoder import available

    return config if config.fast or available() else dataclasses.replace(config, fast=True)


def _analyse(
    articles: Sequence[Article], docs: Sequence[Doc], report: Progress, *, fast: bool
) -> list[AnalysedArticle]:
    """Read each article alone; of exact copies the first is read, and the others are told what it holds."""
    from comparer.attribution.attributions import read_attributions
    from comparer.attribution.claims import find_claims
    from comparer.attribution.vouching import vouch

    found: list[AnalysedArticle] = []
    known: dict[tuple[int, str], AnalysedArticle] = {}
    for done, (article, doc) in enumerate(zip(articles, docs, strict=True)):
        report("reading", done, len(articles))
        text = (id(doc), article.language)
        if text in known:
            found.append(_of_copy(known[text], article))
            continue
        said = read_attributions(article, doc, fast=fast)
        read = AnalysedArticle(
            article=article,
            sentences=doc.sentences,
            quotations=doc.quotations,
            attributions=said.attributions,
            sources=said.sources,
            claims=find_claims(article, doc, said),
            names=doc.names,
            markers=doc.markers,
            readability=doc.readability,
            attribution_attempted=said.attempted,
        )
        known[text] = vouch(read, doc, fast=fast)
        found.append(known[text])
    return found


def _of_copy(analysed: AnalysedArticle, article: Article) -> AnalysedArticle:
    """Return what was read in one text as what another article with that text holds."""
    ids = {c.id: claim_id(article.id, k) for k, c in enumerate(analysed.claims)}
    claims = []
    for c in analysed.claims:
        passage = Passage(article.id, c.passage.span)
        claims.append(dataclasses.replace(c, id=ids[c.id], passage=passage, repeats=c.repeats and ids[c.repeats]))
    return dataclasses.replace(analysed, article=article, claims=tuple(claims))


def _groups(articles: Sequence[Article], *, one_event: bool, wishes: EventWishes | None) -> tuple[Group, ...]:
    from comparer.grouping.clusters import group_articles, one_group

    if one_event:
        return (one_group(articles),)
    return tuple(sorted(group_articles(articles, wishes=wishes), key=lambda g: (-len(g.members), g.members)))


def in_order(articles: Iterable[Article]) -> list[Article]:
    """Sort by day, outlet and id: what is compared in this order does not depend on the order of files."""
    return sorted(articles, key=lambda a: (a.published or "9999", a.outlet.casefold(), a.id))


def _numbered(articles: Iterable[Article]) -> list[Article]:
    """Number exact repeats, so that every article has a name of its own."""
    seen: Counter[str] = Counter()
    kept = []
    for article in articles:
        seen[article.id] += 1
        repeat = seen[article.id]
        kept.append(article if repeat == 1 else dataclasses.replace(article, id=ArticleId(f"{article.id}-{repeat}")))
    return kept


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total
