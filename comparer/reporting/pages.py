"""Show each saved page: headline and metadata, blocks with kind and reason, listed words, origin, and what it shares.

Counts for small pictures too: who shares words with whom, whom each cites, what fills a saved page. Nothing here rates
an outlet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import accumulate, groupby, pairwise
from math import ceil
from operator import itemgetter

from comparer.model import Act, Block, BlockKind, Passage, Places, SourceKind, Voice
from comparer.reporting.context import EventContext, Link, View, told_alone
from comparer.reporting.words import Laid, begun, clip, clip_words, count, day, sweep, tidy, word_places
from comparer.resources.rules import rules

PASSAGE_WORDS = 16  # words of a shared passage in the list; the whole stands in the full texts
KEPT_WORDS = 8  # words of a kept block shown in the ledger; the whole stands in the full text
LISTED = ("loaded", "evaluation", "prediction")  # categories shown word by word; hedges and boosters are only counted
LEVELS = 4  # tints of the overlap, by quarters of a text's words
KINDS = {
    "named": (SourceKind.NAMED_PERSON,),
    "organisation, document": (SourceKind.ORGANISATION, SourceKind.MEDIA, SourceKind.DOCUMENT),
    "role or group": (SourceKind.ROLE, SourceKind.GROUP, SourceKind.OTHER, SourceKind.PRONOUN),
    "unnamed": (SourceKind.ANONYMOUS,),
}
PROMOTING = (BlockKind.PROMOTION, BlockKind.NEWSLETTER, BlockKind.ABOUT_OUTLET)


def origins(ctx: EventContext) -> list[View]:
    """Return the event's origins, in the order of the articles: who carries one text, and what they share."""
    return [
        {
            "number": number,
            "note": _origin_note(ctx, members),
            "headlines": [_headline(ctx, k) for k in members],
            "members": members,
        }
        for number, members in enumerate(ctx.event.reuse.origins, start=1)
    ]


def brackets(ctx: EventContext, found: list[View]) -> list[tuple[View, int]]:
    """Return the origins over the columns of the matrix, and how many neighbouring columns each spans."""
    home = {k: origin for origin in found for k in origin["members"]}
    runs = groupby(range(len(ctx.outlets)), key=lambda k: home[k]["number"])
    return [(home[members[0]], len(members)) for members in (tuple(run) for _, run in runs)]


def listed_words(ctx: EventContext) -> list[View]:
    """Return the words of the lists with the places where they stand, by voice: first those in an outlet's own."""
    rows: dict[tuple[str, str], dict[Voice, list[Link]]] = {}
    for k, analysed in enumerate(ctx.analysed):
        for marker in analysed.markers:
            if marker.category in LISTED:
                printed = (ctx.span_text(k, marker.span).casefold(), marker.category)
                links = rows.setdefault(printed, {voice: [] for voice in Voice})
                links[marker.voice].append(ctx.link(Passage(ctx.event.articles[k], marker.span)))
    found = [
        {"word": word, "category": category, "own": links[Voice.OUTLET], "quoted": links[Voice.SOURCE]}
        for (word, category), links in rows.items()
    ]
    return sorted(found, key=lambda row: (-len(row["own"]), -len(row["quoted"]), row["word"]))


def voice_counts(ctx: EventContext) -> dict[str, list[tuple[int, int]]]:
    """Count marked words per category and outlet: in the outlet's own voice, in a source's."""
    found = [Counter((m.category, m.voice) for m in analysed.markers) for analysed in ctx.analysed]
    categories = sorted({category for counted in found for category, _ in counted})
    return {c: [(n[c, Voice.OUTLET], n[c, Voice.SOURCE]) for n in found] for c in categories}


def lone_claims(ctx: EventContext) -> list[View]:
    """Return, per outlet, the claims that stand in no other text of the event, in page order.

    A finding beside a claim is drawn `here`, or linked to where it is drawn.
    """
    views = []
    for k, outlet in enumerate(ctx.outlets):
        rows = [row for row in ctx.lone if row.told_by == (k,)]
        claims = [
            ctx.shown(row.id)
            | {
                "place": ctx.link(row.cells[k].told[0].passage),
                "findings": [
                    {"finding": f, "id": ctx.finding_id(f), "here": told_alone(f)} for f in ctx.by_row.get(row.id, ())
                ],
            }
            for row in sorted(rows, key=lambda row: row.cells[k].told[0].passage.span.start)
        ]
        views.append({"outlet": outlet, "claims": claims})
    return views


def shared_passages(ctx: EventContext) -> list[tuple[Link, Link, int, bool, bool]]:
    """Return the passages that two texts share, longest first: words, inside quotation marks, not word for word."""
    views = []
    for shared in sorted(ctx.event.reuse.passages, key=lambda p: (p.quoted, -p.words, p.left.span.start)):
        left, right = ctx.link(shared.left), ctx.link(shared.right)
        differ = [form for *_, form in word_places(left.words)] != [form for *_, form in word_places(right.words)]
        begins = left._replace(words=clip_words(left.words, PASSAGE_WORDS))
        views.append((begins, right, shared.words, shared.quoted, differ))
    return views


