"""Tests of the figures that say how well each part is measured, and of the sentences made of them."""

from __future__ import annotations

import pytest

from comparer.resources.rules import Measure, Rule, corpora, figure, measured_with, measures, rules

RULES = {rule.code: rule for rule in rules()}
STAGES = ("cleaning", "attribution", "alignment", "grouping", "reuse")


@pytest.mark.parametrize("measure", measures(), ids=lambda m: f"{m.detector}, {m.corpus}, {m.key}, {m.setting}")
def test_a_figure_is_a_count_or_a_rate_over_what_was_counted(measure: Measure) -> None:
    shares = [
        s
        for s in (measure.precision, measure.recall, measure.f1, measure.average_precision, measure.auc)
        if s is not None
    ]
    assert all(0 <= share <= 1 for share in shares)
    assert bool(shares) or (measure.found is not None and 0 <= measure.found <= measure.of)


@pytest.mark.parametrize("detector", [*STAGES, *"QAFMSWRB"])
def test_every_stage_and_family_has_a_figure(detector: str) -> None:
    assert any(measure.detector == detector for measure in measures())


def test_every_corpus_is_named_and_says_whether_it_was_learned_from() -> None:
    known = {corpus.key: corpus for corpus in corpora()}
    assert {measure.corpus for measure in measures()} <= known.keys()
    assert known["planted"].learned
    assert not known["lines_l3s"].learned


def test_a_code_that_no_finding_bears_has_no_figure() -> None:
    assert not [
        m for m in measures() if len(m.detector) == 4 and m.detector not in RULES and m.detector[0] in "QAFMSWRB"
    ]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_code_says_how_well_it_is_measured_with_version_and_day(rule: Rule) -> None:
    version, day = measured_with()
    assert "4 invented events" in rule.measured
    assert f"version {version}" in rule.measured
    assert day[:4] in rule.measured


def test_the_counts_of_a_family_stand_in_the_sentences_of_its_codes() -> None:
    found = figure("F", "planted", "found")
    assert found is not None
    assert f"{found.found} of {found.of} of this family found" in RULES["F102"].measured


def test_a_code_that_was_never_printed_says_so() -> None:
    assert "None was printed with this code" in RULES["B105"].measured


def test_a_figure_that_was_not_counted_is_none() -> None:
    assert figure("grouping", "planted", "loudness") is None
