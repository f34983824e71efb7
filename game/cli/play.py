"""play: open the window, at the start screen or in a game."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.ai.registry import make_player, player_names
from game.cli.commands import FINE, make_parser, seed_number
from game.core.errors import fail


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser("play", "Play in a window. Without a scenario it opens at the start screen.")
    p.add_argument("scenario", nargs="?", metavar="SCENARIO", help="id, folder or scenario.yaml")
    sides = ("japan", "china", "both", "none")
    p.add_argument("--side", choices=sides, default="japan", help="which side you play; none = watch (default japan)")
    players = ", ".join(player_names())
    p.add_argument("--opponent", default="staff", metavar="AI", help=f"computer player: {players} (default staff)")
    p.add_argument("--lang", choices=("en", "zh"), default="", help="language of the window (default: as in the settings)")
    sizes = (100, 115, 130)
    p.add_argument("--text-size", type=int, choices=sizes, default=0, help="size of text in percent (default: as in the settings)")
    p.add_argument("--seed", type=seed_number, default=1, metavar="N", help="number that fixes all chance (default 1)")
    p.add_argument("--watch", action="store_true", help="begin again whenever the scenario's files change")
    p.add_argument("--load", type=Path, metavar="FILE", help="go on with a saved game, or with a replay from its end")
    return p


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    from game.scenario.load import load_scenario
    from game.ui.app import App
    from game.ui.desk import PERSON, load_desk
    from game.ui.screen import Choice
    from game.ui.startscreen import players_of
    from game.ui.watchfiles import Reloader

    make_player(args.opponent)
    if args.watch and args.scenario is None:
        raise fail("arguments", "--watch needs the SCENARIO whose files are watched", hint="such as: ichigo play my/henan --watch")
    choice = None
    if args.load is not None:
        load_desk(args.load)
        choice = Choice("", (PERSON, args.opponent), args.seed, args.load)
    elif args.scenario is not None:
        load_scenario(args.scenario)
        choice = Choice(args.scenario, players_of(args.side, args.opponent), args.seed)
    app = App(args.lang, text_size=args.text_size / 100, offer=choice is None)
    if args.watch:
        app.reloader = Reloader(app.shell, app.dialogs, args.scenario)
    app.run(choice)
    return FINE
