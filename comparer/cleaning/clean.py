"""Type every line of a saved page: journalism to keep, or furniture to drop, with a reason.

In: the text of one page without tags, in page order. Out: blocks that cover every non-blank line. Two passes: what each
line says and looks like, then where it stands: before, in or after the article. For that running text earns, furniture
costs, and the stretch with the largest sum wins (the maximum subarray, Bentley 1984; the same idea finds articles in
HTML in Pasternack and Roth 2009). A page of many equal teasers fails: any of them may win. Nothing is removed; blocks
can be overruled by whoever reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from comparer.cleaning.headline import NO_TAGS, Tags, headline_of
from comparer.cleaning.lines import Cue, Record, Unit, remembered, unit_at, units
from comparer.cleaning.networks import name_kinds, reread
from comparer.cleaning.overrides import repeated_elsewhere
from comparer.cleaning.phrases import describes_author, find_cue, find_prompt, self_voice
from comparer.cleaning.places import find_threads, type_ending, type_inside, type_opening
from comparer.cleaning.shapes import find_shape
from comparer.model import Block, BlockKind, SiteProfile, Span

_HEADINGS = frozenset({BlockKind.TITLE, BlockKind.SUBHEADING})
_STAMPED = re.compile(
    r"((?:date|published):?\s*\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?)\s+(?=\S)", re.IGNORECASE
)
_LEAST_STAMPED = 10  # words
_HEADING_MARKS = re.compile(r"(#{1,6})[ \t]+(?=\S)")

# What a line is worth to the stretch that it stands in; a word of running text is worth 1.
_MOST_EARNING = 60  # a paragraph earns no more than this, or one long blurb would outweigh an article
_PLAIN_SHORT = -5.0
_FURNITURE = -9.0
_SECTION = {"related": -14.0, "comments": -45.0, "author_bio": -20.0, "about_outlet": -30.0}
_DROPPED_PROSE = {
    BlockKind.CONSENT: -40.0,
    BlockKind.LEGAL: -25.0,
    BlockKind.ABOUT_OUTLET: -30.0,
    BlockKind.COMMENTS: -25.0,
}
_PASSING = {BlockKind.CAPTION, BlockKind.PROMOTION, BlockKind.TIMESTAMP}  # between paragraphs, not ending an article
_TAIL = 8  # lines at the article's end that are looked over once more
_TAIL_CUE = 0.6
_FOLLOWING = frozenset(map(BlockKind, ("about_outlet", "newsletter", "comments", "legal", "promotion", "related")))
_TAIL_KINDS, _INHERITED = _FOLLOWING | {BlockKind.AUTHOR_BIO}, _FOLLOWING | {BlockKind.NAVIGATION}
_APART = 2  # short lines on either side that set a paragraph apart
_SCATTERED = 0.4
_TEASERS_AFTER_HEAD = 12  # lines after a heading of links in which lone paragraphs are taken for teasers
_LEAST_WORDS = 5  # shorter lines ("Sport", "Read more") repeat on every page and say nothing by it


def clean(text: str, *, site: SiteProfile | None = None) -> tuple[Block, ...]:
    r"""Return the blocks of a page, in page order; they tile every run of non-blank characters and never overlap.

    An empty tuple means that nothing is printed on the page. No text raises. With a profile of the page's outlet, lines
    that repeat on its other pages are dropped for that.

    >>> page = "Skip to content\n\nFerry aground off Skerrow\n\nA ferry ran aground off Skerrow on Friday, he said."
    >>> [(b.kind.value, b.span.of(page)[:13]) for b in clean(page)]
    [('navigation', 'Skip to conte'), ('title', 'Ferry aground'), ('content', 'A ferry ran a')]
    """
    return blocks_of(records_of(text, site=site))


def records_of(text: str, *, site: SiteProfile | None = None, tags: Tags = NO_TAGS) -> list[Record]:
    """Return the settled records of a page, in page order."""
    records = _by_rules(*opening_of(text), tags)
    known = repeated_elsewhere(records, site) if site else {}
    if known:
        records = _by_rules(*_seen([r.unit for r in records], known), tags)
    name_kinds(records, *reread(records))
    for at, cue in known.items():
        records[at].follow(cue)
    return records


def first_reading(text: str) -> list[Record]:
    """Return the records of a page as the rules alone settle them, in page order."""
    return _by_rules(*opening_of(text), NO_TAGS)


def opening_of(text: str) -> tuple[list[Record], int, int]:
    """Return the records of a page before they are settled, and where its running text begins and ends."""
    return _seen(_cut_stamps(units(text)), {})


def blocks_of(records: Iterable[Record]) -> tuple[Block, ...]:
    """Return the blocks that settled records stand for, sentences of one line that are all article put together again.

    The marks of a Markdown heading are a block of their own.
    """
    out: list[Block] = []
    last: Record | None = None
    for one in records:
        if last is not None and one.unit.line == last.unit.line and one.kind is last.kind is BlockKind.CONTENT:
            probability = min(out[-1].probability, one.probability)
            out[-1] = replace(out[-1], span=Span(out[-1].span.start, one.unit.span.end), probability=probability)
            continue
        last = one
        span, kind = one.unit.span, one.kind or BlockKind.OTHER
        marks = _HEADING_MARKS.match(one.unit.text) if kind in _HEADINGS else None
        if marks is not None:
            out.append(Block(Span(span.start, span.start + len(marks[1])), BlockKind.OTHER, 0.99, "marks of a heading"))
            span = Span(span.start + marks.end(), span.end)
        out.append(Block(span, kind, one.probability, one.reason or "not recognised"))
    return tuple(out)


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
    phrase = find_cue(unit)
    if phrase is not None and unit.prose and unit.text[0] in '"“«„' and phrase.kind is not BlockKind.CONSENT:
        phrase = None  # a quotation says such things too
    cues = (find_shape(unit), phrase, find_prompt(unit), self_voice(unit))
    return max((cue for cue in cues if cue is not None), key=lambda cue: cue.strength, default=None)


def _seen(page: list[Unit], known: dict[int, Cue]) -> tuple[list[Record], int, int]:
    """Return records with their cues, and the article's range; `known` holds cues from elsewhere, by their record."""
    records = [Record(unit, repeats=repeats) for unit, repeats in zip(page, _repeated_lines(page), strict=True)]
    for one in records:
        one.see(_strongest_cue(one.unit))
    for start, end in find_threads(records):
        for one in records[start:end]:
            one.see(Cue(BlockKind.COMMENTS, 0.9, "post in a thread of readers' comments"))
    for at, cue in known.items():
        records[at].see(cue)
    return records, *(_region(records) or _fallback(records))


