"""Say who stands for a claim in its article: on which rung, by what probability, and in which printed words.

In: what is measured of a claim (`signs`), alone or beside the claims of other outlets that tell the same. Out: a
probability for each sort of voucher, by a multinomial regression; a `Vouched`. The attribution that covers most of the
claim, or the one it carries on, gives the words. Weights: `resources/vouching.json`, learned from annotated events.
Refuses to name a source where none is near: the rung falls to the likeliest that needs none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from comparer.attribution.attributions import LONGEST
from comparer.attribution.signs import Heard, Signs, hear, hearsay, printed_source, quotation_over
from comparer.attribution.voices import VOUCHERS
from comparer.encoder import available
from comparer.language.doc import Doc
from comparer.model import Act, AnalysedArticle, Attribution, Claim, Manner, Rung, SourceKind, Span, Vouched
from comparer.resources.loader import load_json

Chances = NDArray[np.float64]
UNSOURCED = frozenset({Rung.OWN_VOICE, Rung.REPORTEDLY})
COVERS = 0.4  # part of a claim that an attribution there covers, from which its kind of source counts
CARRIED = 3  # sentences back to the last attribution that a claim may carry on
LIKELIER = 0.5  # probability that nobody is cited for a claim from which nobody is named, whoever it might be


def vouch(analysed: AnalysedArticle, doc: Doc, *, fast: bool = False) -> AnalysedArticle:
    """Return an article with who stands for each of its claims; `fast` asks no reader."""
    fast = fast or not (available() and analysed.attribution_attempted) or len(doc.text) > LONGEST
    heard = [hear(analysed, doc, claim, fast=fast) for claim in analysed.claims]
    likely = _of_each([h.signs for h in heard])
    vouched = (vouched_of(analysed, [h], chance)[0] for h, chance in zip(heard, likely, strict=True))
    return replace(analysed, claims=tuple(replace(h.claim, vouched=v) for h, v in zip(heard, vouched, strict=True)))


def chances(signs: Sequence[Signs]) -> Chances:
    """Return the probability of each of `VOUCHERS` for one claim that is told in one or more places of an article.

    The mean over the places counts: a claim told twice, once with its source, is seldom the outlet's own.
    """
    return np.asarray(_of_each(signs).mean(axis=0), dtype=float)


def _of_each(signs: Sequence[Signs]) -> Chances:
    """Return the probabilities of `VOUCHERS` in each place, a row per place: by what was read, where it was."""
    scores = np.zeros((len(signs), len(VOUCHERS)))
    for row, own in zip(scores, signs, strict=True):
        places, weights, constant = weights_of_vouchers("read" if "read" in own else "words")
        known = [name for name in own if name in places]
        row[:] = constant + np.array([own[n] for n in known]) @ weights[[places[n] for n in known]]
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=float)


def vouched_of(
    analysed: AnalysedArticle, heard: Sequence[Heard], chance: Chances
) -> tuple[Vouched, Attribution | None]:
    """Return who stands for a claim that is told in these places, and the attribution that says so, if one does."""
    by_rung: dict[Rung, float] = {}
    for (rung, _), value in zip(VOUCHERS, chance.tolist(), strict=True):
        by_rung[rung] = by_rung.get(rung, 0.0) + value
    said = _said(analysed, heard)
    unsourced = sum(by_rung[r] for r in UNSOURCED)
    allowed = [r for r in by_rung if (r in UNSOURCED) is (said is None or unsourced > LIKELIER)]
    rung = max(allowed, key=lambda r: by_rung[r])
    _, kind = max((value, kind) for (r, kind), value in zip(VOUCHERS, chance.tolist(), strict=True) if r is rung)
    if rung in UNSOURCED or said is None:
        text, span = analysed.article.text, heard[0].claim.passage.span
        cue = hearsay(text, span) if rung is Rung.REPORTEDLY else None
        return Vouched(
            rung, None, None, cue, Manner.INDIRECT if cue else None, carried=False, probability=by_rung[rung]
        ), None
    sentence = analysed.sentences[heard[0].claim.sentence].span
    source = said.source or said.resolved_source
    carried = source is None or source.end <= sentence.start
    return Vouched(rung, kind, source, said.cue, said.manner, carried=carried, probability=by_rung[rung]), said


def _said(analysed: AnalysedArticle, heard: Sequence[Heard]) -> Attribution | None:
    """Return the attribution that covers most of one of the places, or the one that the first carries on."""
    covered = [h for h in heard if h.said is not None and printed_source(h.said)]
    if covered:
        return max(covered, key=lambda h: (h.signs.get("stated", 0.0), h.signs["cover"])).said
    carried = (_carried_from(analysed, h.claim) for h in heard)
    return next((said for said in carried if said is not None and printed_source(said)), None)


def _carried_from(analysed: AnalysedArticle, claim: Claim) -> Attribution | None:
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


def signs_beside(doc: Doc, heard: Heard, others: Sequence[tuple[Doc, Heard]]) -> Signs:
    """Return a claim's signs with those of the claims of other outlets that tell the same.

    They say which part of it is shared: an attribution vouches for what its content holds, not for the whole sentence.
    """
    own = doc.stems(heard.claim.passage.span)
    theirs = frozenset[str]().union(*(other.stems(h.claim.passage.span) for other, h in others))
    shared = own & theirs
    beside: Signs = {
        "shared": float(len(shared)),
        "likeness": _share(shared, own | theirs),
        "shared of own": _share(shared, own),
        "covered there": sum(h.signs.get("cover", 0.0) for _, h in others) / len(others),
        "quoted there": max(h.signs.get("quoted", 0.0) for _, h in others),
        "others": float(len(others)),
    }
    for kind in SourceKind:
        beside[f"{kind} there"] = float(any(h.signs.get(f"{kind} vouching", 0.0) > COVERS for _, h in others))
    said = heard.said
    if said is not None:
        content = doc.stems_of(said.content)
        frame = doc.stems_of(s for s in (said.source, said.cue) if s is not None)
        source = doc.stems_of(printed_source(said))
        inside = _share(shared & content, shared)
        beside |= {
            "shared in content": inside,
            "shared outside": 1 - inside,
            "shared in frame": _share(shared & frame, shared),
            "content unshared": _share(content - theirs, content),
            "frame there": float(bool(frame & theirs)),
            "source named there": float(bool(source & theirs)),
            "same source there": float(any(h.said and source & d.stems_of(printed_source(h.said)) for d, h in others)),
            f"{said.resolved_kind} shares": inside * (said.act is Act.SPEECH),
            "stated and shared": inside * heard.signs.get("stated", 0.0),
        }
    return heard.signs | {name: value for name, value in beside.items() if value}


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part) / max(1, len(whole))


@cache
def weights_of_vouchers(by: str) -> tuple[dict[str, int], Chances, Chances]:
    """Return the row of each sign, the weights (signs, vouchers) and the constants: with what is read, or of words."""
    data = load_json("vouching")[by]
    places = {name: row for row, name in enumerate(data["weights"])}
    return places, np.array(list(data["weights"].values()), dtype=float), np.array(data["constant"], dtype=float)
