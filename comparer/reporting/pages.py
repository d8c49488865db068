"""Show each saved page: its headline and metadata, its blocks with kind and reason, its listed words, its origin."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from comparer.model import Article, Block, BlockKind, Passage, SharedPassage, Span, Voice
from comparer.reporting.context import EventContext, Link, Outlet, told_alone
from comparer.reporting.words import (
    Laid,
    begun,
    clip,
    clip_words,
    count,
    day,
    plain,
    short_day,
    sweep,
    tidy,
    word_places,
)
from comparer.resources.rules import rules

PASSAGE_WORDS = 30  # words of a shared passage in the list; the whole stands in the full texts
KEPT_WORDS = 14  # words of a kept block shown in the ledger; the whole stands in the full text
LISTED = ("loaded", "evaluation", "prediction")  # categories shown word by word; hedges and boosters are only counted


class Headline(NamedTuple):
    """Show one article's headline and what the page says of itself."""

    outlet: Outlet
    title: str
    found: bool
    facts: tuple[str, ...]


class OriginView(NamedTuple):
    """Show the articles that carry one text, and what they share."""

    number: int
    note: str
    headlines: tuple[Headline, ...]
    members: tuple[int, ...]


class LedgerLine(NamedTuple):
    """Show one block of a page; runs of its words, True where a phrase promotes; its characters."""

    css: str
    span: Span
    kind: str
    runs: tuple[tuple[str, bool], ...]
    reason: str
    probability: str


class PageView(NamedTuple):
    """Show one saved page."""

    outlet: Outlet
    article: Article
    published: str | None
    short: str
    words: int
    kept: int
    dropped: int
    kinds: str
    ledger: tuple[LedgerLine, ...]
    provenance: tuple[tuple[str, str, str], ...]
    credits: tuple[tuple[str, Link], ...]
    readability: tuple[str, str]
    sentences: int


class WordRow(NamedTuple):
    """Show one listed word with the places where it stands, by voice."""

    word: str
    category: str
    own: tuple[Link, ...]
    quoted: tuple[Link, ...]


class LoneFinding(NamedTuple):
    """Show a finding beside a claim of one outlet: drawn there (`here`), or a link to where it is drawn."""

    code: str
    id: str
    key: str
    here: bool
    confidence: str


class LoneClaims(NamedTuple):
    """Show what one outlet alone prints."""

    outlet: Outlet
    claims: tuple[tuple[int, str, str, Link, tuple[LoneFinding, ...]], ...]


def origins(ctx: EventContext) -> tuple[OriginView, ...]:
    """Return the event's origins, in the order of the articles."""
    views = []
    for number, members in enumerate(ctx.event.reuse.origins, start=1):
        headlines = tuple(_headline(ctx, k) for k in members)
        views.append(OriginView(number, _origin_note(ctx, members), headlines, tuple(members)))
    return tuple(views)


def brackets(ctx: EventContext) -> tuple[tuple[int, str, int], ...]:
    """Return the origins over the columns of the matrix: number, note, and how many neighbouring columns each spans."""
    home = {k: view for view in origins(ctx) for k in view.members}
    runs = groupby(range(len(ctx.outlets)), key=lambda k: home[k].number)
    spans = [(home[members[0]], len(members)) for members in (tuple(run) for _, run in runs)]
    return tuple((view.number, view.note, width) for view, width in spans)


def pages(ctx: EventContext) -> tuple[PageView, ...]:
    """Return the saved pages in the order of the articles."""
    return tuple(_page(ctx, k) for k in range(len(ctx.analysed)))


def listed_words(ctx: EventContext) -> tuple[WordRow, ...]:
    """Return the words of the lists that stand in the texts, those in an outlet's own voice first."""
    rows: dict[tuple[str, str], tuple[list[Link], list[Link]]] = {}
    for k, analysed in enumerate(ctx.analysed):
        for marker in analysed.markers:
            if marker.category in LISTED:
                printed = ctx.span_text(k, marker.span).casefold()
                own, quoted = rows.setdefault((printed, marker.category), ([], []))
                link = ctx.link(Passage(ctx.event.articles[k], marker.span))
                (own if marker.voice is Voice.OUTLET else quoted).append(link)
    views = [WordRow(word, plain(category), tuple(o), tuple(q)) for (word, category), (o, q) in rows.items()]
    return tuple(sorted(views, key=lambda v: (-len(v.own), -len(v.quoted), v.word)))


def voice_counts(ctx: EventContext) -> tuple[tuple[str, tuple[tuple[int, int], ...]], ...]:
    """Count marked words per category and outlet: in the outlet's own voice, in a source's."""
    categories = sorted({m.category for a in ctx.analysed for m in a.markers})
    table = []
    for category in categories:
        cells = []
        for analysed in ctx.analysed:
            voices = [m.voice for m in analysed.markers if m.category == category]
            cells.append((voices.count(Voice.OUTLET), voices.count(Voice.SOURCE)))
        table.append((plain(category), tuple(cells)))
    return tuple(table)


def lone_claims(ctx: EventContext) -> tuple[LoneClaims, ...]:
    """Return, per outlet, the claims that stand in no other text of the event, in page order."""
    views = []
    for k, outlet in enumerate(ctx.outlets):
        rows = [row for row in ctx.lone if row.told_by == (k,)]
        rows.sort(key=lambda row: row.cells[k].told[0].passage.span.start)
        claims = []
        for row in rows:
            codes = tuple(
                LoneFinding(f.code, ctx.finding_id(f), f.id, told_alone(f), f"{f.confidence:.2f}")
                for f in ctx.by_row.get(row.id, ())
            )
            text = " ".join(ctx.text(c.passage) for c in row.cells[k].told)
            link = ctx.link(row.cells[k].told[0].passage)
            claims.append((ctx.number[row.id], ctx.row_id(row.id), text, link, codes))
        views.append(LoneClaims(outlet, tuple(claims)))
    return tuple(views)


