"""Read what a page says about itself: schema.org JSON-LD, Open Graph, meta tags, its address, or a text's front matter.

In: a parsed page, or a text. Out: fields with their origins. JSON-LD goes before Open Graph, Open Graph before plain
meta tags. Nothing is guessed: a date is taken only where it is a date. Of front matter only flat `key: value` lines and
simple lists between two lines of three dashes are understood, which is what note-taking tools write.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from itertools import chain
from operator import itemgetter
from typing import Any

from rapidfuzz import fuzz

from comparer.model import Block, BlockKind, Provenance, Span
from comparer.model.article import RawPage
from comparer.resources.loader import word_set

_ISO = re.compile(r"\s*(\d{4}-(\d{2})-(\d{2}))(?:[T ](\d{2}:\d{2})(?::\d{2})?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/-]|$)")
_ARTICLE_TYPES = {
    "Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "LiveBlogPosting", "AnalysisNewsArticle",
    "OpinionNewsArticle", "WebPage",
}  # fmt: skip
_META = {  # what the names of meta tags, in lower case, tell
    name: (field, origin)
    for field, origin, names in (
        ("outlet", "open graph", "og:site_name"),
        ("outlet", "html", "application-name"),
        ("title", "open graph", "og:title"),
        ("title", "html", "twitter:title"),
        ("summary", "open graph", "og:description"),
        ("summary", "html", "description"),
        ("canonical_url", "open graph", "og:url"),
        ("language", "open graph", "og:locale"),
        ("published", "open graph", "article:published_time og:article:published_time"),
        ("published", "html", "datepublished date pubdate dc.date dc.date.issued parsely-pub-date sailthru.date"),
        ("modified", "open graph", "article:modified_time og:article:modified_time og:updated_time"),
        ("modified", "html", "datemodified last-modified dc.date.modified"),
    )
    for name in names.split()
}
_FENCE = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)(?:\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_][\w -]*?)\s*:\s*(.*)$")
_FRONT = {  # what the names in front matter, in lower case, tell
    "title": "title",
    **dict.fromkeys(("outlet", "source", "site", "publisher", "publication"), "outlet"),
    **dict.fromkeys(("url", "link"), "url"),
    **dict.fromkeys(("published", "date"), "published"),
    **dict.fromkeys(("byline", "author", "authors"), "byline"),
}
_MOST_FRONT = 20_000  # characters in which front matter ends
_LIKE = 80  # of 100; a headline so like one that the page claims is of this page
_SHORT_FORM = re.compile(r"\s*\([a-z.]{2,5}\)$")
_MOST_AUTHORS = 20
_NO_NAME = re.compile(r"@|http")  # addresses of pages and of mail
Fact = tuple[str, str, str]  # field of a RawPage, what is said of it, where
_MOST_NODES = 2000  # nodes of one JSON-LD tree that are looked at


def iso_date(value: str) -> str | None:
    """Return the ISO date, with a time where one is given, or None where the value is no such date.

    >>> iso_date("2025-03-06T14:02:11+03:00"), iso_date("next Tuesday")
    ('2025-03-06T14:02+03:00', None)
    """
    match = _ISO.match(value)
    if match is None or not 1 <= int(match[2]) <= 12 or not 1 <= int(match[3]) <= 31:
        return None
    return f"{match[1]}T{match[4]}{match[5] or ''}" if match[4] else match[1]


def date_in_address(url: str) -> str | None:
    """Return the day printed in an address such as /2025/03/06/, or None."""
    match = _IN_ADDRESS.search(url)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else None


def markup_metadata(root: Any, *, url: str | None = None) -> dict[str, Any]:  # noqa: ANN401 - lxml ships no types
    """Return what the page's head and JSON-LD say, by the fields of a RawPage; what they leave open is not in it.

    All that claims to be the title is among the provenance. Of several articles in JSON-LD the page's own goes first.
    """
    first, tagged = [("url", url or "", "given"), *_from_links(root)], list(_from_meta(root))
    own = [value for field, value, _ in (*first, *tagged) if field in {"title", "url", "canonical_url"}]
    items = sorted(_linked_data(root), key=lambda item: _is_of_another(item, own))
    told = [fact for fact in (*first, *chain.from_iterable(map(_from_linked_data, items)), *tagged) if fact[1]]
    found = {field: (value, origin) for field, value, origin in reversed(told)}
    bylines, origin_of_bylines = next(filter(None, (authors_of(item.get("author")) for item in items)), []), "json-ld"
    if not bylines:
        bylines, origin_of_bylines = _named_in_meta(root)
    if "canonical_url" in found:
        found.setdefault("url", found["canonical_url"])
    if "url" in found and (day := date_in_address(found["url"][0])):
        found.setdefault("published", (day, "url"))
    found.pop("summary", None)
    provenance = [Provenance(field, value, origin) for field, (value, origin) in found.items() if field != "title"]
    provenance += [Provenance(*fact) for fact in dict.fromkeys(told) if fact[0] in {"title", "summary"}]
    provenance += [Provenance("byline", name, origin_of_bylines) for name in bylines]
    values = {field: value for field, (value, _) in found.items()}
    return {**values, "bylines": tuple(bylines), "provenance": tuple(provenance)}


def linked_body(root: Any) -> str:  # noqa: ANN401 - lxml ships no types
    """Return the text of the one article that linked data holds, or "" where there is none or are several."""
    bodies = {str(item["articleBody"]) for item in _linked_data(root) if isinstance(item.get("articleBody"), str)}
    return unescape(bodies.pop()) if len(bodies) == 1 else ""


def printed_in_markup(markup: str, url: str | None) -> str | None:
    """Return the day of publication that htmldate finds in the tags, or None.

    Only a day that stands in the source with its year first is taken: htmldate also guesses which of two figures is
    the month.
    """
    from htmldate import find_date

    try:
        day = find_date(markup, original_date=True, extensive_search=False, url=url, max_date="2100-01-01")
    except Exception:  # noqa: BLE001 - evidence only; broken pages make parsers fail in many ways
        return None
    if not day or re.search(day.replace("-", "[-/.]?"), markup) is None:
        return None
    return str(day)


def page_from_text(text: str) -> RawPage:
    r"""Return the page of a text with what its front matter says, which stays in the text and is typed as furniture.

    >>> page = page_from_text("---\ntitle: Ferry aground\nsource: The Skerrow Post\n---\nA ferry ran aground.")
    >>> page.title, page.outlet, page.told[0].span.of(page.text)[-3:]
    ('Ferry aground', 'The Skerrow Post', '---')
    """
    match = _FENCE.match(text[:_MOST_FRONT])
    if match is None:
        return RawPage(text)
    fields = _front_matter(match.group(1))
    told = tuple(Provenance(name, value, "front matter") for name, value in fields.items())
    bylines = tuple(name.strip() for name in fields.pop("byline", "").split(",") if name.strip())
    head = Span(0, len(match.group().rstrip()))
    block = Block(head, BlockKind.OTHER, 0.99, "front matter: fields about the page")
    return RawPage(text, bylines=bylines, provenance=told, told=(block,), **dict[str, Any](fields))


def _front_matter(lines: str) -> dict[str, str]:
    """Return the known fields, lists with commas between; of two values of a field the first counts."""
    fields: dict[str, str] = {}
    key = ""
    for line in lines.splitlines():
        field = _FIELD.match(line)
        if field is not None:
            key = _FRONT.get(field.group(1).strip().lower(), "")
            value = _plain(field.group(2))
        elif key and line.lstrip().startswith("- "):
            value = ", ".join(filter(None, (fields.pop(key, ""), _plain(line.strip()[2:]))))
        else:
            continue
        if key and value:
            fields.setdefault(key, value)
    return fields


def _plain(value: str) -> str:
    """Return a value without its quotation marks, a list with commas between."""
    value = value.strip()
    while value.startswith("[") and value.endswith("]"):
        value = value[1:-1].strip()
        if "," in value:
            return ", ".join(_plain(one) for one in value.split(",") if one.strip())
    return value.strip("\"'").strip()


def _linked_data(root: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - lxml ships no types
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text:
            continue
        try:
            data = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        stack, seen = [data], 0
        while stack and seen < _MOST_NODES:
            seen += 1
            node = stack.pop(0)
            if isinstance(node, list):
                stack.extend(node)
            elif isinstance(node, dict):
                kinds = node.get("@type")
                named = kinds if isinstance(kinds, list) else [kinds]
                if all(isinstance(k, str) for k in named) and not _ARTICLE_TYPES.isdisjoint(named):
                    yield node
                stack.extend(v for v in (node.get("@graph"), node.get("mainEntity")) if v)


def _is_of_another(item: dict[str, Any], own: list[str]) -> bool:
    """Tell whether linked data is of another article than the page's: it has another address and another headline."""
    headline, address = str(item.get("headline") or ""), _address(item)
    like = any(fuzz.token_set_ratio(headline, value) >= _LIKE for value in own)
    return headline != "" and address not in {"", *own} and not like


