"""Learn from several pages of one outlet what repeats among them, and use it on a page.

In: articles of one outlet. Out: a SiteProfile; and, for the records of a page, the lines that it shows to be furniture.
What repeats is not furniture for that alone: a follow-up repeats a paragraph of background, two reports print one
quotation, two carry one agency's copy. So sentences count by the stories they stand in, not by the pages, and are
dropped only where other pages' own evidence or a cue agrees, or where they stand in many different stories. A blurb
that the cleaner keeps on every page of one running story stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from comparer.cleaning.lines import Cue, Record, Unit, unit_at
from comparer.model import KEPT_KINDS, Article, BlockKind, RepeatedLine, SiteProfile
from comparer.resources.loader import word_set

LEAST_PAGES = 3  # pages that must be given, and on which a line must stand, before its repeating says anything
_LEAST_SHARE = 0.3  # of the outlet's pages; what stands on fewer may be a headline that is linked for a day
_MANY_STORIES = 4  # different stories whose pages print one sentence before that alone speaks against it
_LONGEST = 60  # words of a line that are compared
_TELLING = 5  # letters; shorter words say nothing about what a page is about
_ONE_STORY = 0.22  # share of the smaller page's telling words that stand on the other, above which both tell one story
_WEAK_CUE = 0.5
_EVERYWHERE = 0.8  # of the pages; what stands on more says nothing about what a page is about
_SURE = 0.97
_HEADLINE = 4  # words; a shorter line is a masthead or a section rather than a headline
_DATES = word_set("calendar", "months", "months_short", "months_other", "weekdays", "weekdays_short")


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
        for block in page.blocks:
            unit = unit_at(page.text, block.span.start, block.span.end, line=0)
            key = template(unit)
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
    regular = {line.template for line in site.lines if line.pages >= 0.8 * site.pages}
    units = (unit_at(article.text, b.span.start, b.span.end, line=0) for b in article.blocks)
    shared = regular & {template(unit) for unit in units}
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
    kinds = sorted(dropped, key=lambda kind: (-dropped[kind], kind))
    return RepeatedLine(
        template=key,
        pages=len(on),
        stories=len({story[number] for number in on}),
        dropped=sum(dropped.values()),
        titles=sum(kind is BlockKind.TITLE for kind in on.values()),
        kind=kinds[0] if kinds else BlockKind.OTHER,
    )


def _telling_words(page: Article, everywhere: Collection[str]) -> frozenset[str]:
    words: set[str] = set()
    for block in page.blocks:
        if block.kept:
            unit = unit_at(page.text, block.span.start, block.span.end, line=0)
            if template(unit) not in everywhere:
                words.update(form for form in unit.forms if len(form) >= _TELLING and form.isalpha())
    return frozenset(words)


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
