"""verify: play a replay's orders again and name the first turn whose state is not as recorded."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from game.cli.commands import FAILED, FINE, make_parser

if TYPE_CHECKING:
    from game.model.scenario import Scenario
    from game.play.replay import Replay


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser(
        "verify", "Play a replay's orders again (without the computer players) and compare the state after every phase."
    )
    p.add_argument("file", type=Path, metavar="FILE", help="a replay, as written by run --replay")
    add_scenario_option(p)
    return p


def add_scenario_option(p: argparse.ArgumentParser) -> None:
    """Add the option for replays of scenarios that do not come with the game."""
    p.add_argument("--scenario", metavar="SCENARIO", help="folder of the scenario, when it is none of the game's own")


def open_replay(file: Path, scenario: str | None) -> tuple[Replay, Scenario]:
    """Return a replay and its scenario; raises DataError when the scenario is missing or is another version."""
    from game.play.replay import read_replay
    from game.play.rerun import scenario_of

    replay = read_replay(file)
    return replay, scenario_of(replay, scenario or "")


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    from game import __version__
    from game.play.rerun import verify

    replay, scenario = open_replay(args.file, args.scenario)
    difference = verify(replay, scenario)
    if difference is None:
        phases = len(replay.phases)
        what = f"{scenario.id}, seed {replay.seed}, {replay.turns} turns, {phases} phases"
        print(f"{args.file}: {what}: every state is as recorded; digest {replay.whole}")
        return FINE
    place = f"{args.file}:{difference.line}:1" if difference.line else str(args.file)
    other = "" if replay.version == __version__ else f" (it was written by version {replay.version}, this is {__version__})"
    print(f"{place}: differs: first difference in {difference}{other}")
    return FAILED
