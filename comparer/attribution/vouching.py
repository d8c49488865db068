"""Say who stands for a claim in its article: on which rung, by what probability, and in which printed words.

In: what is measured of a claim (`signs`), alone or beside the claims of other outlets that tell the same, and what a
small reader of our own makes of it. Out: a probability for each sort of voucher, by a multinomial regression; a
`Vouched`. The attribution that covers most of the claim, or the one it carries on, gives the words. Refuses to name a
source where none is near: the rung falls to the likeliest that needs none. Weights: `resources/vouching.json`, learned
from annotated events.

The lower half of the reader of pairs reads each sentence; in two layers above it, which were taught, a word also looks
at the words of two sentences before and one after, so that an article is read once for all its claims. A claim is the
mean of its words, weighed by what they are. Its weights: `training/vouching_reader.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comparer.attribution.attributions import LONGEST
from comparer.attribution.signs import Heard, Signs, carried_from, hearsay, measure, printed_source
from comparer.encoder import Numbers, available, load_reader, session
from comparer.language.doc import Doc
from comparer.model import Act, AnalysedArticle, Attribution, Claim, Manner, Rung, SourceKind, Span, Vouched
from comparer.resources.loader import load_bytes, load_json

VOUCHERS: tuple[tuple[Rung, SourceKind | None], ...] = (
    (Rung.NAMED_PERSON, SourceKind.NAMED_PERSON),
    (Rung.ORGANISATION, SourceKind.ORGANISATION),
    (Rung.ORGANISATION, SourceKind.DOCUMENT),
    (Rung.ORGANISATION, SourceKind.MEDIA),
    (Rung.ROLE, SourceKind.ROLE),
    (Rung.ANONYMOUS, SourceKind.ANONYMOUS),
    (Rung.ANONYMOUS, SourceKind.GROUP),
    (Rung.REPORTEDLY, None),
    (Rung.OWN_VOICE, None),
)
"""What may stand for a claim, in the order of the weights."""
Chances = NDArray[np.float64]
UNSOURCED = frozenset({Rung.OWN_VOICE, Rung.REPORTEDLY})
COVERS = 0.4  # part of a claim that an attribution there covers, from which its kind of source counts
LIKELIER = 0.5  # probability that nobody is cited for a claim from which nobody is named, whoever it might be

LEAST = -8.0  # log chance from which on less says nothing new


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


def hear(analysed: AnalysedArticle, doc: Doc, claim: Claim, *, fast: bool = True) -> Heard:
    """Return what is measured of a claim in its article; the doc keeps it while the attributions are the same.

    Unless `fast`, the reader of voices is asked too, the first time.
    """
    kept = doc.once(_kept, claim.passage.span)
    for attributions, heard in kept:
        if attributions is analysed.attributions and heard.claim.sentence == claim.sentence:
            return replace(heard, claim=claim)
    heard = measure(analysed, doc, claim)
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
    carried = (carried_from(analysed, h.claim) for h in heard)
    return next((said for said in carried if said is not None and printed_source(said)), None)


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


MOST = 96  # word pieces of a sentence that are read
CORE, BEFORE, AFTER = 16, 4, 2  # sentences read in one run, and those beside them that two layers can reach
DECIMALS = 3  # kinds of processors differ in later digits


class Listener(NamedTuple):
    """Hold the layers above the lower half, and the weights that make an answer of what they read."""

    layers: Any
    weights: dict[str, Numbers]


class Voices(NamedTuple):
    """Hold of each sentence its word pieces, and what is read in these and in the two around them."""

    pieces: tuple[tuple[Span, ...], ...]
    read: tuple[Numbers, ...]


def ask(doc: Doc, claim: Claim) -> Numbers | None:
    """Return the log chances of each of `VOUCHERS` for a claim, or None where none of its words is read.

    Raises BadResourceError where the reader cannot run.
    """
    voices, weights = _listened(doc), load_listener().weights
    pieces, read = voices.pieces[claim.sentence], voices.read[claim.sentence]
    inside = [k for k, piece in enumerate(pieces, start=1) if len(piece) and claim.passage.span.covers(piece)]
    if not inside:
        return None
    words = read[inside]
    score = words @ weights["weigh"][0]
    weighed = np.exp(score - score.max())
    pooled = np.concatenate([weighed @ words / weighed.sum(), words.mean(axis=0), read[0]])
    scores = weights["vouch"] @ pooled + weights["vouch_at"]
    return np.asarray((scores - np.logaddexp.reduce(scores)).round(DECIMALS), dtype=np.float32)


@lru_cache(maxsize=16)  # articles: each is asked about its claims one after another
def _listened(doc: Doc) -> Voices:
    reader, layers = load_reader(), load_listener().layers
    spans = [s.span for s in doc.sentences]
    encoded = reader.encoded([span.of(doc.text) for span in spans])
    pieces = [
        tuple(Span(*at).moved(s.start) for at in one.offsets[:MOST]) for s, one in zip(spans, encoded, strict=True)
    ]
    lower = [reader.read(one.ids[:MOST])[0] for one in encoded]
    read: list[Numbers] = []
    for start in range(0, len(lower), CORE):
        low, high = max(0, start - BEFORE), min(len(lower), start + CORE + AFTER)
        of = np.concatenate([np.full(len(lower[k]), k) for k in range(low, high)])
        states = np.concatenate(lower[low:high])[None]
        found = layers.run(None, {"states": states, "sentences": of[None]})[0][0]
        read += [found[of == k] for k in range(start, min(start + CORE, high))]
    return Voices(tuple(pieces), tuple(read))


@cache
def load_listener() -> Listener:
    """Return the reader of voices that ships; raise BadResourceError where it cannot run."""
    return listener_of(load_bytes("vouching_reader.onnx"), load_bytes("vouching_reader.npz"))


def listener_of(graph: bytes, weights: bytes) -> Listener:
    """Return the reader of voices of a graph and its weights."""
    with np.load(BytesIO(weights), allow_pickle=False) as arrays:
        return Listener(session(graph), {name: arrays[name].astype(np.float32) for name in arrays.files})
