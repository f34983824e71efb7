"""Dialogs over the window: a message with one or more answers, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.ui.texts import Texts
from game.ui.widgets import ACCENT, BAD, LINE, PANEL, TEXT, WINDOW, Brush

if TYPE_CHECKING:
    import pygame

# what is said when the language files cannot even say it
PLAIN = {
    "error": "Something is wrong", "dialog.close": "Close", "dialog.menu": "Back to the menu", "dialog.go_on": "Go on",
    "start.quit": "Quit", "crash.title": "The game has failed",
    "crash.what": "Something unexpected happened: {what}", "crash.logged": "The details are in {path}.",
    "crash.not_logged": "The details could not be written to {path}: {why}.",
    "crash.kept": "The game was saved as {path}.", "crash.not_kept": "The game could not be saved: {why}.",
    "crash.behind": "A task in the background failed; the game goes on: {what}",
}  # fmt: skip


def say(texts: Texts, key: str, **values: object) -> str:
    """Return a text of the language, or the plain one when the language file lacks it."""
    try:
        found = texts(key, **values)
    except (KeyError, IndexError, ValueError):
        found = key
    return PLAIN.get(key, key).format(**values) if found == key else found


@dataclass(frozen=True)
class Answer:
    """A button of a dialog."""

    name: str
    text: str
    action: Callable[[], None]


@dataclass(frozen=True)
class Dialog:
    """A message that waits for an answer. The first answer is taken by Enter, the last by Esc."""

    title: str
    text: str
    answers: tuple[Answer, ...]
    bad: bool = False  # an error, in its colour
    cover: bool = False  # hides everything below it


class Dialogs:
    """The dialogs that wait, the oldest first; one is shown at a time."""

    def __init__(self) -> None:
        self.waiting: list[Dialog] = []
        self._focus = 0

    @property
    def shown(self) -> Dialog | None:
        """Return the dialog that is shown."""
        return self.waiting[0] if self.waiting else None

    def show(self, dialog: Dialog, first: bool = False) -> None:
        """Show a dialog after those that wait, or before them; the same one does not wait twice."""
        if any((d.title, d.text) == (dialog.title, dialog.text) for d in self.waiting):
            return
        self.waiting.insert(0 if first else len(self.waiting), dialog)
        if len(self.waiting) == 1 or first:
            self._focus = 0

    def answer(self, answer: Answer) -> None:
        """Close the dialog that is shown and do what the answer says."""
        if self.waiting:
            self.waiting.pop(0)
        self._focus = 0
        answer.action()

    def event(self, event: pygame.event.Event, brush: Brush) -> None:
        """Answer to keys and clicks; nothing else gets them while a dialog is shown."""
        import pygame

        dialog = self.shown
        if dialog is None:
            return
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            brush.click(*event.pos)
        elif event.type == pygame.KEYDOWN:
            count = len(dialog.answers)
            if event.key in (pygame.K_LEFT, pygame.K_UP):
                self._focus = (self._focus - 1) % count
            elif event.key in (pygame.K_RIGHT, pygame.K_DOWN, pygame.K_TAB):
                self._focus = (self._focus + 1) % count
            elif event.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE):
                self.answer(dialog.answers[self._focus])
            elif event.key == pygame.K_ESCAPE:
                self.answer(dialog.answers[-1])

    def draw(self, brush: Brush, size: tuple[int, int]) -> None:
        """Draw the dialog that is shown over everything else."""
        dialog = self.shown
        if dialog is None:
            return
        w, h = size
        _veil(brush, size, dialog.cover)
        s = brush.scale
        room = min(round(760 * s), w - 80)
        step, most = round(21 * s), max(3, round((h - 220 * s) / (21 * s)))
        lines = [part for line in dialog.text.splitlines() for part in broken(brush, line, 13, room - 48) or [""]]
        if len(lines) > most:
            lines = [*lines[: most - 1], "…"]
        high = round(66 * s) + step * len(lines) + round(66 * s)
        x, y = (w - room) // 2, max(10, (h - high) // 2)
        colour = BAD if dialog.bad else ACCENT
        brush.panel((x, y, room, high), PANEL, colour, 5)
        brush.text(dialog.title, x + 24, y + 16 * s, 18, colour, font="serif_bold", room=room - 48)
        for n, line in enumerate(lines):
            brush.text(line, x + 24, y + round(56 * s) + step * n, 13, TEXT)
        self._draw_answers(brush, dialog, (x, y, room, high))

    def _draw_answers(self, brush: Brush, dialog: Dialog, box: tuple[int, int, int, int]) -> None:
        s = brush.scale
        x, y, room, high = box
        brush.rule(x + 24, y + high - round(58 * s), room - 48)
        right = x + room - 24
        wide = min(round(190 * s), (room - 48) // len(dialog.answers) - 8)
        for n, answer in enumerate(dialog.answers):
            act = lambda answer=answer: self.answer(answer)  # noqa: E731
            place = (right - wide, y + high - round(46 * s), wide, round(32 * s))
            brush.button(place, answer.text, answer.name, act, primary=n == self._focus)
            right -= wide + 10


def broken(brush: Brush, text: str, size: float, room: float) -> list[str]:
    """Return a text in lines; words that are too long for a line, such as paths, are broken too."""
    lines: list[str] = []
    for line in brush.wrap(text, size, room):
        rest = line
        while len(rest) > 8 and len(cut := brush.fitted(rest, "sans", size * brush.scale, room)) < len(rest):
            lines.append(cut[:-1])
            rest = rest[len(cut) - 1 :]
        lines.append(rest)
    return lines


def _veil(brush: Brush, size: tuple[int, int], cover: bool) -> None:
    """Darken or hide what lies below, and keep clicks from it."""
    import pygame

    if cover:
        brush.target.fill(WINDOW)
        pygame.draw.rect(brush.target, LINE, (12, 12, size[0] - 24, size[1] - 24), 1)
    else:
        veil = pygame.Surface(size, pygame.SRCALPHA)
        veil.fill((12, 14, 16, 150))
        brush.target.blit(veil, (0, 0))
    brush.shield((0, 0, *size))
