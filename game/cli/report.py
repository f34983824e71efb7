"""report: a page of HTML for a recorded game or for a finished batch."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.cli.commands import FINE, check_target, make_parser
from game.cli.verify import add_scenario_option
from game.core.errors import fail


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser("report", "Write the report of a recorded game, or of a finished batch: one HTML page that needs no network.")
    p.add_argument("what", type=Path, metavar="REPLAY|DIR", help="a replay or saved game, or the folder of a batch")
    p.add_argument(
        "--out", type=Path, metavar="FILE.html", help="file to write (default: report.html in the folder, or beside the replay)"
    )
    add_scenario_option(p)
    return p


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    check_target(args.out)
    path = _batch(args) if args.what.is_dir() else _game(args)
    print(f"written: {path}")
    return FINE


def _batch(args: argparse.Namespace) -> Path:
    from game.core.files import write_whole
    from game.lab.batch_report import write_batch_report
    from game.lab.runfolder import Plan, load_rows
    from game.lab.summary import good_rows

    card, rows = load_rows(args.what)
    if not good_rows(rows):
        raise fail("run_folder", "no game of the batch came to its end, so there is nothing to report", str(args.what))
    source = args.scenario or card["source"]
    overrides = tuple(sorted(card["set"].items()))
    plan = Plan(source, (rows[0]["seed"], rows[-1]["seed"]), tuple(card["players"]), overrides, bool(card["check"]))
    if plan.card()["digest"] != card["digest"]:
        raise fail(
            "run_folder",
            "the scenario has changed since these games were played",
            str(args.what),
            hint="play them again: ichigo batch",
        )
    path = write_batch_report(plan, args.what, rows)
    if args.out and args.out.resolve() != path.resolve():
        write_whole(args.out, path.read_bytes())
        return Path(args.out)
    return path


def _game(args: argparse.Namespace) -> Path:
    from game.lab.report import write_report
    from game.play.replay import read_replay
    from game.play.rerun import resume, scenario_of

    replay = read_replay(args.what)
    session = resume(replay, scenario_of(replay, args.scenario or ""))
    path: Path = args.out or args.what.with_suffix(".html")
    check_target(path)
    write_report(session, replay.players, path)
    return path
