"""What is read from files, folders, bytes and addresses, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from comparer.cleaning.article import article_from
from comparer.errors import UnreadableInputError, UsageError
from comparer.inputs import load
from comparer.reading.formats import find_pages, read_path, read_url

LEDE = "A ferry with 140 people aboard ran aground off Skerrow on Friday – “nobody was hurt”, the coastguard said."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_decoded_from_each_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "post.txt"
    file.write_bytes(LEDE.encode(encoding))
    assert read_path(file).text == LEDE


def test_line_ends_are_left_as_they_were(tmp_path: Path) -> None:
    file = tmp_path / "post.txt"
    file.write_bytes(b"Ferry aground\r\n\r\nNobody was hurt.\r\n")
    assert read_path(file).text == "Ferry aground\r\n\r\nNobody was hurt.\r\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7 and more", "is damaged, or no PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"\xff\xfe\x41", "utf-16"),
    ],
)
def test_what_is_no_text_is_refused_with_its_name(tmp_path: Path, data: bytes, says: str) -> None:
    file = tmp_path / "post.txt"
    file.write_bytes(data)
    with pytest.raises(UnreadableInputError, match=says) as caught:
        read_path(file)
    assert str(caught.value).startswith("post.txt:")


def test_a_file_far_beyond_an_article_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "post.txt"
    with file.open("wb") as big:
        big.truncate(100_000_000)
    with pytest.raises(UnreadableInputError, match="100 MB is more than one article"):
        read_path(file)


def test_five_megabytes_of_text_are_read(tmp_path: Path) -> None:
    file = tmp_path / "post.txt"
    file.write_text(f"{LEDE}\n" * 45_000, "utf-8")
    assert len(read_path(file).text) > 4_500_000


def test_a_missing_file_a_folder_and_an_unknown_kind_are_refused(tmp_path: Path) -> None:
    (tmp_path / "post.xlsx").write_bytes(b"text")
    with pytest.raises(UnreadableInputError, match="no such file"):
        read_path(tmp_path / "none.txt")
    with pytest.raises(UnreadableInputError, match="folder"):
        read_path(tmp_path)
    with pytest.raises(UnreadableInputError, match=r"\.xlsx are not read"):
        read_path(tmp_path / "post.xlsx")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "post.txt"
    file.write_text(LEDE, "utf-8")
    file.chmod(0)
    with pytest.raises(UnreadableInputError, match="not allowed"):
        read_path(file)


def test_folders_are_walked_in_sorted_order_without_hidden_and_other_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "notes.xlsx", ".hidden.txt", "sub/c.md", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(LEDE, "utf-8")
    pages, left = find_pages(tmp_path)
    assert [file.relative_to(tmp_path).as_posix() for file in pages] == ["a.html", "b.txt", "sub/c.md"]
    assert left == ("notes.xlsx: of a kind that is not read",)


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="in this folder"):
        find_pages(tmp_path)


def test_no_path_of_this_machine_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "event" / "post.txt"
    file.parent.mkdir()
    file.write_text(LEDE, "utf-8")
    (article,) = load([str(tmp_path)]).articles
    assert article.path == "event/post.txt"
    assert str(tmp_path) not in repr(article)


def test_one_text_of_two_outlets_is_two_articles(tmp_path: Path) -> None:
    file = tmp_path / "post.txt"
    file.write_text(LEDE, "utf-8")
    left = article_from(read_path(file, outlet="Skerrow Post"))
    right = article_from(read_path(file, outlet="Harbour Echo"))
    assert left.id != right.id
    assert left.digest == right.digest


def test_the_name_of_the_file_stands_in_for_an_outlet_nobody_names(tmp_path: Path) -> None:
    file = tmp_path / "the_skerrow-post.txt"
    file.write_text(LEDE, "utf-8")
    article = article_from(read_path(file))
    assert article.outlet == "The Skerrow Post"
    assert [p.origin for p in article.provenance if p.field == "outlet"] == ["file name"]


def test_front_matter_gives_metadata_and_is_no_article_text(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    fields = "title: Ferry aground\nsource: Skerrow Post\ndate: 2025-03-06\nauthor: Ines Calloway"
    head = f"---\n{fields}\nurl: https://post.example/a\n---\n"
    file.write_text(f"{head}\n{LEDE}\n", "utf-8")
    article = article_from(read_path(file))
    assert (article.outlet, article.title, article.published) == ("Skerrow Post", "Ferry aground", "2025-03-06")
    assert (article.bylines, article.url) == (("Ines Calloway",), "https://post.example/a")
    assert article.main_text == LEDE


def test_markup_on_standard_input_is_recognised() -> None:
    data = f"<!DOCTYPE html><html><body><p>{LEDE}</p></body></html>".encode()
    assert [article.text for article in load("-", piped=data).articles] == [LEDE]


def test_text_on_standard_input_stays_text() -> None:
    assert [article.text for article in load("-", piped=LEDE.encode()).articles] == [LEDE]


def test_html_of_scripts_alone_is_refused_with_advice(tmp_path: Path) -> None:
    file = tmp_path / "app.html"
    file.write_text("<html><body><script>start()</script></body></html>", "utf-8")
    with pytest.raises(UnreadableInputError, match="shows no text without its scripts"):
        read_path(file)


def test_linked_data_names_headline_outlet_day_and_authors(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    data = (
        '{"@type": "NewsArticle", "headline": "Ferry aground", "datePublished": "2025-03-06T14:02:11+03:00",'
        ' "author": [{"name": "Ines Calloway"}], "publisher": {"name": "Skerrow Post"}}'
    )
    file.write_text(f'<script type="application/ld+json">{data}</script><p>{LEDE}</p>', "utf-8")
    article = article_from(read_path(file))
    assert (article.outlet, article.published) == ("Skerrow Post", "2025-03-06T14:02+03:00")
    assert article.bylines == ("Ines Calloway",)
    assert {p.origin for p in article.provenance if p.field != "language"} == {"json-ld"}


@pytest.mark.parametrize("address", ["post.example/a", "https://", "http://[", "http://post .example"])
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="not a web address"):
        read_url(address)


def test_an_address_that_cannot_be_reached_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trafilatura.downloads.fetch_response", lambda *_args, **_kwargs: None)
    with pytest.raises(UnreadableInputError, match="Check the connection"):
        read_url("https://post.example/a")


def test_a_turkish_page_is_told_by_its_words(tmp_path: Path) -> None:
    file = tmp_path / "t.txt"
    text = "Feribot cuma akşamı kıyıya oturdu ve 140 yolcu için büyük bir kurtarma çalışması başladı. Yetkililer, bu"
    file.write_text(
        f"{text} olay ile ilgili olarak daha sonra bir açıklama yapılacak, ancak yaralanan olmadığını dedi.", "utf-8"
    )
    assert article_from(read_path(file)).language == "tr"
