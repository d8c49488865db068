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
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

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


class Told(NamedTuple):
    """Hold one row as what several articles tell: claims by article. All headlines together make one, without id."""

    row: RowId | None
    confidence: float
    cells: Mapping[int, tuple[Span, ...]]


class Candidate(NamedTuple):
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


class _Printed(NamedTuple):
    """Hold one word of a telling: where, its form, how far it leans, whether it is quoted, and the outlet's own."""

    span: Span
    form: str
    stem: str
    leaning: float
    quoted: bool
    own: bool

    @property
    def full(self) -> bool:
        """Tell whether it is no function word."""
        return self.form not in STOP_WORDS


def find_wording_findings(event: EventView) -> tuple[Finding, ...]:
    """Return the differences of wording that are more probable than the line, surest first; none without a reader."""
    if event.config.fast:
        return ()
    family = judge("W")
    judged = [(family.probability(c.features), c) for c in candidates(event)]
    sure = [(p, c) for p, c in judged if p >= family.line or c.asked]
    claims: dict[tuple[int, Span], list[tuple[float, Candidate]]] = defaultdict(list)
    for probability, candidate in sorted(sure, key=lambda j: (-j[0], j[1].article, j[1].cue)):
        same = claims[candidate.article, candidate.claim]
        if not same or same[0][1].cue == candidate.cue:
            same.append((probability, candidate))
    return tuple(_finding(event, [c for _, c in same], same[0][0]) for same in claims.values())


def candidates(event: EventView) -> list[Candidate]:
    """Return the telling of each row by each article, with its most judging word and what is measured of it."""
    rows = [
        Told(row.id, row.confidence, {k: event.claim_spans(row, k) for k in row.told_by}) for row in event.shared_rows
    ]
    titles = {k: (title,) for k in range(len(event.docs)) if (title := event.title_span(k)) is not None}
    headlines = [Told(None, 0.0, titles)] if len(titles) > 1 else []  # they are all of the event
    found = [candidate for told in (*rows, *headlines) for candidate in _of_row(event, told)]
    leans = sorted(-c.features["leaning"] for c in found)
    for candidate in found:  # editors name the plainest few
        candidate.features["place"] = math.log1p(bisect_left(leans, -candidate.features["leaning"]))
    return found


def _of_row(event: EventView, told: Told) -> Iterator[Candidate]:
    """Yield of each telling of a row its word that leans most to judgement and that no other text prints."""
    wanted = {entry for group in event.config.lexicon if group.list in LISTS for entry in group.entries}
    printed = event.once(_printed_stems)
    cells, hits = {}, {}
    for k, claims in told.cells.items():
        cells[k] = [word for claim in claims for word in _words(event, k, claim)]
        hits[k] = find_phrases(event.docs[k].cut, claims, LISTS, own=event.config.lexicon)
    for k, claims in told.cells.items():
        rest = [m for m in told.cells if m != k]
        others = [w for m in rest for w in cells[m]]
        known = {w.stem for w in others}
        fresh = [w for w in cells[k] if w.stem not in known and w.full and len(w.form) >= SHORT]
        own = sorted((w for w in fresh if w.own), key=lambda w: (-w.leaning, w.span))
        asked = [h.span for h in hits[k] if h.entry in wanted and any(h.span.covers(w.span) for w in own)]
        if not asked:
            own = [w for w in own if not any(w.stem in stems for m, stems in enumerate(printed) if m != k)]
        if own:
            listed = [h for h in hits[k] if any(h.span.overlaps(w.span) for w in own)]
            cue = asked[0] if asked else own[0].span
            claim = next(claim for claim in claims if claim.covers(cue))
            features = _measured(own, fresh, others, listed) | {
                "other_listed": float(any(hits[m] for m in rest)),
                "capital": float(event.text(k, own[0].span)[0].isupper()),
                "name": float(bool(event.docs[k].names_at.touching(own[0].span))),
                "headlines": float(told.row is None),
                "headline": float(event.in_title(k, own[0].span)),
                "row": told.confidence,
                "told_by": float(len(told.cells)),
                "words": math.log1p(len(cells[k])),
                "same": _same(cells[k], others),
            }
            tellings = tuple((m, claim) for m in rest for claim in told.cells[m])
            yield Candidate(told.row, k, claim, cue, tellings, features, bool(asked))


def _printed_stems(event: EventView) -> tuple[frozenset[str], ...]:
    """Return by article the stems of its words: what another text prints anywhere is not one telling's alone."""
    return tuple(frozenset(stem(token.form) for token in doc.words(doc.whole)) for doc in event.docs)


def _words(event: EventView, article: int, claim: Span) -> Iterator[_Printed]:
    """Yield the words of a claim with whose they are: a source's where quoted, reported or citing, or the outlet's."""
    analysed, doc = event.analysed[article], event.docs[article]
    for word, lean in doc.once(_leanings, claim):
        quoted = bool(analysed.quotations_at.touching(word.span))
        said = (a for a in analysed.attributions_at.touching(word.span) if a.act is Act.SPEECH)
        cited = any(part is not None and part.overlaps(word.span) for a in said for part in (*a.content, a.cue))
        yield _Printed(word.span, word.form, stem(word.form), lean, quoted, own=not quoted and not cited)


def _leanings(doc: Doc, claim: Span) -> tuple[tuple[Token, float], ...]:
    """Return the words of a claim, each with how far it leans to judgement in its place, in log odds."""
    weights, constant = leaning()
    words = doc.words(claim)
    if not words:
        return ()
    scores = word_states(doc, claim) @ weights + constant
    return tuple((word, float(score)) for word, score in zip(words, scores, strict=True))


def _measured(
    own: Sequence[_Printed], fresh: Sequence[_Printed], others: Sequence[_Printed], listed: Sequence[Hit]
) -> dict[str, float]:
    """Return what is measured of the outlet's own words of a telling, of which the first is the cue."""
    in_context = {h.group.get("alone") == "no" for h in listed if h.lexicon == "loaded"}
    leans = [w.leaning for w in own]
    reported = [w.leaning for w in fresh if not w.quoted and not w.own]
    quoted = [w.leaning for w in fresh if w.quoted]
    theirs = max((w.leaning for w in others if not w.quoted and w.full), default=NONE)
    return {
        "leaning": leans[0],
        "second": leans[1] if len(leans) > 1 else NONE,
        "reported": max(reported, default=NONE),
        "quoted": max(quoted, default=NONE),
        "other": theirs,
        "lead": leans[0] - theirs,
        "adverb": float(own[0].form.endswith("ly")),
        "quoted_words": math.log1p(len(quoted)),
        "own_words": math.log1p(len(own)),
        "loaded": float(False in in_context),
        "loaded_in_context": float(True in in_context),
        "evaluation": float(any(h.lexicon == "evaluation" for h in listed)),
        "listed": float(any(h.span.overlaps(own[0].span) for h in listed)),
    }


def _same(own: Sequence[_Printed], others: Sequence[_Printed]) -> float:
    """Return the part of the full words of the shorter side that both sides print."""
    one, other = ({w.stem for w in side if w.full} for side in (own, others))
    return len(one & other) / max(1, min(len(one), len(other)))


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
