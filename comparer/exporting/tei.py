"""Write the quotations of a comparison as TEI P5: each utterance as a critical apparatus over those who print it.

In: a Comparison. Out: one XML document, a division per event, each outlet's text a witness named with its day and the
digest of the saved text. Where readings agree the words stand once, where they differ in `app` with a `rdg` per form;
an empty `rdg` is what an outlet does not print. No reading is a `lem`: none is taken as the first. With `Config.redact`
long stretches are quoted by their first words. Follows the TEI Guidelines, chapter 12 (Critical Apparatus), parallel
segmentation.
"""

from __future__ import annotations

from itertools import count, zip_longest
from xml.etree import ElementTree as ET

from comparer.model import Article, Comparison, Utterance
from comparer.model.text import short_quote

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_Node = ET.Element


def tei_xml(comparison: Comparison) -> str:
    """Return the apparatus of all events, indented, ending in a line break."""
    root = _Node("TEI", {"xmlns": NAMESPACE})
    header = ET.SubElement(root, "teiHeader")
    head = ET.SubElement(header, "fileDesc")
    title = "Quotations in the reports of " + "; ".join(_clean(event.title) for event in comparison.events)
    _add(ET.SubElement(head, "titleStmt"), "title", title)
    made = f"Made by comparer {comparison.version} from saved pages; their words belong to their publishers."
    _add(ET.SubElement(head, "publicationStmt"), "p", made)
    witnesses = ET.SubElement(ET.SubElement(head, "sourceDesc"), "listWit")
    method = {"method": "parallel-segmentation", "location": "internal"}
    ET.SubElement(ET.SubElement(header, "encodingDesc"), "variantEncoding", method)
    body = ET.SubElement(ET.SubElement(root, "text"), "body")
    names = count(1)
    for event in comparison.events:
        texts = []
        for name in event.alignment.articles:
            article = comparison.article(name).article
            known = [article.outlet, article.published or "no date known", f"sha256 {article.digest}"]
            witness = _add(witnesses, "witness", _clean(", ".join(known)), {_ID: f"w{next(names)}"})
            texts.append((article, f"#{witness.get(_ID)}"))
        home = ET.SubElement(body, "div", {"type": "event", "n": event.id})
        _add(home, "head", _clean(event.title))
        for said in event.utterances:
            _utterance(home, said, texts, redact=comparison.config.redact)
        if not event.utterances:
            _add(home, "p", "No utterance stands in quotation marks in two of these texts.")
    ET.indent(head)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _add(parent: _Node, tag: str, text: str, attributes: dict[str, str] | None = None) -> _Node:
    made = ET.SubElement(parent, tag, attributes or {})
    made.text = text or None
    return made


def _utterance(home: _Node, said: Utterance, texts: list[tuple[Article, str]], *, redact: bool) -> None:
    """Write one utterance column by column; `texts` are the articles with what points to their witnesses."""
    block = ET.SubElement(home, "ab", {"type": "utterance", "n": said.id})
    languages = {texts[reading.article][0].language for reading in said.readings}
    if len(languages) == 1:
        block.set(_LANG, languages.pop())
    block.text, last = "", None
    for spans in zip_longest(*(reading.columns for reading in said.readings)):
        forms: dict[str, list[str]] = {}
        for reading, span in zip(said.readings, spans, strict=True):
            article, witness = texts[reading.article]
            words = _clean(span.of(article.text)) if span else ""
            forms.setdefault(short_quote(words) if redact else words, []).append(witness)
        if len(forms) > 1:
            last = ET.SubElement(block, "app")
            last.tail = " "
            for words, witnesses in forms.items():
                _add(last, "rdg", words, {"wit": " ".join(witnesses)})
        elif last is None:
            block.text += f"{''.join(forms)} "
        else:
            last.tail = f"{last.tail}{''.join(forms)} "


def _clean(text: str) -> str:
    """Return a text on one line without characters that XML cannot hold."""
    kept = "".join(
        c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
    return " ".join(kept.split())
