"""Measure what speaks for and against each who may vouch for a claim: by name, as numbers.

In: an analysed article, its reading and a claim. Out: `Heard`, the attribution that covers most of the claim, and signs
of the claim's place, its quotations, that attribution, its cue and what the article prints of its source. Pages that
print each sentence in a line of its own leave quotations open: the lines down to the closing mark still belong to them.
Nothing is decided here; `vouching` weighs. Signs that are 0 are left out. Fails where a page lost the closing mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from comparer.attribution.told import states
from comparer.attribution.words import alternatives
from comparer.language.doc import Doc
from comparer.model import Act, AnalysedArticle, Attribution, Claim, Manner, Quotation, SourceKind, Span, Token, Voice
from comparer.resources.loader import word_set

Signs = dict[str, float]
ACTS = word_set("comparison_words", "acts")
"""Verbs that tell what somebody did rather than what somebody says is so."""
_TITLES = word_set("source_kinds", "titles")
_CAPITALISED = re.compile(r"\b[^\W\d_a-zß-öø-ÿ][\w'’.-]*")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}")
_PLURAL = re.compile(r"[a-z]{3,}s\b")
_START, _END = attrgetter("span.start"), attrgetter("span.end")
ANY_MARK = re.compile(r"[“”\"«»]")
CLOSES = re.compile(r"(?<=\S)[”\"»](?=$|[\s.,;:)—–-])")
REACH = 8  # sentences after an opening mark down to which a closing one is looked for
MOSTLY_QUOTED = 0.5  # part of a claim in quotation marks from which it is its speaker's words
CARRIED = 3  # sentences back to the last attribution that a claim may carry on
_MANNERS = (Manner.DIRECT, Manner.MIXED, Manner.INDIRECT)
_MOST = {"index": 20, "words": 50, "content words": 60, "capitals": 4}
"""Counts from which on more say nothing new."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Hold what is measured of one claim, and the attribution that covers most of it, if any does."""

    claim: Claim
    said: Attribution | None
    signs: Signs


def measure(analysed: AnalysedArticle, doc: Doc, claim: Claim) -> Heard:
    """Return what is measured of a claim in its article."""
    sentence = analysed.sentences[claim.sentence].span
    near = analysed.attributions_at.touching(sentence)
    words = doc.words(claim.passage.span)
    said = max(
        (a for a in near if _weight(a, words) > 0), key=lambda a: (_weight(a, words), -a.extent.start), default=None
    )
    signs = _place(analysed, doc, claim, near)
    if said is not None:
        signs |= _of_attribution(doc, claim, sentence, said, words)
        for printed in printed_source(said):
            signs |= doc.once(_of_source, printed)
    return Heard(claim, said, {name: value for name, value in (signs | _joined(signs, said)).items() if value})


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
    return {
        "covered": 1.0,
        "cover": inside / max(1, len(words) - framing),
        "part of content": inside / max(1, length),
        "content words": float(min(length, _MOST["content words"])),
        "thought": float(said.act is Act.THOUGHT),
        "intention": float(said.act is Act.INTENTION),
        "states": float(states(doc.text, said)),
        "act": float(said.cue_lemma in ACTS),
        "manner": float(_MANNERS.index(said.manner)),
        "pronoun": float(said.source_kind is SourceKind.PRONOUN),
        "no source": float(said.source is None),
        "source in claim": float(said.source is not None and said.source.overlaps(claim.passage.span)),
        "cue in claim": float(said.cue is not None and said.cue.overlaps(claim.passage.span)),
        "cue in sentence": float(said.cue is not None and said.cue.overlaps(sentence)),
        "cue first": float(said.cue is not None and said.cue.start < said.content[0].start),
        "opens": float(said.content[0].start <= claim.passage.span.start),
        f"kind {said.resolved_kind}": 1.0,
        f"stance {said.cue_stance}": 1.0,
        f"verb {said.cue_lemma.partition(' ')[0]}": 1.0,
    }


def printed_source(said: Attribution) -> list[Span]:
    """Return where the source of an attribution is printed, in full if it is somewhere; empty where there is none."""
    printed = said.resolved_source or said.source
    return [printed] if printed is not None else []