def _address(item: dict[str, Any]) -> str:
    page = item.get("mainEntityOfPage") or item.get("url")
    address = page.get("@id") if isinstance(page, dict) else page
    return address if isinstance(address, str) and address.startswith("http") else ""


def _from_linked_data(item: dict[str, Any]) -> Iterator[Fact]:
    publisher, language = item.get("publisher"), item.get("inLanguage")
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    for field, value in (("title", item.get("headline")), ("outlet", name)):
        if isinstance(value, str) and (field == "title" or "http" not in value):
            yield field, _clean(value), "json-ld"
    for field, day in (("published", item.get("datePublished")), ("modified", item.get("dateModified"))):
        yield field, (isinstance(day, str) and iso_date(day)) or "", "json-ld"
    yield "canonical_url", _address(item), "json-ld"
    yield "language", _language(language) if isinstance(language, str) else "", "json-ld"


def authors_of(value: Any) -> list[str]:  # noqa: ANN401 - JSON of any shape
    """Return those named as authors, persons first, without short forms as in "Ana Ruiz (aru)"."""
    named = []
    for one in value if isinstance(value, list) else [value]:
        name, kind = (one.get("name"), one.get("@type")) if isinstance(one, dict) else (one, "")
        if isinstance(name, str) and name.strip() and not _NO_NAME.search(name):
            named.append(("Organization" in str(kind), _SHORT_FORM.sub("", _clean(name))))
    return list(dict.fromkeys(name for _, name in sorted(named, key=itemgetter(0))))[:_MOST_AUTHORS]


