"""Tidy CSV and Web Annotations say what the comparison says, in a form that other programs take without harm."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import jsonschema
import pytest
import report_fixture
from hypothesis import given, settings
from hypothesis import strategies as st

import comparer
from comparer.cli.console import formats_of
from comparer.errors import UsageError
from comparer.exporting.annotations import annotations_json
from comparer.exporting.tables import CLAIMS, FINDINGS, claims_csv, findings_csv
from comparer.model import Cell, Comparison
from comparer.outputs import save

FIXTURES = ("sample", "hostile", "lone", "redacted")
FEW = settings(max_examples=20, deadline=None, derandomize=True, database=None)

# What the W3C recommendation (Web Annotation Data Model, 2017) asks of an annotation, as far as we write one.
IRI = {"type": "string", "pattern": r"^(https?://|urn:uuid:|ni:///)\S+$"}
TEXTUAL_BODY = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"const": "TextualBody"},
        "value": {"type": "string"},
        "format": {"const": "text/plain"},
        "language": {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"},
        "purpose": {"enum": ["describing", "tagging"]},
    },
    "additionalProperties": False,
}
SELECTOR = {
    "oneOf": [
        {
            "type": "object",
            "required": ["type", "start", "end"],
            "properties": {
                "type": {"const": "TextPositionSelector"},
                "start": {"type": "integer", "minimum": 0},
                "end": {"type": "integer", "minimum": 0},
            },
            "additionalProperties": False,
        },
        {
            "type": "object",
            "required": ["type", "exact"],
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                "exact": {"type": "string", "minLength": 1},
                "prefix": {"type": "string"},
                "suffix": {"type": "string"},
            },
            "additionalProperties": False,
        },
    ]
}
TARGET = {
    "type": "object",
    "required": ["type", "source", "selector"],
    "properties": {
        "type": {"const": "SpecificResource"},
        "source": {"type": "object", "required": ["id"], "properties": {"id": IRI}},
        "selector": {"type": "array", "minItems": 1, "items": SELECTOR},
    },
    "additionalProperties": False,
}
ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "target"],
    "properties": {
        "id": IRI,
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["describing", "classifying", "commenting", "assessing", "identifying", "tagging"]},
        "body": {"type": "array", "items": TEXTUAL_BODY},
        "target": {"type": "array", "minItems": 1, "items": TARGET},
    },
    "additionalProperties": False,
}
COLLECTION = {
    "type": "object",
    "required": ["@context", "id", "type", "total"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": IRI,
        "type": {"const": "AnnotationCollection"},
        "label": {"type": "string"},
        "total": {"type": "integer", "minimum": 0},
        "generator": {"type": "object"},
        "first": {
            "type": "object",
            "required": ["id", "type", "items"],
            "properties": {
                "id": IRI,
                "type": {"const": "AnnotationPage"},
                "items": {"type": "array", "minItems": 1, "items": ANNOTATION},
            },
        },
    },
    "additionalProperties": False,
}


def made(name: str) -> Comparison:
    return getattr(report_fixture, name)()  # type: ignore[no-any-return]


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True))


def items(comparison: Comparison) -> list[dict[str, Any]]:
    return json.loads(annotations_json(comparison))["first"]["items"]  # type: ignore[no-any-return]


@pytest.mark.slow
@pytest.mark.parametrize("name", FIXTURES)
def test_claims_have_a_line_per_row_and_article(name: str) -> None:
    comparison = made(name)
    found = lines(claims_csv(comparison))
    assert [(f["row"], f["article"]) for f in found] == [
        (row.id, article) for e in comparison.events for row in e.alignment.rows for article in e.articles
    ]
    assert set(found[0]) == set(CLAIMS)


def test_a_told_cell_has_words_and_places_and_an_empty_one_a_reason() -> None:
    comparison = report_fixture.one_event()
    cells = [cell for row in comparison.events[0].alignment.rows for cell in row.cells]
    for line, cell in zip(lines(claims_csv(comparison)), cells, strict=True):
        told = isinstance(cell, Cell)
        assert (line["state"], bool(line["reason"]), bool(line["text"])) == (
            "told" if told else "empty",
            not told,
            told,
        )
        assert line["spans"] == " ".join(f"{c.passage.span.start}-{c.passage.span.end}" for c in cell.claims)


def test_claims_name_source_rung_and_origin() -> None:
    found = lines(claims_csv(report_fixture.one_event()))
    assert {"named_person", "anonymous", "own_voice"} <= {f["rung"] for f in found}
    assert {f["origin"] for f in found} == {"1", "2", "3"}
    assert "Levent Saraçoğlu" in {f["source"] for f in found}


@pytest.mark.parametrize("name", FIXTURES)
def test_findings_have_a_line_each_with_the_words_they_rest_on(name: str) -> None:
    comparison = made(name)
    found = lines(findings_csv(comparison))
    wanted = [f for e in comparison.events for f in e.findings]
    assert [(f["finding"], f["code"], f["message"]) for f in found] == [
        (f.id, f.code, " ".join(f.message.split())) for f in wanted
    ]
    assert all(f["evidence"] and f["places"] and f["outlets"] for f in found)


@pytest.mark.slow
@FEW
@given(st.sampled_from("=+-@\t\r＝＋－＠"), st.text(max_size=20))
def test_no_cell_begins_a_formula(sign: str, words: str) -> None:
    page = f'{sign}HYPERLINK("http://x","{words}") ran aground off Skerrow on Monday, Ida Lund said.'
    articles = [comparer.read_text(page, outlet=f"{sign}Echo"), comparer.read_text(page, outlet="Post\0")]
    comparison = comparer.compare(articles, one_event=True)
    cells = [v for text in (claims_csv(comparison), findings_csv(comparison)) for f in lines(text) for v in f.values()]
    assert [v for v in cells if v[:1] in set("=+-@\t\r＝＋－＠")] == []
    assert [v for v in cells if "\0" in v or "\n" in v] == []


def test_files_begin_with_the_mark_that_spreadsheets_read_as_utf_8() -> None:
    assert claims_csv(report_fixture.lone()).startswith("\ufeff" + ",".join(CLAIMS) + "\n")
    assert findings_csv(report_fixture.lone()) == "\ufeff" + ",".join(FINDINGS) + "\n"


@pytest.mark.slow
@pytest.mark.parametrize("name", [*FIXTURES, "many"])
def test_annotations_are_what_the_recommendation_asks(name: str) -> None:
    comparison = made(name)
    record = json.loads(annotations_json(comparison))
    jsonschema.Draft202012Validator(COLLECTION).validate(record)
    ids = [item["id"] for item in record.get("first", {"items": []})["items"]]
    assert record["total"] == len(ids) == len(set(ids)) == sum(len(e.findings) for e in comparison.events)


def test_selectors_give_the_words_by_code_points() -> None:
    page = "Ferry 😀 aground\n\nA ferry 🚢 with 140 people ran aground off Skerrow on Friday, the coastguard said.\n"
    pages = (page, page.replace("140", "160"))
    articles = [comparer.read_text(text, outlet=name) for text, name in zip(pages, ("Echo", "Post"), strict=True)]
    targets = [t for item in items(comparer.compare(articles, one_event=True)) for t in item["target"]]
    texts = {a.digest: a.text for a in articles}
    assert targets
    for target in targets:
        text = texts[target["source"]["schema:sha256"]]
        place, quote = target["selector"]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert text[: place["start"]].endswith(quote["prefix"])
        assert text[place["end"] :].startswith(quote["suffix"])


def test_a_body_says_what_the_finding_says_and_its_code() -> None:
    comparison = report_fixture.one_event()
    bodies = [[b["value"] for b in item["body"]] for item in items(comparison)]
    assert bodies == [[f.message, f.code] for f in comparison.events[0].findings]


def test_a_redacted_annotation_quotes_few_words_and_nothing_around_them() -> None:
    quotes = [s for i in items(report_fixture.redacted()) for t in i["target"] for s in t["selector"][1:]]
    assert quotes
    assert [q for q in quotes if len(q["exact"].split()) > 6 or len(q) > 2] == []


def test_each_format_writes_its_files(tmp_path: Any) -> None:
    written = save(report_fixture.lone(), tmp_path, formats=("csv", "annotations", "json", "csv"))
    assert [p.name for p in written] == ["claims.csv", "findings.csv", "annotations.jsonld", "comparison.json"]
    assert (tmp_path / "claims.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_mistyped_format_is_answered_with_the_one_that_was_meant() -> None:
    with pytest.raises(
        UsageError, match=r"knows no anotations: use html, json, csv, annotations, tei, card\. Did you mean"
    ):
        formats_of("html,anotations")
