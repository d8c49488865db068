"""Sort first names by the gender of most who bear them, and write comparer/resources/en/first_names.toml.

    python training/first_names.py CENSUS_FOLDER     the folder that holds dist.female.first and dist.male.first

Input: the name lists of the United States census of 1990 (public domain). Kept are names that one gender bears twenty
times as often as the other and that at least 6 in 100,000 bear. Two runs write the same bytes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

OUT = Path(__file__).parent.parent / "comparer" / "resources" / "en" / "first_names.toml"
SURE = 20  # times as often as by the other gender
FEWEST = 0.006  # per cent of a gender
HEAD = """\
# First names that nearly all bearers share a gender with, for pronouns and for measuring whether people of one gender
# are found more often. Names of the United States in 1990; most names of the world are on neither list.
"""
GROUP = """
[groups.{name}]
source = "United States Census Bureau, frequently occurring names, 1990"
licence = "public domain"
flags = "{flags}"
spares = "{spares}"
entries = {entries}
"""


def main(folder: Path) -> None:
    """Read the lists and write the names."""
    women, men = (_shares(folder / f"dist.{gender}.first") for gender in ("female", "male"))
    OUT.write_text(
        HEAD
        + GROUP.format(
            name="women", flags="Margaret Obi said she would stand.", spares="Leslie Obi said it was late.",
            entries=_names(women, men),
        )
        + GROUP.format(
            name="men", flags="Daniel Obi said he would stand.", spares="Leslie Obi said it was late.",
            entries=_names(men, women),
        ),
        encoding="utf-8",
    )  # fmt: skip


def _shares(path: Path) -> dict[str, float]:
    lines = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    return {name.lower(): float(share) for name, share, *_ in lines}


def _names(own: dict[str, float], other: dict[str, float]) -> str:
    kept = sorted(name for name, share in own.items() if share >= FEWEST and share > SURE * other.get(name, 0.0))
    return json.dumps(kept)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
