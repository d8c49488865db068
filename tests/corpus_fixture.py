"""Make small corpora: invented reports on invented harbours, and what stands in a folder of datasets."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from comparer.corpus import store
from comparer.corpus.engine import Engine
from comparer.corpus.run import Status, run
from comparer.model import Config

STORIES = (
    (
        "Crane drops crates at Skerrow harbour",
        "The harbour board of Skerrow shut the ferry quay on Friday after {n} crates fell from a crane.",
        '"We {modal} not reopen the quay before Monday," harbour master Ada Brook said.',
        "Divers searched the basin for the crates until dusk, and 340 ferry passengers waited at the terminal.",
    ),
    (
        "Veldorf dam leaks after heavy rain",
        "Engineers found {n} cracks in the earth dam above Veldorf, and the valley below it was evacuated.",
        '"The spillway {modal} hold through the night," said engineer Tomas Lindqvist, who inspected the reservoir.',
        "Villagers were taken to a sports hall by bus while pumps lowered the water level.",
    ),
    (
        "Aldmouth nurses strike over night shifts",
        "Some {n} nurses at Aldmouth hospital walked out at dawn in a dispute about pay for night shifts.",
        '"Surgery {modal} be postponed until the union signs," said hospital director Mira Corrado.',
        "Emergency wards stayed open, and patients with appointments were told to telephone first.",
    ),
    (
        "Museum in Norsund misses painting",
        "A landscape painting insured for {n} million crowns has disappeared from the museum of art in Norsund.",
        '"The thief {modal} have come through the roof," curator Jonas Ekholm told detectives.',
        "The gallery had been closed for repairs of its alarm, and guards noticed the empty frame in the morning.",
    ),
    (
        "Wildfire burns pine forest near Brevik",
        "A wildfire has burnt {n} hectares of pine forest near Brevik since lightning struck a ridge.",
        '"The wind {modal} turn towards the campsite," fire chief Lena Holub said.',
        "Two aircraft dropped water on the flames, and smoke drifted over the motorway.",
    ),
    (
        "Farrow votes on tram line",
        "The council of Farrow voted {n} to 9 for a tram line that links the station with the university.",
        '"Tracks {modal} be laid by next summer," mayor Peter Gansey said after the session.',
        "Shopkeepers on the market square fear that building work keeps customers away.",
    ),
)
OUTLETS = ("Kilnwood News", "Harbour Gazette", "Elm Quay Courier")
PROMOTION = "Get the Kilnwood News app and subscribe to our newsletter today."
UNNAMED = "A person who asked not to be named said that more would be known in the morning."


def report(story: int, day: int, outlet: int) -> dict[str, str]:
    """Return one outlet's report of an event; the second prints another figure, the third another strength."""
    further = (PROMOTION, "", UNNAMED)[outlet]
    told = {"n": 14 if outlet == 1 else 12, "modal": "will" if outlet == 2 else "may"}
    title, *lines = (line.format_map(told) for line in (*STORIES[story], further) if line)
    url = f"https://{OUTLETS[outlet].replace(' ', '').lower()}.example/{story}"
    text = "\n\n".join((title, *lines))
    return {"outlet": OUTLETS[outlet], "url": url, "published": f"2026-03-{day:02d}", "title": title, "text": text}


def reports() -> list[dict[str, str]]:
    """Return three reports of an event each third day, the last of them a day later."""
    return [report(story, 2 + 3 * story + (k == 2), k) for story in range(len(STORIES)) for k in range(3)]


def written(folder: Path, rows: Iterable[dict[str, str]], name: str = "wire.jsonl") -> Path:
    """Write records as JSON Lines and return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder / name


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody how far a run is."""
    del stage, done, total


def made(source: Path, out: Path, *, jobs: int = 1, scheduler: str = "") -> Status:
    """Run a corpus without the small models."""
    return run(source, out, Engine(silent, jobs, scheduler), config=Config(fast=True))


def made_with_steps(source: Path, out: Path, seen: list[str]) -> None:
    """Run a corpus and note how far it says it is."""
    engine = Engine(lambda stage, done, total: seen.append(f"{stage} {done} of {total}"))
    run(source, out, engine, config=Config(fast=True))


def contents(out: Path) -> dict[str, bytes]:
    """Return every file of a corpus but what is under way, by its name."""
    files = (file for file in sorted(out.rglob("*")) if file.is_file() and store.WORK not in file.parts)
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in files}
