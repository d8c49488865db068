"""What repeats among an outlet's pages is furniture; what two of its reports share is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import comparer
from comparer.errors import UnreadableInputError, UsageError
from comparer.exporting.files import site_json
from comparer.inputs import learn, load
from comparer.model import SiteProfile
from comparer.reading.user_files import read_site

REPORTS = (
    (
        "A ferry with 140 people aboard ran aground off Skerrow on Friday evening, the coastguard said.\n"
        "The passengers were taken off by two lifeboats before midnight, and most slept in the school."
    ),
    (
        "The bakery on Mill Lane burnt to the ground early on Monday, and the street stayed closed until noon.\n"
        "Firefighters from three towns pumped water from the canal, and the owner thanked them with coffee."
    ),
    (
        "Snow closed two schools in the upper valley on Wednesday, the council announced after sunrise.\n"
        "Buses ran late all morning, and farmers cleared several roads with their own tractors, residents wrote."
    ),
    (
        "Voters in Thornby rejected a new swimming pool by a margin of eleven ballots, officials counted twice.\n"
        "Opponents argued about rising taxes, while supporters pointed at children who learn nothing of water."
    ),
)
MASTHEAD = "Harbour light, morning tide"
BLURB = "Tea towels with our lighthouse are back in stock at the harbour kiosk every market day this month."
SHARED = "Skerrow lies forty miles from the mainland and has been served by a single ferry since 1962, records show."


def page(report: str, *, extra: str = "", title: str = "") -> str:
    return f"Home | Boats | Weather\n{MASTHEAD}\n\n{title}\n\n{report}\n{extra}\n\n{BLURB}\n© 2025 Skerrow Printers\n"


def site_of(texts: list[str]) -> SiteProfile:
    return comparer.learn_site([comparer.read_text(text, outlet="Skerrow Post") for text in texts])


def reasons(text: str, site: SiteProfile) -> dict[str, tuple[bool, str]]:
    return {b.span.of(text): (b.kept, b.reason) for b in comparer.clean(text, site=site)}


def test_a_line_on_every_page_is_dropped_and_says_on_how_many() -> None:
    text = page(REPORTS[0])
    kept, reason = reasons(text, site_of([page(r) for r in REPORTS]))[MASTHEAD]
    assert not kept
    assert reason.endswith("on 4 of 4 pages of this outlet")


def test_a_blurb_in_four_different_reports_is_dropped() -> None:
    text = page(REPORTS[0])
    assert reasons(text, site_of([page(r) for r in REPORTS]))[BLURB][0] is False


def test_the_reports_own_sentences_stay() -> None:
    site = site_of([page(r) for r in REPORTS])
    assert all(reasons(page(r), site)[line][0] for r in REPORTS for line in r.split("\n"))


def test_a_paragraph_of_background_in_three_reports_of_one_story_stays() -> None:
    follow_ups = [
        f"{REPORTS[0]}\nThe ferry was pulled off the rocks on {day}, and divers looked at its hull in the harbour."
        for day in ("Saturday", "Sunday", "Monday")
    ]
    texts = [page(text, extra=SHARED) for text in follow_ups]
    assert reasons(texts[0], site_of(texts))[SHARED][0] is True


def test_a_quotation_that_three_reports_print_stays() -> None:
    quoted = "“Nobody was hurt, and the hull looks sound,” said Maud Farrant, who commands the station there."
    texts = [page(r, extra=quoted) for r in REPORTS[:3]] + [page(REPORTS[3])]
    assert reasons(texts[0], site_of(texts))[quoted][0] is True


def test_a_headline_that_other_pages_link_stays_the_headline_of_its_own() -> None:
    headline = "Ferry with 140 aboard runs aground off Skerrow"
    linking = [f"{page(r)}\nRelated\n\n{headline}\n" for r in REPORTS[1:]]
    own = page(REPORTS[0], title=headline)
    site = site_of([own, *linking])
    assert reasons(own, site)[headline][0] is True
    assert reasons(linking[0], site)[headline][0] is False


def test_figures_and_days_do_not_hide_that_a_line_repeats() -> None:
    days = ("3 May 2025", "14 June 2025", "1 July 2025", "30 August 2025")
    texts = [page(r, extra=f"Tide tables for {d}") for r, d in zip(REPORTS, days, strict=True)]
    assert reasons(texts[1], site_of(texts))["Tide tables for 14 June 2025"][0] is False


def test_one_page_saved_three_times_shows_nothing() -> None:
    with pytest.raises(ValueError, match="1 different pages are too few"):
        site_of([page(REPORTS[0])] * 3)


def test_pages_of_several_outlets_are_refused() -> None:
    mixed = [comparer.read_text(page(r), outlet=f"Outlet {n}") for n, r in enumerate(REPORTS)]
    with pytest.raises(ValueError, match="name 4 outlets"):
        comparer.learn_site(mixed)


def test_a_profile_comes_back_from_its_file_the_same(tmp_path: Path) -> None:
    site = site_of([page(r) for r in REPORTS])
    file = tmp_path / "post.site.json"
    file.write_text(site_json(site), "utf-8")
    assert read_site(file) == site
    assert json.loads(file.read_text("utf-8"))["outlet"] == "Skerrow Post"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("{", "is no JSON"),
        ("[]", "holds no JSON object"),
        ('{"format": "comparer"}', "not 'comparer site profile'"),
        ('{"format": "comparer site profile", "format_version": 1, "outlet": "P"}', "lacks or garbles"),
        (
            '{"format": "comparer site profile", "format_version": 1, "outlet": "P", "pages": 3, "lines": [{}]}',
            "garbles the line",
        ),
    ],
)
def test_a_file_that_is_no_profile_is_refused_by_name(tmp_path: Path, written: str, says: str) -> None:
    file = tmp_path / "post.site.json"
    file.write_text(written, "utf-8")
    with pytest.raises(UnreadableInputError, match=says):
        read_site(file)


def test_a_profile_is_used_on_pages_of_its_outlet_alone(tmp_path: Path) -> None:
    (tmp_path / "skerrow_post.txt").write_text(page(REPORTS[0]), "utf-8")
    (tmp_path / "valley_echo.txt").write_text(f"{REPORTS[1]}\n\n{BLURB}\n", "utf-8")
    found = load([str(tmp_path)], sites=[site_of([page(r) for r in REPORTS])]).articles
    assert [BLURB in a.main_text for a in found] == [False, True]


def test_a_profile_that_fits_no_page_is_named(tmp_path: Path) -> None:
    (tmp_path / "valley_echo.txt").write_text(REPORTS[1], "utf-8")
    found = load([str(tmp_path)], sites=[site_of([page(r) for r in REPORTS])])
    assert found.notes == ("the site profile of Skerrow Post fits none of the pages",)


def test_too_few_pages_on_the_command_line_are_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="give 3 or more"):
        learn([comparer.read_text(REPORTS[0])], tmp_path / "x.site.json")


@pytest.mark.slow
def test_the_command_line_learns_a_profile_and_uses_it(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for n, report in enumerate(REPORTS):
        (pages / f"{n}.txt").write_text(page(report), "utf-8")
    site = tmp_path / "post.site.json"

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "comparer", "flag", *map(str, arguments)]
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        return subprocess.run(command, capture_output=True, check=True, env=environment)

    learnt = run(pages, "--learn-site", site, "--outlet", "Skerrow Post")
    flagged = run(pages / "0.txt", "--site", site, "--json")

    assert b"4 pages of Skerrow Post" in learnt.stdout
    assert "of 4 pages of this outlet" in json.loads(flagged.stdout)[0]["blocks"][1]["reason"]
