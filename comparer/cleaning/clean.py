"""Type every line of a saved page: journalism to keep, or furniture to drop, with a reason.

In: the text of one page without tags, in page order. Out: blocks that cover every non-blank line. Two passes: what each
line says and looks like, then where it stands: before, in or after the article. Nothing is removed; blocks can be
overruled by whoever reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from comparer.cleaning.headline import NO_TAGS, Tags, headline_of
from comparer.cleaning.lines import Cue, Record, Unit, remembered, unit_at, units
from comparer.cleaning.networks import name_kinds, reread
from comparer.cleaning.phrases import find_cue, find_prompt, self_voice
from comparer.cleaning.places import type_ending, type_inside, type_opening
from comparer.cleaning.region import article_region, find_threads, inherit_kinds, repeated_lines
from comparer.cleaning.shapes import find_shape
from comparer.cleaning.site import repeated_elsewhere
from comparer.model import Block, BlockKind, SiteProfile, Span

_HEADINGS = frozenset({BlockKind.TITLE, BlockKind.SUBHEADING})
_STAMPED = re.compile(
    r"((?:date|published):?\s*\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?)\s+(?=\S)", re.IGNORECASE
)
_LEAST_STAMPED = 10  # words
_HEADING_MARKS = re.compile(r"(#{1,6})[ \t]+(?=\S)")


def clean(text: str, *, site: SiteProfile | None = None) -> tuple[Block, ...]:
    r"""Return the blocks of a page, in page order; they tile every run of non-blank characters and never overlap.

    An empty tuple means that nothing is printed on the page. No text raises. With a profile of the page's outlet, lines
    that repeat on its other pages are dropped for that.

    >>> page = "Skip to content\n\nFerry aground off Skerrow\n\nA ferry ran aground off Skerrow on Friday, he said."
    >>> [(b.kind.value, b.span.of(page)[:13]) for b in clean(page)]
    [('navigation', 'Skip to conte'), ('title', 'Ferry aground'), ('content', 'A ferry ran a')]
    """
    blocks: list[Block] = []
    for one in joined(records_of(text, site=site)):
        blocks += blocks_of(one)
    return tuple(blocks)


def joined(records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records with the sentences of one line that are all article put together again."""
    last: Record | None = None
    for one in records:
        if last is not None and one.unit.line == last.unit.line and one.kind is last.kind is BlockKind.CONTENT:
            span = Span(last.unit.span.start, one.unit.span.end)
            last = replace(last, unit=replace(last.unit, span=span), probability=min(last.probability, one.probability))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def records_of(text: str, *, site: SiteProfile | None = None, tags: Tags = NO_TAGS) -> list[Record]:
    """Return the settled records of a page, in page order."""
    records = _by_rules(*opening_of(text), tags)
    known = repeated_elsewhere(records, site) if site else {}
    if known:
        records = _by_rules(*_seen([r.unit for r in records], known), tags)
    name_kinds(records, *reread(records))
    for at, cue in known.items():
        records[at].decide(cue.kind, cue.strength, cue.reason)
    return records


def first_reading(text: str) -> list[Record]:
    """Return the records of a page as the rules alone settle them, in page order."""
    return _by_rules(*opening_of(text), NO_TAGS)


def opening_of(text: str) -> tuple[list[Record], int, int]:
    """Return the records of a page before they are settled, and where its running text begins and ends."""
    return _seen(_cut_stamps(units(text)), {})


def blocks_of(one: Record) -> tuple[Block, ...]:
    """Return the block a settled record stands for, with the marks of a Markdown heading as a block of their own."""
    span, text, kind = one.unit.span, one.unit.text, one.kind or BlockKind.OTHER
    marks = _HEADING_MARKS.match(text) if text[0] == "#" and kind in _HEADINGS else None
    if marks is None:
        return (Block(span, kind, one.probability, one.reason or "not recognised"),)
    printed, heading = Span(span.start, span.start + len(marks.group(1))), Span(span.start + marks.end(), span.end)
    return (
        Block(printed, BlockKind.OTHER, 0.99, "marks of a heading"),
        Block(heading, kind, one.probability, one.reason or "not recognised"),
    )


def _cut_stamps(page: list[Unit]) -> list[Unit]:
    """Return the units with days stamped before running text ("date 2021-06-23 The council said") cut off."""
    out = []
    for unit in page:
        match = _STAMPED.match(unit.text) if unit.prose and unit.digit and unit.words >= _LEAST_STAMPED else None
        if match is None:
            out.append(unit)
            continue
        for start, end in (match.span(1), (match.end(), len(unit.text))):
            part = unit_at(unit.text, start, end, line=unit.line)
            out.append(replace(part, span=part.span.moved(unit.span.start)))
    return out


@remembered
def _strongest_cue(unit: Unit) -> Cue | None:
    shape, phrase = find_shape(unit), find_cue(unit)
    if phrase is not None and unit.prose and unit.text[0] in '"“«„' and phrase.kind is not BlockKind.CONSENT:
        phrase = None  # a quotation says such things too
    best = shape
    for cue in (phrase, find_prompt(unit), self_voice(unit)):
        if cue is not None and (best is None or cue.strength > best.strength):
            best = cue
    return best


def _seen(page: list[Unit], known: dict[int, Cue]) -> tuple[list[Record], int, int]:
    """Return records with their cues, and the article's range; `known` holds cues from elsewhere, by their record."""
    records = [Record(unit, repeats=repeats) for unit, repeats in zip(page, repeated_lines(page), strict=True)]
    for one in records:
        one.see(_strongest_cue(one.unit))
    for start, end in find_threads(records):
        for one in records[start:end]:
            one.see(Cue(BlockKind.COMMENTS, 0.9, "post in a thread of readers' comments"))
    for at, cue in known.items():
        records[at].see(cue)
    region = article_region(records)
    return records, *(_fallback(records) if region is None else region)


def _by_rules(records: list[Record], start: int, end: int, tags: Tags) -> list[Record]:
    """Settle the records of a page by rules, but for its headline, which is learned."""
    start, end = type_opening(records, start, end, headline_of(records, start, end, tags))
    type_inside(records, start, end)
    type_ending(records, end)
    inherit_kinds(records)
    return records


def _fallback(records: list[Record]) -> tuple[int, int]:
    """Take the stretch of plain lines after the last leading furniture where no line is running text."""
    plain = [i for i, r in enumerate(records) if not r.furniture]
    if not plain:
        return 0, 0
    longest = max(plain, key=lambda i: (records[i].unit.words, -i))
    return (longest, longest + 1) if records[longest].unit.words >= 8 else (plain[0], plain[0])
