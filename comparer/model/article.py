"""One saved page: its text as decoded, its blocks, what it says of itself, and what its outlet's pages repeat.

`Article.text` is never edited. What the cleaner drops stays in `Article.blocks`, with the reason.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from comparer.model.text import ArticleId, Rounded, Span


class BlockKind(StrEnum):
    """Say what a block of a page is: the first four are journalism and kept, the others are furniture."""

    CONTENT = "content"
    TITLE = "title"
    SUBHEADING = "subheading"
    STANDFIRST = "standfirst"
    CAPTION = "caption"
    BYLINE = "byline"
    TIMESTAMP = "timestamp"
    WIRE_CREDIT = "wire_credit"
    NAVIGATION = "navigation"
    RELATED = "related"
    NEWSLETTER = "newsletter"
    CONSENT = "consent"
    SHARE = "share"
    COMMENTS = "comments"
    AUTHOR_BIO = "author_bio"
    ABOUT_OUTLET = "about_outlet"
    PROMOTION = "promotion"
    LEGAL = "legal"
    DUPLICATE = "duplicate"
    OTHER = "other"


KEPT_KINDS = frozenset({BlockKind.CONTENT, BlockKind.TITLE, BlockKind.SUBHEADING, BlockKind.STANDFIRST})


@dataclass(frozen=True, slots=True)
class Block(Rounded):
    """Hold one stretch of a page: part of a line, a line or several, with its kind and why.

    `probability` (0..1) is the cleaner's belief in `kind`; `reason` is a phrase a reader understands.
    """

    span: Span
    kind: BlockKind
    probability: float
    reason: str

    @property
    def kept(self) -> bool:
        """Tell whether the block takes part in the comparison."""
        return self.kind in KEPT_KINDS


class CreditForm(StrEnum):
    """Say where on a page a credit to an agency or an agency reporter stands."""

    DATELINE = "dateline"  # "ANKARA (Reuters) - ..."
    BYLINE = "byline"
    SIGN_OFF = "sign_off"  # "Reporting by ...", with or without the agency's name
    CREDIT_LINE = "credit_line"  # "With information of ...", "(AP)" alone on a line
    IN_TEXT = "in_text"  # "according to a report by ...": cited, not necessarily copied


@dataclass(frozen=True, slots=True)
class Credit:
    """Hold one credit to a news agency; `agency` is None where a reporter signs off without naming one."""

    agency: str | None
    form: CreditForm
    span: Span


@dataclass(frozen=True, slots=True)
class Provenance:
    """Say where a piece of metadata was found: `field`, its value as text, origin, and its characters if any.

    `origin` is one of "given", "text", "json-ld", "open graph", "html", "htmldate", "url", "file name",
    "front matter", "export", "feed", "mail", "record".
    """

    field: str
    value: str
    origin: str
    span: Span | None = None


MOST_READ = 1_000_000  # characters of a page in which its article is looked for


@dataclass(frozen=True, slots=True)
class Article:
    """Hold one saved page exactly as decoded, with its blocks and what is known about it.

    Unknown metadata is None or empty: nothing is inferred that the page, its address or the caller did not say.
    `published` and `modified` are ISO dates ("2025-03-06"), with a time where the page prints one. `url` is where the
    page was found, `canonical_url` the address it names for itself, perhaps another outlet's whose copy it is. `path`
    is relative to the input root. `digest` is the SHA-256 of `text` in UTF-8, `source_digest` that of the bytes it was
    decoded from.
    """

    id: ArticleId
    outlet: str
    text: str
    blocks: tuple[Block, ...]
    digest: str
    title: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    path: str | None = None
    published: str | None = None
    modified: str | None = None
    bylines: tuple[str, ...] = ()
    agency: str | None = None
    credits: tuple[Credit, ...] = ()
    language: str = "und"
    truncated: bool = False
    source_digest: str | None = None
    provenance: tuple[Provenance, ...] = ()

    @property
    def main_text(self) -> str:
        """Return the kept blocks without the title, one per line."""
        kept = (b for b in self.blocks if b.kept and b.kind is not BlockKind.TITLE)
        return "\n".join(b.span.of(self.text) for b in kept)

    @property
    def title_span(self) -> Span | None:
        """Return where the title stands in the text, or None where it was found outside it or not at all."""
        return next((b.span for b in self.blocks if b.kind is BlockKind.TITLE), None)

    @property
    def kept_blocks(self) -> tuple[Block, ...]:
        """Return the blocks that take part in the comparison, title first as on the page."""
        return tuple(b for b in self.blocks if b.kept)


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """Hold one line that stands on several pages.

    `template` is the line's words in lower case, with "#" for figures and the names of days and months beside them.
    `pages` counts the pages it stands on, `stories` how many different stories those pages tell, `dropped` the pages
    whose own evidence called it furniture, `titles` those whose own evidence called it the headline; `kind` is what
    most of those that dropped it called it.
    """

    template: str
    pages: int
    stories: int
    dropped: int
    titles: int
    kind: BlockKind


def copies_of(laid: Sequence[Article], further: Iterable[Article]) -> dict[int, list[Article]]:
    """Return further articles by the last of those laid out (index) that prints the same text."""
    last = {article.digest: k for k, article in enumerate(laid)}
    found: dict[int, list[Article]] = {}
    for article in further:
        found.setdefault(last[article.digest], []).append(article)
    return found


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """Hold the lines that repeat among `pages` pages of one outlet, which tell `stories` stories; lines by template.

    >>> line = RepeatedLine("get the skerrow app", 3, 3, 2, 0, BlockKind.PROMOTION)
    >>> SiteProfile("Skerrow Post", 4, 4, (line,)).find("get the skerrow app").pages
    3
    """

    outlet: str
    pages: int
    stories: int
    lines: tuple[RepeatedLine, ...]

    def find(self, template: str) -> RepeatedLine | None:
        """Return the line of that template, or None where it does not repeat."""
        at = bisect_left(self.lines, template, key=lambda line: line.template)
        return self.lines[at] if at < len(self.lines) and self.lines[at].template == template else None


class LineHint(NamedTuple):
    """Hold what the markup said about one line of visible text.

    `tag` is the innermost block element, `links` the share (0..1) of the line's characters inside links, `around` the
    tags, classes and ids of the elements that hold it, outermost first.
    """

    span: Span
    tag: str
    links: float
    around: str


class RawPage(NamedTuple):
    """Hold one page before it is cleaned. Unknown fields are None or empty.

    `text` is never edited. `outlet` and `published` hold what the caller, the address or the markup gave, not what the
    text says. `file_name` is the readable stem of the file; `markup` the HTML source where there was one; `told` are
    the blocks that the format settles by itself, such as the labels that a database prints.
    """

    text: str
    outlet: str | None = None
    title: str | None = None
    path: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    published: str | None = None
    modified: str | None = None
    bylines: tuple[str, ...] = ()
    language: str | None = None
    file_name: str | None = None
    source_digest: str | None = None
    provenance: tuple[Provenance, ...] = ()
    hints: tuple[LineHint, ...] = ()
    markup: str | None = None
    told: tuple[Block, ...] = ()
