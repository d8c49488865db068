"""Make an article of a page: cleaned blocks and what is known about it, with where it was found.

In: a RawPage, HTML or text. Out: Article. Nothing is invented: outlet, title, date, names and agency come from the
caller, the address, the markup or the text, and each has its provenance. Of two sources the more certain one counts. A
text is cut off where its last kept paragraph stops in mid-sentence, or a prompt to subscribe or read on follows it at
once; a poem or a list at the end fails.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from comparer.cleaning.clean import clean
from comparer.cleaning.credits import agency_credit, find_credits, is_organisation, names_in_bylines
from comparer.cleaning.lines import any_of, late
from comparer.cleaning.metadata import dates_in, language_of, outlet_in, published_day, updated_day
from comparer.cleaning.overrides import NO_WISHES, Wishes, overrule, overrule_kinds
from comparer.model import Article, ArticleId, Block, BlockKind, Credit, Provenance, SiteProfile, Span
from comparer.model.article import RawPage
from comparer.reading.metadata import date_in_address, iso_date, printed_in_markup
from comparer.reading.text import front_matter

UNKNOWN_OUTLET = "unknown outlet"
_ENDS = late(r"[.!?…。！？؟।:][\"'”’»)\]›“\s]*(?:[®©↩︎*■●◆]|\[\d+\])?\s*$")
_CUT = late(r"(?:\.\.\.|…)\s*$")
_READ_ON = late(rf"\b(?:{any_of('read_on')})\b", re.IGNORECASE)
_LEAST_WORDS = 6


def article_from(page: RawPage, *, wishes: Wishes = NO_WISHES, site: SiteProfile | None = None) -> Article:
    """Return the article of a page. Blocks tile its text; unknown metadata is None or empty.

    Raises:
        StaleReviewError: where a reviewer's decision among the wishes was made about another text.
    """
    blocks = overrule_kinds(_blocks(page, site), keep=wishes.keep, drop=wishes.drop)
    blocks = overrule(page.text, blocks, wishes.decisions)
    facts = _Facts(list(page.provenance))
    outlet = _outlet(page, blocks, facts)
    title = _title_in(page.text, blocks, facts) or page.title
    published = _published(page, blocks, facts)
    modified = _modified(page, blocks, facts)
    bylines = _bylines(page, blocks, facts, outlet)
    credits_found = find_credits(page.text, blocks)
    kept = " ".join(b.span.of(page.text) for b in blocks if b.kept)
    language = language_of(kept or page.text)
    if language != "und":
        facts.add("language", language, "text")
    elif page.language:
        language = page.language
    agency = _agency(credits_found, facts)
    return Article(
        id=_identity(outlet, page),
        outlet=outlet,
        text=page.text,
        blocks=blocks,
        digest=_digest(page.text),
        title=title,
        url=page.url,
        canonical_url=page.canonical_url,
        path=page.path,
        published=published,
        modified=modified,
        bylines=bylines,
        agency=agency,
        credits=credits_found,
        language=language,
        truncated=is_truncated(page.text, blocks),
        source_digest=page.source_digest,
        provenance=tuple(facts.found),
    )


def with_blocks(article: Article, blocks: tuple[Block, ...]) -> Article:
    """Return an article with other kinds of blocks, and with what follows from them: title, credits, whether it is cut.

    Outlet, dates, names and language stay as they were read.
    """
    kept = [p for p in article.provenance if (p.field, p.origin) not in {("title", "text"), ("agency", "text")}]
    facts = _Facts(kept)
    elsewhere = article.title if article.title_span is None else None
    title = _title_in(article.text, blocks, facts) or elsewhere
    credits_found = find_credits(article.text, blocks)
    agency = _agency(credits_found, facts)
    return replace(
        article,
        blocks=blocks,
        title=title,
        credits=credits_found,
        agency=agency,
        truncated=is_truncated(article.text, blocks),
        provenance=tuple(facts.found),
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
    return article_from(RawPage(text=text, outlet=outlet, published=published, provenance=provenance), site=site)


def clean_html(html: str, *, url: str | None = None, site: SiteProfile | None = None) -> Article:
    """Return the article of an HTML page; its text is the visible text, taken out once."""
    from comparer.reading.markup import page_from_markup

    return article_from(page_from_markup(html, url=url), site=site)


@dataclass(slots=True)
class _Facts:
    """Collect where each piece of metadata was found."""

    found: list[Provenance] = field(default_factory=list)

    def add(self, name: str, value: str, origin: str, span: Span | None = None) -> None:
        self.found.append(Provenance(name, value, origin, span))


def _blocks(page: RawPage, site: SiteProfile | None) -> tuple[Block, ...]:
    if page.markup is not None:
        from comparer.cleaning.markup import clean_page

        return clean_page(page, site=site)
    _, head = front_matter(page.text)
    if head is None:
        return clean(page.text, site=site)
    blank = "".join(c if c.isspace() else " " for c in page.text[: head.end])
    first = Block(head, BlockKind.OTHER, 0.99, "front matter: fields about the page")
    return (first, *clean(blank + page.text[head.end :], site=site))


def _outlet(page: RawPage, blocks: tuple[Block, ...], facts: _Facts) -> str:
    if page.outlet:
        return page.outlet
    printed = outlet_in(page.text, blocks)
    if printed is not None:
        facts.add("outlet", printed[0], "text", printed[1])
        return printed[0]
    if page.file_name:
        facts.add("outlet", page.file_name, "file name")
        return page.file_name
    return UNKNOWN_OUTLET


def _title_in(text: str, blocks: tuple[Block, ...], facts: _Facts) -> str | None:
    block = next((b for b in blocks if b.kind is BlockKind.TITLE), None)
    if block is None:
        return None
    title = " ".join(block.span.of(text).split())
    facts.add("title", title, "text", block.span)
    return title


def _agency(credits_found: tuple[Credit, ...], facts: _Facts) -> str | None:
    agency = agency_credit(credits_found)
    if agency is None:
        return None
    if agency.agency:
        facts.add("agency", agency.agency, "text", agency.span)
    return agency.agency


def _published(page: RawPage, blocks: tuple[Block, ...], facts: _Facts) -> str | None:
    if page.published:
        exact = iso_date(page.published)
        if exact:
            return exact
        printed = dates_in(page.published, Span(0, len(page.published)))
        if printed:
            return printed[0][0]
    found = published_day(page.text, blocks)
    if found is not None:
        facts.add("published", found[0], "text", found[1])
        return found[0]
    day = date_in_address(page.url) if page.url else None
    if day:
        facts.add("published", day, "url")
        return day
    day = printed_in_markup(page.markup, page.url) if page.markup else None
    if day:
        facts.add("published", day, "htmldate")
    return day


def _modified(page: RawPage, blocks: tuple[Block, ...], facts: _Facts) -> str | None:
    if page.modified:
        return page.modified
    found = updated_day(page.text, blocks)
    if found is not None:
        facts.add("modified", found[0], "text", found[1])
        return found[0]
    return None


def _bylines(page: RawPage, blocks: tuple[Block, ...], facts: _Facts, outlet: str) -> tuple[str, ...]:
    given = tuple(name for name in page.bylines if name.casefold() != outlet.casefold())
    if any(not is_organisation(name) for name in given):
        return given
    found = [(n, s) for n, s in names_in_bylines(page.text, blocks) if n.casefold() != outlet.casefold()]
    if all(is_organisation(name) for name, _ in found) and page.bylines:
        return page.bylines
    for name, span in found:
        facts.add("byline", name, "text", span)
    return tuple(name for name, _ in found)


def _identity(outlet: str, page: RawPage) -> ArticleId:
    told = "\0".join((outlet, page.url or page.path or "", page.text))
    return ArticleId(_digest(told)[:16])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


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
    if len(last.split()) >= _LEAST_WORDS and (not _ENDS().search(last) or _CUT().search(last)):
        return True
    following = blocks[at + 1 : at + 4]
    return any(_READ_ON().search(b.span.of(text)[:300]) for b in following if b.kind is BlockKind.NEWSLETTER)
