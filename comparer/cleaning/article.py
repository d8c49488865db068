"""Make an article of a page: cleaned blocks and what is known about it, with where it was found.

In: a RawPage, HTML or text. Out: Article. Nothing is invented: outlet, title, date, names and agency come from the
caller, the address, the markup or the text, and each has its provenance. Of two sources the more certain one counts. A
text is cut off where its last kept paragraph stops in mid-sentence, or a prompt to subscribe or read on follows it at
once; a poem or a list at the end fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from comparer.cleaning.clean import clean
from comparer.cleaning.credits import find_credits, is_organisation, names_in_bylines
from comparer.cleaning.lines import any_of, late
from comparer.cleaning.metadata import dates_in, language_of, outlet_in, published_day, updated_day
from comparer.cleaning.overrides import NO_WISHES, Wishes, digest, overrule, overrule_kinds
from comparer.model import Article, ArticleId, Block, BlockKind, Credit, CreditForm, Provenance, SiteProfile, Span
from comparer.model.article import MOST_READ, RawPage
from comparer.reading.metadata import date_in_address, iso_date, page_from_text, printed_in_markup
from comparer.resources.loader import word_set

UNKNOWN_OUTLET = "unknown outlet"
# A sentence may be followed by a mark of the end, by a writer's or an agency's initials.
_ENDS = late(r"[.!?…。！？؟।:][\"'”’»)\]›“\s]*(?:[^\w\s.,;–—-]{1,3}|\[\d+\]|\([\w-]{1,6}\)|/\w{1,6})?\s*$")
_BROKEN = late(r"[.!?…][\"'”’»)\]]*\s+[^\W\d_]{2,}[^.!?|]*[\w,–—-]\s*$")
_CUT = late(r"(?:\.\.\.|…)\s*$")
_READ_ON = late(rf"\b(?:{any_of('read_on')})\b", re.IGNORECASE)
_LEAST_WORDS = 6
MOST_KEPT = 100_000  # characters, some 17,000 words: longer than any report
BEYOND = f"beyond the first {MOST_KEPT:,} characters of the article, which are all that is compared"


def article_from(page: RawPage, *, wishes: Wishes = NO_WISHES, site: SiteProfile | None = None) -> Article:
    """Return the article of a page. Blocks tile its text; unknown metadata is None or empty.

    Raises:
        StaleReviewError: where a reviewer's decision among the wishes was made about another text.
    """
    blocks = overrule_kinds(tuple(_limited(_blocks(page, site))), keep=wishes.keep, drop=wishes.drop)
    blocks = overrule(page.text, blocks, wishes.decisions)
    printed_credits = find_credits(page.text, blocks)
    told = [*_in_blocks(page.text, blocks, printed_credits), *_beside(page, blocks)]
    value = {p.field: p.value for p in reversed(told)}
    outlet = page.outlet or value.get("outlet", UNKNOWN_OUTLET)
    written = _bylines(page, blocks, outlet)
    told += [p for p in written if p.origin == "text"]
    title = value.get("title") or page.title
    return Article(
        id=ArticleId(digest("\0".join((outlet, page.url or page.path or "", page.text)))[:16]),
        outlet=outlet,
        text=page.text,
        blocks=blocks,
        digest=digest(page.text),
        title=title,
        url=page.url,
        canonical_url=page.canonical_url,
        path=page.path,
        published=_day(page) or value.get("published"),
        modified=page.modified or value.get("modified"),
        bylines=tuple(p.value for p in written),
        agency=value.get("agency"),
        credits=printed_credits,
        language=value.get("language") or page.language or "und",
        truncated=is_truncated(page.text, blocks),
        source_digest=page.source_digest,
        provenance=(
            *(p for p in page.provenance if p.field != "summary" and (p.field != "title" or p.value == title)),
            *told,
        ),
    )


def with_blocks(article: Article, blocks: tuple[Block, ...]) -> Article:
    """Return an article with other kinds of blocks, and with what follows from them: title, credits, whether it is cut.

    Outlet, dates, names and language stay as they were read.
    """
    printed_credits = find_credits(article.text, blocks)
    told = tuple(_in_blocks(article.text, blocks, printed_credits))
    value = {p.field: p.value for p in told}
    kept = (p for p in article.provenance if (p.field, p.origin) not in {("title", "text"), ("agency", "text")})
    return replace(
        article,
        blocks=blocks,
        title=value.get("title") or (article.title if article.title_span is None else None),
        credits=printed_credits,
        agency=value.get("agency"),
        truncated=is_truncated(article.text, blocks),
        provenance=(*kept, *told),
    )


def read_text(
    text: str, *, outlet: str | None = None, published: str | None = None, site: SiteProfile | None = None
) -> Article:
    r"""Return the article of a page given as text; `published` is an ISO date, `site` what repeats among its outlet's.

    >>> read_text("Ferry aground\n\nA ferry ran aground off Skerrow on Friday, and nobody was hurt.").title
    'Ferry aground'
    """
    given = (("outlet", outlet), ("published", published))
    provenance = tuple(Provenance(name, value, "given") for name, value in given if value)
    told = page_from_text(text).told
    page = RawPage(text=text, outlet=outlet, published=published, provenance=provenance, told=told)
    return article_from(page, site=site)


def clean_html(html: str, *, url: str | None = None, site: SiteProfile | None = None) -> Article:
    """Return the article of an HTML page; its text is the visible text, taken out once."""
    from comparer.reading.markup import page_from_markup

    return article_from(page_from_markup(html, url=url), site=site)


def _limited(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, no more of them kept than MOST_KEPT characters: no article is longer, and time has a bound."""
    room = MOST_KEPT
    for block in blocks:
        start, end = block.span.start, min(block.span.end, block.span.start + room)
        if not block.kept or end == block.span.end:
            yield block
        else:
            yield from (replace(block, span=Span(start, end)),) if end > start else ()
            yield Block(Span(end, block.span.end), BlockKind.OTHER, 0.99, BEYOND)
        room -= end - start if block.kept else 0


