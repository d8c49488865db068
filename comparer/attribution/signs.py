"""Measure what speaks for and against each who may vouch for a claim: by name, as numbers.

In: an analysed article, its reading and a claim. Out: `Heard`, the attribution that covers most of the claim, and signs
of the claim's place, its quotations, that attribution, its cue and what the article prints of its source. Where other
outlets tell the claim, `signs_beside` says which part of it they share: an attribution vouches for what its content
holds, not for the rest of the sentence. Nothing is decided here; `vouching` weighs. Signs that are 0 are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter

import numpy as np

from comparer.attribution.carrying import quotation_over
from comparer.attribution.told import states, tells_deed
from comparer.attribution.voices import VOUCHERS, ask
from comparer.language.doc import Doc
from comparer.model import (
    Act,
    AnalysedArticle,
    Attribution,
    Claim,
    CueStance,
    Manner,
    SourceKind,
    Span,
    Token,
    Voice,
)
from comparer.resources.loader import load_lexicon, word_set

Signs = dict[str, float]
ACTS = word_set("comparison_words", "acts")
"""Verbs that tell what somebody did rather than what somebody says is so."""
_TITLES = word_set("source_kinds", "titles")
_CAPITALISED = re.compile(r"\b[^\W\d_a-zß-öø-ÿ][\w'’.-]*")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}")
_PLURAL = re.compile(r"[a-z]{3,}s\b")
_START, _END = attrgetter("span.start"), attrgetter("span.end")
_MANNERS = (Manner.DIRECT, Manner.MIXED, Manner.INDIRECT)
_MOST = {"index": 20, "words": 50, "content words": 60, "capitals": 4}
"""Counts from which on more say nothing new."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Hold what is measured of one claim, and the attribution that covers most of it, if any does."""

    claim: Claim
    said: Attribution | None
    signs: Signs


def hear(analysed: AnalysedArticle, doc: Doc, claim: Claim, *, fast: bool = True) -> Heard:
    """Return what is measured of a claim in its article; the doc keeps it while the attributions are the same.

    Unless `fast`, the reader of voices is asked too, the first time.
    """
    kept = doc.once(_kept, claim.passage.span)
    for attributions, heard in kept:
        if attributions is analysed.attributions and heard.claim.sentence == claim.sentence:
            return replace(heard, claim=claim)
    heard = _heard(analysed, doc, claim)
    found = heard if fast else replace(heard, signs=heard.signs | _read(doc, claim))
    kept.append((analysed.attributions, found))
    return found


def _read(doc: Doc, claim: Claim) -> Signs:
    """Return what the reader of voices says: how likely it thinks each voucher, and that there is none."""
    likely = ask(doc, claim)
    if likely is None:
        return {}
    signs = {f"reads {kind or rung}": max(LEAST, float(v)) for (rung, kind), v in zip(VOUCHERS, likely, strict=True)}
    none = float(np.logaddexp(*likely[-2:]).clip(LEAST, -1e-3))
    return {"read": 1.0, "reads none": none - float(np.log1p(-np.exp(none)))} | signs


def _kept(doc: Doc, span: Span) -> list[tuple[tuple[Attribution, ...], Heard]]:
    """Return where what is measured of the claim at a span is kept."""
    del doc, span
    return []


def _heard(analysed: AnalysedArticle, doc: Doc, claim: Claim) -> Heard:
    sentence = analysed.sentences[claim.sentence].span
    near = analysed.attributions_at.touching(sentence)
    words = doc.words(claim.passage.span)
    said = max(
        (a for a in near if _weight(a, words) > 0), key=lambda a: (_weight(a, words), -a.extent.start), default=None
    )
    signs = _place(analysed, doc, claim, near)
    if said is not None:
        signs |= _of_attribution(doc, claim, sentence, said, words)
        signs |= {name: value for printed in _printed(said) for name, value in doc.once(_of_source, printed).items()}
    return Heard(claim, said, {name: value for name, value in (signs | _joined(signs)).items() if value})


