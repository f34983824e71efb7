"""The end of a game: who won, by how much, what it cost, and what history scored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.play import stats
from game.rules import victory
from game.ui.desk import Desk
from game.ui.screen import Shell
from game.ui.widgets import ACCENT, LINE, PANEL, SECOND, SIDE_TEXT, TEXT, WINDOW

if TYPE_CHECKING:
    import pygame


class ResultScreen:
    """Shows the result of a finished game."""

    def __init__(self, shell: Shell, desk: Desk) -> None:
        self.shell = shell
        self.desk = desk

    def event(self, event: pygame.event.Event) -> None:
        """Answer to keys and clicks."""
        import pygame

        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            self.shell.brush.click(*event.pos)
        elif event.type == pygame.KEYDOWN and event.key in (pygame.K_RETURN, pygame.K_ESCAPE):
            self.shell.go("start", None)

    def update(self, seconds: float) -> bool:
        """Nothing moves here."""
        return False

    def draw(self, target: pygame.Surface) -> None:
        """Draw the screen."""
        brush, texts, world = self.shell.brush, self.shell.texts, self.desk.world
        scenario = world.scenario
        target.fill(WINDOW)
        w, h = target.get_size()
        level = victory.level(world)
        both = victory.score(world)
        brush.text(f"{texts('result')} · {texts.name(scenario.title)}", 50, 24, 14, ACCENT, True)
        brush.text(texts.name(level.name), 48, 46, 36, TEXT if level.winner < 0 else SIDE_TEXT[level.winner], font="serif_bold")
        brush.panel((48, 124, w - 96, h - 200), PANEL, LINE, 5)
        net = f"{victory.net(world):+,}".replace("-", "−")
        brush.text(texts("result.points", japan=f"{both[0]:,}", china=f"{both[1]:,}", net=net), 72, 142, 16, bold=True)
        least, note = scenario.historical
        top = 172 + brush.paragraph(texts("result.history", net=least, note=texts.name(note)), 72, 172, w - 144, 13, SECOND)
        for side in (0, 1):
            lost = sum(stats.losses(world, side).values())
            name = texts.name(scenario.sides[side].name)
            brush.text(texts("result.losses", side=name, men=f"{lost:,}"), 72, top + 8 + 24 * side, 14, SIDE_TEXT[side], True)
        top += 68
        brush.rule(72, top, w - 144)
        for n, objective in enumerate(scenario.objectives):
            row = top + 10 + 22 * n
            if row + 24 > h - 80:
                break
            brush.bullet(72, row + 6, objective.side)
            brush.text(texts.name(objective.title), 90, row, 13, room=w - 260)
            brush.text(f"{victory.points(world, n)[0]:+,}".replace("-", "−"), w - 72, row, 13, bold=True, place=1)
        brush.button((w - 228, h - 60, 180, 36), texts("result.menu"), "menu", lambda: self.shell.go("start", None), True)

    def close(self) -> None:
        """Nothing works in the background."""
