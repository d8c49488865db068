"""Teach a small reader who speaks for a claim, and write comparer/resources/vouching_reader.{onnx,npz}.

    python training/vouching_reader.py polnear FOLDER BASE WORK           one pass over PolNeAR's documents
    python training/vouching_reader.py events FOLDER BASE WORK --fold K   then the annotated events, but those of fold K
    python training/vouching_reader.py ship FOLDER BASE WORK              the mean of the folds' weights

FOLDER holds train_attribution_polnear and the annotated events; BASE is the folder of the base, all-MiniLM-L6-v2; WORK
takes what is learned, each fold's reader too, for `vouching.py`. The lower half is what ships
(`same_claim_texts.onnx`, three layers of the base as they were). Two layers above it are taught, from where the
tagger's end (`attribution_tagger.py --keep WORK/tagger.pt`): a word looks at its
own sentence, two before and one after, which cost it the more the farther they are, by a slope of each head (Press et
al. 2022). Where the source begins and ends is learned beside who vouches, and not shipped: as a sign it did not help.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from attribution_tagger import WIDTH, layers_of
from onnxruntime.quantization import QuantType, quantize_dynamic
from same_claim_data import folds_of, read_events
from torch import nn
from vouching import FOLDS, NAMES
from vouching_examples import BACK, KINDS, NEXT, SOURCED, Claimed, Read, events, polnear

from comparer.attribution.vouching import AFTER, BEFORE, CORE

OUT = Path(__file__).parent.parent / "comparer" / "resources"
ASKED = 128  # width of what a source's first and last word are asked
BATCH, POOL = 3, 10  # runs of sentences in a step; batches whose runs are sorted by length together
RATES = {"polnear": (2e-4, 1e-3), "events": (1.5e-4, 5e-4)}  # of the base's layers, of what is new
PASSES = {"polnear": 1, "events": 3}
WARM = 0.1  # part of the steps in which the rate rises
SOURCES = 0.5  # weight of the loss of sources
MEANT, KEPT, LOOSE = 2.0, (0.4, 1.0), 0.06  # weight of a row that is meant; part of these, of others, that is shown
SLOPES = (5, 4, 3, 3, 2, 2, 1.5, 1, 1, 0.5, 0.5, 0)  # of each head: what a sentence beside costs
FARTHER = (1.3, 1.0, 0.0, 1.3)  # times the slope: two before, one before, its own, the next
SHUT = -1e4
Run = tuple[Read, int, int, list[Claimed]]  # sentences from, to, and the claims in them


class Upper(nn.Module):
    """Read words on top of the lower half; say who vouches for a claim and where a source begins and ends."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.layers = layers_of(base)
        slopes = -torch.tensor(SLOPES)[:, None] * torch.tensor(FARTHER)
        shut = torch.full((len(SLOPES), 1), SHUT)
        self.register_buffer("bias", torch.cat([shut, slopes, shut], dim=1), persistent=False)
        self.weigh, self.vouch = nn.Linear(WIDTH, 1), nn.Linear(3 * WIDTH, len(NAMES))
        self.ask, self.none = nn.Linear(3 * WIDTH, 2 * ASKED), nn.Linear(3 * WIDTH, 2)
        self.start, self.end = nn.Linear(WIDTH, ASKED), nn.Linear(WIDTH, ASKED)
        self.off = nn.Parameter(torch.tensor([-3.0, -3.0, -2.0, -1.0, -0.5, 1.0, -1.0]))
        self.drop = nn.Dropout(0.1)

    def forward(self, states: torch.Tensor, sentences: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """Return the states of word pieces, (runs, word pieces, width); `sentences` number the sentence of each."""
        apart = sentences[:, None, :] - sentences[:, :, None]
        bias = self.bias[:, (apart + 3).clamp(0, 5)].transpose(0, 1)
        if mask is not None:
            bias = bias.masked_fill(~mask[:, None, None, :], SHUT)
        for layer in self.layers:
            own = layer.attention.self
            query, key, value = (
                part(states).unflatten(-1, (len(SLOPES), -1)).transpose(1, 2)
                for part in (own.query, own.key, own.value)
            )
            seen = nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
            told = layer.attention.output(seen.transpose(1, 2).flatten(-2), states)
            states = layer.output(layer.intermediate(told), told)
        return states

    def answers(self, read: torch.Tensor, asked: dict[str, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return scores of vouchers, (claims, vouchers), and of first and last words, (claims, 1 + places, 2)."""
        words, inside = read[asked["rows"]], asked["inside"]
        weight = (self.weigh(words).squeeze(-1) + asked["meant"]).masked_fill(~inside, SHUT).softmax(-1)
        even = inside.float() / inside.float().sum(-1, keepdim=True)
        parts = [(w[..., None] * words).sum(1) for w in (weight, even)]
        pooled = self.drop(torch.cat([*parts, read[asked["first"]]], dim=-1))
        wanted = nn.functional.gelu(self.ask(pooled)).split(ASKED, dim=-1)
        places = [part(read)[asked["near"]] for part in (self.start, self.end)]
        scores = torch.stack([torch.einsum("cd,cwd->cw", w, p) for w, p in zip(wanted, places, strict=True)], dim=-1)
        scores = scores * 2 / ASKED**0.5 + self.off[asked["far"]][..., None]
        scores = scores.masked_fill(~asked["counts"][..., None], SHUT)
        return self.vouch(pooled), torch.cat([self.none(pooled)[:, None], scores], dim=1)


def main() -> None:
    """Teach, or write what ships."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=("polnear", "events", "ship"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--fold", type=int, default=0)
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    upper = Upper(given.base)
    if given.step == "ship":
        parts = [torch.load(given.work / f"vouching_{k}.pt") for k in range(FOLDS)]
        upper.load_state_dict({n: torch.stack([p[n] for p in parts]).mean(dim=0) for n in parts[0]})
        export(upper.eval(), OUT)
    elif given.step == "polnear":
        upper.layers.load_state_dict(torch.load(given.work / "tagger.pt"))
        learn(upper, list(polnear(given.folder)), "polnear")
        torch.save(upper.state_dict(), given.work / "polnear.pt")
    else:
        upper.load_state_dict(torch.load(given.work / "polnear.pt"))
        known = read_events(given.folder)
        fold = dict(zip((e.name for e in known), folds_of(known, FOLDS), strict=True))
        learn(upper, list(events(given.folder, fold, given.fold)), "events")
        torch.save(upper.state_dict(), given.work / f"vouching_{given.fold}.pt")
        export(upper.eval(), given.work, f"_{given.fold}")


def learn(upper: Upper, articles: Sequence[Read], step: str, *, seed: int = 0) -> None:
    """Teach the upper layers in place."""
    torch.manual_seed(seed)
    draw = random.Random(seed)  # noqa: S311  an order, no secret
    runs = [run for read in articles for run in _runs(read)]
    batches = [batch for _ in range(PASSES[step]) for batch in _batches(runs, draw)]
    base = list(upper.layers.parameters())
    new = [p for n, p in upper.named_parameters() if not n.startswith("layers")]
    groups = [{"params": p, "lr": rate} for p, rate in zip((base, new), RATES[step], strict=True)]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    slope = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min(1.0, (n + 1) / (WARM * len(batches))) * max(0.02, 1 - n / len(batches))
    )
    upper.train()
    total = np.zeros(2)
    for n, batch in enumerate(batches, start=1):
        vouchers, sources = _loss(upper, batch, draw)
        optimiser.zero_grad()
        (vouchers + SOURCES * sources).backward()
        nn.utils.clip_grad_norm_(upper.parameters(), 1.0)
        optimiser.step()
        slope.step()
        total += (vouchers.item(), sources.item())
        if n % 20 == 0:
            print(f"  batch {n} of {len(batches)}: losses {(total / 20).round(3).tolist()}", flush=True)
            total[:] = 0


def _runs(read: Read) -> Iterator[Run]:
    """Yield runs of sentences that hold claims, with those beside them that two layers can reach."""
    for start in range(0, len(read.pieces), CORE):
        own = [c for c in read.claims if start <= c.sentence < start + CORE]
        if own:
            first, last = min(c.sentence for c in own), max(c.sentence for c in own)
            yield read, max(0, first - BEFORE - 1), min(len(read.pieces), last + 1 + AFTER), own


def _batches(runs: Sequence[Run], draw: random.Random) -> list[list[Run]]:
    mixed = draw.sample(list(runs), len(runs))
    found: list[list[Run]] = []
    for at in range(0, len(mixed), BATCH * POOL):
        pool = sorted(mixed[at : at + BATCH * POOL], key=lambda run: sum(map(len, run[0].states[run[1] : run[2]])))
        found += [pool[k : k + BATCH] for k in range(0, len(pool), BATCH)]
    return draw.sample(found, len(found))


def _loss(upper: Upper, batch: Sequence[Run], draw: random.Random) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the loss of vouchers and that of sources; somebody of a kind not known is no sort of nobody."""
    pad = nn.utils.rnn.pad_sequence
    states = pad([torch.cat(r.states[low:high]).float() for r, low, high, _ in batch], batch_first=True)
    of = [torch.cat([torch.full((len(r.states[k]),), k) for k in range(low, high)]) for r, low, high, _ in batch]
    sentences = pad(of, batch_first=True, padding_value=-99)
    read = upper(states, sentences, sentences >= 0).flatten(0, 1)
    claims, asked, wanted = [], [], []
    for number, (article, low, high, own) in enumerate(batch):
        ends = np.cumsum([0, *(len(s) for s in article.states[low:high])]) + number * states.shape[1]
        begins = dict(zip(range(low, high), ends.tolist(), strict=False))
        for c in own:
            near = range(max(low, c.sentence - BACK), min(high, c.sentence + NEXT + 1))
            claims.append(c)
            asked.append(_asked(article, c, near, begins, draw))
            wanted.append(_place_of(c, near, begins))
    vouchers, places = upper.answers(read, _stacked(asked))
    weight, likely = torch.tensor([c.weight for c in claims]), vouchers.log_softmax(dim=-1)
    known = torch.tensor([c.voucher is not None and c.voucher >= 0 for c in claims])
    cited = torch.tensor([c.voucher == SOURCED for c in claims])
    gold = torch.tensor([c.voucher or 0 for c in claims])
    loss = (nn.functional.nll_loss(likely[known], gold[known], reduction="none") * weight[known]).sum()
    nobody = likely[cited][:, len(KINDS) :].exp().sum(-1).clamp(max=1 - 1e-5)
    loss = (loss - (torch.log1p(-nobody) * weight[cited]).sum()) / weight[known | cited].sum()
    printed = torch.tensor(wanted)
    at = printed[:, 0] >= 0
    ends_of = places.log_softmax(dim=1)[at]
    missed = [nn.functional.nll_loss(ends_of[:, :, k], printed[at, k], reduction="none") for k in (0, 1)]
    return loss, ((missed[0] + missed[1]) * weight[at]).sum() / 2 / weight[at].sum()


def _asked(
    read: Read, claimed: Claimed, near: range, begins: dict[int, int], draw: random.Random
) -> dict[str, torch.Tensor]:
    """Return for a claim its rows, which are meant, the first, the rows of the places near, and how far these are."""
    begin, lengths = begins[claimed.sentence], [len(read.states[k]) for k in near]
    part = draw.uniform(*KEPT)
    shown = [draw.random() < (part if row in claimed.focus else LOOSE) for row in claimed.rows]
    meant = [MEANT * (own and bool(claimed.focus)) for own in shown]
    first = begins[near[0]]
    return {
        "rows": torch.tensor([begin + row for row in claimed.rows]),
        "meant": torch.tensor(meant),
        "first": torch.tensor(begin),
        "near": torch.arange(first, first + sum(lengths)),
        "far": torch.tensor(
            [k - claimed.sentence + BACK for k, n in zip(near, lengths, strict=True) for _ in range(n)]
        ),
    }


def _place_of(claimed: Claimed, near: range, begins: dict[int, int]) -> tuple[int, int]:
    """Return which of the places near are the first and the last of the source; the one before them all is none."""
    if claimed.source == "":
        return 0, 0
    if not isinstance(claimed.source, tuple) or claimed.source[0] not in near:
        return -1, -1
    sentence, first, last = claimed.source
    begin = begins[sentence] - begins[near[0]] + 1
    return begin + first, begin + last


def _stacked(asked: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    pad = nn.utils.rnn.pad_sequence
    found = {n: pad([own[n] for own in asked], batch_first=True) for n in ("rows", "meant", "near", "far")}
    for name, of in (("inside", "rows"), ("counts", "near")):
        found[name] = pad([torch.ones(len(own[of]), dtype=torch.bool) for own in asked], batch_first=True)
    return found | {"first": torch.stack([own["first"] for own in asked])}


def export(upper: Upper, folder: Path, name: str = "") -> None:
    """Write the layers with weights of eight bits, a scale per column, and those of an answer in half precision."""
    path = folder / f"vouching_reader{name}.onnx"
    with tempfile.TemporaryDirectory() as place, torch.inference_mode():
        plain = Path(place) / "plain.onnx"
        example = (torch.zeros((1, 9, WIDTH)), torch.zeros((1, 9), dtype=torch.long))
        axes = {n: {1: "pieces"} for n in ("states", "sentences", "read")}
        torch.onnx.export(upper, example, str(plain), input_names=["states", "sentences"], output_names=["read"],
                          dynamic_axes=axes, opset_version=17, dynamo=False)  # fmt: skip
        quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    kept = {"weigh": upper.weigh.weight, "vouch": upper.vouch.weight, "vouch_at": upper.vouch.bias}
    np.savez_compressed(
        folder / f"vouching_reader{name}.npz", **{n: w.detach().numpy().astype(np.float16) for n, w in kept.items()}
    )


if __name__ == "__main__":
    main()
