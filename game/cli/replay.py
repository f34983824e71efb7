"""replay: watch a recorded game in the window."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.cli.commands import FINE, make_parser


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser("replay", "Watch a recorded game in a window: play, pause, step, jump to any turn.")
    p.add_argument("file", type=Path, metavar="FILE", help="a replay, as written by run --replay, or a saved game")
    p.add_argument("--lang", choices=("en", "zh"), default="en", help="language of the window (default en)")
    return p


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    from game.cli.verify import open_replay
    from game.ui.app import App

    open_replay(args.file, None)
    App(args.lang).run(replay=args.file)
    return FINE
