"""Hold the quotation apparatus to the TEI's own schema and to the words of the pages."""

from __future__ import annotations

import dataclasses
import gzip
from functools import cache
from pathlib import Path

import pytest
import report_fixture
from lxml import etree

from comparer.exporting.tei import NAMESPACE, tei_xml
from comparer.model import Comparison, Config

SCHEMA = Path(__file__).parent / "schemas" / "tei_all-3.0.0.rng.gz"
TEI = f"{{{NAMESPACE}}}"


@cache
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.fromstring(gzip.decompress(SCHEMA.read_bytes())))


def written(comparison: Comparison) -> etree._Element:
    return etree.fromstring(tei_xml(comparison).encode())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sample", "one_event", "hostile", "lone", "redacted"])
def test_the_apparatus_is_valid_tei(name: str) -> None:
    valid = schema().validate(written(getattr(report_fixture, name)()))

    assert valid, schema().error_log


def test_each_outlets_form_can_be_read_back_from_the_apparatus() -> None:
    event = report_fixture.one_event().events[0]
    said = next(u for u in event.utterances if len({r.columns for r in u.readings}) > 1)
    (block,) = [b for b in written(report_fixture.one_event()).iter(f"{TEI}ab") if b.get("n") == said.id]
    reading = said.readings[0]
    article = report_fixture.one_event().article(reading.passage.article).article
    printed = " ".join(" ".join(s.of(article.text).split()) for s in reading.columns if s is not None)

    assert form(block, f"#w{reading.article + 1}") == " ".join(printed.split())


def form(block: etree._Element, witness: str) -> str:
    """Return what one witness prints of an utterance."""
    parts = [block.text or ""]
    for app in block:
        parts += [r.text or "" for r in app if witness in r.get("wit").split()] + [app.tail or ""]
    return " ".join(" ".join(parts).split())


def test_a_redacted_apparatus_quotes_no_long_stretch() -> None:
    redacted = dataclasses.replace(report_fixture.one_event(), config=Config(redact=True))
    stretches = [t for t in written(redacted).find(f".//{TEI}body").itertext() if len(t.split()) > 7]

    assert [t for t in stretches if t not in {e.title for e in redacted.events}] == []
