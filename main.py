"""Start the game from a checkout: `python main.py` does what the installed command `ichigo` does."""

from __future__ import annotations

import sys


def start() -> int:
    """Hand the command line to the game and return its exit code."""
    try:
        from game.cli.main import main
    except ModuleNotFoundError as error:
        if (error.name or "game").partition(".")[0] == "game":
            raise
        print(
            f"{error.name} is not installed in this Python; `make play` sets up all that the game needs, or: pip install .",
            file=sys.stderr,
        )
        return 1
    return main()


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - this file may be started with any Python
        sys.exit("Ichi-Go 1944 needs Python 3.11 or newer.")
    sys.exit(start())
