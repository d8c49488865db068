"""Readers of two sentences at once: what they are, how they learn, how they read, how the small one is written down.

The student reads each sentence alone in its lower layers, which stay as they were in the base, and both together in its
upper ones: a sentence's lower half is computed once however many partners it has, so that learning and reading cost
half (Cao et al. 2020, "DeFormer"). It ends in [both first tokens, mean of the layer before] and one linear layer; the
last layer is computed for the first tokens alone. The teacher is a plain cross-encoder on a larger base, ending in
[first token, mean]. In: examples of two texts and a probability. Out: logits; two int8 graphs and a tokenizer.
"""

from __future__ import annotations

import json
import math
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

SIDE = 64  # word pieces of each text
BATCH = 16  # few examples and little time: more steps tell more than smoother ones
WARM = 0.1  # part of the steps in which the rate rises
POOL = 40  # batches whose examples are sorted by length together, so that little is padded
ALONE = 3  # layers of six that read a sentence alone
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
Example = tuple[str, str, float]
DOCUMENTS = 5  # texts a word piece must occur in to be kept; single letters and signs are kept always
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


class Student(nn.Module):
    """Score pairs of texts: lower layers read each alone, upper ones both; see `texts` and `pairs`."""

    def __init__(self, base: Path, *, alone: int = ALONE) -> None:
        super().__init__()
        drop = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
        self.encoder = AutoModel.from_pretrained(base, add_pooling_layer=False, **drop)
        self.alone = alone
        width = self.encoder.config.hidden_size
        self.side = nn.Parameter(torch.randn(2, width, generator=torch.Generator().manual_seed(0)) * 0.1)
        self.head = nn.Linear(3 * width, 1)
        self.drop = nn.Dropout(0.1)
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:alone]):
            part.requires_grad_(requires_grad=False)
        self.tokenizer = _tokenizer(base)
        self.first, self.end = (self.tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]"))
        self.known: dict[str, torch.Tensor] = {}

    def texts(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the lower half's states of texts: (texts, pieces, width)."""
        return self._through(self.encoder.embeddings(input_ids=ids), mask, 0, self.alone)

    def pairs(
        self, left: torch.Tensor, left_mask: torch.Tensor, right: torch.Tensor, right_mask: torch.Tensor
    ) -> torch.Tensor:
        """Return a logit per pair of texts, from their states."""
        mask = torch.cat([left_mask, right_mask], dim=1)
        states = torch.cat([left + self.side[0], right + self.side[1]], dim=1)
        hidden = self._through(states, mask, self.alone, -1)
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1)
        firsts = self._last(torch.stack([hidden[:, 0], hidden[:, left.shape[1]]], dim=1), hidden, mask)
        return self.head(self.drop(torch.cat([firsts[:, 0], firsts[:, 1], mean], dim=1))).squeeze(-1)

    def _last(self, asking: torch.Tensor, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        layer = self.encoder.encoder.layer[-1]
        own, heads = layer.attention.self, self.encoder.config.num_attention_heads
        query, key, value = (
            part.unflatten(-1, (heads, -1)).transpose(1, 2)
            for part in (own.query(asking), own.key(hidden), own.value(hidden))
        )
        shut = ((1 - mask) * -10000.0).to(hidden.dtype)[:, None, None, :]
        weight = torch.softmax(query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1]) + shut, dim=-1)
        told = layer.attention.output((weight @ value).transpose(1, 2).flatten(-2), asking)
        return layer.output(layer.intermediate(told), told)

    def _through(self, hidden: torch.Tensor, mask: torch.Tensor, start: int, stop: int | None) -> torch.Tensor:
        shut = ((1 - mask) * -10000.0).to(hidden.dtype)[:, None, None, :]
        for layer in self.encoder.encoder.layer[start:stop]:
            found = layer(hidden, attention_mask=shut)
            hidden = found[0] if isinstance(found, tuple) else found
        return hidden

    def prepare(self, texts: Sequence[str]) -> None:
        """Read texts alone, once; kept in half precision."""
        new = sorted(set(texts) - set(self.known))
        encoded = self.tokenizer.encode_batch(new, add_special_tokens=False)
        rows = sorted(([self.first, *e.ids[:SIDE], self.end], t) for e, t in zip(encoded, new, strict=True))
        rows.sort(key=lambda row: len(row[0]))
        with torch.inference_mode():
            for at in range(0, len(rows), 64):
                part = rows[at : at + 64]
                ids, mask = _padded([torch.tensor(own) for own, _ in part])
                states = self.texts(ids.to(DEVICE), mask.to(DEVICE)).half().cpu()
                self.known |= {t: states[n, : len(own)].clone() for n, (own, t) in enumerate(part)}

    def length(self, text: str) -> int:
        """Return the word pieces of a prepared text."""
        return len(self.known[text])

    def logits(self, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
        """Return the logits of pairs of prepared texts."""
        left, left_mask = _padded([self.known[a].float() for a, _ in pairs])
        right, right_mask = _padded([self.known[b].float() for _, b in pairs])
        return self.pairs(left.to(DEVICE), left_mask.to(DEVICE), right.to(DEVICE), right_mask.to(DEVICE))


class Teacher(nn.Module):
    """Score pairs of texts with a plain cross-encoder, its word embeddings and lowest layers as they were."""

    def __init__(self, base: Path, *, frozen: int = 5) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, add_pooling_layer=False)
        self.head = nn.Linear(2 * self.encoder.config.hidden_size, 1)
        self.drop = nn.Dropout(0.1)
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:frozen]):
            part.requires_grad_(requires_grad=False)
        self.tokenizer = _tokenizer(base)
        self.first, self.end = (self.tokenizer.token_to_id(name) for name in ("<s>", "</s>"))
        self.known: dict[str, list[int]] = {}

    def prepare(self, texts: Sequence[str]) -> None:
        """Cut texts into word pieces."""
        new = sorted(set(texts) - set(self.known))
        encoded = self.tokenizer.encode_batch(new, add_special_tokens=False)
        self.known |= {t: e.ids[:SIDE] for t, e in zip(new, encoded, strict=True)}

    def length(self, text: str) -> int:
        """Return the word pieces of a prepared text."""
        return len(self.known[text])

    def logits(self, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
        """Return the logits of pairs of prepared texts."""
        known = self.known
        rows = [[self.first, *known[a], self.end, self.end, *known[b], self.end] for a, b in pairs]
        ids, mask = (part.to(DEVICE) for part in _padded([torch.tensor(row) for row in rows]))
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1)
        return self.head(self.drop(torch.cat([hidden[:, 0], mean], dim=1))).squeeze(-1)