def _by_rules(records: list[Record], start: int, end: int, tags: Tags) -> list[Record]:
    """Settle the records of a page by rules, but for its headline, which is learned."""
    type_inside(records, type_opening(records, start, headline_of(records, start, end, tags)), end)
    type_ending(records, end)
    _inherit_kinds(records)
    return records


def _fallback(records: list[Record]) -> tuple[int, int]:
    """Take the stretch of plain lines after the last leading furniture where no line is running text."""
    plain = [i for i, r in enumerate(records) if not r.furniture]
    if not plain:
        return 0, 0
    longest = max(plain, key=lambda i: records[i].unit.words)
    return (longest, longest + 1) if records[longest].unit.words >= 8 else (plain[0], plain[0])


def _region(records: list[Record]) -> tuple[int, int] | None:
    """Return the indices of the first record of the article and of the one after its last, or None."""
    best, best_range = 0.0, None
    total, start = 0.0, 0
    for i, worth in enumerate(_worths(records)):
        if total <= 0:
            total, start = 0.0, i
        total += worth
        if total > best:
            best, best_range = total, (start, i + 1)
    return _trimmed(records, *best_range) if best_range else None


def _trimmed(records: list[Record], start: int, end: int) -> tuple[int, int]:
    """Take author boxes, blurbs and prompts off the article's end, even where their cue alone would not do."""
    last = end
    for i in range(end - 1, max(start, end - _TAIL) - 1, -1):
        one = records[i]
        weak = one.cue is not None and one.cue.kind in _TAIL_KINDS and one.cue.strength >= _TAIL_CUE
        if weak or (one.unit.words <= 60 and describes_author(one.unit) and "said" not in one.unit.forms):
            last = i
        elif one.unit.prose or one.unit.ends:
            break
    return start, last if last > start else end


def _worths(records: list[Record]) -> Iterator[float]:
    since_head, section, seen = 99, "", 0
    for i, record in enumerate(records):
        head = record.cue.head if record.cue is not None and record.furniture else ""
        since_head = 0 if head else since_head + 1
        section = head or section
        worth = _worth(record)
        if record.prose:
            lone = not _beside_prose(records, i)
            if lone and _far_from_prose(records, i):
                worth *= _SCATTERED
            if since_head <= _TEASERS_AFTER_HEAD and lone and section == "related":
                worth = min(worth, 6.0) * 0.2
            if section == "comments" and seen > 150:
                worth *= 0.3
            seen += record.unit.words
        yield worth


def _beside_prose(records: list[Record], at: int) -> bool:
    return any(0 <= k < len(records) and records[k].prose for k in (at - 1, at + 1))


def _far_from_prose(records: list[Record], at: int) -> bool:
    """Tell whether a paragraph stands alone among short lines, as teasers do."""
    around = (*records[max(0, at - _APART) : at], *records[at + 1 : at + 1 + _APART])
    return not any(r.prose or r.unit.ends for r in around)


def _worth(record: Record) -> float:
    unit, cue = record.unit, record.cue
    if record.repeats and not unit.prose:
        return _FURNITURE
    if record.furniture and cue is not None:
        return _worth_of_furniture(cue, prose=unit.prose)
    if unit.prose:
        return float(min(unit.words, _MOST_EARNING))
    if unit.words >= 4 and (unit.ends or unit.bullet):
        return 3.0 if unit.ends else 0.0
    return _PLAIN_SHORT if unit.words < 8 else _PLAIN_SHORT + 1


def _worth_of_furniture(cue: Cue, *, prose: bool) -> float:
    if cue.head:
        return _SECTION[cue.head]
    if prose:
        return _DROPPED_PROSE.get(cue.kind, -12.0)
    return -2.0 if cue.kind in _PASSING else _FURNITURE


def _repeated_lines(page: Sequence[Unit]) -> list[int]:
    """Return for each unit the number of the first line with the same words, or 0 where it is the first."""
    first: dict[str, int] = {}
    found = []
    for unit in page:
        known = first.setdefault(unit.key, unit.line) if unit.words >= _LEAST_WORDS else unit.line
        found.append(known if known != unit.line else 0)
    return found


def _inherit_kinds(records: Sequence[Record]) -> None:
    """Give each repeated line the kind of the furniture it repeats; what repeats the article stays a duplicate."""
    repeated = [one for one in records if one.kind is BlockKind.DUPLICATE]
    by_line = {one.unit.line: one for one in reversed(records)} if repeated else {}
    for one in repeated:
        first = by_line.get(one.repeats)
        if first is not None and first.kind in _INHERITED:
            one.decide(first.kind, min(one.probability, first.probability), one.reason)
