"""Let what is known beside a page overrule the cleaner: decisions of people, and what the outlet's pages repeat.

In: a page's text and blocks, or its records, with decisions, or with a profile learned from articles of one outlet.
Out: the blocks with kinds changed and the reason saying who changed them and what stood there before; spans never
change. A decision whose line no longer reads as it did is refused, since it was made about another text. What repeats
is not furniture for that alone: a follow-up repeats a paragraph of background, two reports print one quotation, two
carry one agency's copy. So sentences count by the stories they stand in, not by the pages, and are dropped only where
other pages' own evidence or a cue agrees, or where they stand in many different stories. A blurb that the cleaner keeps
on every page of one running story stays.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from comparer.cleaning.lines import Cue, Record, Unit, unit_at
from comparer.errors import StaleReviewError
from comparer.model import KEPT_KINDS, Article, Block, BlockDecision, BlockKind, Decision, RepeatedLine, SiteProfile
from comparer.model.finding import kind_for
from comparer.model.text import CUT
from comparer.resources.loader import word_set

_SHOWN = 80  # characters of a block that a decision prints
_DIGITS = 16  # of a SHA-256, enough to tell the blocks of one page apart

LEAST_PAGES = 3  # pages that must be given, and on which a line must stand, before its repeating says anything
_LEAST_SHARE = 0.3  # of the outlet's pages; what stands on fewer may be a headline that is linked for a day
_MANY_STORIES = 4  # different stories whose pages print one sentence before that alone speaks against it
_LONGEST = 60  # words of a line that are compared
_TELLING = 5  # letters; shorter words say nothing about what a page is about
_ONE_STORY = 0.22  # share of the smaller page's telling words that stand on the other, above which both tell one story
_WEAK_CUE = 0.5
_EVERYWHERE = 0.8  # of the pages; what stands on more tells the outlet and nothing about what a page is about
_SURE = 0.97  # of a line that other pages show to be furniture
_HEADLINE = 4  # words; a shorter line is a masthead or a section rather than a headline
_DATES = word_set("calendar", "months", "months_short", "months_other", "weekdays", "weekdays_short")


class Wishes(NamedTuple):
    """Hold what people asked of the cleaner: a reviewer's decisions on one page, kinds to keep or drop in one run."""

    decisions: tuple[Decision, ...] = ()
    keep: frozenset[BlockKind] = frozenset()
    drop: frozenset[BlockKind] = frozenset()


NO_WISHES = Wishes()


def line_numbers(text: str, blocks: Sequence[Block]) -> tuple[int, ...]:
    r"""Return the number of the line each block begins on, counted from 1.

    >>> from comparer.model import Span
    >>> page = "Ferry aground\r\n\r\nNobody was hurt."
    >>> line_numbers(page, [Block(Span(17, 33), BlockKind.CONTENT, 0.9, "")])
    (3,)
    """
    ends = list(accumulate(map(len, text.splitlines(keepends=True))))
    return tuple(bisect_right(ends, b.span.start) + 1 for b in blocks)


def decisions_on(
    text: str, blocks: Sequence[Block], *, page: str, line: int, verdict: str, note: str = ""
) -> tuple[Decision, ...]:
    """Return the decisions that give every block beginning on a line the verdict; none where no block begins there."""
    found = []
    for block, number in zip(blocks, line_numbers(text, blocks), strict=True):
        if number == line:
            own = block.span.of(text)
            words = _flat(own)
            shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()} {CUT}"
            found.append(Decision(page, line, shown, verdict, digest(own)[:_DIGITS], note))
    return tuple(found)


def overrule(text: str, blocks: Sequence[Block], decisions: Iterable[Decision]) -> tuple[Block, ...]:
    """Return the blocks as a reviewer decided.

    Raises:
        StaleReviewError: where a decision's line, words or digest do not meet one block.
    """
    out = list(blocks)
    lines = line_numbers(text, blocks)
    for decision in decisions:
        at = _place(text, blocks, lines, decision)
        out[at] = _overruled(blocks[at], decision)
    return tuple(out)


def overrule_places(
    blocks: Sequence[Block], decisions: Iterable[BlockDecision]
) -> tuple[tuple[Block, ...], tuple[BlockDecision, ...]]:
    """Return the blocks as a review file decided, and the decisions whose place is not exactly one block's."""
    out = list(blocks)
    places = {block.span: k for k, block in enumerate(blocks)}
    lost = []
    for decision in decisions:
        at = places.get(decision.passage.span)
        if at is None:
            lost.append(decision)
        else:
            out[at] = _overruled(blocks[at], decision)
    return tuple(out), tuple(lost)


