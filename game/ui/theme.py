"""Colours from files: the game's own theme, and the player's that overrides single colours.

Nothing in them can stop the game: a file that is missing, broken or hard to read for colour-blind eyes leaves the colours as they
are, and a message says what is wrong.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

from game.core.errors import DataError, Problem, did_you_mean
from game.core.paths import data_folder
from game.scenario.yamlio import Document, describe, read_yaml
from game.ui import style
from game.ui.colourcheck import SIGHTS, difference
from game.ui.messages import Message
from game.ui.settings import config_folder

NAME = "theme.yaml"
LIMIT = 50_000  # bytes of a file
SIDES = ("japan", "china")
PARTS = tuple(f.name for f in fields(style.SideStyle))
LISTS = {"stripes": len(style.STRIPES), "readiness": len(style.BAR)}
APART = 30.0  # least distance of the sides' bodies for every kind of sight (CIE 1976)
HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def load_theme(config: Path | None = None, shipped: Path | None = None) -> list[str]:
    """Take over the colours of the game's theme and of the player's; note messages in `style.problems` and return them.

    Args:
        config: folder of the player's file, None = his settings folder.
        shipped: the game's own file, None = that of the installation.
    """
    own = (config or config_folder()) / NAME
    style.problems = []
    for path in (shipped or data_folder("assets") / NAME, own):
        if path == own and not path.exists():
            continue
        try:
            _apply(read_yaml(path, "a theme", LIMIT))
        except DataError as error:
            style.problems.append(Message(error.problems))
    return style.problems


def _apply(document: Document) -> None:
    """Set the colours of a file, all of them or none; raises DataError with every problem found."""
    problems: list[Problem] = []
    sides, wash = list(style.SIDES), list(style.WASH)
    lists = {"stripes": style.STRIPES, "readiness": style.BAR}
    for key, value in document.data.items():
        if key in SIDES:
            at = SIDES.index(key)
            found = _side(document, key, value, problems)
            wash[at] = found.pop("ground", wash[at])
            sides[at] = replace(sides[at], **found)
        elif key in LISTS:
            lists[key] = _list(document, key, value, problems) or lists[key]
        else:
            known = [*SIDES, *LISTS]
            hint = did_you_mean(str(key), known) or f"known are {', '.join(known)}"
            problems.append(document.problem("theme", f"there is no part {key!r} of a theme", (key,), hint, key=True))
    if not problems:
        problems += _too_near(document, sides[0].body, sides[1].body)
    if problems:
        raise DataError(problems)
    style.SIDES, style.WASH = (sides[0], sides[1]), (wash[0], wash[1])
    style.STRIPES, style.BAR = lists["stripes"], lists["readiness"]


def _side(document: Document, side: str, value: object, problems: list[Problem]) -> dict[str, style.Colour]:
    """Return the colours of a side that a file names."""
    if not isinstance(value, dict):
        problems.append(document.problem("theme", f"expected colours by name, found {describe(value)}", (side,)))
        return {}
    found = {}
    for part, text in value.items():
        if part not in (*PARTS, "ground"):
            hint = did_you_mean(str(part), [*PARTS, "ground"]) or f"known are {', '.join((*PARTS, 'ground'))}"
            problems.append(document.problem("theme", f"a side has no colour {part!r}", (side, part), hint, key=True))
        elif (colour := _colour(document, (side, part), text, problems)) is not None:
            found[part] = colour
    return found


def _list(document: Document, key: str, value: object, problems: list[Problem]) -> tuple[style.Colour, ...]:
    """Return a list of colours, empty when it is wrong."""
    if not isinstance(value, list) or len(value) != LISTS[key]:
        problems.append(document.problem("theme", f"expected a list of {LISTS[key]} colours", (key,)))
        return ()
    return tuple(c for n, text in enumerate(value) if (c := _colour(document, (key, n), text, problems)) is not None)


def _colour(document: Document, at: tuple[str | int, ...], text: object, problems: list[Problem]) -> style.Colour | None:
    if isinstance(text, str) and HEX.fullmatch(text):
        return style.rgb(text)
    message = f'expected a colour such as "#C4523A", found {describe(text)}'
    problems.append(document.problem("theme", message, at, "colours stand in quotation marks: # begins a comment"))
    return None


def _too_near(document: Document, japan: style.Colour, china: style.Colour) -> list[Problem]:
    """Return a problem when some eyes could not tell the sides' counters apart."""
    for sight in SIGHTS:
        found = difference(japan, china, sight)
        if found < APART:
            message = f"the counters of the two sides are too much alike ({sight}: distance {found:.0f}, at least {APART:.0f})"
            return [document.problem("theme", message, hint="make one lighter or bluer")]
    return []
