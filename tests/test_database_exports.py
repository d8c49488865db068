"""Exports of databases: many articles a file, labels in the ledger and not in the claims.

The files are our own, after the layouts that the manuals and the public readers of these exports describe; the Word and
OpenDocument files are written with python-docx and odfdo, the RTF by hand after its specification.
"""

# ruff: noqa: E501 - samples keep their lines

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from comparer.inputs import load
from comparer.model import Article, BlockKind
from comparer.reading.exports import pages_in_export
from comparer.reading.layouts import day_in

FIRST = (
    "A tram left the rails at Corn Market on Sunday evening and struck a kiosk, the fire service said. Eleven "
    "passengers were taken to hospital."
)
QUOTE = '"The driver braked, but the tram did not slow down," station officer Piet Haller said.'
SECOND = (
    "Eleven people were injured when a tram derailed in the centre of Ellery on Sunday evening, police said. Elltram, "
    "which runs the line, said it would remain shut until Thursday."
)
NEXIS_UNI = f"""User Name: Nora Feld
Date and Time: Tuesday, May 27, 2025 10:12:00 AM CEST
Job Number: 1234567
Documents (2)
1. Tram leaves the rails in Ellery
2. Eleven hurt as tram derails
Tram leaves the rails in Ellery
The Ellery Courier
May 19, 2025 Monday
Copyright 2025 Ellery Courier Ltd. All Rights Reserved
Section: LOCAL; Pg. 3
Length: 52 words
Byline: Nora Feld
Highlight: Eleven passengers in hospital
Body
{FIRST}
{QUOTE}
Graphic
The tram after it struck the kiosk.
Classification
Language: ENGLISH
Publication-Type: Newspaper
Subject: LIGHT RAIL (92%)
Load-Date: May 20, 2025
End of Document
Eleven hurt as tram derails
Harbour Post
19. Mai 2025 Montag
Copyright 2025 Harbour Post
Length: 44 words
Byline: Tomas Reve
Body
{SECOND}
Load-Date: May 19, 2025
End of Document
"""
NEXIS_TXT = """
Download Request: Selected Items: 1-2
Time Of Request: Tuesday, May 27, 2025  16:51:31

                               1 of 2 DOCUMENTS


                               The Ellery Courier

                              May 19, 2025 Monday
                                 First Edition

Tram leaves the rails in Ellery after striking a kiosk on the old Corn Market
and stopping

BYLINE: Nora Feld

SECTION: LOCAL; Pg. 3

LENGTH: 52 words

A tram left the rails at Corn Market on Sunday evening and struck a kiosk, the
fire service said. Eleven passengers were taken to hospital.

"The driver braked, but the tram did not slow down," station officer Piet
Haller said.

LOAD-DATE: May 19, 2025

LANGUAGE: ENGLISH

                       Copyright 2025 Ellery Courier Ltd.
                              All Rights Reserved

                               2 of 2 DOCUMENTS


                                  Harbour Post

                              May 19, 2025 Monday

Eleven hurt as tram derails

BYLINE: Tomas Reve

LENGTH: 44 words

Eleven people were injured when a tram derailed in the centre of Ellery on
Sunday evening, police said.

LOAD-DATE: May 19, 2025
"""
FACTIVA = f"""Local News
Tram leaves the rails in Ellery
By Nora Feld
52 words
19 May 2025
08:30
The Ellery Courier
ELLCOU
3
English
Copyright 2025. Ellery Courier Ltd.

{FIRST}

{QUOTE}

Document ELLCOU0020250519el5j00001

Eleven hurt as tram derails
44 words
19 May 2025
Harbour Post
HARPOS
English
(c) 2025 Harbour Post

{SECOND}

Document HARPOS0020250519el5j0000a
"""
FACTIVA_CODES = [
    ("SE", "Local News"), ("HD", "Tram leaves the rails in Ellery"), ("BY", "By Nora Feld"), ("WC", "52 words"),
    ("PD", "19 May 2025"), ("SN", "The Ellery Courier"), ("SC", "ELLCOU"), ("LA", "English"),
    ("CY", "Copyright 2025. Ellery Courier Ltd."), ("LP", FIRST), ("TD", QUOTE), ("NS", "Railway Accidents"),
    ("AN", "Document ELLCOU0020250519el5j00001"),
]  # fmt: skip
PROQUEST = f"""____________________________________________________________

Report Information from ProQuest

May 27, 2025 09:31

____________________________________________________________

Document 1 of 2

Tram leaves the rails in Ellery

Author: Feld, Nora; Reve, Tomas

Publication info: The Ellery Courier ; Ellery [Ellery]. 19 May 2025: 3.

Abstract: Nobody was killed in an accident of a tram.

Full text: {FIRST}

{QUOTE}

Caption: The tram after it struck the kiosk at Corn Market.

Subject: Light rail transportation

Publication title: The Ellery Courier; Ellery

Publication date: May 19, 2025

Section: Local

ProQuest document ID: 3201112223

Database: Norland Newsstream

____________________________________________________________

Document 2 of 2

Eleven hurt as tram derails

Publication title: Harbour Post

Publication date: May 19, 2025

Abstract: None available.

____________________________________________________________
"""
NEWSBANK = f"""Tram leaves the rails in Ellery
Ellery Courier, The (Norland) - May 19, 2025
Author/Byline: Nora Feld
Section: Local
Page: A3
Readability: 9-12 grade level

{FIRST}

{QUOTE}

Caption: The tram after it struck the kiosk.
Record Number: 1A2B3C4D5E6F
Copyright: © 2025 Ellery Courier
"""
EUROPRESSE = """Le Courrier d'Ellery, no. 24000
Local, lundi 19 mai 2025 52 mots, p. 8
Un tramway déraille à Ellery
Nora Feld
Un tramway a déraillé dimanche soir au marché au blé et a heurté un kiosque, ont indiqué les pompiers. Onze passagers ont été hospitalisés.
© 2025 Le Courrier d'Ellery. Tous droits réservés.
news·20250519·CE·0815
"""


