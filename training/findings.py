"""Learn which candidates for findings editors grant, and write what ships.

    findings.py DATA READERS WORK             what each family finds on events left out, at several lines
    findings.py DATA READERS WORK --write     the same, then writes resources/findings.json

DATA holds the annotated events, READERS the readers of pairs of each fold (`same_claim.py student`), WORK takes what
takes long to read. Judges learn from candidates of events of other folds, whose claims a reader laid together that had
not seen them either; so does what says how far a word leans. Wording learns from the further and the invented events,
selection and values from those of the bench and the invented ones: each was tried on both. What ships learned from all.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from findings_data import FOLDS, Gold, Granted, Place, read_contrast, read_further, read_gold
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from comparer.comparison.certainty.find import find_certainty_findings
from comparer.comparison.facts import dates, numbers
from comparer.comparison.facts.find import compare_facts, find_fact_findings
from comparer.comparison.quotations.find import find_quote_findings
from comparer.comparison.quotations.retold import retellings
from comparer.comparison.quotations.utterances import find_utterances
from comparer.comparison.selection import find as selection
from comparer.comparison.view import Printed
from comparer.comparison.wording import find as wording
from comparer.comparison.wording.find import Candidate
from comparer.comparison.words import word_states
from comparer.language.words import STOP_WORDS, stem, words
from comparer.model import RowId, Span

OUT = Path(__file__).parent.parent / "comparer" / "resources"
LEANS = 0.003  # inverse regularisation of how far words lean
PLAIN = 4  # of unchanged words one in so many is learned from
WORTH = 0.5  # how far what editors want counts beside what is right
STRENGTH = 0.03  # inverse regularisation of scaled features
FAMILIES: dict[str, Callable[..., list[Candidate]]] = {"W": wording.candidates}
VALUES = {"F101": (0.03, 0.711, {"read_before"}), "F102": (0.1, 0.711, set())}
"""By code: inverse regularisation, line, and what weighs against reason on so few examples and is left out."""
OVERSURE = (
    0.9  # log odds by which values conflict less often on events that nothing had seen: 8 of 16 printed were right
)
MADE = 0.5  # weight of a pair of sentences that was written to differ, beside one of an event
RETOLD = 0.1  # inverse regularisation of retellings
LINES = {
    "W": 0.5,
    "S": 0.9,
    "Q107": 0.86,
}  # part right of what is printed on events left out, for which the line is chosen: of W by
# the very words, for a mark that meets a difference by standing in its row says something false of another word
Array = NDArray[np.float64]


@dataclass
class Table:
    """Hold the candidates of a family: features, whether the cue is among granted words, what the finding meets."""

    candidates: list[tuple[Gold, Candidate]] = field(default_factory=list)
    wanted: list[bool] = field(default_factory=list)
    met: list[set[int]] = field(default_factory=list)

    def features(self, names: Sequence[str]) -> NDArray[np.float32]:
        """Return the features, (candidates, names)."""
        return np.array([[c.features[name] for name in names] for _, c in self.candidates], dtype=np.float32)

    @property
    def folds(self) -> NDArray[np.int_]:
        """Return the fold of each candidate's event."""
        return np.array([gold.fold for gold, _ in self.candidates])