def shared_passages(ctx: EventContext) -> tuple[tuple[Link, Link, int, bool, bool], ...]:
    """Return the passages that two texts share, longest first: words, inside quotation marks, not word for word."""
    found = sorted(ctx.event.reuse.passages, key=lambda p: (p.quoted, -p.words, p.left.span.start))
    return tuple(_passage(ctx.link(p.left), ctx.link(p.right), p) for p in found)


def _passage(left: Link, right: Link, shared: SharedPassage) -> tuple[Link, Link, int, bool, bool]:
    """Return the two places with the beginning of the words, and whether the printings differ in more than type."""
    differ = [form for *_, form in word_places(left.words)] != [form for *_, form in word_places(right.words)]
    begun = left._replace(words=clip_words(left.words, PASSAGE_WORDS))
    return begun, right, shared.words, shared.quoted, differ


def shares(ctx: EventContext) -> tuple[tuple[Outlet, int, tuple[int, ...]], ...]:
    """Return per article its words that may count as copied and how many of them stand in each other article."""
    reuse = ctx.event.reuse
    return tuple((outlet, reuse.words[k], reuse.shared[k]) for k, outlet in enumerate(ctx.outlets))


def quotations(ctx: EventContext) -> tuple[Link, ...]:
    """Return every quotation of a lone article, in page order."""
    article = ctx.event.articles[0]
    return tuple(ctx.link(Passage(article, q.content)) for q in ctx.analysed[0].quotations)


def _headline(ctx: EventContext, k: int) -> Headline:
    article = ctx.analysed[k].article
    facts = [ctx.outlets[k].name, day(article.published) or "no date known"]
    facts.append(count(ctx.analysed[k].readability.words, "word"))
    if article.truncated:
        facts.append("saved text cut off")
    if article.credits:
        named = article.agency or next((c.agency for c in article.credits if c.agency), None)
        facts.append(f"credits {named}" if named else "signed off by an agency reporter, agency not named")
    return Headline(ctx.outlets[k], tidy(article.title or "no title found"), article.title is not None, tuple(facts))


def _origin_note(ctx: EventContext, members: tuple[int, ...]) -> str:
    passages = ctx.event.reuse.passages
    if len(members) > 1:
        credited = [ctx.outlets[k].siglum for k in members if ctx.analysed[k].article.credits]
        if not credited:
            return "shared text, no credit seen in these saved texts"
        return "shared text, credited in " + ", ".join(credited)
    near = [p for p in passages if members[0] in (ctx.index[p.left.article], ctx.index[p.right.article])]
    if any(not p.quoted for p in near):
        return "shares a short passage"
    return "shares a quotation" if near else "no shared passage"


def _page(ctx: EventContext, k: int) -> PageView:
    analysed = ctx.analysed[k]
    article = analysed.article
    dropped = [b for b in article.blocks if not b.kept]
    kinds = list(dict.fromkeys(b.kind for b in dropped))
    tally = [f"{plain(kind)} {sum(b.kind is kind for b in dropped)}" for kind in kinds]
    whole = {block.span for block in article.blocks}
    praising = {known.code for known in rules() if known.phrases}  # whose evidence holds praise and calls to the reader
    told = (p for f in ctx.event.findings if f.code in praising for p in f.evidence if ctx.index[p.article] == k)
    praise = [p.span for p in told if p.span not in whole]
    praise += [m.span for m in analysed.markers if m.category == "praise"]
    figures = (analysed.readability.automated_readability_index, analysed.readability.coleman_liau_index)
    return PageView(
        outlet=ctx.outlets[k],
        article=article,
        published=day(article.published),
        short=short_day(article.published),
        words=analysed.readability.words,
        kept=len(article.blocks) - len(dropped),
        dropped=len(dropped),
        kinds=", ".join(tally),
        ledger=tuple(_line(ctx, k, block, praise) for block in article.blocks),
        provenance=tuple((plain(p.field), clip(p.value, 90), p.origin) for p in article.provenance),
        credits=tuple((plain(c.form), ctx.link(Passage(ctx.event.articles[k], c.span))) for c in article.credits),
        readability=(
            "–" if figures[0] is None else f"{figures[0]:.1f}",
            "–" if figures[1] is None else f"{figures[1]:.1f}",
        ),
        sentences=analysed.readability.sentences,
    )


def _line(ctx: EventContext, k: int, block: Block, praise: list[Span]) -> LedgerLine:
    text = ctx.analysed[k].article.text
    promotes = block.kind in (BlockKind.PROMOTION, BlockKind.ABOUT_OUTLET, BlockKind.NEWSLETTER)
    if block.kept or ctx.redact:
        words = tidy(block.span.of(text))
        runs: tuple[tuple[str, bool], ...] = ((begun(words) if ctx.redact else clip_words(words, KEPT_WORDS), False),)
    else:
        cut = sweep(block.span, [Laid(span, "praise") for span in praise])
        runs = tuple((run.span.of(text), bool(run.marks)) for run in cut)
    css = "kp" if block.kept else "pm" if promotes else "fu"
    return LedgerLine(css, block.span, plain(block.kind), runs, block.reason, f"{block.probability:.2f}")
