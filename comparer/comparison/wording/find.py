"""Find words of an outlet's own that judge what another outlet tells without them: W102.

In: the event. Out: findings about a row, or about headlines. A candidate is what one article tells of a row: its word
that leans most to judgement, outside quotations and reported words, where no other telling prints that word; a word of
a user's own list comes first and is always reported. A learned judge says how probable it is that an editor would call
it a difference of framing. It says that the wording differs, never that the plainer one is neutral. Fails on irony, and
where two plain words make the frame.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from comparer.comparison.judged import judge, leaning
from comparer.comparison.view import EventView
from comparer.comparison.words import word_states
from comparer.language.doc import Doc
from comparer.language.markers import Hit, find_phrases
from comparer.language.words import STOP_WORDS, stem
from comparer.model import Act, Finding, Rate, RowId, Side, Span, Token

LISTS = ("loaded", "evaluation")
NONE = -6.0  # how far the words lean of a telling that has none
SHORT = 3  # letters of a word that may judge


@dataclass(frozen=True, slots=True)
class Told:
    """Hold one row as what several articles tell: claims by article. All headlines together make one, without id."""

    row: RowId | None
    confidence: float
    cells: Mapping[int, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold a word of one article, the cue, in its claim, and what the others tell, as articles and claims.

    `asked` says that the word is of a user's own list.
    """

    row: RowId | None
    article: int
    claim: Span
    cue: Span
    others: tuple[tuple[int, Span], ...]
    features: dict[str, float]
    asked: bool


@dataclass(frozen=True, slots=True)
class _Printed:
    """Hold one word of a telling: where, in which claim, its form, how far it leans, whose it is, whether of a name."""

    claim: Span
    span: Span
    form: str
    stem: str
    leaning: float
    quoted: bool
    own: bool
    capital: bool
    name: bool


def find_wording_findings(event: EventView) -> tuple[Finding, ...]:
    """Return the differences of wording that are more probable than the line, surest first; none without a reader."""
    if event.config.fast:
        return ()
    line = judge("W").line
    judged = [(judge("W").probability(c.features), c) for c in candidates(event)]
    sure = sorted(((p, c) for p, c in judged if p >= line or c.asked), key=lambda j: (-j[0], j[1].article, j[1].cue))
    claims: dict[tuple[int, Span], list[tuple[float, Candidate]]] = {}
    for probability, candidate in sure:
        same = claims.setdefault((candidate.article, candidate.claim), [])
        if not same or same[0][1].cue == candidate.cue:
            same.append((probability, candidate))
    return tuple(_finding(event, [c for _, c in same], same[0][0]) for same in claims.values())


def candidates(event: EventView) -> list[Candidate]:
    """Return the telling of each row by each article, with its most judging word and what is measured of it."""
    found = [candidate for told in _told_rows(event) for candidate in _of_row(event, told)]
    leans = sorted(-c.features["leaning"] for c in found)
    for candidate in found:  # editors name the plainest few
        candidate.features["place"] = math.log1p(bisect_left(leans, -candidate.features["leaning"]))
    return found


def _told_rows(event: EventView) -> tuple[Told, ...]:
    """Return what two or more articles tell: the shared rows, and the headlines, which are all of the event."""
    rows = [
        Told(row.id, row.confidence, {k: event.claim_spans(row, k) for k in row.told_by}) for row in event.shared_rows
    ]
    titles = {k: (title,) for k in range(len(event.docs)) if (title := event.title_span(k)) is not None}
    return (*rows, *([Told(None, 0.0, titles)] if len(titles) > 1 else []))


def _leanings(doc: Doc, claim: Span) -> tuple[tuple[Token, float], ...]:
    """Return the words of a claim, each with how far it leans to judgement in its place, in log odds."""
    weights, constant = leaning()
    words = doc.words(claim)
    if not words:
        return ()
    scores = word_states(doc, claim) @ weights + constant
    return tuple((word, float(score)) for word, score in zip(words, scores, strict=True))


def _printed_stems(event: EventView) -> tuple[frozenset[str], ...]:
    """Return by article the stems of its words: what another text prints anywhere is not one telling's alone."""
    return tuple(frozenset(stem(token.form) for token in doc.words(doc.whole)) for doc in event.docs)


