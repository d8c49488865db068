"""Find who wrote a page: credits to news agencies, sign-offs of agency reporters, names in bylines.

In: the text and its blocks. Out: credits and names in page order. A photo credit is none; an agency that is only cited
in the text is found but kept apart (`in_text`), since citing is not copying. Agencies that are not on the list are
taken by name only where the line itself says that it is a credit. Names come without "By", titles of office and dates;
newsrooms are kept as printed ("Pulse Newsroom"), since that is what the page names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from comparer.cleaning.lines import any_of, late
from comparer.model import Block, BlockKind, Credit, CreditForm, Span
from comparer.resources.loader import load_lexicon, word_set

_NAME = r"[A-Z][\w.&’'-]*(?:\s+(?:of\s+|the\s+)?[A-Z][\w.&’'-]*){0,4}"
_DATELINE = late(
    r"\W*(?:(?:UPDATED|UPDATE)\s+)?(?:[A-ZÀ-Þ][\w.’' -]{1,40}(?:,\s*[\w.’'"
    r" ]{2,30}){0,3}(?:\s*\[[^\]]{2,30}\])?(?:,\s*[\w.’' ]{2,30})?\s*)?"
    r"(?:[(/\[](?P<agency>[A-Z][\w .&-]{1,40}|dpa)(?:/\w+)?[)/\]]\s*(?:[.:]?\s*[-–—:.]|(?=[A-Z\"“]))"
    r"|,\s(?P<bare>[A-Z][\w&-]+)\s[-–—]\s)"
)
_CREDIT = late(
    rf"(?i:with (?:{any_of('credit_material')}) (?:of|from|by)|source\s*:"
    rf"|agency\s*:|via)\s+(?:the\s+)?(?P<agency>{_NAME})"
)
_ALONE = late(rf"[-–—\s]*[(\[]?(?P<agency>{_NAME})[)\]]?\W*")
_SIGN_OFF = late(
    r"\W*(?i:(?:with\s+)?(?:additional\s+)?(?:reporting|writing|compiled|editing)(?: and (?:writing|editing))? by)\s+\S"
)
_NEWS_NAME = late(rf"\b(?:{any_of('agency_words', 'agency_ends')})$")
_CITED = late(
    rf"(?:(?:reports?|dispatch|story|copy) (?:by|from|of|in)|according to|told|reported by|quoted by|cited by"
    rf"|said by)\s+(?:the\s+)?(?:news agency\s+)?(?P<agency>{_NAME})(?:\s+\((?P<short>[A-Z]{{2,5}})\))?"
)
_LONGEST = 20_000  # characters of a paragraph that are searched for cited agencies
_LONGEST_ROW = 300  # characters of a row that names who wrote the page
_FOLLOWED = late(rf"\b(?P<agency>{_NAME})(?:\s+news agency)?\s+(?:{any_of('agency_verbs')})\b")
_OWNED = late(
    r"\W*(?:copyright|©|\(c\))\W*(?:©\W*)?(?:\d{4}\W+)?(?:The )?(?:Associated Press|Thomson Reuters)\b", re.IGNORECASE
)
_UNNAMED = late(r"\b(?:with|and)\s+(agencies|wires|wire reports)\b", re.IGNORECASE)
_LEAD = late(
    rf"\W*(?:(?:{any_of('byline_verbs')})?\s*\bby(?:\b|(?-i:(?=[A-Z])))|(?:{any_of('byline_prefixes')})\b)\s*:?\s*(?:by\b\s*)?",
    re.IGNORECASE,
)
_SPLIT = late(rf"\s*(?:[,;|/&•·]|\b(?:{any_of('byline_joins')})\b|\s{{2,}})\s*")
_PART = r"[^\W\d_a-z][\w.'’\-]*"
_PARTICLE = r"(?:de|van|von|der|den|al|bin|la|del|di|da)\b"
_PERSON = late(rf"{_PART}(?:\s+(?:{_PART}|{_PARTICLE}))*")
_OFFICE = late(rf"\b(?:{any_of('byline_office')})\b", re.IGNORECASE)
_AGO = late(rf"\s+\d+\s+(?:{any_of('time_units')})s?(?:\s+ago)?$", re.IGNORECASE)
_GLUED = late(rf"(?<=[a-z]{{3}})(?<!\bMac)(?=[A-Z][^\W\d_]*(?:\s.*)?\b(?i:{any_of('byline_office')})\b)")
_MONTH = any_of("months", "months_short", of="calendar")
_AUTHOR = late(rf"\b[Bb]y:?\s+(?P<name>{_PART}(?:\s+(?!(?i:{_MONTH})\b)(?:{_PART}|{_PARTICLE})){{1,4}})")
_ORGANISATION = late(rf"\b(?:{any_of('agency_words', 'newsroom_words')})\b")
_SITE = late(r"[\w-]+(?:\.[\w-]+)+")
_DATE = late(r"\d{4}|\b\d{1,2}[:.]\d{2}\b")
_NOT_NAMES = late(rf"\b(?:{any_of('months', of='calendar')}|min read)\b", re.IGNORECASE)


def find_credits(text: str, blocks: Sequence[Block]) -> tuple[Credit, ...]:
    """Return the credits of a page, in page order.

    >>> page = "With information of Nordic Telegraph"
    >>> block = Block(Span(0, len(page)), BlockKind.WIRE_CREDIT, 0.9, "")
    >>> [(c.agency, c.form.value) for c in find_credits(page, (block,))]
    [('Nordic Telegraph', 'credit_line')]
    """
    found: list[Credit] = []
    listed = any(name in text for name in _agencies())
    lede = next((b for b in blocks if b.kind is BlockKind.CONTENT), None)
    for block in blocks:
        if block.kind is BlockKind.WIRE_CREDIT or (
            block.kind is BlockKind.LEGAL and _OWNED().match(block.span.of(text))
        ):
            found.extend(_in_credit(text, block.span))
        elif block.kind is BlockKind.BYLINE:
            found.extend(_in_byline(text, block.span))
        elif block.kind in {BlockKind.CONTENT, BlockKind.STANDFIRST}:
            if block is lede:
                found.extend(_in_dateline(text, block.span))
            found.extend(_cited(text, block.span, listed=listed))
    return tuple(sorted(dict.fromkeys(found), key=lambda c: c.span))


def known_agency(name: str) -> str | None:
    """Return the listed agency of that printed name, or None.

    >>> known_agency("Agence France-Presse"), known_agency("The Skerrow Post")
    ('AFP', None)
    """
    return _agencies().get(name.removeprefix("The ").removeprefix("the ").strip())


@cache
def _agencies() -> dict[str, str]:
    groups = load_lexicon("cleaning_agencies").groups
    return {entry.removeprefix("The "): group.get("name") for group in groups for entry in group.entries}


@cache
def _any_agency() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(_agencies(), key=len, reverse=True)))})(?!\w)")


def _named(match: re.Match[str]) -> tuple[str, Span]:
    return match.group("agency").strip(), Span(*match.span("agency"))


def _in_credit(text: str, span: Span) -> Iterator[Credit]:
    credit = _CREDIT().search(text, span.start, span.end)
    if credit is not None:
        name, where = _named(credit)
        yield Credit(known_agency(name) or name, CreditForm.CREDIT_LINE, where)
    elif _SIGN_OFF().match(text, span.start, span.end):
        names = re.findall(_NAME, span.of(text))
        known = (known_agency(name) for name in names)
        unlisted = names[-1] if names and _NEWS_NAME().search(names[-1]) else None
        yield Credit(next(filter(None, known), unlisted), CreditForm.SIGN_OFF, span)
    else:
        alone = _ALONE().fullmatch(text, span.start, span.end)
        listed = _any_agency().search(text, span.start, span.end)
        name, where = (listed.group(), Span(*listed.span())) if listed else _named(alone) if alone else ("", span)
        if name:
            yield Credit(known_agency(name) or name, CreditForm.CREDIT_LINE, where)


def _in_byline(text: str, span: Span) -> Iterator[Credit]:
    listed = _any_agency().search(text, span.start, span.end) or _UNNAMED().search(text, span.start, span.end)
    if listed is not None:
        yield Credit(known_agency(listed.group()) or listed.group(1), CreditForm.BYLINE, span)


def _in_dateline(text: str, span: Span) -> Iterator[Credit]:
    match = _DATELINE().match(text, span.start, span.end)
    group = "bare" if match and match.group("bare") else "agency"
    name, where = (match.group(group), Span(*match.span(group))) if match else ("", span)
    if known_agency(name) or (group == "agency" and _NEWS_NAME().search(name)):
        yield Credit(known_agency(name) or name, CreditForm.DATELINE, where)


def _cited(text: str, span: Span, *, listed: bool) -> Iterator[Credit]:
    """Yield the agencies cited in a paragraph; of those not listed only what reports."""
    end = min(span.end, span.start + _LONGEST)
    for pattern in (_CITED, _FOLLOWED) if listed else (_CITED,):
        for match in pattern().finditer(text, span.start, end):
            name, where = _named(match)
            reports = pattern is _CITED and match.group().startswith(("report", "dispatch"))
            if known_agency(name) or (reports and _NEWS_NAME().search(name)):
                yield Credit(known_agency(name) or name, CreditForm.IN_TEXT, where)


def names_in_bylines(text: str, blocks: Sequence[Block]) -> tuple[tuple[str, Span], ...]:
    """Return the names printed in bylines, with their characters.

    >>> page = "By RONNIE GADD, Consumer Editor"
    >>> [name for name, _ in names_in_bylines(page, (Block(Span(0, len(page)), BlockKind.BYLINE, 0.9, ""),))]
    ['RONNIE GADD']
    """
    found: dict[str, Span] = {}
    first = next((b.span.start for b in blocks if b.kind is BlockKind.CONTENT), len(text))
    for block in blocks:
        signed = block.kind is BlockKind.BYLINE and "short form" not in block.reason
        above, place = block.span.start < first, (block.span.start, block.span.end)
        if len(block.span) >= _LONGEST_ROW or not (signed or (above and block.kind is BlockKind.TIMESTAMP)):
            continue
        names = [n for n in _names(text, block.span) if _signs(n[0], signed=signed)]
        author = _AUTHOR().search(text, *place) if above and not (names and _LEAD().match(text, *place)) else None
        if author is not None and not _NOT_NAMES().search(author.group("name")):
            names = [(author.group("name"), Span(*author.span("name")))]  # says more than what a row begins with
        for name, span in names:
            found.setdefault(name, span)
    return tuple(found.items())


def _signs(name: str, *, signed: bool) -> bool:
    """Tell whether a name may be who wrote the page: one word in capitals is a place, a dated row begins with any."""
    if signed:
        return " " in name or not name.isupper()
    return " " in name and name.split(maxsplit=1)[0].lower() in word_set("first_names")


def is_organisation(name: str) -> bool:
    """Tell whether a printed author is an agency, a newsroom or a site rather than a person.

    >>> is_organisation("Nordic Press Agency"), is_organisation("Ines Calloway")
    (True, False)
    """
    named = known_agency(name) is not None or _ORGANISATION().search(name) is not None
    return named or _SITE().fullmatch(name) is not None


def _names(text: str, span: Span) -> list[tuple[str, Span]]:
    lead = _LEAD().match(text, span.start, span.end)
    at = lead.end() if lead else span.start
    names: list[tuple[str, Span]] = []
    for left, right in [*(m.span() for m in _SPLIT().finditer(text, at, span.end)), (span.end, span.end)]:
        piece = text[at:left].strip()
        start, at = text.find(piece, at), right
        beside = _AGO().search(piece) or _GLUED().search(piece)
        piece = piece[: beside.start()] if beside else piece
        person = _PERSON().match(piece)
        if person is None or len(person.group()) < len(piece):
            continue
        if any(pattern().search(piece) for pattern in (_DATE, _NOT_NAMES, _OFFICE)):
            continue
        if not names or (len(piece.split()) > 1 and not is_organisation(piece)):
            names.append((piece, Span(start, start + len(piece))))
    return names
