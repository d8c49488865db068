"""What is written as JSON follows its published schema, comes back equal, and is refused once anything was changed."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import report_fixture
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_properties import readable

import comparer
from comparer.errors import BadEvidenceError, ComparerError, UnreadableInputError
from comparer.exporting.decode import comparison_from
from comparer.exporting.json import record_digest, schema, schema_json

DOCS = Path(__file__).parent.parent / "docs"
FIXTURES = ("sample", "one_event", "hostile", "lone", "many")
SOME = settings(max_examples=150, deadline=None, derandomize=True, database=None)
FEW = settings(SOME, max_examples=12)


def made(name: str) -> comparer.Comparison:
    return getattr(report_fixture, name)()  # type: ignore[no-any-return]


@cache
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema())


@cache
def small() -> str:
    return comparer.to_json(report_fixture.many(3))


def record() -> dict[str, Any]:
    return json.loads(small())  # type: ignore[no-any-return]


def test_the_published_schema_is_what_the_model_says() -> None:
    """Accept a change that is meant: `comparer schema > docs/comparison.schema.json`."""
    assert (DOCS / "comparison.schema.json").read_text("utf-8") == schema_json()


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.slow
@pytest.mark.parametrize("name", [*FIXTURES, "redacted"])
def test_what_is_written_follows_the_schema(name: str) -> None:
    validator().validate(json.loads(comparer.to_json(made(name))))


@pytest.mark.slow
@pytest.mark.parametrize("name", FIXTURES)
def test_what_is_written_comes_back_equal(name: str) -> None:
    written = comparer.to_json(made(name))
    assert comparer.from_json(written) == made(name)
    assert comparer.to_json(comparer.from_json(written)) == written


@pytest.mark.slow
@FEW
@given(st.lists(readable, min_size=1, max_size=3))
def test_a_comparison_of_any_texts_follows_the_schema_and_comes_back_equal(texts: list[str]) -> None:
    articles = [comparer.read_text(text, outlet=f"Paper {k}") for k, text in enumerate(texts)]
    comparison = comparer.compare(articles, one_event=True)

    written = comparer.to_json(comparison)

    validator().validate(json.loads(written))
    assert comparer.from_json(written) == comparison


def test_a_text_with_a_stray_surrogate_can_be_written_and_read() -> None:
    comparison = comparer.compare([comparer.read_text("The ferry \ud83d ran aground off Skerrow on Monday.")])
    written = comparer.to_json(comparison)
    assert written.encode("utf-8")
    assert comparer.from_json(written) == comparison


def test_a_reviewed_comparison_comes_back_with_its_review() -> None:
    before = report_fixture.many(3)
    finding = before.events[0].findings[0]
    review = comparer.Review(findings=(comparer.model.FindingDecision(finding.id, comparer.model.Judgement.REJECT),))
    after = comparer.compare([a.article for a in before.articles], one_event=True, reviews=[review])
    assert after.reviews[0].changes[0].finding == finding
    assert comparer.from_json(comparer.to_json(after)) == after


@pytest.mark.slow
def test_a_redacted_file_needs_its_pages_and_prints_less_than_half_of_them() -> None:
    comparison = report_fixture.redacted()
    written = comparer.to_json(comparison)
    articles = [a.article for a in comparison.articles]
    with pytest.raises(BadEvidenceError, match="is not in the file: name the folder of pages"):
        comparer.from_json(written)
    assert comparer.from_json(written, articles=articles).events[0].findings == comparison.events[0].findings
    assert len(written) < 0.65 * len(comparer.to_json(report_fixture.one_event()))


def changed(path: list[str | int], value: Any) -> dict[str, Any]:
    found: Any = record()
    whole = found
    for step in path[:-1]:
        found = found[step]
    found[path[-1]] = value
    return whole | {"digest": record_digest(whole)}


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (["format"], "csv", "its format is 'csv', not 'comparer'"),
        (["format_version"], 99, "has format version 99; this comparer reads 5. Use a newer comparer"),
        (["articles"], 7, r"\.articles is no list"),
        (["articles", 0], None, "has no id, digest or text"),
        (["events", 0, "confidence"], "high", r"\.events\[0\]\.confidence is no float"),
        (["events", 0, "terms"], [None], r"\.events\[0\]\.terms\[0\] is no str"),
        (["events", 0, "score"], [], "score is missing or unknown"),
        (["events", 0, "articles", 0], "nobody", "names an article that is not there"),
        (["events", 0, "alignment", "rows", 0, "cells"], [], "key is not the name of what stands there"),
        (["events", 0, "relations", 0, "left"], 7, "the index of an article is wrong"),
        (["events", 0, "relations", 0, "row"], "r999", "a row's name is wrong"),
        (["events", 0, "relations", 0, "relation"], "alike", "is none of verbatim, reworded"),
        (["events", 0, "reuse", "origins"], [[0]], "its shared text is wrong"),
        (["events", 0, "findings", 0, "id"], "f0", "id is not the name of what stands there"),
        (["events", 0, "findings", 0, "sides"], [], "has no evidence"),
        (["articles", 0, "sentences", 0, "span"], [0, 99999], "ends after its text"),
        (["articles", 0, "sentences", 0, "span"], [9, 3], "ends before it begins"),
        (["articles", 0, "sentences", 0, "block"], 99, "has no block"),
        (["config", "redact"], 1, "redact is no bool"),
    ],
)
def test_a_record_that_cannot_be_is_refused_with_the_place(path: list[str | int], value: Any, says: str) -> None:
    with pytest.raises(ComparerError, match=says):
        comparison_from(changed(path, value), name="comparison.json", texts={})


@pytest.mark.parametrize(
    "text", ["", "{", "null", "[]", "7", '"x"', "{}", '{"a": 1e999}', '{"format": "comparer"}', "[" * 99_999]
)
def test_what_is_no_comparison_is_refused(text: str) -> None:
    with pytest.raises(UnreadableInputError, match=r"Name a comparison\.json"):
        comparer.from_json(text)


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(leaf for key, one in inner for leaf in leaves(one, (*path, key)))]


PLACES = leaves(record())[1:]
ODD = (
    st.none()
    | st.booleans()
    | st.integers(-3, 9999)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=3)
    | st.just([])
)


@pytest.mark.slow
@SOME
@given(st.sampled_from(PLACES), ODD)
def test_whatever_is_put_anywhere_is_refused_by_name(place: tuple[str | int, ...], value: Any) -> None:
    whole = copy.deepcopy(record())
    found: Any = whole
    for step in place[:-1]:
        found = found[step]
    assume(found[place[-1]] != value or type(found[place[-1]]) is not type(value))
    found[place[-1]] = value

    with pytest.raises(ComparerError):
        comparer.from_json(json.dumps(whole))


@pytest.mark.slow
@SOME
@given(st.sampled_from(PLACES), ODD)
def test_even_with_its_digest_made_anew_a_record_gives_a_comparison_or_a_clear_error(
    place: tuple[str | int, ...], value: Any
) -> None:
    try:
        comparison = comparison_from(changed(list(place), value), name="x", texts={})
    except ComparerError as error:
        assert str(error).startswith("x: ")  # noqa: PT017 - either outcome is right
    else:
        assert comparer.from_json(comparer.to_json(comparison)) == comparison
