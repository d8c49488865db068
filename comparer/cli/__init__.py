"""The command line: arguments in, exit statuses out. The only folder that prints.

Exit statuses: 0 done, 2 wrong usage, 3 unreadable input, 4 our fault. Findings are not failures. Where some files of
many cannot be read, the rest is done, each is named on standard error, and the status is 3.
"""

from comparer.cli.app import app
from comparer.cli.run import main

__all__ = ["app", "main"]
