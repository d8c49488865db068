"""Teach a small reader who says what, and write comparer/resources/attribution_{reader.onnx,roles.npz}.

    python training/attribution_tagger.py DATA_FOLDER BASE [--passes 3] [--write] [--keep FILE]

DATA_FOLDER holds train_attribution_polnear; BASE is the folder of the base, all-MiniLM-L6-v2. The lower half is what
ships (`same_claim_texts.onnx`, three layers of the base as they were). Learned are two layers of the base above it,
a label per word (opens a cue, goes on with one, neither) and a comparison of each cue with every other word (nothing,
source, content, cue; biaffine, Dozat and Manning 2017). Every eighth document is left out, for the regression that
`attribution.py` learns on it; of sentences without an attribution a third is read. Three passes take half an hour of
one core. Run `attribution.py` afterwards.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from attribution import LEFT_OUT, OUT, Document, read_documents
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import AutoModel

from comparer.attribution.links import ROLES
from comparer.attribution.tagging import FAR, Tagger, load_reader, sentences_of

LOWER, UPPER = 3, 2  # layers of the base: those of the lower half, and those that are taught
WIDTH, COMPARED = 384, 128  # of a word's state, of what is compared of it
BATCH, POOL = 32, 40  # sentences of a step; batches whose sentences are sorted by length together
RATE, NEW_RATE = 3e-4, 1e-3  # of the base's layers, of what is new
WARM = 0.1  # part of the steps in which the rate rises
CUES = 3.0  # weight of the loss of cues beside that of roles
WITHOUT = 0.35  # part of the sentences without an attribution that is read
NAMES = {"cue.weight": "cue", "cue.bias": "cue_at", "left.weight": "left", "left.bias": "left_at",
         "right.weight": "right", "right.bias": "right_at", "both": "both", "alone.weight": "alone",
         "alone.bias": "alone_at", "distance.weight": "distance"}  # fmt: skip


@dataclass
class Example:
    """Hold one sentence: what the lower half reads, the row of each piece, and for each marked cue the roles."""

    states: torch.Tensor  # (word pieces, width), half precision
    first: list[int]
    inside: int
    cues: list[tuple[list[int], list[int]]]


def layers_of(base: Path) -> nn.ModuleList:
    """Return the layers of the base that are taught."""
    drop = {"hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.0}
    whole = AutoModel.from_pretrained(base, add_pooling_layer=False, **drop)
    return nn.ModuleList(list(whole.encoder.layer[LOWER : LOWER + UPPER]))


class Upper(nn.Module):
    """Read words on top of the lower half; say which are cues, and what every word is to one."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.layers = layers_of(base)
        self.cue = nn.Linear(WIDTH, 3)
        self.left, self.right = nn.Linear(WIDTH, COMPARED), nn.Linear(WIDTH, COMPARED)
        self.both = nn.Parameter(torch.randn(len(ROLES), COMPARED, COMPARED) * 0.02)
        self.alone = nn.Linear(2 * COMPARED, len(ROLES))
        self.distance = nn.Embedding(2 * FAR + 2, len(ROLES))
        nn.init.zeros_(self.distance.weight)
        self.drop = nn.Dropout(0.1)

    def forward(self, states: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """Return the states of word pieces, (sentences, word pieces, width); `mask` tells which count."""
        mask = torch.ones(states.shape[:2], dtype=torch.long) if mask is None else mask
        shut = (1.0 - mask[:, None, None, :].float()) * -1e9
        for layer in self.layers:
            found = layer(states, attention_mask=shut)
            states = found[0] if isinstance(found, tuple) else found
        return states

    def roles(self, cues: torch.Tensor, words: torch.Tensor, far: torch.Tensor) -> torch.Tensor:
        """Return scores (cues, words, roles) for cues (cues, width) and the words of their sentences."""
        left = nn.functional.gelu(self.left(self.drop(cues)))
        right = nn.functional.gelu(self.right(self.drop(words)))
        turned = torch.einsum("ni,rij->nrj", left, self.both)
        beside = torch.cat([left[:, None].expand(-1, right.shape[1], -1), right], dim=-1)
        return torch.einsum("nrj,npj->npr", turned, right) + self.alone(beside) + self.distance(far)


def main() -> None:
    """Learn, and write the two files where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--keep", type=Path)
    wanted = parser.parse_args()
    torch.set_num_threads(1)
    documents = read_documents(wanted.folder / "train_attribution_polnear.jsonl.gz")
    seen = [d for k, d in enumerate(documents) if k % LEFT_OUT]
    reader = Tagger(load_reader(), None, {})
    pick = random.Random(1)  # noqa: S311  an order, no secret
    examples = [e for d in seen for e in _examples(reader, d, pick)]
    print(f"{len(examples)} sentences, {sum(len(e.cues) for e in examples)} attributions", flush=True)
    upper = learn(Upper(wanted.base), examples, wanted.passes)
    if wanted.keep is not None:
        torch.save(upper.layers.state_dict(), wanted.keep)
    if wanted.write:
        export(upper, OUT)


def _examples(reader: Tagger, document: Document, pick: random.Random) -> Iterator[Example]:
    """Yield a document's sentences with what an annotator marked, and some of those without."""
    for sentence in sentences_of(reader, document.text, document.units):
        places = range(sentence.start, sentence.start + len(sentence.first))
        inside = places[: sentence.inside]
        marked = [
            ([k - sentence.start for k in inside if roles.get(k) == "C"],
             [ROLES.index(roles.get(k, "O")) for k in places])
            for roles in document.marked
            if any(roles.get(k) == "C" for k in inside)
        ]  # fmt: skip
        if marked or pick.random() < WITHOUT:
            states = torch.from_numpy(reader.reader.read(sentence.ids)[0]).half()
            yield Example(states, [k + 1 for k in sentence.first], len(inside), marked)


def learn(upper: Upper, examples: Sequence[Example], passes: int, *, seed: int = 0) -> Upper:
    """Teach the upper layers in place."""
    torch.manual_seed(seed)
    order = random.Random(seed)  # noqa: S311  an order, no secret
    base = [p for n, p in upper.named_parameters() if n.startswith("layers")]
    new = [p for n, p in upper.named_parameters() if not n.startswith("layers")]
    step = torch.optim.AdamW([{"params": base, "lr": RATE}, {"params": new, "lr": NEW_RATE}], weight_decay=0.01)
    batches = [batch for _ in range(passes) for batch in _batches(examples, order)]
    slope = torch.optim.lr_scheduler.LambdaLR(
        step, lambda n: min(1.0, n / (WARM * len(batches))) * max(0.02, 1 - n / len(batches))
    )
    upper.train()
    total = 0.0
    for n, batch in enumerate(batches, start=1):
        loss = _loss(upper, batch)
        step.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(upper.parameters(), 1.0)
        step.step()
        slope.step()
        total += loss.item()
        if n % 100 == 0:
            print(f"  batch {n} of {len(batches)}: loss {total / 100:.4f}", flush=True)
            total = 0.0
    return upper.eval()


def _batches(examples: Sequence[Example], order: random.Random) -> list[list[Example]]:
    mixed = order.sample(list(examples), len(examples))
    found: list[list[Example]] = []
    for at in range(0, len(mixed), BATCH * POOL):
        pool = sorted(mixed[at : at + BATCH * POOL], key=lambda e: len(e.states))
        found += [pool[k : k + BATCH] for k in range(0, len(pool), BATCH)]
    return order.sample(found, len(found))


def _loss(upper: Upper, batch: Sequence[Example]) -> torch.Tensor:
    states = nn.utils.rnn.pad_sequence([e.states.float() for e in batch], batch_first=True)
    mask = torch.stack([(torch.arange(states.shape[1]) < len(e.states)).long() for e in batch])
    most = max(len(e.first) for e in batch)
    first = torch.tensor([e.first + [0] * (most - len(e.first)) for e in batch])
    words = upper(states, mask).gather(1, first[..., None].expand(-1, -1, WIDTH))
    opens = torch.full((len(batch), most), -100)
    for row, example in enumerate(batch):
        opens[row, : example.inside] = 0
        for cue, _ in example.cues:
            for k in cue:
                opens[row, k] = 2 if k - 1 in cue else 1
    loss = CUES * nn.functional.cross_entropy(upper.cue(upper.drop(words)).flatten(0, 1), opens.flatten())
    marked = [(row, cue, roles) for row, e in enumerate(batch) for cue, roles in e.cues]
    if not marked:
        return loss
    cues = torch.stack([words[row, cue].mean(dim=0) for row, cue, _ in marked])
    far = torch.stack([_far(cue, most) for _, cue, _ in marked])
    gold = torch.tensor([roles + [-100] * (most - len(roles)) for _, _, roles in marked])
    scores = upper.roles(cues, words[[row for row, _, _ in marked]], far)
    return loss + nn.functional.cross_entropy(scores.flatten(0, 1), gold.flatten())


def _far(cue: Sequence[int], most: int) -> torch.Tensor:
    at = torch.arange(most)
    return (torch.clamp(at - cue[0], max=0) + torch.clamp(at - cue[-1], min=0)).clamp(-FAR, FAR) + FAR


def export(upper: Upper, folder: Path) -> None:
    """Write the layers with weights of eight bits, a scale per column, and the rest in half precision."""
    with tempfile.TemporaryDirectory() as place, torch.inference_mode():
        plain = Path(place) / "plain.onnx"
        axes = {"states": {1: "pieces"}, "read": {1: "pieces"}}
        torch.onnx.export(upper, (torch.zeros((1, 9, WIDTH)),), str(plain), input_names=["states"],
                          output_names=["read"], dynamic_axes=axes, opset_version=17, dynamo=False)  # fmt: skip
        path = folder / "attribution_reader.onnx"
        quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    weights = {n: p.detach().numpy().astype(np.float16) for n, p in upper.named_parameters() if n in NAMES}
    np.savez_compressed(folder / "attribution_roles.npz", **{NAMES[n]: w for n, w in weights.items()})


if __name__ == "__main__":
    main()
