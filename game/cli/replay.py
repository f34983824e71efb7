"""replay: watch a recorded game in the window, or write it as a page for the browser or a moving picture."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.cli.commands import FINE, check_target, make_parser, whole
from game.core.errors import fail

EXAMPLES = """examples:
  ichigo replay game.ichigo                       watch it in the window
  ichigo replay game.ichigo --html game.html      a page for the browser; needs no network and no display
  ichigo replay game.ichigo --gif game.gif --fog china --width 700
"""


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    text = "Watch a recorded game in a window: play, pause, step, jump to any turn. Or export it; that needs no display."
    p = make_parser("replay", text, EXAMPLES)
    p.add_argument("file", type=Path, metavar="FILE", help="a replay, as written by run --replay, or a saved game")
    p.add_argument("--html", type=Path, metavar="OUT.html", help="write a page for the browser that holds everything itself")
    p.add_argument("--gif", type=Path, metavar="OUT.gif", help="write a moving picture (needs the library Pillow)")
    p.add_argument("--fog", choices=("none", "japan", "china"), default="none", help="export what this side sees (default none)")
    p.add_argument("--step", choices=("turn", "phase"), default="turn", help="one picture for each turn or phase (default turn)")
    p.add_argument("--width", type=whole(320, 2400, "a width"), default=0, metavar="N", help="width of the map in an export [px]")
    p.add_argument("--lang", choices=("en", "zh"), default="", help="language (default: as in the settings)")
    return p


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    from game.cli.verify import open_replay

    for path in (args.html, args.gif):
        check_target(path)
    if args.html and args.gif and args.html.resolve() == args.gif.resolve():
        raise fail("io", "both exports would have the same name", str(args.gif), hint="give two different files")
    replay, scenario = open_replay(args.file, None)
    if args.html or args.gif:
        from game.ui.export import export
        from game.ui.settings import load_settings

        lang = args.lang or load_settings()[0].lang or "en"
        targets = {"html": args.html, "gif": args.gif}
        for path, size in export(replay, scenario, targets, args.fog, lang, args.step, args.width, print):
            print(f"written: {path} ({size:,} bytes)")
        return FINE
    from game.ui.app import App

    App(args.lang).run(replay=args.file)
    return FINE
