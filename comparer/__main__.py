"""Let `python -m comparer` do what the command `comparer` does."""

from comparer.cli import main

if __name__ == "__main__":
    main()