def learn(
    reader: Student | Teacher,
    passes: Sequence[Sequence[Example]],
    *,
    rate: float,
    seed: int,
    bf16: bool = False,
    limit: int = 0,
) -> None:
    """Teach a reader in place, a pass after the other. `limit` stops after so many batches, to measure the speed."""
    torch.manual_seed(seed)
    reader.prepare([t for own in passes for a, b, _ in own for t in (a, b)])
    batches = _batches(passes, reader, random.Random(seed))  # noqa: S311  an order, no secret
    reader.to(DEVICE).train()
    taught = [p for p in reader.parameters() if p.requires_grad]
    heavy = [
        {"params": [p for p in taught if (p.ndim > 1) == large], "weight_decay": 0.01 * large}
        for large in (True, False)
    ]
    step = torch.optim.AdamW(heavy, lr=rate, fused=True)
    total, warm = len(batches), max(1.0, WARM * len(batches))
    slope = torch.optim.lr_scheduler.LambdaLR(
        step, lambda n: min((n + 1) / warm, max(0.0, (total - n) / (total - warm)))
    )
    start, loss_sum = time.monotonic(), 0.0
    for n, batch in enumerate(batches, start=1):
        with torch.autocast(DEVICE.type, torch.bfloat16, enabled=bf16):
            logits = reader.logits([(a, b) for a, b, _ in batch])
        gold = torch.tensor([p for _, _, p in batch], device=DEVICE)
        loss = nn.functional.binary_cross_entropy_with_logits(logits.float(), gold)
        step.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(taught, 1.0)
        step.step()
        slope.step()
        loss_sum += loss.item()
        if n % 50 == 0 or n == limit:
            speed = n * BATCH / (time.monotonic() - start)
            print(f"  batch {n} of {total}: loss {loss_sum / 50:.4f}, {speed:.0f} pairs/s", flush=True)
            loss_sum = 0.0
        if n == limit:
            return


def read(reader: Student | Teacher, pairs: Sequence[tuple[str, str]], *, bf16: bool = False) -> NDArray[np.float64]:
    """Return the logit of each pair, in the order given."""
    reader.to(DEVICE).eval()
    reader.prepare([t for pair in pairs for t in pair])
    found = np.zeros(len(pairs))
    order = sorted(range(len(pairs)), key=lambda k: (sum(map(reader.length, pairs[k])), pairs[k]))
    with torch.inference_mode(), torch.autocast(DEVICE.type, torch.bfloat16, enabled=bf16):
        for at in range(0, len(order), BATCH):
            part = order[at : at + BATCH]
            found[part] = reader.logits([pairs[k] for k in part]).float().cpu().numpy()
    return found


