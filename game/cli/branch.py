"""branch: play on from a moment of a recorded game, many times."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from game.ai.registry import make_player
from game.cli.batch import add_workers, failing, seeds
from game.cli.commands import FAILED, FINE, make_parser, print_json, whole
from game.cli.verify import add_scenario_option
from game.model.units import SIDES

if TYPE_CHECKING:
    from game.lab.branch import Fan

EXAMPLES = """The games go on with other dice. With --battle each is played twice, with that attack and without it: was it sound?
The battles of a turn are listed by: ichigo explain FILE --turn N

examples:
  ichigo branch game.ichigo --turn 10 --games 40
  ichigo branch game.ichigo --turn 10 --battle 2 --games 40"""


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser(
        "branch", "Play on from a moment of a recorded game: the fan of outcomes, and what an attack was worth.", EXAMPLES
    )
    p.add_argument("file", type=Path, metavar="REPLAY", help="a replay or a saved game")
    p.add_argument("--turn", type=whole(1, 2000, "a turn"), required=True, metavar="N", help="turn, from 1")
    p.add_argument("--side", choices=SIDES, help="whose orders come next (default: the side that moves first)")
    p.add_argument("--battle", type=whole(1, 10_000, "a battle"), default=0, metavar="K", help="attack of the turn, from 1")
    p.add_argument(
        "--games", type=whole(1, 100_000, "a number of games"), default=20, metavar="M", help="games each way (default 20)"
    )
    p.add_argument("--seeds", type=seeds, metavar="A-B", help="seeds of the dice from there on (default 1 to M)")
    p.add_argument("--japan", default="staff", metavar="AI", help="computer player of Japan (default staff)")
    p.add_argument("--china", default="staff", metavar="AI", help="computer player of China (default staff)")
    add_scenario_option(p)
    add_workers(p)
    p.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    return p


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    return failing(lambda: _run(args))


def _run(args: argparse.Namespace) -> int:
    from game.cli.tally import Tally
    from game.lab.branch import fan_of, fan_summary
    from game.lab.executor import executor_for
    from game.play.replay import read_replay
    from game.play.rerun import scenario_of

    for name in (args.japan, args.china):
        make_player(name)
    replay = read_replay(args.file)
    scenario = scenario_of(replay, args.scenario or "")
    side = SIDES.index(args.side) if args.side else scenario.calendar.first
    first, last = args.seeds or (1, args.games)
    games = (last - first + 1) * (2 if args.battle else 1)
    with executor_for(args.workers, args.cluster) as executor, Tally(games, quiet=args.json) as tally:
        fan = fan_of(
            replay, args.scenario or "", args.turn, side, args.battle, last - first + 1, first, (args.japan, args.china), executor,
            lambda done: tally.add([done.row]),
        )  # fmt: skip
    if args.json:
        print_json(fan_summary(fan))
    else:
        _show(fan)
    return FAILED if any("error" in row for row in (*fan.rows, *fan.without)) else FINE


def _show(fan: Fan) -> None:
    from game.cli.compare import show_differences
    from game.cli.tally import show_batch
    from game.lab.summary import batch_summary

    recorded = fan.recorded
    state = "ended with" if recorded["over"] else f"stands in turn {recorded['turn']} at"
    print(f"the recorded game {state} net {recorded['points']['net']} ({recorded['level']})")
    print(f"played on from turn {fan.turn}" + (f", with battle {fan.battle}:" if fan.battle else ":"))
    show_batch(batch_summary(fan.rows), fan.rows)
    if fan.battle:
        print("\nA: the attack left out   B: the attack made; the rest of the game is the computer players'")
        show_differences(fan.differences)