def quotations(ctx: EventContext) -> tuple[Link, ...]:
    """Return every quotation of a lone article, in page order."""
    article = ctx.event.articles[0]
    return tuple(ctx.link(Passage(article, q.content)) for q in ctx.analysed[0].quotations)


def _headline(ctx: EventContext, k: int) -> View:
    article = ctx.analysed[k].article
    facts = [ctx.outlets[k].name, day(article.published) or "no date known"]
    facts.append(count(ctx.analysed[k].readability.words, "word"))
    if article.truncated:
        facts.append("saved text cut off")
    if k in ctx.copies:
        facts.append(f"the same in {count(len(ctx.copies[k]), 'more saved text')}, named under Origins")
    if article.credits:
        named = article.agency or next((c.agency for c in article.credits if c.agency), None)
        facts.append(f"credits {named}" if named else "signed off by an agency reporter, agency not named")
    return {"outlet": ctx.outlets[k], "title": article.title, "facts": facts}


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


def page(ctx: EventContext, k: int) -> View:
    """Return what stands on one saved page."""
    analysed = ctx.analysed[k]
    article = analysed.article
    dropped = Counter(b.kind for b in article.blocks if not b.kept)
    whole = {block.span for block in article.blocks}
    praising = {known.code for known in rules() if known.phrases}  # whose evidence holds praise and calls to the reader
    told = (p for f in ctx.event.findings if f.code in praising for p in f.evidence if ctx.index[p.article] == k)
    praise = [p.span for p in told if p.span not in whole]
    praise += [m.span for m in analysed.markers if m.category == "praise"]
    laid = Places([(span, ("praise", "")) for span in praise], where=itemgetter(0))
    return {
        "outlet": ctx.outlets[k],
        "article": article,
        "readability": analysed.readability,
        "kept": len(article.blocks) - dropped.total(),
        "dropped": dropped,
        "ledger": [_line(ctx, k, block, laid) for block in article.blocks],
        "provenance": [(p.field, clip(p.value, 90), p.origin) for p in article.provenance],
        "credits": [(c.form, ctx.link(Passage(ctx.event.articles[k], c.span))) for c in article.credits],
    }


def _line(ctx: EventContext, k: int, block: Block, praise: Places[Laid]) -> View:
    """Show one block of a page; runs of its words, True where a phrase promotes."""
    text = ctx.analysed[k].article.text
    if block.kept or ctx.redact:
        words = tidy(block.span.of(text))
        runs = [(begun(words) if ctx.redact else clip_words(words, KEPT_WORDS), False)]
    else:
        runs = [(run.of(text), bool(marks)) for run, marks in sweep(block.span, praise.touching(block.span))]
    return {"css": "kp" if block.kept else "pm" if block.kind in PROMOTING else "fu", "block": block, "runs": runs}


def overlap(ctx: EventContext) -> list[View]:
    """Return per text how many of its words, quotations left out, stand in each other text, and a tint."""
    views = []
    for k, outlet in enumerate(ctx.outlets):
        words, shared = ctx.event.reuse.words[k], ctx.event.reuse.shared[k]
        cells = [(n, ceil(LEVELS * n / words) if words else 0) for n in shared]
        views.append({"outlet": outlet, "words": words, "cells": [*cells[:k], None, *cells[k + 1 :]]})
    return views


def kinds(ctx: EventContext) -> list[View]:
    """Return per text its statements by kind of source."""
    said = (Counter(s.resolved_kind for s in a.attributions if s.act is Act.SPEECH) for a in ctx.analysed)
    return _bars(ctx, ({name: sum(n[kind] for kind in KINDS[name]) for name in KINDS} for n in said))


def page_shares(ctx: EventContext) -> list[View]:
    """Return per saved page its words: of the report, of promotion, of everything else."""
    found = []
    for article in (analysed.article for analysed in ctx.analysed):
        words = {"report": 0, "promotion": 0, "rest of the page": 0}
        for block in article.blocks:
            name = "report" if block.kept else "promotion" if block.kind in PROMOTING else "rest of the page"
            words[name] += len(block.span.of(article.text).split())
        found.append(words)
    return _bars(ctx, found)


def _bars(ctx: EventContext, found: Iterable[dict[str, int]]) -> list[View]:
    """Lay the parts of each text behind each other, on one scale for all: left edge and width of a hundred."""
    texts = list(found)
    longest = max((sum(parts.values()) for parts in texts), default=0) or 1
    views = []
    for outlet, parts in zip(ctx.outlets, texts, strict=True):
        edges = [round(100 * end / longest, 1) for end in accumulate(parts.values(), initial=0)]
        bars = [(x, round(end - x, 1)) for x, end in pairwise(edges)]
        views.append({"outlet": outlet, "parts": parts, "total": sum(parts.values()), "bars": bars})
    return views
