"""Every row of the table of formats, on files that the formats' own libraries wrote.

Word: python-docx; OpenDocument: odfdo; PDF: a text layer written by hand after ISO 32000, and pages without one by
pypdf; WARC: warcio; Parquet: pyarrow; mail and mbox: Python's email and mailbox; zip and gzip: Python's. RTF, EPUB,
feeds and JSON are small files of our own after their specifications. JSON of trafilatura is its own output.
"""

# ruff: noqa: E501 - samples keep their lines

from __future__ import annotations

import gzip
import json
import mailbox
import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest

from comparer.cleaning.article import article_from
from comparer.cli.console import fields_of
from comparer.errors import UsageError
from comparer.inputs import Loaded, load
from comparer.model.article import RawPage
from comparer.reading.formats import FORMATS, pages_in, read_path
from comparer.reading.source import Request

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # warcio's writer
LEDE = "A ferry with 140 people aboard ran aground off Skerrow on Friday, and nobody was hurt, the coastguard said."
MORE = "“The fog came down within a minute,” its captain, Ida Lund, said. The ferry will sail again on Monday."
TITLE = "Ferry aground off Skerrow"
HTML = (
    f'<!DOCTYPE html><html lang="en"><head><title>{TITLE}</title><meta property="og:site_name" content="Skerrow Post">'
    f"</head><body><article><h1>{TITLE}</h1><p>{LEDE}</p><p>{MORE}</p></article></body></html>"
)
RECORD = {
    "headline": TITLE,
    "articleBody": f"{LEDE}\n\n{MORE}",
    "datePublished": "2025-03-07",
    "url": "https://post.example/a",
}


def loaded(tmp_path: Path, name: str, data: bytes | str, **fields: str) -> Loaded:
    (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return load([str(tmp_path / name)], fields=fields)


def docx() -> bytes:
    from docx import Document

    document = Document()
    document.add_heading(TITLE)
    document.add_paragraph(LEDE)
    document.add_paragraph(MORE)
    document.save(out := BytesIO())
    return out.getvalue()


def odt() -> bytes:
    from odfdo import Document, Header, Paragraph

    document = Document("text")
    document.body.clear()
    for part in (Header(1, TITLE), Paragraph(LEDE), Paragraph(MORE)):
        document.body.append(part)
    document.save(out := BytesIO())
    return out.getvalue()


def rtf() -> bytes:
    more = MORE.replace("“", r"\'93").replace("”", r"\'94")
    return rf"{{\rtf1\ansi\ansicpg1252{{\fonttbl{{\f0 Arial;}}}}\b {TITLE}\b0\par {LEDE}\par {more}\par}}".encode(
        "ascii"
    )


def pdf(*lines: str) -> bytes:
    shown = "".join(f"({line.replace('(', '').replace(')', '')}) Tj 0 -16 Td " for line in lines)
    stream = f"BT /F1 11 Tf 40 760 Td {shown}ET".encode("cp1252")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def packed(**members: bytes | str) -> bytes:
    with zipfile.ZipFile(out := BytesIO(), "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def epub() -> bytes:
    container = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="O/c.opf"/></rootfiles></container>'
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>Skerrow Post of Friday</dc:title><dc:publisher>Skerrow Post</dc:publisher><dc:date>2025-03-07</dc:date>"
        '</metadata><manifest><item id="n" href="nav.xhtml"/><item id="a" href="a.xhtml"/></manifest>'
        '<spine><itemref idref="n"/><itemref idref="a"/></spine></package>'
    )
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "O/c.opf": package}
    return packed(
        **members, **{"O/nav.xhtml": "<html><body><a href='a.xhtml'>Ferry</a></body></html>", "O/a.xhtml": HTML}
    )


def warc() -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(out := BytesIO(), gzip=True)
    for url, kind, body in (
        ("https://post.example/2025/03/07/ferry", "text/html; charset=utf-8", HTML.encode()),
        ("https://post.example/a.png", "image/png", b"\x89PNG"),
    ):
        http = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.0")
        writer.write_record(writer.create_warc_record(url, "response", payload=BytesIO(body), http_headers=http))
    return out.getvalue()


def parquet() -> bytes:
    import pyarrow as pa
    from pyarrow import parquet as pq

    pq.write_table(pa.Table.from_pylist([RECORD, {"headline": "No text"}]), out := BytesIO())
    return out.getvalue()


def mail(html: str = HTML, subject: str = TITLE) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "Skerrow Post <news@post.example>", subject
    message["Date"], message["Message-ID"] = "Fri, 07 Mar 2025 08:30:00 +0000", "<1@post.example>"
    message.set_content(f"{LEDE}\n\n{MORE}\n")
    message.add_alternative(html, subtype="html")
    return message