def overrule_kinds(
    blocks: Sequence[Block], *, keep: Collection[BlockKind] = (), drop: Collection[BlockKind] = ()
) -> tuple[Block, ...]:
    """Return the blocks with all of some kinds kept as content, or dropped as other."""
    asked = {kind: (BlockKind.CONTENT, "kept on request") for kind in keep if kind not in KEPT_KINDS}
    asked |= {kind: (BlockKind.OTHER, "dropped on request") for kind in drop if kind in KEPT_KINDS}
    return tuple(_instead(block, *asked[block.kind]) if block.kind in asked else block for block in blocks)


def _overruled(found: Block, decision: Decision | BlockDecision) -> Block:
    said = f"reviewer: {decision.note}" if decision.note else "reviewer"
    return replace(_instead(found, kind_for(decision.verdict, found.kind), said), probability=1.0)


def _instead(block: Block, kind: BlockKind, by: str) -> Block:
    reason = f"{by}; the cleaner had {block.kind.value.replace('_', ' ')}, {block.reason}"
    return replace(block, kind=kind, reason=reason)


def _place(text: str, blocks: Sequence[Block], lines: Sequence[int], decision: Decision) -> int:
    agreeing = [i for i, b in enumerate(blocks) if _agrees(decision, b.span.of(text))]
    here = [i for i in agreeing if lines[i] == decision.line]
    if len(here) == 1:
        return here[0]
    where = f"the reviewer's decision on line {decision.line} ({decision.verdict}, {decision.text!r})"
    remedy = "Correct it or take it out of the file."
    if here:
        raise StaleReviewError(f"{where} fits {len(here)} blocks there. {remedy}")
    if agreeing:
        now = ", ".join(str(lines[i]) for i in agreeing)
        raise StaleReviewError(f"{where} no longer stands there: those words begin on line {now} now. {remedy}")
    reads = [b.span.of(text) for b, n in zip(blocks, lines, strict=True) if n == decision.line]
    now = f"the line reads {_flat(reads[0])[:_SHOWN]!r}" if reads else "no block begins on that line"
    raise StaleReviewError(f"{where} was made about another text: {now}. {remedy}")


def _agrees(decision: Decision, own: str) -> bool:
    if not digest(own).startswith(decision.digest):
        return False
    wanted, words = _flat(decision.text), _flat(own)
    if wanted.endswith(CUT) and wanted != words:
        return words.startswith(wanted.removesuffix(CUT).rstrip())
    return wanted == words


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _flat(text: str) -> str:
    return " ".join(text.split())


def learn_site(articles: Sequence[Article], *, outlet: str | None = None) -> SiteProfile:
    """Return what repeats among pages of one outlet; `outlet` defaults to the name that most of them give.

    Raises:
        ValueError: where fewer than three different pages are given, or pages that name several outlets alike.
    """
    pages = list({a.digest: a for a in articles}.values())
    if len(pages) < LEAST_PAGES:
        raise ValueError(f"{len(pages)} different pages are too few to see what repeats: give {LEAST_PAGES} or more")
    found: dict[str, dict[int, BlockKind]] = {}
    for number, page in enumerate(pages):
        for block, _, key in _templates(page):
            if any(c.isalpha() for c in key):
                found.setdefault(key, {}).setdefault(number, block.kind)
    everywhere = {key for key, on in found.items() if len(on) >= _EVERYWHERE * len(pages)}
    story = _stories([_telling_words(page, everywhere) for page in pages])
    lines = [_line(key, on, story) for key, on in sorted(found.items()) if len(on) >= LEAST_PAGES]
    return SiteProfile(outlet or _outlet(pages), len(pages), len(set(story)), tuple(lines))


def template(unit: Unit) -> str:
    """Return the words of a line by which it is found on other pages, whatever day and numbers it prints.

    >>> from comparer.cleaning.lines import units
    >>> template(units("12 comments")[0]), template(units("Updated on 3 May 2025, 14:02")[0])
    ('# comments', 'updated on # # # # #')
    """
    forms = unit.forms[:_LONGEST]
    figures = [any(c.isdigit() for c in form) for form in forms]
    if any(figures):
        forms = ["#" if figure or form in _DATES else form for form, figure in zip(forms, figures, strict=True)]
    return " ".join(forms) + (" …" if len(unit.forms) > _LONGEST else "")


