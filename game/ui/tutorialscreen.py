"""The tutorial in the window: a game with a coach beside the map, who points at what he speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.desk import PERSON
from game.ui.gamescreen import GameScreen
from game.ui.panels import RIGHT, TOP
from game.ui.screen import Choice, Shell
from game.ui.tutorial import Coach
from game.ui.tutorialfile import Spot, load_lesson
from game.ui.widgets import ACCENT, FAINT, LINE, PANEL, TEXT, WARN, Box

if TYPE_CHECKING:
    import pygame

WIDE = 430  # of the coach's panel [px]
EDGE = 14  # from the map's edges [px]
ASIDE = 12  # how much worse than the map the panel at the right is as a place
MARK = (255, 224, 102)


class TutorialScreen(GameScreen):
    """The game of the lesson, and the coach. When the lesson is over the game goes on without him."""

    def __init__(self, shell: Shell, size: tuple[int, int]) -> None:
        lesson = load_lesson()
        players = (PERSON, lesson.opponent) if lesson.side == 0 else (lesson.opponent, PERSON)
        super().__init__(shell, Choice(lesson.scenario.id, players, lesson.seed), size)
        self.coach = Coach(lesson, self)
        self._pulse = 0.0
        self._pointed = -1  # step whose place has been brought into view

    # -- screen ----------------------------------------------------------------------------------------------------
    def event(self, event: pygame.event.Event) -> None:
        """Answer to the coach's keys; everything else goes to the game, and he notices it."""
        import pygame

        if self.coach.ended:
            super().event(event)
            return
        if event.type == pygame.KEYDOWN and event.key == pygame.K_F2:
            self.coach.next()
        elif event.type == pygame.KEYDOWN and event.key == pygame.K_F3:
            self.coach.back()
        else:
            at = self.coach.at
            super().event(event)
            if event.type in (pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN) and self.coach.at == at and not self.busy:
                self.coach.noticed()

    def update(self, seconds: float) -> bool:
        """Go on with the game, and with the lesson when a step is done."""
        changed = super().update(seconds)
        if self.coach.ended:
            return changed
        self._pulse = (self._pulse + seconds) % 1.2
        changed = self.coach.update() or changed
        if not self.coach.ended and self._pointed != self.coach.at:
            self._pointed = self.coach.at
            self._bring_into_view()
            changed = True
        return changed

    def _bring_into_view(self) -> None:
        """Scroll the map so that what the step points at can be seen."""
        for spot in self.coach.step.show:
            where = self._where(spot)
            if where >= 0 and not self.view.camera.shows(where, 90):
                self.view.camera.centre_on(where)
                return

    def _where(self, spot: Spot) -> int:
        """Return the hex of a mark, -1 = it is none on the map."""
        if spot.kind == "unit":
            return self.desk.world.state.hex[spot.unit]
        return spot.hex

    def draw(self, target: pygame.Surface) -> None:
        """Draw the game, the marks, and the coach's panel."""
        super().draw(target)
        if not self.coach.ended and not self.asking:
            self._draw_marks(target)
        if not self.coach.ended:
            self._draw_coach(target)

    # -- marks -----------------------------------------------------------------------------------------------------
    def _map_area(self, target: pygame.Surface) -> Box:
        """Return the part of the window that the map takes."""
        camera = self.view.camera
        return target.get_width() - RIGHT - camera.width, TOP, camera.width, camera.height

    def _draw_marks(self, target: pygame.Surface) -> None:
        import pygame

        area = self._map_area(target)
        covered = bool(self.folds.page) or self.folds.sheet >= 0
        for spot in self.coach.step.show:
            if spot.kind == "button":
                for hit in self.shell.brush.hits:
                    if hit.name == spot.button:
                        box = pygame.Rect(hit.box).inflate(8, 8)
                        pygame.draw.rect(target, MARK, box, 3, border_radius=7)
                        break
                continue
            where = self._where(spot)
            if where < 0 or self.busy or covered:
                continue
            x, y = self.view.camera.point(where)
            target.set_clip(area)
            hex_px = self._hex_px()
            for grow, width in ((0.62, 3), (0.74, 2)):
                pygame.draw.circle(target, (32, 26, 16), (area[0] + x, area[1] + y), hex_px * grow + 1, width + 2)
                pygame.draw.circle(target, MARK, (area[0] + x, area[1] + y), hex_px * grow, width)
            target.set_clip(None)

    def _hex_px(self) -> float:
        from game.ui.style import ZOOMS

        return ZOOMS[self.view.camera.zoom].hex

    # -- panel -----------------------------------------------------------------------------------------------------
    def _draw_coach(self, target: pygame.Surface) -> None:
        import pygame

        brush, texts, coach = self.shell.brush, self.shell.texts, self.coach
        s, line = brush.scale, round(20 * self.shell.brush.scale)
        box, lines, hint = self._place(target)
        x, y, wide, _ = box
        brush.panel(box, PANEL, ACCENT, 6)
        title = texts("tutorial.step", number=coach.at + 1, count=len(coach.lesson.steps))
        brush.text(title, x + 16, y + 11 * s, 13, ACCENT, True)
        brush.text(texts("tutorial.leave"), x + wide - 16, y + 12 * s, 12, FAINT, place=1)
        brush.area((x + wide * 2 // 3, y, wide // 3, round(34 * s)), "tutorial_leave", coach.end)
        done = round((wide - 32) * (coach.at + 1) / len(coach.lesson.steps))
        target.fill(LINE, (x + 16, y + round(35 * s), wide - 32, 2))
        target.fill(ACCENT, (x + 16, y + round(35 * s), done, 2))
        top = y + round(44 * s)
        for n, text in enumerate(lines):
            brush.text(text, x + 16, top + n * line, 13, TEXT)
        top += len(lines) * line + 8
        for n, text in enumerate(hint):
            brush.text(text, x + 16, top + n * line, 12, WARN)
        self._draw_buttons(box)
        pygame.draw.rect(target, ACCENT, box, 2, border_radius=6)

    def _place(self, target: pygame.Surface) -> tuple[Box, list[str], list[str]]:
        """Return where the panel hides least, and its lines there: a corner of the map, or else the panel at the right."""
        area = self._map_area(target)
        x, y, w, h = area
        found: list[tuple[int, Box, list[str], list[str]]] = []
        wide = min(round(WIDE * self.shell.brush.scale), w - 2 * EDGE)
        high, lines, hint = self._lines(wide)
        left, right, up, down = x + EDGE, x + w - wide - EDGE, y + EDGE, y + h - high - EDGE
        for n, at in enumerate(((left, down), (right, down), (left, up), (right, up))):
            box = (*at, wide, high)
            found.append((self._hidden(box, area) + n, box, lines, hint))
        slim, lines, hint = self._lines(RIGHT - 12)
        box = (x + w + 6, max(y, y + h - slim - 6), RIGHT - 12, slim)
        found.append((self._hidden(box, area) + ASIDE, box, lines, hint))
        return min(found)[1:]

    def _lines(self, wide: int) -> tuple[int, list[str], list[str]]:
        """Return the height of a panel of some width [px], and its lines."""
        brush, coach = self.shell.brush, self.coach
        s, line = brush.scale, round(20 * brush.scale)
        name = self.shell.texts.name
        lines = brush.wrap(name(coach.step.text), 13, wide - 32)
        hint = brush.wrap(name(coach.step.hint), 12, wide - 32) if coach.hinting and coach.step.hint else []
        return round(96 * s) + line * (len(lines) + len(hint)) + (8 if hint else 0), lines, hint

    def _draw_buttons(self, box: Box) -> None:
        brush, texts, coach = self.shell.brush, self.shell.texts, self.coach
        s = brush.scale
        x, y, wide, high = box
        top, size = y + high - round(42 * s), round(30 * s)
        read = coach.step.kind == "read" or coach.reviewing
        key = "tutorial.finish" if coach.last else "tutorial.next" if read else "tutorial.skip"
        each = min(round(150 * s), (wide - 40) // 2)
        back = (x + 16, top, each, size)
        brush.button(back, texts("tutorial.back"), "tutorial_back", coach.back, enabled=coach.at > 0, key="F3")
        place = (x + wide - 16 - each, top, each, size)
        brush.button(place, texts(key), "tutorial_next", coach.next, primary=read, key="" if read else "F2")

    def _hidden(self, box: Box, area: Box) -> int:
        """Return how much a panel would hide."""
        import pygame

        rect = pygame.Rect(box)
        found = 0
        spots = [(self._where(spot), 40) for spot in self.coach.step.show]
        spots += [(self.desk.world.state.hex[self.desk.selected], 15)] if self.desk.selected >= 0 else []
        spots += [(self.planner.target, 30)] if self.planner is not None else []
        for where, weight in spots:
            if where >= 0:
                px, py = self.view.camera.point(where)
                found += weight * rect.inflate(80, 80).collidepoint(area[0] + px, area[1] + py)
        pointed = {spot.button for spot in self.coach.step.show if spot.button}
        inside = pygame.Rect(area).inflate(0, 200)
        for hit in self.shell.brush.hits:
            place = pygame.Rect(hit.box)
            if hit.name != "panel" and rect.colliderect(place):
                found += 60 if hit.name in pointed else 20 if inside.contains(place) else 0
        return found