def pruned_pieces(tokenizer: Tokenizer, texts: Iterable[str]) -> list[str]:
    """Return the word pieces that news uses, in the order of the base's vocabulary; those of one sign are all kept."""
    seen: Counter[int] = Counter()
    for text in texts:
        seen.update(set(tokenizer.encode(text, add_special_tokens=False).ids))
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    return [p for p, k in pieces if p in SPECIAL or len(p.removeprefix("##")) == 1 or seen[k] >= DOCUMENTS]


def export(student: Student, kept: list[str], folder: Path) -> None:
    """Write the three files into a folder. Changes the student's word embeddings to the kept pieces."""
    student.eval().cpu()
    vocabulary = student.tokenizer.get_vocab()
    words = student.encoder.embeddings.word_embeddings
    rows = words.weight.detach()[[vocabulary[piece] for piece in kept]]
    student.encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(rows, freeze=True, padding_idx=0)
    (folder / "same_claim_tokenizer.json").write_text(_pieces(student.tokenizer, kept), encoding="utf-8")
    width = student.encoder.config.hidden_size
    ids, states = torch.zeros((1, 9), dtype=torch.long), torch.zeros((1, 9, width))
    _graph(_Texts(student), (ids,), {"ids": "pieces"}, "states", folder / "same_claim_texts.onnx")
    sides = {"left": "left_pieces", "right": "right_pieces"}
    _graph(_Pairs(student), (states, states[:, :7]), sides, "logit", folder / "same_claim_pairs.onnx")


class _Texts(nn.Module):
    def __init__(self, student: Student) -> None:
        super().__init__()
        self.student = student

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return self.student.texts(ids, torch.ones_like(ids))


class _Pairs(nn.Module):
    def __init__(self, student: Student) -> None:
        super().__init__()
        self.student = student

    def forward(self, left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
        masks = (torch.ones(side.shape[:2], dtype=torch.long) for side in (left, right))
        return self.student.pairs(left, next(masks), right, next(masks))


def _tokenizer(base: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _padded(rows: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return rows of one length, filled up with zeros, and which places count."""
    filled = nn.utils.rnn.pad_sequence(list(rows), batch_first=True, padding_value=0)
    mask = torch.zeros(filled.shape[:2], dtype=torch.long)
    for n, row in enumerate(rows):
        mask[n, : len(row)] = 1
    return filled, mask


def _batches(
    passes: Sequence[Sequence[Example]], reader: Student | Teacher, draw: random.Random
) -> list[list[Example]]:
    """Return batches of like length, each pass in an order of its own."""
    found: list[list[Example]] = []
    for own in passes:
        order = list(own)
        draw.shuffle(order)
        batches = []
        for at in range(0, len(order), BATCH * POOL):
            pool = sorted(order[at : at + BATCH * POOL], key=lambda e: reader.length(e[0]) + reader.length(e[1]))
            batches += [pool[k : k + BATCH] for k in range(0, len(pool), BATCH)]
        draw.shuffle(batches)
        found += batches
    return found[: math.ceil(sum(map(len, passes)) / BATCH)]


def _pieces(tokenizer: Tokenizer, kept: list[str]) -> str:
    data: dict[str, Any] = json.loads(tokenizer.to_str())
    places = {piece: n for n, piece in enumerate(kept)}
    data["model"]["vocab"] = places
    data["added_tokens"] = [{**t, "id": places[t["content"]]} for t in data["added_tokens"] if t["content"] in places]
    data["padding"] = data["truncation"] = data["post_processor"] = None
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _graph(module: nn.Module, example: tuple[torch.Tensor, ...], axes: dict[str, str], out: str, path: Path) -> None:
    """Write a graph with weights of eight bits, a scale per column."""
    dynamic = {name: {1: axis} for name, axis in axes.items()} | ({out: {1: "pieces"}} if out == "states" else {})
    with tempfile.TemporaryDirectory() as place, torch.inference_mode():
        plain = Path(place) / "plain.onnx"
        torch.onnx.export(module, example, str(plain), input_names=list(axes), output_names=[out],
                          dynamic_axes=dynamic, opset_version=17, dynamo=False)  # fmt: skip
        quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
