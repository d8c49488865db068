"""Write the findings as W3C Web Annotations, one AnnotationCollection in JSON-LD.

In: a Comparison. Out: an annotation per finding: what it says and its code as bodies, a target per passage. A target's
source is the saved text, named by its SHA-256 as an `ni:` address (RFC 6920), since the selectors count its characters
and no web page's. Offsets count Unicode code points from 0, as the recommendation asks of a TextPositionSelector and as
the model counts. https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

import base64
import uuid
from typing import Any

from comparer.exporting.json import pretty, record_digest
from comparer.model import Comparison, EventComparison, Finding, Passage
from comparer.model.text import QUOTED
from comparer.resources.loader import LANGUAGE

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # characters of prefix and suffix: enough to tell two places of one word apart
_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, CONTEXT)
_REDACTED = "the texts are left out; long passages are named by place alone"


def annotations_json(comparison: Comparison) -> str:
    """Return the collection as JSON-LD, ending in a line break; equal comparisons give equal bytes."""
    items = [_annotation(comparison, event, f) for event in comparison.events for f in event.findings]
    collection: dict[str, Any] = {
        "@context": CONTEXT,
        "id": "",
        "type": "AnnotationCollection",
        "label": "Findings" + (f" ({_REDACTED})" if comparison.config.redact else ""),
        "generator": {"type": "Software", "name": f"comparer {comparison.version}"},
        "total": len(items),
    }
    if items:  # an empty collection has no page
        page = {"id": _name("page", *(item["id"] for item in items)), "type": "AnnotationPage", "startIndex": 0}
        collection["first"] = page | {"items": items}
    collection["id"] = _name("collection", record_digest({k: v for k, v in collection.items() if k != "id"}))
    return pretty(collection).encode("utf-8", "replace").decode()


def source_name(digest: str) -> str:
    """Return the address of a text by its SHA-256 in hexadecimal.

    >>> source_name("3f" * 32)
    'ni:///sha-256;Pz8_Pz8_Pz8_Pz8_Pz8_Pz8_Pz8_Pz8_Pz8_Pz8_Pz8'
    """
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")


def _annotation(comparison: Comparison, event: EventComparison, finding: Finding) -> dict[str, Any]:
    said = {"purpose": "describing", "value": finding.message, "format": "text/plain", "language": LANGUAGE}
    code = {"purpose": "tagging", "value": finding.code, "format": "text/plain"}
    return {
        "id": _name(event.id, finding.id, str(finding.row)),
        "type": "Annotation",
        "motivation": "describing",
        "body": [{"type": "TextualBody"} | said, {"type": "TextualBody"} | code],
        "target": [_target(comparison, passage) for passage in dict.fromkeys(finding.evidence)],
    }


def _target(comparison: Comparison, passage: Passage) -> dict[str, Any]:
    article, span = comparison.article(passage.article).article, passage.span
    selectors: list[dict[str, Any]] = [{"type": "TextPositionSelector", "start": span.start, "end": span.end}]
    quote = {"type": "TextQuoteSelector", "exact": span.of(article.text)}
    if not comparison.config.redact:
        before, after = (
            article.text[max(0, span.start - AROUND) : span.start],
            article.text[span.end : span.end + AROUND],
        )
        selectors.append(quote | {"prefix": before, "suffix": after})
    elif len(quote["exact"].split()) <= QUOTED:
        selectors.append(quote)
    source = {"id": source_name(article.digest), "type": "Text", "format": "text/plain"}
    source |= {"schema:sha256": article.digest, "schema:publisher": article.outlet}
    if article.language != "und":
        source["language"] = article.language
    if article.url and article.url.startswith(("http://", "https://")):
        source["schema:isBasedOn"] = article.url
    return {"type": "SpecificResource", "source": source, "selector": selectors}


def _name(*parts: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_NAMES, chr(10).join(parts))}"