def _templates(page: Article) -> Iterator[tuple[Block, Unit, str]]:
    for block in page.blocks:
        unit = unit_at(page.text, block.span.start, block.span.end, line=0)
        yield block, unit, template(unit)


def repeated_elsewhere(records: Sequence[Record], site: SiteProfile) -> dict[int, Cue]:
    """Return, by their place among the settled records, the lines that the outlet's other pages show to be furniture.

    A line that the page's own evidence drops keeps its kind and gains the reason.
    """
    found = {}
    for at, one in enumerate(records):
        line = site.find(template(one.unit))
        if line is None or line.pages < LEAST_PAGES:
            continue
        seen = f"on {line.pages} of {site.pages} pages of this outlet"
        if not one.kept:
            found[at] = Cue(one.kind or BlockKind.OTHER, max(one.probability, 0.9), f"{one.reason}; {seen}")
        elif _speaks_against(one, line, site):
            kind = line.kind if line.dropped else one.cue.kind if one.cue else BlockKind.OTHER
            found[at] = Cue(kind, _SURE, seen)
    return found


def is_from(article: Article, site: SiteProfile) -> bool:
    """Tell whether a page is of the profile's outlet: by its name, or by most of the lines that every page has."""
    if article.outlet.casefold() == site.outlet.casefold():
        return True
    regular = {line.template for line in site.lines if line.pages >= _EVERYWHERE * site.pages}
    shared = regular & {key for _, _, key in _templates(article)}
    return len(shared) >= LEAST_PAGES and len(shared) >= 0.5 * len(regular)


def _speaks_against(one: Record, line: RepeatedLine, site: SiteProfile) -> bool:
    """Tell whether a kept line is furniture for what other pages show."""
    if line.pages < _LEAST_SHARE * site.pages:
        return False
    if one.kind is BlockKind.TITLE:  # a page's own headline is linked from the outlet's other pages
        return line.titles >= 2 or (one.unit.words < _HEADLINE and line.pages == site.pages)
    elsewhere = line.dropped >= 2 and 2 * line.dropped > line.pages
    if one.unit.prose or (one.unit.ends and one.unit.words >= _HEADLINE):
        cued = one.cue is not None and one.cue.strength >= _WEAK_CUE and line.stories >= 2
        return elsewhere or cued or (line.stories >= _MANY_STORIES and 2 * line.stories >= site.stories)
    return elsewhere or line.stories >= LEAST_PAGES


def _line(key: str, on: dict[int, BlockKind], story: Sequence[int]) -> RepeatedLine:
    dropped = Counter(kind for kind in on.values() if kind not in KEPT_KINDS)
    return RepeatedLine(
        template=key,
        pages=len(on),
        stories=len({story[number] for number in on}),
        dropped=sum(dropped.values()),
        titles=sum(kind is BlockKind.TITLE for kind in on.values()),
        kind=min(dropped, key=lambda kind: (-dropped[kind], kind), default=BlockKind.OTHER),
    )


def _telling_words(page: Article, everywhere: Collection[str]) -> frozenset[str]:
    own = (unit.forms for block, unit, key in _templates(page) if block.kept and key not in everywhere)
    return frozenset(form for forms in own for form in forms if len(form) >= _TELLING and form.isalpha())


def _stories(words: Sequence[frozenset[str]]) -> list[int]:
    """Number the pages by story: each tells that of the first page before it with which it shares many words."""
    story: list[int] = []
    for at, own in enumerate(words):
        first = (i for i in range(at) if story[i] == i)
        like = (i for i in first if len(own & words[i]) >= _ONE_STORY * min(len(own), len(words[i])))
        story.append(next(like, at))
    return story


def _outlet(pages: Sequence[Article]) -> str:
    """Return the outlet that the pages name; a file's name is no such word where others are."""
    said = [a.outlet for a in pages if {"file name"} != {p.origin for p in a.provenance if p.field == "outlet"}]
    names = Counter(said or [page.outlet for page in pages])
    ranked = sorted(names, key=lambda name: (-names[name], name))
    if 2 * names[ranked[0]] <= names.total() > 1:
        listed = ", ".join(ranked[:4])
        raise ValueError(f"these pages name {len(ranked)} outlets ({listed}): give pages of one, or say which it is")
    return ranked[0]
