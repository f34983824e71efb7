"""The help page: every action with the keys it has now, and what the mouse does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.actions import GROUPS
from game.ui.keys import NAME, Keys, shown_key
from game.ui.settings import config_folder
from game.ui.widgets import ACCENT, FAINT, LINE, PANEL, SECOND, TEXT, Box

if TYPE_CHECKING:
    import pygame

    from game.ui.gamescreen import GameScreen
    from game.ui.texts import Texts

MOUSE = ("left", "shift", "double", "right", "wheel", "rest")
# actions that are told in one line, with the key of each
TOGETHER = {
    "cursors": tuple(f"cursor_{way}" for way in ("nw", "ne", "w", "e", "sw", "se")),
    "cursor_arrows": ("cursor_up", "cursor_down"),
    "scrolls": ("scroll_up", "scroll_left", "scroll_down", "scroll_right"),
    "overlays": tuple(f"overlay_{n}" for n in range(1, 10)),
    "joins": tuple(f"join_{n}" for n in range(1, 10)),
}
COLUMN = 296  # least width of a column [px]
Line = tuple[str, str, bool]  # what, its keys, whether it is a heading


def help_lines(texts: Texts, keys: Keys) -> list[Line]:
    """Return the lines of the page, group by group."""
    lines: list[Line] = [(texts("help.mouse"), "", True)]
    lines += [(texts(f"help.{name}.does"), texts(f"help.{name}"), False) for name in MOUSE]
    part = {one: name for name, several in TOGETHER.items() for one in several}
    for group, acts in GROUPS.items():
        lines.append((texts(f"keygroup.{group}"), "", True))
        told: set[str] = set()
        for action in acts:
            name = part.get(action, action)
            if name in told:
                continue
            told.add(name)
            shown = _several(keys, TOGETHER[name]) if name in TOGETHER else keys.all_shown(action)
            lines.append((texts(f"action.{name}"), shown or "–", False))
    return lines


def _several(keys: Keys, actions: tuple[str, ...]) -> str:
    """Return the first keys of actions that belong together; a row of figures as its first and last."""
    first = [keys.names[a][0] for a in actions if keys.names.get(a)]
    if len(first) > 2 and all(len(k) == 1 and k.isdigit() for k in first):
        return f"{first[0]}–{first[-1]}"
    held = {k.rpartition("+")[0] for k in first}
    if len(held) == 1 and "" not in held:
        prefix = "+".join(word.capitalize() for word in held.pop().split("+"))
        return prefix + "+" + " ".join(shown_key(k.rpartition("+")[2]) for k in first)
    shown = [shown_key(k) for k in first]
    if all(k.startswith("Num ") for k in shown):
        return "Num " + " ".join(k.removeprefix("Num ") for k in shown)
    return " ".join(shown)


def draw_help(screen: GameScreen, area: Box) -> None:
    """Draw the page over the map; it scrolls when the window is too small for it."""
    import pygame

    brush, texts, folds = screen.shell.brush, screen.shell.texts, screen.folds
    x, y, w, h = area[0] + 12, area[1] + 10, area[2] - 24, area[3] - 20
    brush.panel((x, y, w, h), PANEL, ACCENT, 6)
    brush.text(texts("help.title"), x + 20, y + brush.px(12), 17, ACCENT, True)
    brush.button((x + w - brush.px(104), y + brush.px(10), brush.px(92), brush.px(28)), texts("help.close"), "help_close",
                 lambda: folds.show_page("help"))  # fmt: skip
    place = texts("help.file", path=str((screen.shell.config or config_folder()) / NAME))
    brush.text(place, x + 20, y + h - brush.px(26), 11, FAINT, room=w - 40)
    lines = help_lines(texts, screen.keys)
    top, bottom = y + brush.px(48), y + h - brush.px(34)
    row = brush.px(20) + (1 if texts.lang == "zh" else 0)
    most_columns = max(1, (w - 20) // brush.px(COLUMN))
    fits = (c for c in range(1, most_columns + 1) if _columns(lines, c) * row <= bottom - top)
    columns = next(fits, most_columns)  # few and wide ones as long as all is seen at once
    height = _columns(lines, columns)
    most = max(0, height * row - (bottom - top))
    folds.page_scroll = min(max(folds.page_scroll, 0), most)
    if most:
        brush.scroller((x, top, w, bottom - top), "help_list", lambda n: _roll(screen, n, most))
    clip = pygame.Rect(x, top, w, bottom - top)
    brush.target.set_clip(clip)
    wide = (w - 40) // columns
    for n, line in enumerate(lines):
        column, at = _place(lines, n, height)
        _line(screen, line, (x + 20 + column * wide, top + at * row - folds.page_scroll, wide - brush.px(22), row), clip)
    brush.target.set_clip(None)


def _roll(screen: GameScreen, steps: int, most: int) -> None:
    screen.folds.page_scroll = min(max(screen.folds.page_scroll - 40 * steps, 0), most)


def _line(screen: GameScreen, line: Line, box: Box, clip: pygame.Rect) -> None:
    brush, (what, keys, heading), (x, y, w, h) = screen.shell.brush, line, box
    if y + h <= clip.top or y >= clip.bottom:
        return
    if heading:
        brush.text(what, x, y + brush.px(3), 13, ACCENT, True)
        brush.target.fill(LINE, (x, y + h - 1, w, 1))
        return
    used = brush.text(keys, x + w, y + brush.px(1), 12, TEXT, True, 1, room=w * 0.6)
    brush.text(what, x, y + brush.px(1), 12, SECOND, room=w - used - 8)


def _columns(lines: list[Line], columns: int) -> int:
    """Return the least height [rows] at which the lines fit into some columns."""
    height = max(1, -(-len(lines) // columns))
    while _place(lines, len(lines) - 1, height)[0] >= columns:
        height += 1
    return height


def _place(lines: list[Line], number: int, height: int) -> tuple[int, int]:
    """Return column and row of a line; a heading never stands alone at the foot of a column."""
    column = at = 0
    for n in range(number + 1):
        if n and (at >= height or (lines[n][2] and at >= height - 1)):
            column, at = column + 1, 0
        if n == number:
            return column, at
        at += 1
    return column, at