def signs_beside(doc: Doc, heard: Heard, others: Sequence[tuple[Doc, Heard]]) -> Signs:
    """Return a claim's signs with those of the claims of other outlets that tell the same."""
    own = doc.stems(heard.claim.passage.span)
    theirs = frozenset[str]().union(*(other.stems(h.claim.passage.span) for other, h in others))
    shared = own & theirs
    beside: Signs = {
        "shared": float(len(shared)),
        "likeness": _share(len(shared), len(own | theirs)),
        "shared of own": _share(len(shared), len(own)),
        "covered there": sum(h.signs.get("cover", 0.0) for _, h in others) / len(others),
        "quoted there": max(h.signs.get("quoted", 0.0) for _, h in others),
        "others": float(len(others)),
    }
    for there, vouching in _THERE:
        if any(h.signs.get(vouching, 0.0) > _COVERS for _, h in others):
            beside[there] = 1.0
    if heard.said is not None:
        content = doc.stems_of(heard.said.content)
        frame = doc.stems_of(s for s in (heard.said.source, heard.said.cue) if s is not None)
        inside = _share(len(shared & content), len(shared))
        beside |= {
            "shared in content": inside,
            "shared outside": 1 - inside,
            "shared in frame": _share(len(shared & frame), len(shared)),
            "content unshared": _share(len(content - theirs), len(content)),
            "frame there": float(bool(frame & theirs)),
            "source named there": float(bool(doc.stems_of(_printed(heard.said)) & theirs)),
            "same source there": float(any(_same_source(doc, heard.said, d, h.said) for d, h in others)),
            f"{heard.said.resolved_kind} shares": inside * (heard.said.act is Act.SPEECH),
            "stated and shared": inside * heard.signs.get("stated", 0.0),
        }
    return heard.signs | {name: value for name, value in beside.items() if value}


LEAST = -8.0  # log chance from which on less says nothing new
_THERE = tuple((f"{kind} there", f"{kind} vouching") for kind in SourceKind)
_COVERS = 0.4  # part of a claim that an attribution there covers, from which its kind of source counts


def _share(part: int, whole: int) -> float:
    return part / max(1, whole)


def _weight(said: Attribution, words: Sequence[Token]) -> float:
    """Return how many of a claim's words an attribution holds; beliefs and wishes count half."""
    inside = _inside(said.content, words)
    return inside if said.act is Act.SPEECH else inside / 2


def _inside(parts: Sequence[Span], words: Sequence[Token]) -> int:
    """Return how many of some words, given in text order, stand wholly in one of some parts."""
    found: set[int] = set()
    for part in parts:
        found.update(range(bisect_left(words, part.start, key=_START), bisect_right(words, part.end, key=_END)))
    return len(found)


def _quoted(analysed: AnalysedArticle, span: Span) -> float:
    return sum(q.content.shared(span) for q in analysed.quotations_at.touching(span)) / max(1, len(span))


def _place(analysed: AnalysedArticle, doc: Doc, claim: Claim, near: Sequence[Attribution]) -> Signs:
    span, sentence = claim.passage.span, analysed.sentences[claim.sentence].span
    return {
        "title": float(doc.title is not None and doc.title.overlaps(span)),
        "index": float(min(claim.sentence, _MOST["index"])),
        "words": float(min(len(doc.words(span)), _MOST["words"])),
        "whole": len(span) / max(1, len(sentence)),
        "quoted": _quoted(analysed, span),
        "sentence quoted": _quoted(analysed, sentence),
        "hearsay": float(doc.once(_passes_on, span)),
        "hearsay beside": float(doc.once(_passes_on, sentence)),
        "attributions": float(len(near)),
        "speech": float(sum(a.act is Act.SPEECH for a in near)),
        "goes on": float(quotation_over(analysed, span) is not None),
        "source's voice": float(claim.voice is Voice.SOURCE),
    }


