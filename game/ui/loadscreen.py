"""The lists of saved games and of replays: what each holds, and which are damaged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from game.ui.backdrop import draw_backdrop
from game.ui.desk import PERSON
from game.ui.dialogs import broken
from game.ui.library import Saved, read_saved, replay_folder, saved_files
from game.ui.screen import Choice, Shell
from game.ui.texts import Texts
from game.ui.widgets import ACCENT, ACTIVE, BAD, FAINT, HEADER, LINE, PANEL, SECOND, TEXT, Box, Brush

if TYPE_CHECKING:
    import pygame

COLUMNS = (("name", 0.0), ("scenario", 0.2), ("side", 0.45), ("turn", 0.59), ("saved", 0.80), ("size", 1.0))


class LoadScreen:
    """Lists saved games (or replays) and opens the one that is chosen. One file is read in every frame."""

    def __init__(self, shell: Shell, replays: bool) -> None:
        self.shell = shell
        self.replays = replays
        self.folder = replay_folder(shell.saves) if replays else shell.saves
        self._todo = saved_files(self.folder) + (saved_files(shell.saves) if replays else [])
        self.rows: list[Saved] = []
        self.chosen = 0
        self.top = 0  # first row that is shown
        self._fit = 1  # rows that find room

    def event(self, event: pygame.event.Event) -> None:
        """Answer to keys and clicks."""
        import pygame

        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            self.shell.brush.click(*event.pos)
        elif event.type == pygame.MOUSEWHEEL:
            self._scroll(-event.y)
        elif event.type == pygame.KEYDOWN:
            moves = {pygame.K_UP: -1, pygame.K_DOWN: 1, pygame.K_PAGEUP: -self._fit, pygame.K_PAGEDOWN: self._fit}
            if event.key in moves:
                self.choose(self.chosen + moves[event.key])
            elif event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
                self.open()
            elif event.key == pygame.K_ESCAPE:
                self.back()

    def update(self, seconds: float) -> bool:
        """Read the next file of the list."""
        if not self._todo:
            return False
        self.rows.append(read_saved(self._todo.pop(0)))
        return True

    def _scroll(self, by: int) -> None:
        self.top = min(max(0, self.top + by), max(0, len(self.rows) - self._fit))

    def choose(self, number: int) -> None:
        """Choose a row and bring it into view."""
        self.chosen = min(max(0, number), max(0, len(self.rows) - 1))
        self.top = min(self.top, self.chosen)
        self.top = max(self.top, self.chosen - self._fit + 1)

    def open(self) -> None:
        """Load the game that is chosen, or watch the replay; a damaged one says why in a dialog."""
        if not self.rows:
            return
        path = self.rows[self.chosen].path
        if self.replays:
            self.shell.go("replay", path)
        else:
            self.shell.go("load", Choice("", (PERSON, PERSON), load=path))

    def back(self) -> None:
        """Return to the start screen."""
        self.shell.go("start", None)

    def draw(self, target: pygame.Surface) -> None:
        """Draw the screen."""
        brush, texts = self.shell.brush, self.shell.texts
        s = brush.scale
        w, h = target.get_size()
        draw_backdrop(self.shell, target)
        brush.text(texts("replays.title" if self.replays else "saves.title"), 48, 30, 30, TEXT, font="serif_bold")
        where = texts("saves.folder", folder=self.folder)
        brush.text(where, 50, round(36 + 42 * s), 12, SECOND, room=w - 100)
        top, foot = round(64 + 48 * s), round(64 * s)
        box = (48, top, w - 96, h - top - foot - 12)
        brush.panel(box, PANEL, LINE, 5)
        self._draw_rows(brush, texts, box)
        y = h - foot + 4
        brush.button((48, y, round(130 * s), round(36 * s)), texts("back"), "back", self.back, key="Esc")
        can = bool(self.rows) and not self.rows[self.chosen].trouble
        word = texts("saves.watch" if self.replays else "saves.load")
        wide = round(190 * s)
        brush.button((w - 48 - wide, y, wide, round(36 * s)), word, "open", self.open, True, enabled=can)

    def _draw_rows(self, brush: Brush, texts: Texts, box: Box) -> None:
        x, y, w, h = box
        s = brush.scale
        head, step, foot = round(34 * s), round(34 * s), round(78 * s)
        brush.target.fill(HEADER, (x + 1, y + 1, w - 2, head))
        for name, share in COLUMNS:
            right = name == "size"
            brush.text(texts(f"saves.{name}"), x + 18 + share * (w - 36), y + 8 * s, 12, ACCENT, True, 1 if right else -1)
        if not self.rows:
            brush.text(texts("saves.none"), x + 18, y + head + 14, 14, SECOND)
            return
        self._fit = max(1, (h - head - foot) // step)
        self._scroll(0)
        for n, row in list(enumerate(self.rows))[self.top : self.top + self._fit]:
            place = (x + 6, y + head + 4 + (n - self.top) * step, w - 12, step - 2)
            if n == self.chosen or brush.over(place):
                brush.target.fill(ACTIVE, place)
            if n == self.chosen:
                brush.target.fill(ACCENT, (place[0], place[1], 4, place[3]))
            self._draw_row(brush, texts, row, (x + 18, place[1], w - 36, place[3]))
            brush.area(place, f"row_{n}", lambda n=n: self._click(n))  # type: ignore[misc]
        self._draw_foot(brush, texts, (x + 18, y + h - foot, w - 36, foot))

    def _click(self, number: int) -> None:
        """Choose a row; a click on the chosen one opens it."""
        if number == self.chosen and not self.rows[number].trouble:
            self.open()
        else:
            self.choose(number)

    def _draw_row(self, brush: Brush, texts: Texts, row: Saved, box: Box) -> None:
        x, y, w, h = box
        top = y + (h - 20 * brush.scale) / 2
        starts = [x + share * w for _, share in COLUMNS]
        colour = BAD if row.trouble else TEXT
        brush.text(self._title(texts, row.path), starts[0], top, 13, colour, True, room=starts[1] - starts[0] - 10)
        if row.replay is None:
            brush.text(texts.word("trouble_of", row.trouble), starts[1], top, 12, BAD, room=starts[4] - starts[1] - 12)
        else:
            name = texts.name(row.scenario.title) if row.scenario else row.replay.scenario
            brush.text(name, starts[1], top, 13, colour, room=starts[2] - starts[1] - 10)
            brush.text(self._side(texts, row), starts[2], top, 12, SECOND, room=starts[3] - starts[2] - 10)
            turn = texts("saves.at", turn=row.replay.turns)
            if row.scenario:
                turn += " · " + texts.day(row.scenario.calendar.date_of(row.replay.turns))
            brush.text(turn, starts[3], top, 12, SECOND, room=starts[4] - starts[3] - 10)
        brush.text(f"{row.when:%Y-%m-%d %H:%M}", starts[4], top, 12, SECOND)
        brush.text(f"{-(-row.size // 1000):,} kB", starts[5], top, 12, FAINT, place=1)

    def _title(self, texts: Texts, path: Path) -> str:
        """Return what a file is called: the game's own names in the language."""
        name, _, number = path.stem.partition("-")
        return texts.word("save", name) + (f" {number}" if number else "") if texts.word("save", name) != name else path.stem

    def _side(self, texts: Texts, row: Saved) -> str:
        if len(row.persons) == 2:
            return texts("start.both")
        if not row.persons or row.scenario is None:
            return texts("saves.computers")
        return texts.name(row.scenario.sides[row.persons[0]].name)

    def _draw_foot(self, brush: Brush, texts: Texts, box: Box) -> None:
        """Write in full what is wrong with the chosen file, or where it lies."""
        x, y, w, _ = box
        row = self.rows[self.chosen]
        brush.rule(x, y, w)
        text = texts("saves.damaged", why=texts.word("trouble_of", row.trouble)) if row.trouble else str(row.path)
        for n, line in enumerate(broken(brush, text, 12, w)[:3]):
            brush.text(line, x, y + 10 + n * round(20 * brush.scale), 12, BAD if row.trouble else FAINT)

    def close(self) -> None:
        """Nothing works in the background."""