def articles(tmp_path: Path, name: str, data: str | bytes) -> tuple[Article, ...]:
    (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return load([str(tmp_path / name)]).articles


def of_kind(article: Article, kind: BlockKind) -> list[str]:
    return [block.span.of(article.text) for block in article.blocks if block.kind is kind]


def as_docx(text: str) -> bytes:
    from docx import Document

    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def as_odt(text: str) -> bytes:
    from odfdo import Document, Paragraph

    document = Document("text")
    document.body.clear()
    for line in text.splitlines():
        document.body.append(Paragraph(line))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def as_rtf(text: str) -> bytes:
    lines = "\\par\n".join("".join(c if c < "\x80" else f"\\u{ord(c)}?" for c in line) for line in text.splitlines())
    return f"{{\\rtf1\\ansi\\ansicpg1252 {lines}\\par}}".encode()


def as_html(text: str) -> bytes:
    lines = "".join(
        f'<div class="c5"><p class="c6"><span class="c2">{line}</span></p></div>' for line in text.splitlines()
    )
    return f"<HTML><HEAD><META charset=utf-8><TITLE>&nbsp;</TITLE></HEAD><BODY>{lines}</BODY></HTML>".encode()


def as_text(text: str) -> bytes:
    return text.encode()


@pytest.mark.parametrize(
    ("ending", "write"),
    [("txt", as_text), ("docx", as_docx), ("odt", as_odt), ("rtf", as_rtf), ("html", as_html)],
)
def test_nexis_uni_gives_its_articles_in_every_kind_of_file(tmp_path: Path, ending: str, write: object) -> None:
    found = articles(tmp_path, f"Files (2).{ending}", write(NEXIS_UNI))  # type: ignore[operator]
    assert [(a.outlet, a.title, a.published, a.bylines) for a in found] == [
        ("The Ellery Courier", "Tram leaves the rails in Ellery", "2025-05-19", ("Nora Feld",)),
        ("Harbour Post", "Eleven hurt as tram derails", "2025-05-19", ("Tomas Reve",)),
    ]
    assert [a.main_text.split() for a in found] == [
        ["Eleven", "passengers", "in", "hospital", *FIRST.split(), *QUOTE.split()],
        SECOND.split(),
    ]


def test_the_labels_of_nexis_stand_in_the_ledger(tmp_path: Path) -> None:
    first, _ = articles(tmp_path, "a.txt", NEXIS_UNI)
    assert of_kind(first, BlockKind.CAPTION) == ["The tram after it struck the kiosk."]
    assert of_kind(first, BlockKind.STANDFIRST) == ["Eleven passengers in hospital"]
    assert "Load-Date:" in of_kind(first, BlockKind.OTHER)
    assert [(p.value, p.origin) for p in first.provenance if p.field == "section"] == [("LOCAL; Pg. 3", "export")]
    assert all(
        p.span is None or p.value in " ".join(p.span.of(first.text).split())
        for p in first.provenance
        if p.field == "outlet"
    )


@pytest.mark.parametrize("write", [as_text, as_html])
def test_lexisnexis_of_old_gives_its_articles(tmp_path: Path, write: object) -> None:
    first, second = articles(tmp_path, "a.txt" if write is as_text else "a.html", write(NEXIS_TXT))  # type: ignore[operator]
    assert (first.outlet, first.published, first.bylines) == ("The Ellery Courier", "2025-05-19", ("Nora Feld",))
    assert (second.outlet, second.title, second.bylines) == (
        "Harbour Post",
        "Eleven hurt as tram derails",
        ("Tomas Reve",),
    )
    assert "LOAD-DATE" not in first.main_text


def test_a_headline_in_two_lines_and_wrapped_paragraphs_stay_whole(tmp_path: Path) -> None:
    first, _ = articles(tmp_path, "a.txt", NEXIS_TXT)
    assert first.title == "Tram leaves the rails in Ellery after striking a kiosk on the old Corn Market and stopping"
    assert [" ".join(one.split()) for one in of_kind(first, BlockKind.CONTENT)] == [FIRST, QUOTE]


def test_factiva_gives_its_articles(tmp_path: Path) -> None:
    first, second = articles(tmp_path, "factiva.rtf", as_rtf(FACTIVA))
    assert (first.outlet, first.title, first.published) == (
        "The Ellery Courier",
        "Tram leaves the rails in Ellery",
        "2025-05-19",
    )
    assert (first.bylines, second.bylines, second.outlet) == (("Nora Feld",), (), "Harbour Post")
    assert [p.value for p in first.provenance if p.field == "section"] == ["Local News"]
    assert [a.main_text.split() for a in (first, second)] == [[*FIRST.split(), *QUOTE.split()], SECOND.split()]


def test_the_codes_of_factiva_are_read_from_a_table(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td><b>{code}</b>&nbsp;</td><td>{value}</td></tr>" for code, value in FACTIVA_CODES)
    (one,) = articles(tmp_path, "f.html", f"<html><body><table>{rows}</table></body></html>")
    assert (one.outlet, one.title, one.bylines) == (
        "The Ellery Courier",
        "Tram leaves the rails in Ellery",
        ("Nora Feld",),
    )
    assert one.main_text.split() == [*FIRST.split(), *QUOTE.split()]


def test_proquest_gives_its_articles_and_names_one_without_text(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(PROQUEST, "utf-8")
    loaded = load([str(tmp_path / "p.txt")])
    (one,) = loaded.articles
    assert (one.outlet, one.title, one.published) == (
        "The Ellery Courier",
        "Tram leaves the rails in Ellery",
        "2025-05-19",
    )
    assert one.bylines == ("Nora Feld", "Tomas Reve")
    assert one.main_text.split() == [*FIRST.split(), *QUOTE.split()]
    assert "holds no text" in loaded.failures[0]


def test_a_lede_given_again_as_abstract_is_a_duplicate(tmp_path: Path) -> None:
    said = "A tram left the rails at Corn Market on Sunday evening and struck a kiosk, the fire service said."
    page = PROQUEST.replace("Nobody was killed in an accident of a tram.", said)
    (one,) = articles(tmp_path, "p.txt", page)
    assert of_kind(one, BlockKind.DUPLICATE) == [said]


def test_newsbank_is_read(tmp_path: Path) -> None:
    (one,) = articles(tmp_path, "n.txt", NEWSBANK)
    assert (one.outlet, one.title, one.published) == (
        "The Ellery Courier",
        "Tram leaves the rails in Ellery",
        "2025-05-19",
    )
    assert one.bylines == ("Nora Feld",)
    assert one.main_text.split() == [*FIRST.split(), *QUOTE.split()]


def test_europresse_is_read(tmp_path: Path) -> None:
    (one,) = articles(tmp_path, "e.html", as_html(EUROPRESSE))
    assert (one.outlet, one.title, one.published) == (
        "Le Courrier d'Ellery",
        "Un tramway déraille à Ellery",
        "2025-05-19",
    )
    assert one.bylines == ("Nora Feld",)
    assert one.main_text.startswith("Un tramway a déraillé")
    assert "news·" not in one.main_text


@pytest.mark.parametrize(
    "text",
    [
        f"Tram leaves the rails\n\nBy Nora Feld\n\n{FIRST}\n\nLocation: Corn Market, 7 pm. {QUOTE}\n",
        f"End of Document\n\n{FIRST}\n",
        f"Full text: {FIRST}\n\n{QUOTE}\n",
        f"The council read 1 of 2 DOCUMENTS.\n\n{FIRST}\n",
    ],
)
def test_words_of_an_export_alone_make_none(text: str) -> None:
    assert list(pages_in_export(text, "a.txt")) == []


def test_a_line_like_a_label_within_the_text_stays_text(tmp_path: Path) -> None:
    told = f"Location: nobody in the hall could say where the second tram had stood that night. {FIRST}"
    (one,) = articles(tmp_path, "p.txt", PROQUEST.replace(QUOTE, f"{told}\n\n{QUOTE}\n\n{SECOND}"))
    assert "where the second tram had stood" in one.main_text


def test_an_export_is_a_report_per_outlet_for_the_comparison(tmp_path: Path) -> None:
    from comparer.pipeline import compare

    found = articles(tmp_path, "a.txt", NEXIS_UNI)
    comparison = compare(found, one_event=True)
    claims = [claim.passage.span.of(a.article.text) for a in comparison.articles for claim in a.claims]
    assert not any(word in " ".join(claims) for word in ("Load-Date", "Classification", "Graphic", "Byline", "Length"))


@pytest.mark.parametrize(
    "day", ["19 May 2025", "May 19, 2025 Monday", "19. Mai 2025", "19 mai 2025", "19 de mayo de 2025"]
)
def test_days_are_read_in_the_languages_of_the_databases(day: str) -> None:
    assert day_in(day) == "2025-05-19"
