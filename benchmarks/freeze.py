"""Write down what the package says of fixed texts, and compare two such records.

    python benchmarks/freeze.py write FOLDER [SET...] [--data DATA] [--jobs N]
    python benchmarks/freeze.py compare OLD NEW [--lines N]

Has a change of the code changed a decision? `write` makes a folder of readable dumps, a file per event, page or report
and a folder per set, with the SHA-256 of each in `digests.json`. DATA is the folder that holds `bench/dev` and `seeds`
(COMPARER_DATA, or `shared` beside the repository); sets whose data it lacks are named and left out. Versions and
digests of resources are not dumped, since moving a word list changes no decision. `compare` names every dump that
differs, with its first lines that do, and exits 1 where there is one.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby, islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DIGESTS = "digests.json"
Item = Mapping[str, Any]
Dumps = Iterator[tuple[str, str]]  # names without an ending, and the text of each dump


def compared(articles: Sequence[Any], *, one_event: bool) -> str:
    """Return the JSON of a comparison as lines, without what says how it was made."""
    import comparer

    said = json.loads(comparer.to_json(comparer.compare(articles, one_event=one_event)))
    for made in ("digest", "resources", "version"):
        said.pop(made, None)
    return json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True)


def blocks_of(text: str, blocks: Sequence[Any]) -> str:
    """Return a line per block: place, kind, probability, reason and the first words."""
    return "\n".join(
        f"{b.span.start}-{b.span.end} {b.kind} {b.probability:.4f} {b.reason} | {b.span.of(text)[:60]!r}"
        for b in blocks
    )


def folder_of_pages(folder: Path) -> Dumps:
    """Compare all pages of a folder, grouped as they are."""
    import comparer

    files = sorted(path for path in folder.rglob("*") if path.suffix in {".txt", ".md", ".html"})
    pages = [comparer.read(path) for path in files]
    yield "comparison", compared(pages, one_event=False)
    for path, page in zip(files, pages, strict=True):
        yield f"blocks-{path.stem}", blocks_of(page.text, page.blocks)


def planted(item: Item) -> Dumps:
    """Compare and clean the saved pages of an invented event."""
    import comparer

    pages = [comparer.read_text(page["text"], outlet=page["outlet"]) for page in item["pages"]]
    reporting = [page for page, given in zip(pages, item["pages"], strict=True) if given["grouped"]]
    yield item["event"], compared(reporting, one_event=True)
    yield f"{item['event']}-groups", compared(pages, one_event=False)
    for page in pages:
        yield f"{item['event']}-blocks-{page.outlet}", blocks_of(page.text, page.blocks)


def event(item: Item) -> Dumps:
    """Compare the outlets' reports of a real event."""
    import comparer

    pages = []
    for source in item["articles"]:
        starts = set(source.get("paragraphs") or range(len(source["sentences"])))
        said = [("\n\n" if k in starts else " ") + words for k, words in enumerate(source["sentences"])]
        text = f"{source.get('title') or ''}\n\n{''.join(said).lstrip()}\n"
        pages.append(comparer.read_text(text, outlet=source["outlet"], published=source.get("date")))
    yield item["id"], compared(pages, one_event=True)


def lines(item: Item) -> Dumps:
    """Type the lines of a page."""
    import comparer

    text = "\n".join(item["lines"]) + "\n"
    yield item["name"], blocks_of(text, comparer.clean(text))


def markup(item: Item) -> Dumps:
    """Read a page of HTML: what is kept, and its metadata."""
    import comparer

    article = comparer.clean_html(item["html"], url=item.get("url"))
    head = [
        article.title,
        article.published,
        [str(b) for b in article.bylines],
        article.agency,
        article.outlet,
        article.language,
    ]
    yield str(item["id"]), json.dumps(head, ensure_ascii=False) + "\n" + blocks_of(article.text, article.blocks)


def attributions(item: Item) -> Dumps:
    """Find the attributions of a report: sources, cues, contents, kinds."""
    import comparer

    said = comparer.find_attributions(item["text"])
    yield item["id"], "\n\n".join(str(one).replace("), ", "),\n  ") for one in said)


def by_page(rows: Sequence[Item]) -> list[Item]:
    """Join rows of single lines to pages."""
    return [
        {"name": doc, "lines": [row["line"] for row in own]} for doc, own in groupby(rows, key=lambda row: row["doc"])
    ]


def of_news(rows: Sequence[Item]) -> list[Item]:
    """Take the printed lines of typed pages."""
    return [{"name": row["name"], "lines": [line for line, _ in row["lines"]]} for row in rows]


