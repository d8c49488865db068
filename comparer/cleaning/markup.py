"""Clean a page that came with tags: the lines' own words, the markup, and trafilatura's verdict together.

In: a RawPage with hints and markup. Out: blocks. A line that trafilatura takes for the article is kept unless its own
words say strongly that it is furniture, it is one link, it tells of author or outlet behind the text, or it stands in a
part of the page named for furniture; a paragraph that only the text speaks for is kept where it stands within the
article, in a container like the article's own paragraphs, or right below the headline; so is what the page gives as its
summary. Names of containers are habits, not rules: classes made by a machine ("css-1x2y3z") say nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from unicodedata import is_normalized, normalize

from comparer.cleaning.clean import blocks_of, records_of
from comparer.cleaning.headline import Tags, tags_of
from comparer.cleaning.lines import Record, Unit, folded, late
from comparer.model import Block, BlockKind, SiteProfile
from comparer.model.article import LineHint, RawPage
from comparer.resources.loader import load_lexicon, word_set

_MOST = 4_000_000  # characters of a page's source that trafilatura is asked about
_LEAST_EVIDENCE = 60  # words trafilatura must return before its silence about a line counts
_ANCHOR = 30  # characters of a line that is found by its words alone
_NEAR = 200  # characters from the last line found within which a short line is looked for
_SURE_CUE = 0.9
_PLAIN_NAMES = {BlockKind.CAPTION, BlockKind.NEWSLETTER, BlockKind.CONSENT}  # nobody calls a paragraph of news so
_TAIL = {BlockKind.AUTHOR_BIO, BlockKind.ABOUT_OUTLET}  # follow an article
_PARAGRAPH = 10  # words; a shorter line is no certain paragraph
_ALL_LINKS = 0.8  # share of a line's characters in links, from which trafilatura alone does not make it the article's
_SOME_LINKS = 0.4
_NEAR_TITLE = 10  # lines between a headline, the lede and what trafilatura begins with
_BESIDE_LEDE = {BlockKind.TIMESTAMP, BlockKind.BYLINE, BlockKind.WIRE_CREDIT}  # stand in a head and in its lede's box
_HEADINGS = {"h1", "h2", "h3", "h4"}
_ABOVE = 2  # lines from a teaser up to its heading: a day may stand between
_LEAST_ITEMS, _ITEMS = 4, 0.7  # teasers that make a list, and their share of what was kept
_CAMEL = late(r"(?<=[a-z])(?=[A-Z])")
_LETTERS = late(r"[a-z]+")
_DIGITS = late(r"\d+")
_INNERMOST = 80  # characters of the surroundings that name a line's own container
_OWN_NAMES = 60  # the same, of its innermost element or two
_OWN_SHARE = 0.5  # of the article's paragraphs; a word around more of them says nothing
_LEAST_ALIKE = 2  # certain paragraphs that must stand in a container before it speaks for others


def clean_page(page: RawPage, *, site: SiteProfile | None = None) -> tuple[Block, ...]:
    """Return the blocks of a page with markup."""
    tags = tags_of(page)
    records = records_of(page.text, site=site, tags=tags)
    taken = _taken_by_trafilatura(page.markup or "")
    hints = tags.on(records)
    if hints and len(taken.split()) >= _LEAST_EVIDENCE:
        _weigh(records, tags, hints, _inside(records, f" {taken} "))
    if hints:
        _drop_list(records, hints)
    return blocks_of(records)


def _taken_by_trafilatura(markup: str) -> str:
    """Return the words of trafilatura's text in lower case, "" where it finds nothing."""
    import trafilatura

    try:
        text = trafilatura.extract(markup[:_MOST], include_comments=False, include_tables=True)
    except Exception:  # noqa: BLE001 - evidence only; broken pages make parsers fail in many ways
        return ""
    return folded(normalize("NFC", text or ""))


def _composed(unit: Unit) -> str:
    """Return a line's words, composed as trafilatura prints them."""
    return unit.key if is_normalized("NFC", unit.text) else folded(normalize("NFC", unit.text))


def _inside(records: list[Record], taken: str) -> list[bool]:
    """Tell for each line whether it stands in the text taken, by order: long lines first, short ones between them."""
    keys = [f" {key} " if (key := _composed(r.unit)) else "" for r in records]
    counts = Counter(keys)
    single = (len(key) >= _ANCHOR and counts[key] == 1 and taken.count(key) == 1 for key in keys)
    at = [taken.find(key) if anchors else -1 for key, anchors in zip(keys, single, strict=True)]
    following = len(taken)
    limits = [0] * len(keys)
    for i in range(len(keys) - 1, -1, -1):
        limits[i] = following
        following = at[i] if at[i] >= 0 else following
    reached = 0
    for i, key in enumerate(keys):
        if at[i] < 0 and key:
            found = taken.find(key, max(0, reached - 1), limits[i] + 1)
            if found >= 0 and (len(key) >= _ANCHOR or found - reached <= _NEAR):
                at[i] = found
        if at[i] >= 0:
            reached = at[i] + len(key) - 1
    return [a >= 0 for a in at]


