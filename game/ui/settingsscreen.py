"""The settings page: language, size of text, speed, and where the player's files lie."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.ui.backdrop import draw_backdrop
from game.ui.crash import LOG, log_folder
from game.ui.library import replay_folder
from game.ui.screen import Shell
from game.ui.settings import AT_ONCE, PACES, SIZES, config_folder
from game.ui.texts import LANGUAGES
from game.ui.widgets import ACCENT, ACTIVE, FAINT, LINE, PANEL, SECOND, TEXT, Brush

if TYPE_CHECKING:
    import pygame

Option = tuple[str, str, bool, Callable[[], None]]  # name, text, on, what it does


class SettingsScreen:
    """Shows the settings; every change counts at once and is kept."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.row = 0  # that the arrow keys change

    def rows(self) -> list[tuple[str, list[Option]]]:
        """Return the key of each setting with its options."""
        shell, texts, settings = self.shell, self.shell.texts, self.shell.settings
        languages: list[Option] = [
            (f"lang_{lang}", {"en": "English", "zh": "中文"}[lang], texts.lang == lang, lambda lang=lang: shell.speak(lang))  # type: ignore[misc]
            for lang in LANGUAGES
        ]
        sizes: list[Option] = [
            (f"size_{round(size * 100)}", f"{round(size * 100)} %", shell.brush.scale == size,
             lambda size=size: shell.size_text(size))  # type: ignore[misc]
            for size in SIZES
        ]  # fmt: skip
        paces: list[Option] = [
            (f"pace_{pace:g}", texts("settings.at_once") if pace == AT_ONCE else f"{pace:g}×", settings.pace == pace,
             lambda pace=pace: self._set("pace", pace))  # type: ignore[misc]
            for pace in PACES
        ]  # fmt: skip
        return [
            ("settings.language", languages),
            ("settings.text_size", sizes),
            ("settings.pace", paces),
            ("settings.edges", self._switch("edges", settings.edges)),
            ("settings.simple", self._switch("simple", settings.simple)),
        ]

    def _switch(self, name: str, on: bool) -> list[Option]:
        texts = self.shell.texts
        return [
            (f"{name}_on", texts("settings.on"), on, lambda: self._set(name, True)),
            (f"{name}_off", texts("settings.off"), not on, lambda: self._set(name, False)),
        ]

    def _set(self, name: str, value: object) -> None:
        setattr(self.shell.settings, name, value)
        self.shell.keep_settings()

    def event(self, event: pygame.event.Event) -> None:
        """Answer to keys and clicks."""
        import pygame

        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            self.shell.brush.click(*event.pos)
        elif event.type == pygame.KEYDOWN:
            rows = self.rows()
            if event.key in (pygame.K_UP, pygame.K_DOWN):
                self.row = (self.row + (1 if event.key == pygame.K_DOWN else -1)) % len(rows)
            elif event.key in (pygame.K_LEFT, pygame.K_RIGHT):
                self._turn(rows[self.row][1], 1 if event.key == pygame.K_RIGHT else -1)
            elif event.key in (pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_KP_ENTER):
                self.back()

    @staticmethod
    def _turn(options: list[Option], by: int) -> None:
        """Choose the next or previous option of a row."""
        at = next((n for n, option in enumerate(options) if option[2]), 0)
        options[(at + by) % len(options)][3]()

    def back(self) -> None:
        """Return to the start screen."""
        self.shell.go("start", None)

    def update(self, seconds: float) -> bool:
        """Take the picture behind the page when it is there."""
        return self.shell.pictures.poll() if self.shell.pictures else False

    def draw(self, target: pygame.Surface) -> None:
        """Draw the page."""
        brush, texts = self.shell.brush, self.shell.texts
        s = brush.scale
        w, h = target.get_size()
        draw_backdrop(self.shell, target)
        brush.text(texts("start.settings"), 48, 30, 30, TEXT, font="serif_bold")
        wide = min(w - 96, round(940 * s))
        top, foot = round(44 + 48 * s), round(64 * s)
        brush.panel((48, top, wide, h - top - foot - 12), PANEL, LINE, 5)
        step = round(52 * s)
        for n, (key, options) in enumerate(self.rows()):
            y = top + 16 + n * step
            if n == self.row:
                brush.target.fill(ACTIVE, (54, y - 6, wide - 12, step - 6))
                brush.target.fill(ACCENT, (54, y - 6, 4, step - 6))
            self._draw_row(brush, key, options, (72, y), wide - 48)
        self._draw_files(brush, top + 24 + 5 * step, wide - 48)
        y = h - foot + 4
        brush.button((48, y, round(130 * s), round(36 * s)), texts("back"), "back", self.back, key="Esc")

    def _draw_row(self, brush: Brush, key: str, options: list[Option], at: tuple[int, int], width: int) -> None:
        s = brush.scale
        label = round(300 * s)
        brush.text(self.shell.texts(key), at[0], at[1] + 6 * s, 14, TEXT, room=label - 10)
        wide = min(round(130 * s), (width - label) // len(options) - 8)
        for n, (name, text, on, act) in enumerate(options):
            brush.button((at[0] + label + n * (wide + 8), at[1], wide, round(32 * s)), text, name, act, on=on)

    def _draw_files(self, brush: Brush, top: int, width: int) -> None:
        """Write where the player's files lie."""
        texts = self.shell.texts
        step = round(22 * brush.scale)
        brush.text(texts("settings.files"), 72, top, 13, ACCENT, True)
        folder = self.shell.config or config_folder()
        rows = (
            ("settings.saves", self.shell.saves), ("settings.replays", replay_folder(self.shell.saves)),
            ("settings.config", folder), ("settings.log", log_folder() / LOG),
        )  # fmt: skip
        label = round(180 * brush.scale)
        for n, (key, path) in enumerate(rows):
            y = top + (n + 1) * step + 4
            brush.text(texts(key), 72, y, 12, SECOND, room=label - 8)
            brush.text(str(path), 72 + label, y, 12, FAINT, room=width - label)

    def close(self) -> None:
        """Nothing works in the background."""
