"""shot: pictures of the window's main screens, made without a display."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.cli.commands import FINE, make_parser, whole
from game.core.errors import fail


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser("shot", "Make pictures of the window's main screens. No display is needed.")
    p.add_argument("folder", type=Path, metavar="FOLDER", help="where the pictures are written")
    p.add_argument("--scenario", default="henan", metavar="SCENARIO", help="id, folder or scenario.yaml (default henan)")
    p.add_argument("--lang", choices=("en", "zh", "both"), default="both", help="language of the window (default both)")
    p.add_argument("--width", type=whole(1000, 4000, "a width"), default=1600, metavar="N", help="width of the window [px]")
    p.add_argument("--height", type=whole(620, 3000, "a height"), default=900, metavar="N", help="height of the window [px]")
    p.add_argument("--text-size", type=int, choices=(100, 115, 130), default=100, help="size of text [percent] (default 100)")
    p.add_argument("--manual", action="store_true", help="only the pictures of the manual and the read-me, under their names there")
    return p


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    from game.ui.shots import make_shots

    if not args.folder.is_dir():
        raise fail("io", "no such folder to write to", str(args.folder))
    langs = ("en", "zh") if args.lang == "both" else (args.lang,)
    make_shots(
        args.folder, args.scenario, langs, (args.width, args.height), lambda path: print(f"written: {path}", flush=True),
        args.manual, args.text_size / 100,
    )  # fmt: skip
    return FINE