def _of_source(doc: Doc, printed: Span) -> Signs:
    """Return how a source is printed."""
    words = printed.of(doc.text)
    capitals = [word.strip(".") for word in _CAPITALISED.findall(words)]
    first_names = word_set("first_names")
    return {
        "capitals": float(min(len(capitals), _MOST["capitals"])),
        "the": float(words.lower().startswith("the ")),
        "acronym": float(_ACRONYM.fullmatch(words.strip()) is not None),
        "lower": float(words[:1].islower()),
        "comma": float("," in words),
        "plural": float(_PLURAL.search(words.partition(",")[0]) is not None),
        "first name": float(any(word.lower() in first_names for word in capitals)),
        "titled": float(any(word.lower() in _TITLES for word in capitals[:-1])),
    }


def _joined(signs: Signs, said: Attribution | None) -> Signs:
    """Return signs that count only together: a kind of source vouches as far as it covers and states."""
    if said is None:
        return {"quoted, uncovered": signs["quoted"]}
    cover, kind = signs["cover"], said.resolved_kind
    stated = cover if said.act is Act.SPEECH and signs["states"] and not signs["act"] else 0.0
    uncovered = signs["quoted"] * (cover == 0)
    return {"stated": stated, "quoted, uncovered": uncovered, f"{kind} states": stated, f"{kind} vouching": cover}


def quotation_over(analysed: AnalysedArticle, span: Span) -> Quotation | None:
    """Return the quotation that holds half of a span or more, or that an earlier sentence left open over it."""
    holding = max(analysed.quotations_at.touching(span), key=lambda q: q.content.shared(span), default=None)
    if holding is not None and holding.content.shared(span) >= MOSTLY_QUOTED * len(span):
        return holding
    return _left_open(analysed, span)


def _left_open(analysed: AnalysedArticle, span: Span) -> Quotation | None:
    """Return the open quotation of an earlier sentence, where no mark stands between and a closing one follows."""
    text = analysed.article.text
    at = next((s.index for s in analysed.sentences_at.touching(span)), 0)
    ahead = (ANY_MARK.search(text, s.span.start, s.span.end) for s in analysed.sentences[at : at + REACH])
    mark = next(filter(None, ahead), None)
    if mark is None or not CLOSES.match(text, mark.start()):
        return None
    before = (s.span for s in reversed(analysed.sentences[max(0, at - REACH) : at]))
    last = next((s for s in before if ANY_MARK.search(text, s.start, s.end)), None)
    inside = [q for q in analysed.quotations_at.touching(last) if len(q.content) > 1] if last is not None else []
    if last is None or not inside:
        return None
    marks = ANY_MARK.findall(text, last.start, last.end)
    unclosed = not inside[-1].closed and ANY_MARK.search(text, inside[-1].content.start, last.end) is None
    return inside[-1] if unclosed or marks.count("“") > marks.count("”") else None


def carried_from(analysed: AnalysedArticle, claim: Claim) -> Attribution | None:
    """Return whose words a claim without an attribution of its own goes on with, or None where nobody is near.

    That is the speaker of the quotation over it, or else the last one cited in the sentences before.
    """
    quotation = quotation_over(analysed, claim.passage.span)
    if quotation is not None:
        speech = [a for a in analysed.attributions_at.touching(quotation.content) if a.act is Act.SPEECH]
        held = [sum(part.shared(quotation.content) for part in a.content) for a in speech]
        if held and 2 * max(held) >= max(1, len(quotation.content)):
            return speech[held.index(max(held))]
    start = analysed.sentences[claim.sentence].span.start
    near = Span(analysed.sentences[max(0, claim.sentence - CARRIED)].span.start, start)
    before = [
        a
        for a in analysed.attributions_at.touching(near)
        if a.act is Act.SPEECH and a.extent.end <= start and a.resolved_kind is not SourceKind.OTHER
    ]
    return max(before, key=lambda a: a.extent.end, default=None)


def hearsay(text: str, span: Span) -> Span | None:
    """Return the words of a span that pass it on without a source ("reportedly", "it is thought"), or None."""
    match = _hearsay().search(text, span.start, span.end)
    return Span(*match.span()) if match is not None else None


def _passes_on(doc: Doc, span: Span) -> bool:
    return hearsay(doc.text, span) is not None


@cache
def _hearsay() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('hearsay')})\b", re.IGNORECASE)
