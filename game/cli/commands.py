"""What the commands share: their list, exit codes, and ways to read arguments and print."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from game.core.errors import fail

FINE, FAILED, INPUT, INTERRUPTED = 0, 1, 2, 130
PROGRAM = "ichigo"

# name -> (module, one line of help); a module is imported only when its command is run
COMMANDS: dict[str, tuple[str, str]] = {
    "play": ("game.cli.play", "play in a window"),
    "run": ("game.cli.run", "play one game between computer players and show its result"),
    "replay": ("game.cli.replay", "watch a recorded game in a window, or export it"),
    "verify": ("game.cli.verify", "play a replay's orders again and compare every state"),
    "explain": ("game.cli.explain", "say why: supply, odds, morale of a unit, hex or battle in a replay"),
    "validate": ("game.cli.validate", "check scenarios and list every problem"),
    "oob": ("game.cli.oob", "print the order of battle"),
    "map": ("game.cli.map", "build the map, or draw a picture of it"),
    "shot": ("game.cli.shot", "make pictures of the window's screens"),
    "batch": ("game.cli.batch", "play many games and keep their results in a folder"),
    "history": ("game.cli.history", "hold many games against the record of what happened"),
    "compare": ("game.cli.compare", "compare two scenarios, rules, values or players on the same seeds"),
    "branch": ("game.cli.branch", "play on from a moment of a replay, many times"),
    "sensitivity": ("game.cli.sensitivity", "find the values of the rules that matter"),
    "tune": ("game.cli.tune", "fit values of the rules to the record and write them back"),
    "report": ("game.cli.report", "write the report of a recorded game or of a batch"),
    "schema": ("game.cli.schema", "write the JSON Schemas of scenario and rules files"),
    "conform": ("game.cli.conform", "test a computer player of your own: orders, repeatability, fog, time"),
    "bench": ("game.cli.bench", "measure speed, memory, repeatability and the fit with history"),
}


def make_parser(command: str, text: str, examples: str = "") -> argparse.ArgumentParser:
    """Return the parser of a command."""
    return argparse.ArgumentParser(
        prog=f"{PROGRAM} {command}",
        description=text,
        epilog=examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def whole(low: int, high: int, what: str) -> Any:
    """Return an argument type: a whole number within bounds."""

    def read(text: str) -> int:
        if not text.isascii() or not text.removeprefix("-").isdigit() or not low <= int(text[:20]) <= high or len(text) > 20:
            raise argparse.ArgumentTypeError(f"expected {what}, a whole number from {low} to {high}, found {text[:40]!r}")
        return int(text)

    return read


seed_number = whole(0, 2**53, "a seed")


def print_json(value: object) -> None:
    """Print a value as one JSON document on stdout."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    print(json.dumps(value, ensure_ascii=encoding != "utf8", indent=2))


def check_target(path: Path | None) -> None:
    """Raise DataError before any work is done when a file cannot be written later."""
    if path is None:
        return
    if path.is_dir():
        raise fail("io", "cannot write: it is a folder", str(path), hint="give a file name")
    if path.exists() and not path.is_file():
        raise fail("io", "cannot write: it is no regular file", str(path), hint="give a file name")
    if not path.parent.is_dir():
        raise fail("io", f"cannot write: there is no folder {str(path.parent)!r}", str(path))
