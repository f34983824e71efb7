"""The briefing: the map, and for each side its commander, its forces, its task, its objectives, and what history did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.core.errors import DataError, fail
from game.model.scenario import Scenario
from game.ui.backdrop import draw_backdrop
from game.ui.desk import PERSON
from game.ui.library import entry_of
from game.ui.screen import Choice, Shell
from game.ui.startdraw import points_of, size_of
from game.ui.texts import Texts
from game.ui.widgets import ACCENT, FAINT, LINE, PANEL, SECOND, SIDE_TEXT, TEXT, Box, Brush

if TYPE_CHECKING:
    import pygame

MARGIN = 40
DEPTH = 2  # steps of the order of battle below the highest that the briefing lists


class BriefingScreen:
    """What each side has and must do. A person reads his own side's; two persons, or nobody, both."""

    def __init__(self, shell: Shell, choice: Choice) -> None:
        self.shell = shell
        self.choice = choice
        entry = entry_of(choice.scenario)
        if entry.scenario is None:
            raise entry.error or DataError(fail("scenario", "the scenario cannot be used").problems)
        self.scenario: Scenario = entry.scenario
        persons = [s for s in (0, 1) if choice.players[s] == PERSON]
        self.shown = persons if len(persons) == 1 else [0, 1]
        self.side = self.shown[0]  # whose briefing is shown
        self.top = 0  # first line of it that is shown
        self._overflow = 0  # lines that do not fit

    def event(self, event: pygame.event.Event) -> None:
        """Answer to keys and clicks."""
        import pygame

        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            self.shell.brush.click(*event.pos)
        elif event.type == pygame.MOUSEWHEEL:
            self._scroll(-event.y)
        elif event.type == pygame.KEYDOWN:
            if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
                self.start()
            elif event.key == pygame.K_ESCAPE:
                self.back()
            elif event.key in (pygame.K_UP, pygame.K_DOWN):
                self._scroll(1 if event.key == pygame.K_DOWN else -1)
            elif event.key in (pygame.K_LEFT, pygame.K_RIGHT, pygame.K_TAB):
                self.turn_to(self.shown[(self.shown.index(self.side) + 1) % len(self.shown)])
            elif event.key == pygame.K_g:
                self.shell.switch()

    def _scroll(self, by: int) -> None:
        self.top = min(max(0, self.top + by), self.top + self._overflow if by > 0 else self.top)

    def turn_to(self, side: int) -> None:
        """Show a side's briefing."""
        self.side, self.top = side, 0

    def start(self) -> None:
        """Begin the game."""
        self.shell.go("game", self.choice)

    def back(self) -> None:
        """Return to the start screen."""
        self.shell.go("start", None)

    def update(self, seconds: float) -> bool:
        """Take the map's picture when it is there."""
        return self.shell.pictures.poll() if self.shell.pictures else False

    def draw(self, target: pygame.Surface) -> None:
        """Draw the screen."""
        brush, texts, scenario = self.shell.brush, self.shell.texts, self.scenario
        s = brush.scale
        w, h = target.get_size()
        draw_backdrop(self.shell, target)
        brush.text(texts("briefing"), MARGIN + 2, 16, 13, ACCENT, True)
        brush.text(texts.name(scenario.title), MARGIN, 18 + 18 * s, 30, TEXT, font="serif_bold", room=w - 2 * MARGIN)
        span = f"{texts.day(scenario.calendar.start)} – {texts.day(scenario.calendar.end)}"
        line = f"{span} · {size_of(texts, scenario)}"
        brush.text(line, MARGIN + 2, 20 + 60 * s, 13, SECOND, room=w - 2 * MARGIN)
        top, foot = round(34 + 80 * s), round(62 * s)
        high = h - top - foot - 10
        left = round((w - 2 * MARGIN) * 0.42)
        self._draw_left(brush, texts, (MARGIN, top, left, high))
        self._draw_side(brush, texts, self.side, (MARGIN + left + 14, top, w - 2 * MARGIN - left - 14, high))
        y, size = h - foot + 4, round(38 * s)
        brush.button((MARGIN, y, round(130 * s), size), texts("back"), "back", self.back, key="Esc")
        wide = round(200 * s)
        brush.button((w - MARGIN - wide, y, wide, size), texts("briefing.to_map"), "to_map", self.start, True)

    def _draw_left(self, brush: Brush, texts: Texts, box: Box) -> None:
        """Draw the map, and below it what history did."""
        import pygame

        x, y, w, h = box
        s = brush.scale
        note = texts.name(self.scenario.historical[1])
        lines = brush.wrap(note, 12, w - 32)
        low = round(40 * s) + round(19 * s) * len(lines) + 12
        brush.panel(box, PANEL, LINE, 5)
        frame = (x + 12, y + 12, w - 24, h - low - 24)
        pictures = self.shell.pictures
        made = pictures.fitted(self.scenario.id, texts.lang, (frame[2], frame[3])) if pictures else None
        if made is not None:
            at = (frame[0] + (frame[2] - made.get_width()) // 2, frame[1] + (frame[3] - made.get_height()) // 3)
            brush.target.blit(made, at)
            pygame.draw.rect(brush.target, LINE, (*at, *made.get_size()), 1)
        else:
            brush.text(texts("start.drawing"), frame[0] + frame[2] / 2, frame[1] + frame[3] / 2 - 8, 13, FAINT, place=0)
        top = y + h - low
        net = f"{self.scenario.historical[0]:+,}".replace("-", "−")
        brush.text(texts("briefing.history", net=net), x + 16, top, 13, ACCENT, True, room=w - 32)
        for n, line in enumerate(lines):
            brush.text(line, x + 16, top + round(26 * s) + n * round(19 * s), 12, SECOND)

    def _draw_side(self, brush: Brush, texts: Texts, side: int, box: Box) -> None:
        x, y, w, h = box
        s = brush.scale
        brush.panel(box, PANEL, LINE, 5)
        y += 10
        if len(self.shown) > 1:
            wide = (w - 32 - 8) // 2
            for k in (0, 1):
                name = texts.name(self.scenario.sides[k].name)
                act = lambda k=k: self.turn_to(k)  # noqa: E731
                brush.button((x + 16 + k * (wide + 8), y, wide, round(30 * s)), name, f"brief_{k}", act, on=k == side)
            y += round(40 * s)
        info = self.scenario.sides[side]
        brush.bullet(x + 18, round(y + 9 * s), side)
        brush.text(f"{texts.name(info.name)} · {texts.name(info.army)}", x + 36, y, 18, SIDE_TEXT[side], True, room=w - 52)
        y += round(28 * s)
        brush.text(texts("briefing.commander", name=texts.name(info.commander)), x + 36, y, 13, TEXT, room=w - 52)
        y += round(20 * s)
        brush.text(forces_of(texts, self.scenario, side), x + 36, y, 12, SECOND, room=w - 52)
        y += round(24 * s)
        for line in self._notes(texts, side):
            brush.text(line, x + 36, y, 12, SECOND, room=w - 52)
            y += round(19 * s)
        y += round(6 * s)
        brush.rule(x + 16, y, w - 32)
        self._draw_task(brush, texts, side, (x + 18, y + 10, w - 36, box[1] + h - y - 18))

    def _notes(self, texts: Texts, side: int) -> list[str]:
        """Return what else is known: the documents' total, and troops that come later."""
        info = self.scenario.sides[side]
        late = [u for u in self.scenario.units if u.side == side and u.arrives > 1]
        found = []
        if info.documented_men:
            found.append(texts("briefing.documented", men=f"{info.documented_men:,}"))
        if late:
            found.append(texts("briefing.later", units=len(late), men=f"{sum(u.men for u in late):,}"))
        return found

    def _draw_task(self, brush: Brush, texts: Texts, side: int, box: Box) -> None:
        """Write the task and the objectives, from the first line that is shown."""
        x, y, w, h = box
        step = round(20 * brush.scale)
        task = brush.wrap(texts.name(self.scenario.sides[side].briefing), 13, w)
        rows: list[tuple[str, str, bool]] = [(line, "", False) for line in task]
        rows += [("", "", False), (texts("briefing.objectives"), "", True)]
        for aim in (o for o in self.scenario.objectives if o.side == side):
            rows.append((f"★ {texts.name(aim.title)}", points_of(texts, aim), False))
        rows += [("", "", False), (texts("briefing.formations"), "", True), *formations_of(texts, self.scenario, side)]
        fit = max(3, (h - step) // step)
        self._overflow = max(0, len(rows) - self.top - fit)
        for n, (text, points, head) in enumerate(rows[self.top : self.top + fit]):
            brush.text(text, x, y + n * step, 13, ACCENT if head else TEXT, head, room=w - 110 if points else w)
            brush.text(points, x + w, y + n * step, 13, FAINT, place=1)
        if self._overflow or self.top:
            up, down = ("↑" if self.top else " "), ("↓" if self._overflow else " ")
            brush.text(f"{up}{down} {texts('briefing.more')}", x + w, y + h - step + 2, 12, ACCENT, place=1)

    def close(self) -> None:
        """Nothing works in the background."""


def formations_of(texts: Texts, scenario: Scenario, side: int) -> list[tuple[str, str, bool]]:
    """Return the upper formations of a side with commander and men, as rows of the briefing."""
    found: list[tuple[str, str, bool]] = []

    def add(fid: str, depth: int) -> None:
        spec = scenario.formation_by_id[fid]
        men = sum(scenario.units[u].men for u in scenario.below(fid))
        if spec.side != side or not men:
            return
        leader = f" · {texts.name(spec.commander.name)}" if spec.commander else ""
        found.append((f"{'    ' * depth}{texts.name(spec.name)}{leader}", texts("men", men=f"{men:,}"), False))
        if depth < DEPTH:
            for child in scenario.children.get(fid, ()):
                add(child, depth + 1)

    for root in scenario.children.get("", ()):
        add(root, 0)
    return found


def forces_of(texts: Texts, scenario: Scenario, side: int) -> str:
    """Return a side's units, men and guns at the start."""
    here = [u for u in scenario.units if u.side == side and u.arrives <= 1]
    men, guns, tanks = (sum(getattr(u, name) for u in here) for name in ("men", "guns", "tanks"))
    parts = [texts("briefing.units", units=len(here)), texts("men", men=f"{men:,}"), texts("briefing.guns", guns=f"{guns:,}")]
    if tanks:
        parts.append(texts("briefing.tanks", tanks=f"{tanks:,}"))
    return " · ".join(parts)
