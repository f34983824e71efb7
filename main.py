"""Start the game from a checkout: `python main.py` does what the installed command `ichigo` does."""

from __future__ import annotations

import sys


def start() -> int:
    """Hand the command line to the game and return its exit code."""
    from game.cli.main import main

    return main()


if __name__ == "__main__":
    sys.exit(start())
