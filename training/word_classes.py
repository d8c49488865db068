"""Sort English words by part of speech and meaning, and write comparer/resources/word_classes.json.

    python training/word_classes.py WORDNET_FOLDER     the folder of WordNet 3.0's files (index.verb, data.verb ...)

Input: WordNet 3.0. Output: words by likely part of speech, by the lexicographer file of their first sense as a verb and
as a noun, and irregular forms. Kept are verbs, nouns for people, groups and messages, and words that occur in WordNet's
tagged texts. Two runs write the same bytes.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

OUT = Path(__file__).parent.parent / "comparer" / "resources" / "word_classes.json"
# Lexicographer files by number, as lexnames(5WN) lists them; unlisted ones share a letter.
VERBS = {31: "cog", 32: "com", 33: "cpt", 36: "cre", 37: "emo", 38: "mot", 39: "per", 40: "pos", 41: "soc", 42: "sta"}
NOUNS = {4: "A", 6: "O", 7: "S", 9: "K", 10: "M", 11: "E", 12: "F", 14: "G", 15: "L", 18: "P", 26: "S", 28: "T"}
PARTS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
WANTED_NOUNS = frozenset("PMG")
SURE = 0.9  # share of tagged occurrences that makes a part of speech near certain


def main(folder: Path) -> None:
    """Read WordNet and write the classes."""
    senses = {part: dict(_senses(folder, name)) for part, name in FILES.items()}
    counts = _counts(folder)
    found: dict[str, dict[str, list[str]]] = {t: defaultdict(list) for t in ("part", "verb", "noun", "irregular")}
    for word in sorted(set().union(*senses.values())):
        files = senses["v"].get(word)
        noun = _noun(senses["n"].get(word))
        if not (files or noun in WANTED_NOUNS or sum(counts[word].values())):
            continue
        found["part"][_part(counts[word], [p for p in FILES if word in senses[p]])].append(word)
        if files:
            found["verb"][VERBS.get(files[0], "v") + ("c" if 32 in files[:4] else "")].append(word)
        if noun:
            found["noun"][noun].append(word)
    for form, base in sorted(_irregular(folder)):
        found["irregular"][base].append(form)
    record = {t: {k: " ".join(words) for k, words in sorted(table.items())} for t, table in found.items()}
    OUT.write_text(json.dumps(record, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print({t: sum(len(w) for w in table.values()) for t, table in found.items()}, OUT.stat().st_size, "bytes")


def _noun(files: list[int] | None) -> str:
    return NOUNS.get(files[0], "n") if files else ""


def _part(counts: Counter[str], parts: list[str]) -> str:
    total = sum(counts.values())
    if not total:
        return parts[0] if len(parts) == 1 else "?"
    best = max(parts, key=lambda p: counts[p])
    return best + ("!" if counts[best] > SURE * total else "")


def _senses(folder: Path, name: str) -> Iterator[tuple[str, list[int]]]:
    """Yield each single word with the lexicographer files of its senses, commonest first."""
    files = {}
    for line in _lines(folder / f"data.{name}"):
        offset, number, *_ = line.split(" ", 3)
        files[offset] = int(number)
    for line in _lines(folder / f"index.{name}"):
        word, _, _, pointers, *rest = line.split()
        if word.isalpha():
            yield word, [files[offset] for offset in rest[int(pointers) + 2 :]]


def _counts(folder: Path) -> defaultdict[str, Counter[str]]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in _lines(folder / "cntlist.rev"):
        key, _, count = line.split()
        word, _, sense = key.partition("%")
        counts[word][PARTS[sense[0]]] += int(count)
    return counts


def _irregular(folder: Path) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for name in ("noun", "verb"):
        for line in _lines(folder / f"{name}.exc"):
            form, base = line.split()[:2]
            if form.isalpha() and base.isalpha() and form not in seen:
                seen.add(form)
                yield form, base


def _lines(path: Path) -> Iterator[str]:
    return (line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("  "))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