def _of_row(event: EventView, told: Told) -> Iterator[Candidate]:
    cells = {k: [w for claim in told.cells[k] for w in _words(event, k, claim)] for k in told.cells}
    hits = {k: [h for claim in told.cells[k] for h in _hits(event, k, claim)] for k in told.cells}
    for k in told.cells:
        others = [w for m in told.cells if m != k for w in cells[m]]
        known = {w.stem for w in others}
        fresh = [w for w in cells[k] if w.stem not in known and w.form not in STOP_WORDS and len(w.form) >= SHORT]
        own = sorted((w for w in fresh if w.own), key=lambda w: (-w.leaning, w.span))
        asked = [h.span for h in hits[k] if h.entry in _asked(event) and any(h.span.covers(w.span) for w in own)]
        printed = event.once(_printed_stems)
        elsewhere = frozenset[str]().union(*(stems for m, stems in enumerate(printed) if m != k))
        own = own if asked else [w for w in own if w.stem not in elsewhere]
        if own:
            listed = [h for h in hits[k] if any(h.span.overlaps(w.span) for w in own)]
            theirs = [h for m in told.cells if m != k for h in hits[m]]
            features = _measured(own, fresh, others) | _listed(own[0], listed, theirs)
            features |= {
                "headlines": float(told.row is None),
                "headline": float(event.in_title(k, own[0].span)),
                "row": told.confidence,
                "told_by": float(len(told.cells)),
                "words": math.log1p(len(cells[k])),
                "same": _same(cells[k], others),
            }
            rest = tuple((m, claim) for m in told.cells if m != k for claim in told.cells[m])
            cue = asked[0] if asked else own[0].span
            claim = next(claim for claim in told.cells[k] if claim.covers(cue))
            yield Candidate(told.row, k, claim, cue, rest, features, bool(asked))


def _measured(own: Sequence[_Printed], fresh: Sequence[_Printed], others: Sequence[_Printed]) -> dict[str, float]:
    leans = [w.leaning for w in own]
    reported = [w.leaning for w in fresh if not w.quoted and not w.own]
    quoted = [w.leaning for w in fresh if w.quoted]
    theirs = max((w.leaning for w in others if not w.quoted and w.form not in STOP_WORDS), default=NONE)
    return {
        "leaning": leans[0],
        "second": leans[1] if len(leans) > 1 else NONE,
        "reported": max(reported, default=NONE),
        "quoted": max(quoted, default=NONE),
        "other": theirs,
        "lead": leans[0] - theirs,
        "capital": float(own[0].capital),
        "name": float(own[0].name),
        "adverb": float(own[0].form.endswith("ly")),
        "quoted_words": math.log1p(len(quoted)),
        "own_words": math.log1p(len(own)),
    }


def _listed(cue: _Printed, listed: Sequence[Hit], theirs: Sequence[Hit]) -> dict[str, float]:
    loaded = [h for h in listed if h.lexicon == "loaded"]
    return {
        "loaded": float(any(h.group.get("alone") != "no" for h in loaded)),
        "loaded_in_context": float(any(h.group.get("alone") == "no" for h in loaded)),
        "evaluation": float(any(h.lexicon == "evaluation" for h in listed)),
        "listed": float(any(h.span.overlaps(cue.span) for h in listed)),
        "other_listed": float(bool(theirs)),
    }


def _same(own: Sequence[_Printed], others: Sequence[_Printed]) -> float:
    """Return the part of the full words of the shorter side that both sides print."""
    one, other = ({w.stem for w in side if w.form not in STOP_WORDS} for side in (own, others))
    return len(one & other) / max(1, min(len(one), len(other)))


def _words(event: EventView, article: int, claim: Span) -> list[_Printed]:
    doc = event.docs[article]
    return [_printed(event, article, claim, word, lean) for word, lean in doc.once(_leanings, claim)]


def _printed(event: EventView, article: int, claim: Span, word: Token, leaning: float) -> _Printed:
    """Return a word with whose it is: a source's where it is quoted, reported or cites, else the outlet's own."""
    doc, analysed, span = event.docs[article], event.analysed[article], word.span
    quoted = bool(analysed.quotations_at.touching(span))
    said = [a for a in analysed.attributions_at.touching(span) if a.act is Act.SPEECH]
    cited = any(part.overlaps(span) for a in said for part in (*a.content, *((a.cue,) if a.cue else ())))
    own = not quoted and not cited
    capital, name = doc.text[span.start].isupper(), bool(doc.names_at.touching(span))
    return _Printed(claim, span, word.form, stem(word.form), leaning, quoted, own, capital, name)


def _asked(event: EventView) -> frozenset[str]:
    return frozenset(entry for group in event.config.lexicon if group.list in LISTS for entry in group.entries)


def _hits(event: EventView, article: int, claim: Span) -> tuple[Hit, ...]:
    return find_phrases(event.docs[article].cut, (claim,), LISTS, own=event.config.lexicon)


def _finding(event: EventView, same: Sequence[Candidate], probability: float) -> Finding:
    """Return the finding of a word, which may stand in several rows."""
    first = same[0]
    cue = " ".join(event.text(first.article, first.cue).split())
    others = sorted({other for candidate in same for other in candidate.others})
    return Finding(
        code="W102",
        row=first.row,
        sides=(
            Side(cue, (event.passage(first.article, first.cue),)),
            Side("told without this word", tuple(event.passage(k, claim) for k, claim in others)),
        ),
        magnitude=Rate(1, 1 + len({k for k, _ in others}), "outlets print this word"),
        message=f"A judging word in one telling only: “{cue}”",
        confidence=probability,
    )
