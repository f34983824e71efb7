"""The lists that open below the top bar: overlays to switch, and the settings that matter during a game."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.core.errors import GameError
from game.ui import overlays, style
from game.ui.settings import SIZES, save_settings
from game.ui.widgets import ACCENT, GOOD, LINE, PANEL, SECOND, TEXT, TROUGH, WINDOW

if TYPE_CHECKING:
    from game.ui.gamescreen import GameScreen


@dataclass(frozen=True)
class Entry:
    """A row that can be switched."""

    name: str
    text: str
    on: bool
    action: Callable[[], None]
    key: str = ""


def draw(screen: GameScreen) -> None:
    """Draw the list that is open, if any."""
    folds, texts = screen.folds, screen.shell.texts
    if folds.overlays:
        entries = [
            Entry(f"overlay_{name}", texts(f"overlay.{name}"), name in screen.view.shown, _overlay(screen, name), str(n))
            for n, name in enumerate(overlays.NAMES, 1)
        ]
        _draw_list(screen, entries, folds.overlays_at)
    elif folds.gear:
        _draw_list(screen, _settings(screen), folds.gear_at)


def _overlay(screen: GameScreen, name: str) -> Callable[[], None]:
    return lambda: screen.toggle(name)


def _settings(screen: GameScreen) -> list[Entry]:
    texts, settings, brush = screen.shell.texts, screen.shell.settings, screen.shell.brush

    def size(value: float) -> Callable[[], None]:
        def choose() -> None:
            brush.scale = settings.text_size = value
            _keep(screen)

        return choose

    def simple() -> None:
        settings.simple = not screen.simple
        screen.set_simple(settings.simple)
        _keep(screen)

    def edges() -> None:
        settings.edges = not settings.edges
        _keep(screen)

    label = texts("settings.text_size")
    sizes = [Entry(f"text_{round(s * 100)}", f"{label} {s * 100:.0f} %", brush.scale == s, size(s)) for s in SIZES]
    return [
        *sizes,
        Entry("set_simple", texts("settings.simple"), screen.simple, simple),
        Entry("set_edges", texts("settings.edges"), settings.edges, edges),
    ]


def _keep(screen: GameScreen) -> None:
    """Write the settings."""
    try:
        save_settings(screen.shell.settings, screen.shell.config)
    except GameError as error:
        screen.message = str(error)


def _draw_list(screen: GameScreen, entries: list[Entry], at: tuple[int, int]) -> None:
    import pygame

    brush = screen.shell.brush
    step = brush.px(28)
    wide = max(brush.px(190), round(max(brush.measure(e.text, 13, True) for e in entries)) + brush.px(72))
    x, y = max(8, min(at[0], brush.target.get_width() - wide - 8)), at[1] + 2
    brush.panel((x, y, wide, step * len(entries) + 12), PANEL, ACCENT, 4)
    for n, entry in enumerate(entries):
        row = (x + 4, y + 6 + n * step, wide - 8, step)
        if brush.over(row):
            brush.target.fill(style.rgb("#3C444A"), row)
        middle = row[1] + step // 2
        tick = (x + 14, middle - 7, 14, 14)
        pygame.draw.rect(brush.target, GOOD if entry.on else TROUGH, tick, border_radius=3)
        pygame.draw.rect(brush.target, GOOD if entry.on else LINE, tick, 1, border_radius=3)
        if entry.on:
            pygame.draw.lines(brush.target, WINDOW, False, [(x + 17, middle), (x + 20, middle + 3), (x + 25, middle - 4)], 2)
        top = row[1] + (step - brush.px(19)) // 2
        brush.text(entry.text, x + 38, top, 13, TEXT, entry.on, room=wide - 62)
        brush.text(entry.key, x + wide - 16, top + 1, 12, SECOND, place=1)
        brush.area(row, entry.name, entry.action)
