"""No bytes and no text end in an exception but the documented ones, name a place outside a text, or take without end.

A thousand generated pages in every run, ten thousand with `pytest -m nightly`; Hypothesis prints what fails.
"""

from __future__ import annotations

import json
import random
import time
from functools import cache
from pathlib import Path

import pytest
import report_fixture
from hypothesis import given, settings
from hypothesis import strategies as st

import comparer
from comparer.cleaning.article import article_from
from comparer.errors import ComparerError
from comparer.exporting.json import pretty, record_digest
from comparer.model import Article
from comparer.outputs import save, verify
from comparer.reading.formats import pages_in, read_path
from comparer.reading.user_files import read_events, read_review, read_site, read_word_list, review_from

pytestmark = pytest.mark.slow

MANY = settings(max_examples=150, deadline=None, derandomize=True, database=None)
FEW = settings(MANY, max_examples=40)
SECONDS = 2.0  # of processor time for a page, and a thousandth for each of its characters
PIECES = (
    "Mayor Ines Falk said on Tuesday that the bridge would close.", "“We may have to wait,” she told reporters.",
    "According to officials who asked not to be named, 14 per cent", "By Tom Arden", "(Reuters) - ", "Updated 10:30",
    "Subscribe to our newsletter",
    "© 2025 Skerrow Media.", "<p>", "</p>", "<script>", "<div hidden>", "<table><tr><td>",
    "&#x0;", "&amp;", "<!--", "-->",
     "---\ntitle: x\n---\n", "# ", "\n\n", "\r\n", "\u2028", "\x00", "\x1b[31m", "\u202e",
    "\ufeff", "e\u0301\u0302", "👩‍👩‍👧", "渡轮", "أغلق",
     "\ud800", "=1+1", "1,234.5 km", "£1.2m", "3 May 2025", '"', "‘", "…",
    "{{7*7}}", "</title><img src=x onerror=alert(1)>", "https://a.example/?q=1", "ſ", "ﬁ", "İ", "ß", " ",
)  # fmt: skip


def page(seed: int) -> str:
    """Make a page of pieces that break readers, the same for a seed."""
    chance = random.Random(seed)  # noqa: S311 - pages, no secrets
    kinds = chance.choices(PIECES, k=chance.randrange(1, 9))
    parts = [chance.choice(kinds) if chance.random() < 0.8 else chr(chance.randrange(1, 0xD000)) for _ in range(60)]
    return chance.choice(("", " ", "\n")).join(parts[: chance.randrange(1, 60)])


def broken(seed: int) -> str | None:
    """Return what is wrong with how a generated page is read, or None."""
    text, started = page(seed), time.process_time()
    try:
        if seed % 6:
            article = comparer.read_text(text, outlet="Echo")
        else:
            given_page = next(pages_in(text.encode("utf-8", "surrogatepass"), "page"))
            if isinstance(given_page, ComparerError):
                return None
            article = article_from(given_page)
        spans = [block.span for block in article.blocks]
        found = comparer.find_attributions(article.text)
        spans += [s for a in found for s in (a.source, a.cue, a.resolved_source, *a.content) if s is not None]
        spans += [marker.span for marker in comparer.find_markers(article.text)]
        if seed % 40 == 0:
            left_out = comparer.compare([article, _other()], one_event=True)
            if comparer.from_json(comparer.to_json(left_out)) != left_out:
                return f"seed {seed}: another comparison comes back"
            comparer.render_html(left_out)
    except ComparerError:
        return None
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return f"seed {seed}: {type(error).__name__}: {error}"
    if any(not 0 <= span.start < span.end <= len(article.text) for span in spans):
        return f"seed {seed}: a span outside the text"
    took = time.process_time() - started
    return f"seed {seed}: {took:.1f} s" if took > SECONDS + len(text) / 1000 else None


@cache
def _other() -> Article:
    return comparer.read_text("Mayor Falk said the bridge would close on 3 May.", outlet="Post")


def test_a_thousand_generated_pages_are_read() -> None:
    assert [wrong for seed in range(1_000) if (wrong := broken(seed))] == []


@pytest.mark.nightly
def test_ten_thousand_generated_pages_are_read() -> None:
    first = time.time_ns() % 10**9
    print("seeds from", first)  # noqa: T201 - to run them again
    assert [wrong for seed in range(first, first + 10_000) if (wrong := broken(seed))] == []


@MANY
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a", "a.html?id=1", "a.md", "a.pdf"]))
def test_any_bytes_are_a_page_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str) -> None:
    file = tmp_path_factory.mktemp("page") / name
    file.write_bytes(data)
    try:
        article_from(read_path(file))
    except ComparerError:
        return


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@cache
def record() -> str:
    return comparer.to_json(report_fixture.many(2))


@FEW
@given(st.integers(0), JSON)
def test_a_record_with_another_value_anywhere_is_refused_or_read(place: int, value: object) -> None:
    found = json.loads(record())
    places: list[tuple[object, object]] = []
    todo: list[object] = [found]
    while todo:
        one = todo.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        places += [(one, key) for key in keys]
        todo += [one[key] for key in keys]  # type: ignore[index]
    holder, key = places[place % len(places)]
    holder[key] = value  # type: ignore[index]
    try:
        written = pretty(found | {"digest": record_digest(found)})
    except ValueError:
        return  # no JSON holds it
    try:
        comparison = comparer.from_json(written.encode("utf-8", "surrogatepass"))
    except ComparerError:
        return
    comparer.render_html(comparison)


@FEW
@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_as_a_users_file_are_refused_with_a_message(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("user")
    for name in ("review.toml", "events.toml", "words.toml", "site.json", "comparison.json", "index.html"):
        (folder / name).write_bytes(data)
    for read in (
        lambda: read_review(folder),
        lambda: read_events(folder),
        lambda: read_word_list(folder / "words.toml"),
        lambda: read_site(folder / "site.json"),
        lambda: review_from(data, name="review.json"),
        lambda: verify(folder),
        lambda: comparer.from_json(data),
    ):
        try:
            read()
        except ComparerError:
            continue


def test_a_report_of_generated_pages_is_verified(tmp_path: Path) -> None:
    articles = [comparer.read_text(page(seed), outlet=f"Paper {seed}") for seed in range(0, 60, 5)]
    save(comparer.compare(articles), tmp_path, formats=("html", "json", "csv", "annotations"))
    assert verify(tmp_path).articles
