"""Hold what the reader of pairs promises: one answer per pair, whatever stands beside it; probabilities that join."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from comparer import encoder
from comparer.alignment.features import PLAIN
from comparer.alignment.same_claim import (
    candidate_pairs,
    joined_probabilities,
    plain_shares,
    signs_of,
    standing_features,
)
from comparer.encoder import available, read_pairs

FERRY = "A ferry with 212 passengers ran aground off Skerrow on Monday morning, the coastguard said."
RETOLD = "More than 200 people were aboard when the boat hit a sandbank near Skerrow, according to coastguards."
REFUND = "Norsund Lines promised to refund every ticket by Friday."
LEXICAL = np.array([[0.8, 0.05], [0.02, 0.4]])
HALF_READ = np.array([[2.0, np.nan], [-1.0, 0.5]])


def joined(placed: np.ndarray[Any, Any], reader: np.ndarray[Any, Any], *, through: Any = None) -> np.ndarray[Any, Any]:
    """Return the probability of pairs whose words say nothing but their lexical probability."""
    plain = plain_shares(np.zeros((*placed.shape, len(PLAIN))))
    clipped = np.clip(placed, 1e-4, 1 - 1e-4)
    third = np.zeros(placed.shape) if through is None else through
    first = np.log(clipped / (1 - clipped))
    standing = standing_features(first, placed, placed, np.zeros((*placed.shape, 3)), third)
    return joined_probabilities(plain, standing, reader)


pytestmark = pytest.mark.skipif(not available(), reason="onnxruntime, tokenizers or the weights are missing")


def test_a_claim_told_in_other_words_scores_above_another_claim_of_the_event() -> None:
    same, apart = read_pairs([(FERRY, RETOLD), (FERRY, REFUND)])
    assert same > apart


def test_it_does_not_matter_which_side_comes_first() -> None:
    assert read_pairs([(FERRY, RETOLD)]).tolist() == read_pairs([(RETOLD, FERRY)]).tolist()


def test_a_pair_scores_the_same_alone_and_among_others() -> None:
    among = read_pairs([(FERRY, REFUND), (REFUND * 20, FERRY), (FERRY, RETOLD), (RETOLD, REFUND)])
    assert among[2] == read_pairs([(FERRY, RETOLD)])[0]


def test_logits_come_in_the_order_of_the_pairs_and_repeats_share_one() -> None:
    pairs = [(FERRY, RETOLD), (REFUND, FERRY), (FERRY, RETOLD)]
    first, second, third = read_pairs(pairs)
    assert (first, second) == (third, read_pairs(pairs[1:2])[0])


def test_logits_are_rounded_so_that_processors_agree() -> None:
    logits = read_pairs([(FERRY, RETOLD), (FERRY, REFUND)])
    assert np.round(logits, 4).tolist() == logits.tolist()


def test_no_pairs_give_no_logits() -> None:
    assert read_pairs([]).shape == (0,)


@pytest.mark.parametrize("text", ["", " ", "…", "Çağlar Öğüt", "مرحبا", "a" * 5000, "flood " * 900, "\x00\ufffd"])
def test_any_text_is_read(text: str) -> None:
    assert np.isfinite(read_pairs([(text, FERRY)])).all()


def test_words_past_the_sixty_fourth_piece_do_not_count() -> None:
    long = "flood " * 70
    assert read_pairs([(long, FERRY)])[0] == read_pairs([(long + REFUND, FERRY)])[0]


def test_heavy_libraries_are_imported_with_the_first_pair_only() -> None:
    code = "import sys, comparer.encoder as e; e.available(); print({'onnxruntime', 'tokenizers'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_without_onnxruntime_the_reader_says_that_it_cannot_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "find_spec", lambda name: None if name == "onnxruntime" else object())
    assert not encoder.available.__wrapped__()


def test_each_sentence_keeps_its_best_partners_from_either_side() -> None:
    table = np.array([[0.9, 0.1, 0.0], [0.8, 0.2, 0.1]])
    assert candidate_pairs(table, partners=1).tolist() == [[True, False, False], [True, True, True]]


def test_pairs_that_words_rule_out_are_not_read() -> None:
    assert not candidate_pairs(np.array([[0.001, 0.002]])).any()


def test_signs_tell_headlines_bodies_and_what_is_shared() -> None:
    titles = np.array([True, False]), np.array([True, False])
    bodies = np.array([False, True]), np.array([False, True])
    assert signs_of(titles, bodies, np.array([[2.0, 9.0], [0.0, 1.0]])).tolist() == [
        [[1.0, 0.0, 2.0], [1.0, 1.0, 6.0]],
        [[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    ]


def test_no_sentences_give_no_candidates_and_no_probabilities() -> None:
    assert candidate_pairs(np.zeros((0, 3))).shape == (0, 3)
    assert joined(np.zeros((0, 3)), np.zeros((0, 3))).shape == (0, 3)


def test_probabilities_do_not_hang_on_which_article_comes_first() -> None:
    assert np.allclose(joined(LEXICAL, HALF_READ), joined(LEXICAL.T, HALF_READ.T).T)


def test_a_pair_that_the_reader_believes_becomes_more_probable() -> None:
    believed, doubted = (joined(LEXICAL, np.where(np.eye(2) > 0, said, np.nan))[0, 0] for said in (4.0, -4.0))
    assert believed > doubted


def test_what_the_reader_says_changes_no_pair_that_it_did_not_read() -> None:
    assert joined(LEXICAL, HALF_READ)[0, 1] == joined(LEXICAL, np.full((2, 2), np.nan))[0, 1]


def test_a_third_text_that_joins_two_claims_makes_them_more_probable() -> None:
    joined_by, alone = (joined(LEXICAL, HALF_READ, through=np.full((2, 2), value))[1, 1] for value in (0.9, 0.0))
    assert joined_by > alone
