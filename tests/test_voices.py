"""The reader of voices: who speaks for a claim, read in its place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import comparer
from comparer.attribution.vouching import CORE, VOUCHERS, ask
from comparer.encoder import available
from comparer.language.doc import read_docs
from comparer.model import AnalysedArticle, Rung, Span
from comparer.pipeline import analyse

pytestmark = pytest.mark.skipif(not available(), reason="onnxruntime, tokenizers or the weights are missing")
TOLD = (
    "The ferry ran aground off Skerrow on Monday, and 61 people were taken off by two lifeboats.",
    "The pier will stay shut for three weeks, harbour master Ines Obi said on Tuesday.",
    "The engine had failed twice in May, according to a report that the line published.",
)
OTHER = "Skerrow lies two hours from the mainland and has some 900 inhabitants."


def _read(*sentences: str) -> tuple[AnalysedArticle, list[np.ndarray]]:
    article = comparer.read_text("\n\n".join(("Ferry aground", *sentences)), outlet="Bell")
    doc = read_docs([article])[0]
    analysed = analyse(article)
    return analysed, [found for c in analysed.claims if (found := ask(doc, c)) is not None]


def test_each_claim_has_a_chance_for_every_sort_of_voucher() -> None:
    analysed, answers = _read(*TOLD)
    assert len(answers) == len(analysed.claims)
    assert all(len(a) == len(VOUCHERS) and abs(np.exp(a).sum() - 1) < 0.02 for a in answers)


def test_what_a_person_says_is_read_apart_from_what_the_outlet_tells() -> None:
    analysed, answers = _read(*TOLD)
    rungs = {c.passage.span.of(analysed.article.text)[:9]: VOUCHERS[int(a.argmax())][0]
             for c, a in zip(analysed.claims, answers, strict=True)}  # fmt: skip
    assert rungs["The ferry"] is Rung.OWN_VOICE
    assert rungs["The pier "] not in {Rung.OWN_VOICE, Rung.REPORTEDLY}
    assert rungs["The engin"] is Rung.ORGANISATION


def test_sentences_out_of_reach_change_next_to_nothing() -> None:
    short = _read(*TOLD, *[OTHER] * 4)[1]
    long = _read(*TOLD, *[OTHER] * 2 * CORE)[1]
    assert np.abs(np.exp(short[1]) - np.exp(long[1])).max() < 0.15


def test_a_claim_of_which_no_word_is_read_has_no_answer() -> None:
    long = "The line named " + ", ".join(["the harbour at Skerrow"] * 40) + " before it sank."
    article = comparer.read_text(f"Ferry aground\n\n{TOLD[0]}\n\n{long}", outlet="Bell")
    analysed, doc = analyse(article), read_docs([article])[0]
    end = doc.sentences[-1].span.end
    passage = replace(analysed.claims[0].passage, span=Span(end - 5, end))
    assert ask(doc, replace(analysed.claims[0], passage=passage, sentence=len(doc.sentences) - 1)) is None
    assert all(claim.vouched is not None for claim in analysed.claims)