def main() -> None:
    """Learn, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "readers", "work"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    events = read_gold(chosen.data, chosen.readers, chosen.work)
    contrast = read_contrast(chosen.data, chosen.work, {gold.name: gold.fold for gold in events})
    further = read_further(chosen.data, chosen.work)
    of_words = further + [gold for gold in events if not gold.real]
    leanings = [fit_leaning(contrast, fold) for fold in (*range(FOLDS), None)]
    told: dict[str, Any] = {
        "leaning": {"weights": leanings[-1][:-1].round(4).tolist(), "constant": round(leanings[-1][-1], 4)}
    }
    for family, ask in FAMILIES.items():
        own = Table()
        for fold in range(FOLDS):
            wording.leaning = lambda n=fold: (leanings[n][:-1], float(leanings[n][-1]))
            for gold in (g for g in of_words if g.fold == fold):
                add(own, gold, ask(gold.view), family)
        told[family] = learn(own, family)
    told["S"] = learn_alone(events)
    told["Q107"] = learn_retold([*events, *further])
    told |= {
        code: learn_values(code, events, [gold for gold, _ in contrast if gold.granted[0].family in {"F", "none"}])
        for code in VALUES
    }
    told["rates"] = rates([gold for gold in (*events, *further) if gold.real])
    if chosen.write:
        (OUT / "findings.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def add(table: Table, gold: Gold, found: Sequence[Candidate], family: str) -> None:
    """Add the candidates of an event with what they meet."""
    for candidate in found:
        cue = (candidate.article, candidate.cue.start, candidate.cue.end)
        places: list[Place] = [cue, *((k, claim.start, claim.end) for k, claim in candidate.others)]
        met = {
            n
            for n, g in enumerate(gold.granted)
            if g.family == family and not g.trap and len(g.words) > 1 and gold.meets(places, g)
        }
        at = [p for n in met for p in gold.granted[n].words.get(candidate.article, ())]
        table.candidates.append((gold, candidate))
        table.met.append(met)
        table.wanted.append(any(start < cue[2] and cue[1] < end for _, start, end in at))


def learn(own: Table, family: str) -> dict[str, Any]:
    """Return the weights of a family learned from all events; print what is found on events left out."""
    names = sorted(own.candidates[0][1].features)
    table, wanted, folds = own.features(names), np.array(own.wanted), own.folds
    odds = np.zeros(len(table))
    for fold in range(FOLDS):
        weights, constant = fit(table[folds != fold], wanted[folds != fold])
        odds[folds == fold] = table[folds == fold] @ weights + constant
    real = np.array([gold.real for gold, _ in own.candidates])
    right = np.array([bool(met) for met in own.met])
    curve = LogisticRegression(C=1e6).fit(odds[real, None], right[real])
    slope, shift = float(curve.coef_[0, 0]), float(curve.intercept_[0])
    ap = average_precision_score(wanted[real], odds[real])
    print(f"{family}: {real.sum()} candidates of real events, {wanted[real].sum()} granted, average precision {ap:.3f}")
    line = lines(own, curve.predict_proba(odds[:, None])[:, 1], family)
    weights, constant = fit(table, wanted)
    return {
        "weights": {name: round(slope * float(w), 5) for name, w in zip(names, weights, strict=True)},
        "constant": round(slope * constant + shift, 5),
        "line": line,
    }


def rates(events: Sequence[Gold]) -> dict[str, list[int]]:
    """Return by code of the rules for names, quotations and certainty how many were granted, of how many printed."""
    found: dict[str, list[int]] = {}
    for gold in events:
        view = gold.view
        printed = (
            *find_fact_findings(view, compare_facts(view)),
            *find_quote_findings(view, find_utterances(view)),
            *find_certainty_findings(view),
        )
        for one in printed:
            if one.code in VALUES or one.code == "Q107":
                continue  # judged
            places = [(view.index_of(p), p.span.start, p.span.end) for p in one.evidence]
            own = (g for g in gold.granted if g.family == one.code[0] and not g.trap)
            counted = found.setdefault(one.code, [0, 0])
            counted[0] += any(gold.meets(places, granted) for granted in own)
            counted[1] += 1
    for code, (right, of) in sorted(found.items()):
        print(f"{code}: {right}/{of} granted")
    return dict(sorted(found.items()))


def values_of(code: str, gold: Gold) -> list[tuple[dict[str, float], bool, tuple[str, ...]]]:
    """Return each two values of an event that cannot both be right: features, whether granted, what is printed."""
    view, found = gold.view, []
    for row in view.shared_rows:
        ask = numbers.amounts if code == "F101" else dates.days  # what the product asks
        cells = {k: view.printed(row, k, ask) for k in row.told_by}
        for left, right in combinations(cells, 2):
            if code == "F101":
                pairs = numbers.rivals(view, row, *numbers.left_over(cells[left], cells[right])[:2])
            else:
                pairs = dates.rivals(view, row, *dates.left_over(cells[left], cells[right]))
            for a, b, features in pairs:
                granted = any(_prints(g, a) and _prints(g, b) for g in gold.granted if g.family == "F" and not g.trap)
                printed = tuple(sorted({view.text(left, a.span), view.text(right, b.span)}))
                found.append((features, granted, printed))
    return found


def _prints(granted: Granted, value: Printed[Any]) -> bool:
    """Tell whether the words of a granted difference hold a value."""
    return any(s < value.span.end and value.span.start < e for _, s, e in granted.words.get(value.article, ()))


def learn_values(code: str, events: Sequence[Gold], contrast: Sequence[Gold]) -> dict[str, Any]:
    """Return the weights for two values that are told of one thing; print what is found on events left out."""
    strength, line, left = VALUES[code]
    found = [(gold, *one) for gold in (*events, *contrast) for one in values_of(code, gold)]
    names = sorted(set(found[0][1]) - left)
    table = np.array([[features[name] for name in names] for _, features, _, _ in found])
    wanted, folds = np.array([granted for *_, granted, _ in found]), np.array([gold.fold for gold, *_ in found])
    made = len(events)
    place = {id(gold): k for k, gold in enumerate((*events, *contrast))}
    weight = np.array([1.0 if place[id(gold)] < made else MADE for gold, *_ in found])
    mean, scale = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-6)

    def learned(kept: NDArray[np.bool_]) -> LogisticRegression:
        model = LogisticRegression(C=strength, max_iter=2000)
        return model.fit((table[kept] - mean) / scale, wanted[kept], sample_weight=weight[kept])

    probability = np.zeros(len(found))
    for fold in range(FOLDS):
        at = folds == fold
        probability[at] = learned(~at).predict_proba((table[at] - mean) / scale)[:, 1]
    for real in (True, False):
        at = [k for k, (gold, *_) in enumerate(found) if place[id(gold)] < made and gold.real == real]
        for shown in (0.5, 0.55, 0.6, 0.65, 0.7):
            printed = {(id(found[k][0]), found[k][3]): False for k in at if probability[k] >= shown}
            for k in at:
                key = (id(found[k][0]), found[k][3])
                if key in printed:
                    printed[key] |= bool(wanted[k])
            print(f"{code} {'real' if real else 'invented'} line {shown}: {sum(printed.values())}/{len(printed)} right")
    model = learned(np.ones(len(found), dtype=bool))
    weights = model.coef_[0] / scale
    return {
        "weights": {name: round(float(w), 5) for name, w in zip(names, weights, strict=True)},
        "constant": round(float(model.intercept_[0] - mean @ weights) - OVERSURE, 5),
        "line": round(1 / (1 + (1 - line) / line * float(np.exp(OVERSURE))), 3),
        "means": {name: round(float(m), 5) for name, m in zip(names, mean, strict=True) if name.startswith("read_")},
    }


def learn_alone(events: Sequence[Gold]) -> dict[str, Any]:
    """Return the weights for what one text alone tells: that no other tells it, and half as much that it is wanted."""
    found = [(gold, *one) for gold in events if gold.real for one in selection.alone(gold.view)]
    names = sorted(found[0][3])
    table = np.array([[features[name] for name in names] for *_, features in found], dtype=np.float32)
    on = [gold.on([(k, s.start, s.end) for s in gold.view.claim_spans(row, k)]) for gold, row, k, _ in found]
    right = np.array([not places & gold.shared for places, (gold, *_) in zip(on, found, strict=True)])
    solo = [
        {n for n, (at, weight) in enumerate(gold.solo) if weight == "major" and places & at}
        for places, (gold, *_) in zip(on, found, strict=True)
    ]
    wanted, folds = np.array([bool(n) for n in solo]), np.array([gold.fold for gold, *_ in found])
    odds = np.zeros(len(table))
    for fold in range(FOLDS):
        kept = folds != fold
        weights, constant = both(table[kept], right[kept], wanted[kept])
        odds[~kept] = table[~kept] @ weights + constant
    curve = LogisticRegression(C=1e6).fit(odds[:, None], right)
    probability = curve.predict_proba(odds[:, None])[:, 1]
    slope, shift = float(curve.coef_[0, 0]), float(curve.intercept_[0])
    total = sum(weight == "major" for gold in events for _, weight in gold.solo)
    print(f"S: {len(found)} claims told alone, {right.sum()} of them rightly, {wanted.sum()} much wanted")
    line = 0.99
    for at in np.round(np.arange(0.98, 0.6, -0.02), 2).tolist():
        shown = probability >= at
        known = {(id(found[k][0]), n) for k in np.flatnonzero(shown) for n in solo[k]}
        print(
            f"  real line {at}: {right[shown].sum()}/{shown.sum()} right, {len(known)}/{total} much wanted ones found"
        )
        if shown.sum() and right[shown].mean() >= LINES["S"]:
            line = at
    weights, constant = both(table, right, wanted)
    return {
        "weights": {name: round(slope * float(w), 5) for name, w in zip(names, weights, strict=True)},
        "constant": round(slope * constant + shift, 5),
        "line": line,
    }


def learn_retold(events: Sequence[Gold]) -> dict[str, Any]:
    """Return the weights for a claim that retells a quotation; print what is found on events left out."""
    found = [(gold, r) for gold in events for row in gold.view.shared_rows for r in retellings(gold.view, row)]
    names = sorted(found[0][1].features)
    table = np.array([[r.features[name] for name in names] for _, r in found])
    quotes = {id(gold): [g for g in gold.granted if g.family == "Q" and not g.trap] for gold in events}
    met = [
        {
            n
            for n, g in enumerate(quotes[id(gold)])
            if gold.meets([(k, s.start, s.end) for k, s in (r.quoted, r.told)], g)
        }
        for gold, r in found
    ]
    granted, folds = np.array([bool(n) for n in met]), np.array([gold.fold for gold, _ in found])
    mean, scale = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-6)

    def learned(kept: NDArray[np.bool_]) -> LogisticRegression:
        return LogisticRegression(C=RETOLD, max_iter=500).fit((table[kept] - mean) / scale, granted[kept])

    probability = np.zeros(len(found))
    for fold in range(FOLDS):
        probability[folds == fold] = learned(folds != fold).predict_proba((table[folds == fold] - mean) / scale)[:, 1]
    line = 0.99
    for real in (True, False):
        total = sum(len(quotes[id(gold)]) for gold in events if gold.real == real)
        for at in np.round(np.arange(0.8, 0.34, -0.05), 2).tolist():
            printed: dict[tuple[int, RowId], set[int]] = {}
            for k in np.flatnonzero(probability >= at):
                if found[k][0].real == real:
                    printed.setdefault((id(found[k][0]), found[k][1].row.id), set()).update(met[k])
            right, held = sum(bool(n) for n in printed.values()), {(g, n) for (g, _), on in printed.items() for n in on}
            kind = "real" if real else "invented"
            print(f"Q107 {kind} line {at}: {right}/{len(printed)} right, {len(held)}/{total} found")
            if real and printed and right / len(printed) >= LINES["Q107"]:
                line = at
    model = learned(np.ones(len(found), dtype=bool))
    weights = model.coef_[0] / scale
    return {
        "weights": {name: round(float(w), 5) for name, w in zip(names, weights, strict=True)},
        "constant": round(float(model.intercept_[0] - mean @ weights), 5),
        "line": line,
    }


def both(table: NDArray[np.float32], right: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> tuple[Array, float]:
    """Return the weights for what is right and half of those for what is wanted, as one regression."""
    (sure, constant), (worth, other) = fit(table, right), fit(table, wanted)
    return sure + WORTH * worth, constant + WORTH * other


def lines(own: Table, probability: Array, family: str) -> float:
    """Print what is printed, right and found at several lines on events left out, and return the line to ship."""
    chosen = 0.99
    for real in (True, False):
        events = {id(g): g for g, _ in own.candidates if g.real == real}
        clear = sum(g.family == family and g.clear and not g.trap for e in events.values() for g in e.granted)
        for line in np.round(np.arange(0.2, 0.7, 0.02), 2).tolist():
            printed, right, exact, found = 0, 0, 0, set()
            for shown in printed_of(own, probability, line, events):
                gold, met = own.candidates[shown[0]][0], set[int]().union(*(own.met[k] for k in shown))
                printed, right, exact = printed + 1, right + bool(met), exact + any(own.wanted[k] for k in shown)
                found |= {(id(gold), n) for n in met if gold.granted[n].clear}
            told = f"{right}/{printed} right ({exact} by their words), {len(found)}/{clear} clear ones found"
            print(f"  {'real' if real else 'invented'} line {line}: {told}")
            if real and printed and exact / printed >= LINES[family] and line < chosen and printed >= 8:
                chosen = line
    return chosen


def printed_of(own: Table, probability: Array, line: float, events: dict[int, Gold]) -> list[list[int]]:
    """Return the findings that a line prints, as their candidates: the surest cue of each claim, in all its rows."""
    found: dict[tuple[int, int, Span], list[int]] = {}
    for k in np.argsort(-probability, kind="stable").tolist():
        gold, one = own.candidates[k]
        if id(gold) in events and probability[k] >= line:
            same = found.setdefault((id(gold), one.article, one.claim), [])
            if not same or own.candidates[same[0]][1].cue == one.cue:
                same.append(k)
    return list(found.values())


def fit(table: NDArray[np.float32], wanted: NDArray[np.bool_]) -> tuple[Array, float]:
    """Return weights of the features and a constant: a logistic regression of scaled features."""
    mean, scale = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-6)
    model = LogisticRegression(C=STRENGTH, max_iter=500).fit((table - mean) / scale, wanted)
    weights = model.coef_[0] / scale
    return weights, float(model.intercept_[0] - mean @ weights)


def fit_leaning(contrast: Sequence[tuple[Gold, str]], fold: int | None) -> Array:
    """Return weights and constant that tell judging words from others, learned from pairs of other folds."""
    rows, wanted = [], []
    for number, (gold, before) in enumerate(contrast):
        if gold.fold == fold:
            continue
        old = {stem(token.form) for token in words(before)}
        granted = gold.granted[0]
        for k, doc in enumerate(gold.view.docs):
            spans = [place[1:] for place in granted.words.get(k, [])]
            for claim in gold.view.claim_spans(gold.alignment.rows[0], k):
                for n, (token, state) in enumerate(zip(doc.words(claim), doc.once(word_states, claim), strict=True)):
                    inside = granted.family == "W" and any(
                        s <= token.span.start and token.span.end <= e for s, e in spans
                    )
                    new = stem(token.form) not in old
                    if token.form not in STOP_WORDS and (new or (not inside and (number + n) % PLAIN == 0)):
                        rows.append(state)
                        wanted.append(inside and new)
    model = LogisticRegression(C=LEANS, max_iter=300).fit(np.array(rows), wanted)
    return np.append(model.coef_[0], model.intercept_)


if __name__ == "__main__":
    main()
