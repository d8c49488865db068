"""Count in how many pages each word stem stands, and write comparer/resources/background_idf.json.

    python training/background_idf.py DATA_FOLDER        the folder that holds train_lines_wcxb.jsonl.gz

Input: the content lines of WCXB article pages (CC BY 4.0). Output: stems that stand in at least 5 pages, with the
number of pages. No text goes out, and no stem that fewer pages share. Two runs write the same bytes.
"""

from __future__ import annotations

import collections
import gzip
import json
import sys
from pathlib import Path

from comparer.language.words import stem, words

OUT = Path(__file__).parent.parent / "comparer" / "resources" / "background_idf.json"
FLOOR = 5  # pages a stem must stand in: rarer ones could tell what a page says, and their counts are noise


def main(folder: Path) -> None:
    """Read the pages under `folder` and write the counts."""
    pages: dict[str, list[str]] = collections.defaultdict(list)
    with gzip.open(folder / "train_lines_wcxb.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            if line["label"] == "content":
                pages[line["doc"]].append(line["line"])
    counts: collections.Counter[str] = collections.Counter()
    for page in pages.values():
        counts.update({stem(t.form) for t in words("\n".join(page)) if t.form[0].isalpha()})
    by_count: dict[int, list[str]] = collections.defaultdict(list)
    for word, count in counts.items():
        if count >= FLOOR and " " not in word:
            by_count[count].append(word)
    kept = {str(count): " ".join(sorted(by_count[count])) for count in sorted(by_count)}
    OUT.write_text(json.dumps({"documents": len(pages), "stems_by_count": kept}, indent=0) + "\n", encoding="utf-8")
    print(f"{len(pages)} pages, {sum(map(len, by_count.values()))} stems, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
