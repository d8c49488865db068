"""Write the quotations of a comparison as TEI P5: each utterance as a critical apparatus over those who print it.

In: a Comparison. Out: one XML document, a division per event, each outlet's text a witness named with its day and the
digest of the saved text. Where readings agree the words stand once, where they differ in `app` with a `rdg` per form;
an empty `rdg` is what an outlet does not print. No reading is a `lem`: none is taken as the first. With `Config.redact`
long stretches are quoted by their first words. Follows the TEI Guidelines, chapter 12 (Critical Apparatus), parallel
segmentation.
"""

from __future__ import annotations

from itertools import count
from xml.etree import ElementTree as ET

from comparer.model import AnalysedArticle, Comparison, EventComparison, Utterance
from comparer.model.text import short_quote

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_Node = ET.Element


def tei_xml(comparison: Comparison) -> str:
    """Return the apparatus of all events, indented, ending in a line break."""
    root = _Node("TEI", {"xmlns": NAMESPACE})
    head = ET.SubElement(ET.SubElement(root, "teiHeader"), "fileDesc")
    title = ET.SubElement(ET.SubElement(head, "titleStmt"), "title")
    title.text = "Quotations in the reports of " + "; ".join(_clean(event.title) for event in comparison.events)
    told = ET.SubElement(ET.SubElement(head, "publicationStmt"), "p")
    told.text = f"Made by comparer {comparison.version} from saved pages; their words belong to their publishers."
    witnesses = ET.SubElement(ET.SubElement(head, "sourceDesc"), "listWit")
    method = ET.SubElement(ET.SubElement(root[0], "encodingDesc"), "variantEncoding")
    method.attrib |= {"method": "parallel-segmentation", "location": "internal"}
    body = ET.SubElement(ET.SubElement(root, "text"), "body")
    names = count(1)
    for event in comparison.events:
        articles = [comparison.article(article) for article in event.alignment.articles]
        sigla = [f"w{next(names)}" for _ in articles]
        for siglum, analysed in zip(sigla, articles, strict=True):
            article = analysed.article
            witness = ET.SubElement(witnesses, "witness", {_ID: siglum})
            known = [article.outlet, article.published or "no date known", f"sha256 {article.digest}"]
            witness.text = _clean(", ".join(known))
        _event(body, event, articles, sigla, redact=comparison.config.redact)
    ET.indent(head)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _event(
    body: _Node, event: EventComparison, articles: list[AnalysedArticle], sigla: list[str], *, redact: bool
) -> None:
    home = ET.SubElement(body, "div", {"type": "event", "n": event.id})
    ET.SubElement(home, "head").text = _clean(event.title)
    for said in event.utterances:
        block = ET.SubElement(home, "ab", {"type": "utterance", "n": said.id})
        languages = {articles[reading.article].article.language for reading in said.readings}
        block.attrib |= {_LANG: languages.pop()} if len(languages) == 1 else {}
        _utterance(block, said, articles, sigla, redact=redact)
    if not event.utterances:
        ET.SubElement(home, "p").text = "No utterance stands in quotation marks in two of these texts."


def _utterance(
    block: _Node, said: Utterance, articles: list[AnalysedArticle], sigla: list[str], *, redact: bool
) -> None:
    """Write one utterance column by column."""
    columns = max((len(reading.columns) for reading in said.readings), default=0)
    last: _Node | None = None
    for column in range(columns):
        forms: dict[str, list[str]] = {}
        for reading in said.readings:
            span = reading.columns[column] if column < len(reading.columns) else None
            words = _clean(span.of(articles[reading.article].article.text)) if span else ""
            forms.setdefault(short_quote(words) if redact else words, []).append(f"#{sigla[reading.article]}")
        if len(forms) == 1:
            words = " ".join(forms) + " "
            if last is None:
                block.text = (block.text or "") + words
            else:
                last.tail = (last.tail or "") + words
            continue
        last = ET.SubElement(block, "app")
        last.tail = " "
        for words, wit in forms.items():
            ET.SubElement(last, "rdg", {"wit": " ".join(wit)}).text = words or None


def _clean(text: str) -> str:
    """Return a text on one line without characters that XML cannot hold."""
    kept = "".join(
        c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
    return " ".join(kept.split())