def _blocks(page: RawPage, site: SiteProfile | None) -> tuple[Block, ...]:
    if len(page.text) > MOST_READ:
        hints = tuple(hint for hint in page.hints if hint.span.end <= MOST_READ)
        told = tuple(block for block in page.told if block.span.end <= MOST_READ)
        rest = Block(Span(MOST_READ, len(page.text)), BlockKind.OTHER, 0.99, BEYOND)
        return (*_blocks(page._replace(text=page.text[:MOST_READ], hints=hints, told=told), site), rest)
    if page.markup is not None:
        from comparer.cleaning.markup import clean_page

        return _with_told(page, clean_page(page, site=site))
    shown = list(page.text)
    for block in page.told:
        if not block.kept:
            shown[block.span.start : block.span.end] = (c if c.isspace() else " " for c in block.span.of(page.text))
    return _with_told(page, clean("".join(shown), site=site))


def _with_told(page: RawPage, found: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with those that the page's format told in their place; a second title is none."""
    if not page.told:
        return found
    titled = any(block.kind is BlockKind.TITLE for block in page.told)
    parts = list(page.told)
    for block in found:
        kind = BlockKind.CONTENT if titled and block.kind is BlockKind.TITLE else block.kind
        at = block.span.start
        for cut in (*(b.span for b in page.told if b.span.overlaps(block.span)), Span(block.span.end, block.span.end)):
            own = page.text[at : max(at, cut.start)]
            if own.strip():
                start = at + len(own) - len(own.lstrip())
                parts.append(replace(block, kind=kind, span=Span(start, at + len(own.rstrip()))))
            at = max(at, cut.end)
    return tuple(sorted(parts, key=lambda block: block.span))


def _in_blocks(text: str, blocks: tuple[Block, ...], found: Sequence[Credit]) -> Iterator[Provenance]:
    """Yield the title and the agency that the blocks print; an agency that is only cited in the text is none."""
    title = next((b for b in blocks if b.kind is BlockKind.TITLE), None)
    if title is not None:
        yield Provenance("title", " ".join(title.span.of(text).split()), "text", title.span)
    agency = next(((c.agency, c.span) for c in found if c.agency and c.form is not CreditForm.IN_TEXT), None)
    if agency is not None:
        yield Provenance("agency", agency[0], "text", agency[1])


def _beside(page: RawPage, blocks: tuple[Block, ...]) -> Iterator[Provenance]:
    """Yield what text, name and address say of the page where neither the caller nor the markup does."""
    outlet = None if page.outlet else outlet_in(page.text, blocks)
    if outlet is not None:
        yield Provenance("outlet", outlet[0], "text", outlet[1])
    elif not page.outlet and page.file_name:
        yield Provenance("outlet", page.file_name, "file name")
    elif not page.outlet and page.url and (host := urlsplit(page.url).hostname):
        yield Provenance("outlet", host.removeprefix("www."), "url")
    if not _day(page):
        printed = published_day(page.text, blocks)
        if printed is not None:
            yield Provenance("published", printed[0], "text", printed[1])
        elif page.url and (day := date_in_address(page.url)):
            yield Provenance("published", day, "url")
        elif page.markup and (day := printed_in_markup(page.markup, page.url)):
            yield Provenance("published", day, "htmldate")
    updated = None if page.modified else updated_day(page.text, blocks)
    if updated is not None:
        yield Provenance("modified", updated[0], "text", updated[1])
    language = language_of(" ".join(b.span.of(page.text) for b in blocks if b.kept) or page.text)
    if language != "und":
        yield Provenance("language", language, "text")


def _day(page: RawPage) -> str | None:
    """Return the day of publication that the caller or the markup gives, if it is one."""
    given = page.published or ""
    printed = dates_in(given, Span(0, len(given)))
    return iso_date(given) or (printed[0][0] if printed else None)


def _bylines(page: RawPage, blocks: tuple[Block, ...], outlet: str) -> list[Provenance]:
    """Return who wrote the page: the persons given, else those printed; an organisation only where no person is."""
    own, named = outlet.casefold(), [Provenance("byline", name, "given") for name in page.bylines]
    given = [p for p in named if p.value.casefold() != own]
    if any(not is_organisation(p.value) for p in given):
        return given
    found = names_in_bylines(page.text, blocks)
    printed = [Provenance("byline", name, "text", span) for name, span in found if name.casefold() != own]
    return printed if any(not is_organisation(p.value) for p in printed) or not named else named


def is_truncated(text: str, blocks: Sequence[Block]) -> bool:
    """Tell whether the article is cut off.

    >>> page = "The council will meet again on Friday, when the mayor is"
    >>> from comparer.model import Span
    >>> is_truncated(page, (Block(Span(0, len(page)), BlockKind.CONTENT, 0.9, ""),))
    True
    """
    at = max((i for i, b in enumerate(blocks) if b.kind is BlockKind.CONTENT), default=None)
    if at is None:
        return False
    last = blocks[at].span.of(text)
    words = last.split()
    if len(words) >= _LEAST_WORDS:
        # A credit, a source or a link stops nowhere: a finished sentence stands before, or the last word ends none.
        stops = words[-1].casefold() in word_set("cleaning_stop_words") or _BROKEN().search(last)
        if _CUT().search(last) or (stops and not _ENDS().search(last)):
            return True
    following = blocks[at + 1 : at + 4]
    return any(_READ_ON().search(b.span.of(text)[:300]) for b in following if b.kind is BlockKind.NEWSLETTER)
