"""map: build the map from the geodata pack, or draw a picture of a scenario or of a moment of a recorded game."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from game.cli.commands import FINE, check_target, make_parser, whole
from game.cli.verify import open_replay
from game.core.errors import fail

if TYPE_CHECKING:
    from game.model.scenario import Scenario
    from game.rules.world import World
    from game.ui.state import PictureState

AROUND = 0.75  # degrees of latitude that a picture of a place shows to each side


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser("map", "Build the map, or draw a picture of it.")
    what = p.add_subparsers(dest="what", required=True, metavar="build|picture")
    build = what.add_parser("build", help="build the map from the geodata pack", allow_abbrev=False)
    build.add_argument("--geo", type=Path, required=True, metavar="DIR", help="folder of the geodata pack")
    build.add_argument(
        "--history", type=Path, metavar="DIR", help="folder of the dossier, to compare its places with the gazetteer"
    )
    build.add_argument("--out", type=Path, metavar="DIR", help="folder to write to (default: the game's own assets/map)")
    build.add_argument("--km", type=float, default=10.0, metavar="KM", help="kilometres between hex centres (default 10)")
    draw = what.add_parser("picture", help="draw a scenario, or a moment of a recorded game, as PNG", allow_abbrev=False)
    draw.add_argument("scenario", metavar="SCENARIO", help="id, folder or scenario.yaml")
    draw.add_argument("--out", type=Path, required=True, metavar="FILE.png", help="picture to write")
    draw.add_argument("--replay", type=Path, metavar="FILE", help="a replay of the scenario: draw its end, or the turn given")
    draw.add_argument(
        "--turn", type=whole(1, 2000, "a turn"), metavar="N", help="with --replay: as turn N begins (one past the last: the end)"
    )
    draw.add_argument("--zoom", type=whole(0, 6, "a zoom"), default=4, metavar="0-6", help="0 far to 6 near (default 4)")
    draw.add_argument(
        "--lang", choices=("en", "zh", "both"), default="both", help="names in English, Chinese or both (default both)"
    )
    draw.add_argument("--place", metavar="NAME", help="only the country around a place or hex")
    return p


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    return _build(args) if args.what == "build" else _picture(args)


def _build(args: argparse.Namespace) -> int:
    from game.core.paths import data_folder
    from game.scenario.mapbuild import build_map

    out = args.out or data_folder("assets") / "map"
    if not args.geo.is_dir():
        raise fail("io", "no such folder; expected the geodata pack", str(args.geo))
    if not out.is_dir():
        raise fail("io", "no such folder to write to", str(out))
    path = build_map(args.geo, args.history, out, args.km, lambda line: print(line, file=sys.stderr))
    print(f"written: {path}")
    return FINE


def _picture(args: argparse.Namespace) -> int:
    from game.play.inquest import find_hex
    from game.scenario.load import load_scenario
    from game.scenario.mapfile import centre_lat_lon
    from game.ui.picture import draw_picture
    from game.ui.state import start_of

    check_target(args.out)
    if args.turn and not args.replay:
        raise fail("arguments", "--turn needs a game to look at", hint="add --replay FILE")
    scenario = load_scenario(args.scenario)
    crop = None
    if args.place:
        lat, lon = centre_lat_lon(scenario.map, find_hex(scenario, args.place))
        crop = (lon - 1.5 * AROUND, lat - AROUND, lon + 1.5 * AROUND, lat + AROUND)
    view = _moment(args, scenario) if args.replay else start_of(scenario, args.lang)
    width, height = draw_picture(scenario, view, args.out, args.zoom, args.lang, crop)
    print(f"written: {args.out}, {width} x {height} pixels")
    return FINE


def _moment(args: argparse.Namespace, scenario: Scenario) -> PictureState:
    """Return the picture of the beginning of a turn of a replay, or of its end."""
    from game.play.rerun import play_to, resume

    replay, _ = open_replay(args.replay, args.scenario)
    session = play_to(replay, scenario, args.turn) if args.turn else resume(replay, scenario)
    return state_of(session.world, args.lang)


def state_of(world: World, lang: str) -> PictureState:
    """Return the picture of a game as it stands."""
    from game.rules.power import readiness
    from game.ui.counters import Mark
    from game.ui.state import PictureState, date_text, title_text

    state, scenario, units = world.state, world.scenario, range(len(world.side))
    on_map = [state.hex[u] >= 0 for u in units]

    def mark(u: int) -> Mark:
        found = Mark.MOVED if state.moved[u] else Mark.NONE
        found |= Mark.FOUGHT if state.fought[u] else Mark.NONE
        found |= Mark.ROUTED if state.routed[u] else Mark.NONE
        return found | (Mark.SURROUNDED if state.isolated[u] else Mark.NONE)

    when = scenario.calendar.end if state.over else scenario.calendar.date_of(state.turn)
    return PictureState(
        hexes=state.hex, men=state.men, readiness=[readiness(world, u) if on_map[u] else 0 for u in units], supply=state.supply,
        entrenched=[min(4, state.entrench[u] // 1000) for u in units], marks=[mark(u) for u in units], control=state.control,
        when=date_text(when, lang), title=title_text(scenario.title, lang), broken_rail=(state.rail == 0).astype("uint8"),
    )  # fmt: skip