def _of_attribution(doc: Doc, claim: Claim, sentence: Span, said: Attribution, words: Sequence[Token]) -> Signs:
    frame = [s for s in (said.source, said.cue) if s is not None]
    inside, framing = _inside(said.content, words), _inside(frame, words)
    length = sum(len(doc.words(part)) for part in said.content)
    verb = said.cue_lemma.partition(" ")[0]
    return {
        "covered": 1.0,
        "cover": inside / max(1, len(words) - framing),
        "part of content": inside / max(1, length),
        "content words": float(min(length, _MOST["content words"])),
        "thought": float(said.act is Act.THOUGHT),
        "intention": float(said.act is Act.INTENTION),
        "states": float(states(doc.text, said)),
        "act": float(said.cue_lemma in ACTS),
        "deed": float(tells_deed(doc.text, said)),
        "manner": float(_MANNERS.index(said.manner)),
        "pronoun": float(said.source_kind is SourceKind.PRONOUN),
        "no source": float(said.source is None),
        "source in claim": float(said.source is not None and said.source.overlaps(claim.passage.span)),
        "cue in claim": float(said.cue is not None and said.cue.overlaps(claim.passage.span)),
        "cue in sentence": float(said.cue is not None and said.cue.overlaps(sentence)),
        "cue first": float(said.cue is not None and said.cue.start < said.content[0].start),
        "opens": float(said.content[0].start <= claim.passage.span.start),
        f"kind {said.resolved_kind}": 1.0,
        f"stance {CueStance(said.cue_stance)}": 1.0,
        f"verb {verb}": 1.0,
    }


def _printed(said: Attribution) -> list[Span]:
    printed = said.resolved_source or said.source
    return [printed] if printed is not None else []


def _same_source(doc: Doc, said: Attribution, other: Doc, theirs: Attribution | None) -> bool:
    return theirs is not None and bool(doc.stems_of(_printed(said)) & other.stems_of(_printed(theirs)))


def _of_source(doc: Doc, printed: Span) -> Signs:
    """Return how a source is printed."""
    words = printed.of(doc.text)
    capitals = [word.strip(".") for word in _CAPITALISED.findall(words)]
    return {
        "capitals": float(min(len(capitals), _MOST["capitals"])),
        "the": float(words.lower().startswith("the ")),
        "acronym": float(_ACRONYM.fullmatch(words.strip()) is not None),
        "lower": float(words[:1].islower()),
        "comma": float("," in words),
        "plural": float(_PLURAL.search(words.partition(",")[0]) is not None),
        "first name": float(any(word.lower() in _first_names() for word in capitals)),
        "titled": float(any(word.lower() in _TITLES for word in capitals[:-1])),
    }


def _joined(signs: Signs) -> Signs:
    """Return signs that count only together: a kind of source vouches as far as it covers and states."""
    cover = signs.get("cover", 0.0)
    speech = "covered" in signs and not (signs["thought"] or signs["intention"])
    stated = cover * speech * signs.get("states", 0.0) * (not signs.get("act")) * (not signs.get("deed"))
    found = {"stated": stated, "quoted, uncovered": signs["quoted"] * (cover == 0)}
    for kind in SourceKind:
        if f"kind {kind}" in signs:
            found |= {f"{kind} states": stated, f"{kind} vouching": cover}
    return found


def hearsay(text: str, span: Span) -> Span | None:
    """Return the words of a span that pass it on without a source ("reportedly", "it is thought"), or None."""
    match = _hearsay().search(text, span.start, span.end)
    return Span(*match.span()) if match is not None else None


def _passes_on(doc: Doc, span: Span) -> bool:
    return hearsay(doc.text, span) is not None


@cache
def _hearsay() -> re.Pattern[str]:
    entries = (entry for group in load_lexicon("hearsay").groups for entry in group.entries)
    printed = (re.escape(entry).replace(r"\ ", r"\s+") for entry in sorted(entries, key=len, reverse=True))
    return re.compile(rf"\b(?:{'|'.join(printed)})\b", re.IGNORECASE)


@cache
def _first_names() -> frozenset[str]:
    return frozenset(name for group in load_lexicon("first_names").groups for name in group.entries)