def _from_links(root: Any) -> Iterator[Fact]:  # noqa: ANN401 - lxml ships no types
    """Yield what goes before all else: the address that the page calls canonical, and its root's language."""
    for node in root.iter("link"):
        if (node.get("rel") or "").lower() == "canonical" and (node.get("href") or "").startswith("http"):
            yield "canonical_url", node.get("href"), "html"
    yield "language", _language(root.get("lang") or root.get("xml:lang") or ""), "html"


def _from_meta(root: Any) -> Iterator[Fact]:  # noqa: ANN401 - lxml ships no types
    for node in root.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        value = _clean(node.get("content") or "")
        field, origin = _META.get(key, ("", ""))
        if field in {"published", "modified"}:
            value = iso_date(value) or ""
        elif field == "language":
            value = _language(value)
        if field and (field != "canonical_url" or value.startswith("http")):
            yield field, value, origin
    for node in [node for node in root.iter("title") if node.text and node.text.strip()][:1]:
        yield "title", _clean(node.text), "html"


def _named_in_meta(root: Any) -> tuple[list[str], str]:  # noqa: ANN401 - lxml ships no types
    """Return the authors that meta tags name, and where they stand."""
    keyed = ((node.get("name") or node.get("property") or "", node.get("content")) for node in root.iter("meta"))
    told = [(key.lower(), _clean(value or "")) for key, value in keyed]
    says_author = word_set("cleaning_words", "author_labels")
    labels = (key for key, value in told if "twitter:label" in key and value.casefold().rstrip(": ") in says_author)
    labelled = {f"twitter:data{key[-1]}" for key in labels}
    graph = {"article:author", "og:article:author"}
    for names, origin in (({"author", "byl", *labelled}, "html"), (graph, "open graph")):
        found = [name for key, name in told if key in names and name and "/" not in name and not _NO_NAME.search(name)]
        if found:
            return list(dict.fromkeys(found))[:_MOST_AUTHORS], origin
    return [], ""


def _language(value: str) -> str:
    """Return the language of a tag such as "en-GB" or "pt_BR", or "" where it is none."""
    code = re.split(r"[-_]", value.strip().lower())[0]
    return code if re.fullmatch(r"[a-z]{2,3}", code) else ""


def _clean(value: str) -> str:
    return " ".join(unescape(value).split())
