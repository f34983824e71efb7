"""run: one game between computer players, turn by turn, then the report."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from game.ai.registry import make_player, player_names
from game.cli.commands import FINE, check_target, make_parser, print_json, seed_number

if TYPE_CHECKING:
    from game.play.chronicle import Chronicle
    from game.play.session import Session


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser("run", "Play one game between computer players and show its result.")
    players = ", ".join(player_names())
    p.add_argument("scenario", metavar="SCENARIO", help="id, folder or scenario.yaml")
    p.add_argument("--seed", type=seed_number, default=1, metavar="N", help="number that fixes all chance (default 1)")
    p.add_argument("--japan", default="staff", metavar="AI", help=f"computer player of Japan: {players} (default staff)")
    p.add_argument("--china", default="staff", metavar="AI", help=f"computer player of China: {players} (default staff)")
    p.add_argument(
        "--set", action="append", default=[], metavar="PATH=VALUE", help="change a value of the rules, such as combat.noise=350"
    )
    p.add_argument("--replay", type=Path, metavar="FILE", help="write the game's orders and state hashes to a file")
    p.add_argument("--report", type=Path, metavar="FILE.html", help="write an illustrated report")
    p.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    return p


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    from game.play.session import Session
    from game.scenario.load import load_scenario

    check_target(args.replay)
    check_target(args.report)
    names = (args.japan, args.china)
    players = make_player(names[0]), make_player(names[1])
    scenario = load_scenario(args.scenario)
    if args.set:
        from game.lab.params import read_overrides

        scenario = load_scenario(args.scenario, dict(read_overrides(args.set, scenario.rules)))
    begun = time.process_time()
    session = Session(scenario, args.seed)
    watchers: list[Callable[[Session], None]] = []
    if not args.json:
        from game.cli.progress import Progress

        watchers.append(Progress(session, names).after)
    chronicle = _chronicle() if args.report else None
    if chronicle:
        watchers.append(chronicle.after)

    def after(session: Session) -> None:
        for watch in watchers:
            watch(session)

    session.play(players, after)
    seconds = time.process_time() - begun
    _write(args, session, names, chronicle)
    _show(args, session, names, seconds)
    return FINE


def _chronicle() -> Chronicle:
    from game.play.chronicle import Chronicle

    return Chronicle()


def _write(args: argparse.Namespace, session: Session, names: tuple[str, str], chronicle: Chronicle | None) -> None:
    if args.replay:
        from game.play.replay import write_replay

        write_replay(session, names, args.replay)
    if args.report:
        from game.lab.report import write_report

        write_report(session, names, args.report, chronicle)


def _show(args: argparse.Namespace, session: Session, names: tuple[str, str], seconds: float) -> None:
    from game.play.stats import summary

    result = summary(session, names, seconds)
    if args.json:
        print_json(result)
        return
    from game.cli.progress import show_result

    show_result(session, result)
    for path in (args.replay, args.report):
        if path:
            print(f"written: {path}")
