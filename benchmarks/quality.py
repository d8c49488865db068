"""Score the package on the benchmark data, whole or a task at a time, through its public API.

    COMPARER_DATA=FOLDER python benchmarks/quality.py [TASK]

FOLDER holds `bench/score.py` with its data. The texts belong to their publishers, so none of it is part of this
project; every figure of quality in the documentation is one that this command printed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Run the scorer and return its status."""
    folder = os.environ.get("COMPARER_DATA")
    scorer = Path(folder, "bench", "score.py") if folder else None
    if scorer is None or not scorer.exists():
        sys.stderr.write("no benchmark data: set COMPARER_DATA to the folder that holds bench/score.py\n")
        return 3
    task = sys.argv[1] if len(sys.argv) > 1 else "all"
    return subprocess.run([sys.executable, str(scorer), task], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