FEED = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Skerrow Post</title><item><title>{TITLE}</title><link>https://post.example/a</link>
<pubDate>Fri, 07 Mar 2025 08:30:00 GMT</pubDate><description>Short</description>
<content:encoded><![CDATA[<p>{LEDE}</p><p>{MORE}</p>]]></content:encoded></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Skerrow Post</title><entry><title>{TITLE}</title>
<link href="https://post.example/a"/><published>2025-03-07T08:30:00Z</published>
<content type="html">&lt;p&gt;{LEDE}&lt;/p&gt;&lt;p&gt;{MORE}&lt;/p&gt;</content></entry></feed>"""
JSON_FEED = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Skerrow Post", "items": [
    {"id": "1", "url": "https://post.example/a", "title": TITLE, "content_html": f"<p>{LEDE}</p><p>{MORE}</p>", "date_published": "2025-03-07"}
]})  # fmt: skip
MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://post.example/2025/03/07/ferry
Subject: {TITLE}
Date: Mon, 10 Mar 2025 08:30:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="x"

--x
Content-Type: text/html; charset="utf-8"
Content-Location: https://post.example/2025/03/07/ferry

{HTML}
--x--
"""
CSV = f'headline,articleBody,datePublished,url\n"{TITLE}","{LEDE}\n\n{MORE}",2025-03-07,https://post.example/a\n'
FILES = {
    "a.docx": docx, "a.odt": odt, "a.rtf": rtf, "a.pdf": lambda: pdf(TITLE, "", LEDE, "", MORE), "a.epub": epub,
    "a.warc.gz": warc, "a.parquet": parquet, "a.eml": lambda: bytes(mail()), "a.mhtml": lambda: MHTML, "a.txt": lambda: MHTML,
    "a.rss": lambda: FEED, "a.atom": lambda: ATOM, "a.xml": lambda: FEED, "feed.json": lambda: JSON_FEED,
    "a.json": lambda: json.dumps(RECORD), "list.json": lambda: json.dumps({"articles": [RECORD]}), "a.csv": lambda: CSV,
    "a.jsonl": lambda: json.dumps(RECORD) + "\n", "a.html.gz": lambda: gzip.compress(HTML.encode()), "a.php": lambda: HTML,
    "a.jsonl.gz": lambda: gzip.compress(json.dumps(RECORD).encode()), "a.zip": lambda: packed(**{"in/post.html": HTML, "in/b.png": b"\x89PNG"}),
    "noending": lambda: HTML, "word.doc": rtf, "a.xhtml": lambda: HTML, "a.tsv": lambda: f"title\ttext\n{TITLE}\t{LEDE} {MORE}\n",
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_each_kind_gives_its_article(tmp_path: Path, name: str) -> None:
    (one,) = loaded(tmp_path, name, FILES[name]()).articles
    assert one.title == TITLE
    assert f"{LEDE} {MORE}" in " ".join(one.main_text.split())


@pytest.mark.parametrize("name", ["a.eml", "a.rss", "a.atom", "a.json", "a.csv", "a.parquet", "a.epub", "a.mhtml"])
def test_the_day_is_the_articles(tmp_path: Path, name: str) -> None:
    assert (loaded(tmp_path, name, FILES[name]()).articles[0].published or "")[:10] == "2025-03-07"


@pytest.mark.parametrize("name", ["a.eml", "a.rss", "a.epub", "a.warc.gz", "a.mhtml"])
def test_the_outlet_is_the_one_that_the_file_names(tmp_path: Path, name: str) -> None:
    assert loaded(tmp_path, name, FILES[name]()).articles[0].outlet == "Skerrow Post"


def test_the_offsets_of_every_block_open_its_words(tmp_path: Path) -> None:
    one = loaded(tmp_path, "a.json", json.dumps(RECORD)).articles[0]
    assert [b.span.of(one.text) for b in one.blocks] == [TITLE, LEDE, MORE]


def test_every_ending_of_the_table_is_read_by_one_row() -> None:
    endings = [ending for form in FORMATS for ending in form.endings]
    assert sorted(endings) == sorted(set(endings))


def test_what_trafilatura_writes_as_json_is_read(tmp_path: Path) -> None:
    import trafilatura

    data = trafilatura.extract(HTML.replace("<head>", '<head><meta name="author" content="Ida Lund">'), output_format="json", with_metadata=True, url="https://post.example/a")  # fmt: skip
    one = loaded(tmp_path, "t.json", data or "").articles[0]
    assert (one.outlet, one.title, one.bylines, one.url) == (
        "Skerrow Post",
        TITLE,
        ("Ida Lund",),
        "https://post.example/a",
    )


def test_the_fields_of_news_please_and_newspaper_are_known(tmp_path: Path) -> None:
    rows = [
        {
            "title": TITLE,
            "maintext": LEDE,
            "date_publish": "2025-03-07 08:30:00",
            "authors": ["Ida Lund"],
            "source_domain": "post.example",
        },
        {
            "title": TITLE,
            "text": MORE,
            "publish_date": "2025-03-08",
            "authors": "['Nora Feld', 'Ida Lund']",
            "source_url": "https://echo.example",
        },
    ]
    first, second = loaded(tmp_path, "n.jsonl", "\n".join(map(json.dumps, rows))).articles
    assert (first.outlet, first.published, first.bylines) == ("post.example", "2025-03-07T08:30", ("Ida Lund",))
    assert (second.outlet, second.published, second.bylines) == (
        "echo.example",
        "2025-03-08",
        ("Nora Feld", "Ida Lund"),
    )


def test_the_section_of_a_record_is_kept_with_where_it_stands(tmp_path: Path) -> None:
    (one,) = loaded(tmp_path, "a.json", json.dumps({**RECORD, "articleSection": "Local"})).articles
    assert [(p.value, p.origin) for p in one.provenance if p.field == "section"] == [("Local", "record")]


def test_other_names_are_mapped_by_the_user(tmp_path: Path) -> None:
    row = {"kop": TITLE, "meta": {"krant": "Skerrow Post"}, "tekst": LEDE}
    one = loaded(tmp_path, "k.jsonl", json.dumps(row), text="tekst", title="kop", outlet="meta.krant").articles[0]
    assert (one.title, one.outlet, one.main_text) == (TITLE, "Skerrow Post", f"{LEDE}")


def test_a_field_that_nobody_reads_is_refused() -> None:
    with pytest.raises(UsageError, match="with one of text, html, title"):
        fields_of(["txet=a"])


def test_a_bad_record_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    found = loaded(tmp_path, "a.jsonl", f'{json.dumps(RECORD)}\n{{"headline": "x"}}\n{{broken\n{json.dumps(RECORD)}\n')
    assert [a.path for a in found.articles] == ["a.jsonl#1", "a.jsonl#2"]
    assert found.failures[0].startswith("a.jsonl, record 2: has no text among its fields (headline)")
    assert found.failures[1].startswith("a.jsonl, record 3: is no JSON")


def test_a_box_of_mails_gives_an_article_each(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "a.mbox")
    box.add(mail())
    box.add(mail(HTML.replace("Ferry aground", "Boat aground"), "Boat aground off Skerrow"))
    box.close()
    assert [a.title for a in load([str(tmp_path / "a.mbox")]).articles] == [TITLE, "Boat aground off Skerrow"]


def test_a_newsletter_gives_an_article_per_story(tmp_path: Path) -> None:
    story = f"<p>{LEDE} {MORE}</p>"
    letter = f"<html><body><h1>Morning letter</h1><h2>{TITLE}</h2>{story}<h2>Pool to close</h2>{story}<p>Unsubscribe</p></body></html>"
    found = loaded(tmp_path, "a.eml", bytes(mail(letter, "Morning letter"))).articles
    assert [(a.title, a.outlet, a.published) for a in found] == [
        (TITLE, "Skerrow Post", "2025-03-07"),
        ("Pool to close", "Skerrow Post", "2025-03-07"),
    ]


def test_a_mail_with_one_story_is_one_article(tmp_path: Path) -> None:
    letter = f"<html><body><h2>{TITLE}</h2><p>{LEDE}</p><h3>Background</h3><p>{MORE}</p></body></html>"
    assert len(loaded(tmp_path, "a.eml", bytes(mail(letter))).articles) == 1


def test_a_mail_without_a_heading_is_one_article(tmp_path: Path) -> None:
    (one,) = loaded(tmp_path, "a.eml", bytes(mail(f"<html><body><p>{LEDE}</p><p>{MORE}</p></body></html>"))).articles
    assert (one.outlet, one.published, one.text) == ("Skerrow Post", "2025-03-07", f"{LEDE}\n{MORE}")


def test_attached_documents_are_read(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(docx(), maintype="application", subtype="octet-stream", filename="report.docx")
    assert [a.path for a in loaded(tmp_path, "a.eml", bytes(message)).articles] == ["a.eml#1", "a.eml/report.docx"]


def test_a_folder_names_what_it_passes_over_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text(f"{TITLE}\n\n{LEDE}\n", "utf-8")
    (tmp_path / "settings.json").write_text('{"colour": "blue"}', "utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n")
    found = load([str(tmp_path)])
    assert (len(found.articles), found.failures) == (1, ())
    assert any("settings.json, record 1: has no text among its fields (colour)" in note for note in found.notes)
    assert any("picture.png: of a kind that is not read" in note for note in found.notes)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.docx", b"PK\x03\x04 broken", "is damaged, or no Word"),
        ("a.pdf", b"%PDF-1.4 broken", "is damaged, or no PDF"),
        ("a.parquet", b"PAR1 broken", "is damaged, or no Parquet"),
        ("a.json", b'{"a": ', "is no JSON"),
        ("a.json", b"[" * 100_000, "is damaged, or no JSON"),
        ("a.epub", packed(mimetype="application/epub+zip"), "is damaged, or no EPUB"),
        ("a.gz", b"\x1f\x8b broken", "is damaged, or no gzip"),
        ("a.warc", b"WARC/1.0 broken", "a.warc: "),
        ("a.xml", b"<rss><channel></channel></rss>", "holds no record"),
        ("a.csv", b"a,b\n1,2\n", "has no text among its fields"),
        ("a.zip", packed(**{"b.png": b"\x89PNG"}), "files ending in .png are not read"),
    ],
)  # fmt: skip
def test_what_is_broken_or_empty_is_an_error_with_its_name(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    found = loaded(tmp_path, name, data)
    assert found.articles == ()
    assert says in "\n".join(found.failures)


def test_a_pdf_without_text_layer_is_said_to_be_a_scan(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(out := BytesIO())
    assert "no text layer" in loaded(tmp_path, "a.pdf", out.getvalue()).failures[0]


def test_a_zip_that_would_fill_the_memory_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(out := BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 40_000_000)
        archive.writestr("post.html", HTML)
    found = loaded(tmp_path, "a.zip", out.getvalue())
    assert [a.title for a in found.articles] == [TITLE]
    assert "a.zip/bomb.txt: 40 MB unpacked is more than is read" in found.failures[0]


def test_archives_in_archives_end_at_a_depth(tmp_path: Path) -> None:
    data: bytes = HTML.encode()
    for _ in range(6):
        data = packed(**{"inner.zip": data})
    assert "lies too deep inside other files" in loaded(tmp_path, "a.zip", data).failures[0]


def test_what_is_missing_is_named_with_the_command_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(_data: bytes, _name: str, _request: Request) -> object:
        raise ModuleNotFoundError("pypdf")

    form = next(form for form in FORMATS if form.name == "PDF")
    monkeypatch.setattr("comparer.reading.formats.FORMATS", (*FORMATS[:2], form._replace(read=lacking)))
    (error,) = pages_in(pdf("x"), "a.pdf")
    assert str(error) == "a.pdf: PDF needs `pip install 'comparer[pdf]'`."


def test_a_file_of_several_articles_is_refused_where_one_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(RECORD)}\n" * 2, "utf-8")
    with pytest.raises(Exception, match=r"holds 2 articles, where one is wanted"):
        read_path(tmp_path / "a.jsonl")


def test_plain_text_that_begins_like_a_header_stays_text() -> None:
    (page,) = pages_in(f"Location: Skerrow\nFrom Ankara: fog\n\n{LEDE}".encode(), "standard input")
    assert isinstance(page, RawPage)
    assert article_from(page).main_text.endswith(LEDE)


def linked(body: str, shown: str) -> str:
    data = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": body})
    return f'<html><head><title>{TITLE}</title><script type="application/ld+json">{data}</script></head><body><h1>{TITLE}</h1>{shown}</body></html>'


def test_an_article_that_only_linked_data_holds_is_read_from_there() -> None:
    (page,) = pages_in(linked(f"{LEDE}\n{MORE} {LEDE}", '<div id="app"></div>').encode(), "a.html")
    assert isinstance(page, RawPage)
    assert article_from(page).main_text.split() == [*LEDE.split(), *MORE.split(), *LEDE.split()]


def test_an_article_that_the_page_shows_is_not_read_twice() -> None:
    (page,) = pages_in(linked(f"{LEDE} {MORE}", f"<p>{LEDE}</p><p>{MORE}</p>").encode(), "a.html")
    assert isinstance(page, RawPage)
    assert page.text.count(LEDE) == 1


def test_a_page_on_which_nothing_is_an_article_is_named(tmp_path: Path) -> None:
    menu = "".join(f"<li><a href='/{n}'>Harbour news {n}</a></li>" for n in range(9))
    found = loaded(tmp_path, "front.html", f"<html><body><nav><ul>{menu}</ul></nav></body></html>")
    assert found.notes == ("front.html: nothing on it reads like an article; `comparer flag` says why",)


def test_one_path_alone_is_one_source(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A ferry ran aground off Skerrow on Friday, and nobody was hurt.", encoding="utf-8")
    assert [len(load(source).articles) for source in (tmp_path, str(tmp_path / "a.txt"))] == [1, 1]