SETS: dict[str, tuple[str, Callable[[Item], Dumps], Callable[[Sequence[Item]], Sequence[Item]]]] = {
    "compare_basil": ("compare_basil", event, list),
    "compare_ecb": ("compare_ecb", event, list),
    "planted": ("planted", planted, list),
    "planted2": ("planted2", planted, list),
    "attributions": ("attribution_dev_polnear", attributions, list),
    "pages_news": ("pages_news", lines, of_news),
    "lines_aeb": ("lines_aeb", lines, by_page),
    "lines_l3s": ("lines_l3s", lines, by_page),
    "html_aeb": ("html_aeb", markup, list),
    "html_wcxb": ("html_wcxb", markup, list),
    "html_fundus": ("html_fundus", markup, list),
}
"""What each set is made of: a file of `bench/dev`, what dumps one item of it, and what makes items of its rows."""
FOLDERS = ("articles", "seeds")


def tasks(names: Sequence[str], data: Path) -> Iterator[tuple[str, Item]]:
    """Yield the sets and items to dump; say which sets are left out for want of their data."""
    for name in names:
        place = ROOT / "articles" if name == "articles" else data / name
        if name in FOLDERS and place.is_dir():
            yield name, {"folder": place}
        elif name in SETS and (file := data / "bench" / "dev" / f"{SETS[name][0]}.jsonl.gz").is_file():
            with gzip.open(file, "rt", encoding="utf-8") as opened:
                yield from ((name, item) for item in SETS[name][2]([json.loads(line) for line in opened]))
        else:
            print(f"{name}: left out, its data is not in {data}", file=sys.stderr)


def dump(task: tuple[str, Item]) -> list[tuple[str, str]]:
    """Return the dumps of one item, named by their set; an error is dumped in its place."""
    name, item = task
    try:
        dumps = folder_of_pages(item["folder"]) if name in FOLDERS else SETS[name][1](item)
        return [(f"{name}/{part}".replace(" ", "_"), text) for part, text in dumps]
    except Exception as error:  # noqa: BLE001 - that an input raises is a decision to hold too
        place = str(item.get("id", item.get("event", item.get("name", "folder"))))
        return [(f"{name}/{place}-error", f"{type(error).__name__}: {error}")]


def write(folder: Path, names: Sequence[str], data: Path, jobs: int) -> None:
    """Dump the sets into a folder and write their digests last."""
    digests: dict[str, str] = {}
    with ProcessPoolExecutor(jobs) as pool:
        for dumps in pool.map(dump, tasks(names, data), chunksize=4):
            for name, text in dumps:
                path = folder / (f"{name[:150]}.txt")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text + "\n", encoding="utf-8", errors="surrogatepass")
                digests[name] = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    (folder / DIGESTS).write_text(json.dumps(dict(sorted(digests.items())), indent=1) + "\n", encoding="utf-8")
    whole = hashlib.sha256("".join(f"{k}{v}" for k, v in sorted(digests.items())).encode()).hexdigest()
    print(f"{len(digests)} dumps in {folder}, {whole[:16]}")


def compare(old: Path, new: Path, most: int) -> int:
    """Print what differs between two folders of dumps; return how many dumps do. Sets that one lacks are not judged."""
    before, after = (json.loads((folder / DIGESTS).read_text(encoding="utf-8")) for folder in (old, new))
    sets = {name.split("/")[0] for name in before} & {name.split("/")[0] for name in after}
    names = sorted(name for name in before.keys() | after.keys() if name.split("/")[0] in sets)
    differing = [name for name in names if before.get(name) != after.get(name)]
    for name in differing:
        print(f"== {name}")
        texts = [_lines(folder / f"{name[:150]}.txt") for folder in (old, new)]
        changes = (
            line for line in difflib.unified_diff(*texts, n=0, lineterm="") if line[:2] not in ("--", "++", "@@")
        )
        print("\n".join(line[:300] for line in islice(changes, most)))
    print(f"{len(differing)} of {len(names)} dumps differ ({', '.join(sorted(sets))})")
    return len(differing)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="surrogatepass").splitlines() if path.is_file() else []


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write")
    writing.add_argument("folder", type=Path)
    writing.add_argument("sets", nargs="*", help=f"some of: {' '.join((*FOLDERS, *SETS))}; all by default")
    writing.add_argument("--data", type=Path, default=Path(os.environ.get("COMPARER_DATA") or ROOT.parent / "shared"))
    writing.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    comparing = commands.add_parser("compare")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    comparing.add_argument("--lines", type=int, default=6, help="lines to show of each dump that differs")
    said = parser.parse_args()
    if said.command == "compare":
        return min(1, compare(said.old, said.new, said.lines))
    if unknown := sorted(set(said.sets) - {*FOLDERS, *SETS}):
        parser.error(f"no set is called {', '.join(unknown)}; there are {' '.join((*FOLDERS, *SETS))}")
    write(said.folder, said.sets or (*FOLDERS, *SETS), said.data, said.jobs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