def _weigh(records: list[Record], tags: Tags, hints: Sequence[LineHint], inside: list[bool]) -> None:
    """Overrule the lines' own words where the markup and trafilatura know better."""
    sure = [i for i, r in enumerate(records) if inside[i] and r.unit.words >= _PARAGRAPH]
    if not sure:
        return
    text = _text_of(records, sure)
    last = text[-1] if text else sure[-1]
    counts = Counter(word for i in text for word in _words(hints[i].around))
    everywhere = {word for word, count in counts.items() if count >= _OWN_SHARE * len(text)}
    containers = Counter(_innermost(hints[i].around) for i in text)
    for i, one in enumerate(records):
        if one.kind is BlockKind.TITLE:
            continue
        linked, named = hints[i].links, (_words(hints[i].around) - everywhere) & _kinds().keys()
        aside = _kinds()[min(named)] if named else None
        furniture = one.furniture and one.cue is not None and one.cue.strength > _SURE_CUE
        tail = i > last and one.kind in _TAIL
        if one.kept and aside is not None and (not inside[i] or aside in _PLAIN_NAMES):
            one.decide(aside, 0.7, "stands in a part of the page that its markup names so")
        elif one.kept and not inside[i]:
            alike = linked < _SOME_LINKS and containers[_innermost(hints[i].around)] >= _LEAST_ALIKE
            below = linked < _SOME_LINKS and one.kind is BlockKind.STANDFIRST and records[i - 1].kind is BlockKind.TITLE
            if not (below or (one.unit.prose and (alike or sure[0] <= i <= sure[-1]))):
                one.decide(BlockKind.OTHER, 0.6, "not taken for the article by its markup")
        elif inside[i] and not (one.kept or furniture or tail) and aside is None and linked < _ALL_LINKS:
            one.decide(BlockKind.CONTENT, 0.8, "taken for the article by its markup")
    _keep_standfirst(records, tags, hints, next(iter(_text_of(records, sure)), sure[0]))


def _text_of(records: Sequence[Record], sure: Sequence[int]) -> list[int]:
    return [i for i in sure if records[i].kept and records[i].unit.prose]


def _drop_list(records: Sequence[Record], hints: Sequence[LineHint]) -> None:
    """Keep nothing of a page whose paragraphs stand each with a day below the link to its own article: it is a list.

    A page with a headline of its own may print an article in parts whose headings are links.
    """
    if any("h1" in hint.around.split() and hint.links < _SOME_LINKS for hint in hints):
        return
    kept = [i for i, one in enumerate(records) if one.kept and one.kind is BlockKind.CONTENT]
    dated = {i for i, one in enumerate(records) if one.cue is not None and one.cue.kind is BlockKind.TIMESTAMP}
    headed = [
        i for i in kept if any(_is_link(hints[k]) for k in range(max(0, i - _ABOVE), i)) and dated & {i - 1, i + 1}
    ]
    if len(headed) >= max(_LEAST_ITEMS, _ITEMS * len(kept)):
        for one in records:
            if one.kept:
                one.decide(BlockKind.RELATED, 0.8, "stands in a list of items, each with a day below a link")


def _is_link(hint: LineHint) -> bool:
    return hint.links >= _ALL_LINKS and not _HEADINGS.isdisjoint(hint.around.split())


def _keep_standfirst(records: Sequence[Record], tags: Tags, hints: Sequence[LineHint], text: int) -> None:
    """Keep what the head of a page prints as its summary, or what its markup calls a standfirst, if none kept says it.

    The head is what stands near the headline, or near `text`, the article's first paragraph, where no line prints it.
    """
    title = next((i for i, r in enumerate(records) if r.kind is BlockKind.TITLE), text)
    head = range(max(0, title - _NEAR_TITLE), min(len(records), title + _NEAR_TITLE + 1))
    plain = [i for i in head if hints[i].links < _SOME_LINKS and records[i].kind is not BlockKind.TITLE]
    summed = [i for i in plain if tags.sums_up(records[i].unit)]
    named = [i for i in plain if i <= text and _is_standfirst(hints[i].around, records[i])]
    for i in dict.fromkeys((*summed, *(i for i in named if hints[i].around == hints[named[0]].around))):
        if not any(r.kept and records[i].unit.key in r.unit.key for r in records):
            by = "what the page gives as its summary" if i in summed else "its markup calls it the standfirst"
            records[i].decide(BlockKind.STANDFIRST, 0.9, by)


def _is_standfirst(around: str, one: Record) -> bool:
    """Tell whether the innermost names around a line are those of a standfirst; a date or a caption may stand there."""
    own = _words(around[-_OWN_NAMES:])
    named = not own.isdisjoint(word_set("cleaning_containers", "standfirst"))
    return named and own.isdisjoint(word_set("cleaning_containers", "picture")) and one.kind not in _BESIDE_LEDE


@cache
def _kinds() -> dict[str, BlockKind]:
    groups = [group for group in load_lexicon("cleaning_containers").groups if group.get("kind")]
    return {entry: BlockKind(group.get("kind")) for group in groups for entry in group.entries}


@lru_cache(maxsize=4096)
def _words(around: str) -> frozenset[str]:
    return frozenset(_LETTERS().findall(_CAMEL().sub(" ", around).lower()))


def _innermost(around: str) -> str:
    return _DIGITS().sub("#", around)[-_INNERMOST:]
