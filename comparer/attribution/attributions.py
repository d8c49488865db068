"""Find who says what in a text: source, cue and content spans, by learned readers.

In: a text, or an article and its reading. Out: `Attribution`s in page order, labelled after PARC 3 (Pareti 2015) and
PolNeAR (Newell et al. 2018): direct, indirect and mixed speech, beliefs and intentions. Refuses to ascribe speech that
was denied or only imagined, and to read a language other than English. Fails on sources without a border ("He told Ana
Ruiz would come").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from comparer.attribution.linking import link, read_page
from comparer.attribution.links import confidences
from comparer.attribution.resolve import resolve
from comparer.attribution.sources import build_sources
from comparer.attribution.told import Weighed, tells_deed, weigh
from comparer.attribution.units import Unit, scan
from comparer.attribution.verbless import colon_speech, going_on, unowned
from comparer.encoder import available
from comparer.language.doc import Doc
from comparer.language.quotations import find_quotations
from comparer.model import Article, Attribution, Places, Source, SourceKind, Span
from comparer.resources.loader import LANGUAGE

_REACH = 12  # attributions to either side of one that can hold it: more never share a sentence
LONGEST = 200_000  # characters of a text that the encoder reads; no article is longer, and chains are six times as fast
LEAST = 0.35  # probability from which a reading of a cue is taken: of seven tried best on the documents left out
LEAST_UNSOURCED = 0.5  # the same where nobody is known to have said it


def find_attributions(text: str, *, fast: bool = False) -> tuple[Attribution, ...]:
    """Return every attribution found in `text`, ordered by where it starts; empty where nobody is cited.

    A pronoun's `resolved_source` is its antecedent. A quotation without a cue that follows a speaker's quotation joins
    its content, or stands alone with `source` None and that speaker as `resolved_source`. A quotation whose speaker is
    not known has none of them.

    >>> text = "“The pier is shut,” harbour master Ines Obi said, adding that repairs would take weeks."
    >>> [(a.source.of(text), a.cue.of(text), a.content[0].of(text)) for a in find_attributions(text)][0]
    ('harbour master Ines Obi', 'said', '“The pier is shut,”')
    >>> [a.content[0].of(text) for a in find_attributions(text)][1]
    'that repairs would take weeks'
    """
    return attributions_of(text, scan(text, find_quotations(text)), fast=fast)


def attributions_of(text: str, units: Sequence[Unit], *, fast: bool = False) -> tuple[Attribution, ...]:
    """Return every attribution of a text that is cut into units; `fast` reads without the encoder."""
    reader = "chain" if fast or len(text) > LONGEST or not available() else "tagger"
    return _resolved(text, units, _taken(read_cues(text, units, reader)))


def read_cues(text: str, units: Sequence[Unit], reader: str) -> list[Weighed]:
    """Return what is read at each possible cue; `reader` is "tagger" or "chain"."""
    if reader == "tagger":
        from comparer.attribution.tagging import tag  # late: scipy's functions take a tenth of a second to import

        links = tag(text, units)
    else:
        links = link(read_page(units))
    return weigh(text, units, links, confidences(units, links, reader))


def _taken(read: Sequence[Weighed]) -> list[Attribution]:
    """Return what is probable enough; of two readings of the same words the surer one."""
    likely = [w for w in read if not w.unsaid and w.confidence >= (LEAST if w.attribution.source else LEAST_UNSOURCED)]
    likely.sort(key=lambda w: (-w.confidence, w.attribution.extent.start))
    placed = Places(range(len(likely)), where=lambda k: likely[k].attribution.extent)
    taken: dict[int, Attribution] = {}
    for number, weighed in enumerate(likely):
        own = weighed.attribution
        near = [taken[k] for k in placed.touching(own.extent) if k in taken]
        rest = tuple(part for part in own.content if not any(part in a.content for a in near))
        if rest and not any(_alike(rest, a.content) for a in near):
            taken[number] = own if rest == own.content else replace(own, content=rest)
    return list(taken.values())


def _alike(left: Sequence[Span], right: Sequence[Span]) -> bool:
    """Tell whether two contents share at least half of the characters that either holds."""
    shared = sum(a.shared(b) for a in left for b in right)
    return 2 * shared >= sum(map(len, left)) + sum(map(len, right)) - shared


def _resolved(text: str, units: Sequence[Unit], found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    told = going_on(text, units, outermost(sorted(found, key=_place)))
    told += unowned(text, units, told)
    placed = Places(told, where=_place)
    for turn in (turn for unit in units for turn in colon_speech(text, unit)):
        # a turn of a transcript whose words cite somebody themselves: "OBI: They said it was late."
        if all(turn.content[0].covers(a.extent) for a in placed.touching(turn.extent)):
            told.append(turn)
    return resolve(text, units, sorted(told, key=_place))


def _place(attribution: Attribution) -> Span:
    return attribution.extent


def outermost(found: Sequence[Attribution]) -> list[Attribution]:
    """Drop what stands wholly inside another's content.

    "Ruiz said Obi believes the vote was lost" is told by Ruiz alone (PolNeAR annotates it so).
    """
    kept: list[Attribution] = []
    for number, attribution in enumerate(found):
        extent = attribution.extent
        near = (a for a in found[max(0, number - _REACH) : number + _REACH] if a.content != attribution.content)
        if not any(part.covers(extent) and a.extent != extent for a in near for part in a.content):
            kept.append(attribution)
    return kept


_OWN_VOICE = frozenset({"i", "we", "you"})


class Attributed(NamedTuple):
    """Hold who says what in one article; `attempted` is False where its language is not one that is read."""

    units: tuple[Unit, ...]
    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    attempted: bool


def read_attributions(article: Article, doc: Doc, *, fast: bool = False) -> Attributed:
    """Return attributions and sources of the kept text, in page order.

    Attributions that would mislead a reader are left out: those whose speaker is "I" or "you" outside a quotation,
    those that tell a deed ("discussed deploying troops"), and those with neither a source, an antecedent nor a passive
    cue.
    """
    units = scan(doc.kept, doc.quotations)
    if not reads(article.language):
        return Attributed(units, (), (), attempted=False)
    attributions = tuple(a for a in attributions_of(doc.kept, units, fast=fast) if _printable(doc.kept, a))
    return Attributed(units, attributions, build_sources(doc, attributions), attempted=True)


def reads(language: str) -> bool:
    """Tell whether attributions are read in a language (a BCP 47 tag; "und" is taken for English)."""
    return language.lower().partition("-")[0] in {LANGUAGE, "und", ""}


def _printable(text: str, attribution: Attribution) -> bool:
    source = attribution.source
    if tells_deed(text, attribution):
        return False
    if source is None:
        return attribution.resolved_source is not None or attribution.cue is not None
    if attribution.source_kind is SourceKind.PRONOUN:
        word = source.of(text).lower()
        return word not in _OWN_VOICE and (
            attribution.resolved_source is not None or word in {"he", "she", "they", "it"}
        )
    return True
