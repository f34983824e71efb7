"""The start screen and the briefing: which scenario, which side, against whom; what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.ai.registry import player_names
from game.core.errors import GameError
from game.model.scenario import Scenario
from game.scenario.load import find_scenarios, load_scenario
from game.ui.desk import PERSON
from game.ui.screen import Choice, Shell
from game.ui.texts import Texts
from game.ui.widgets import ACCENT, ACTIVE, BAD, FAINT, LINE, PANEL, SECOND, SIDE_TEXT, TEXT, WINDOW, Box, Brush

if TYPE_CHECKING:
    import pygame

SIDES = ("japan", "china", "both", "none")
FIRST = "first_steps"


def players_of(side: str, opponent: str) -> tuple[str, str]:
    """Return (Japan's, China's) player for a choice of side and opponent."""
    japan = PERSON if side in ("japan", "both") else opponent
    china = PERSON if side in ("china", "both") else opponent
    return japan, china


@dataclass(frozen=True)
class Entry:
    """A scenario of the list: loaded, or the message of why it cannot be used."""

    id: str
    scenario: Scenario | None
    trouble: str


class StartScreen:
    """Lists the scenarios and asks for side and opponent."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        # one scenario is loaded in every frame, so that the window is there at once
        self._todo = [name for name, _ in find_scenarios()]
        self._todo.sort(key=lambda name: (name != FIRST, name))
        self.entries: list[Entry] = []
        self.chosen = ""
        self.side = "japan"
        self.opponent = player_names()[0]

    def event(self, event: pygame.event.Event) -> None:
        """Answer to keys and clicks."""
        import pygame

        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            self.shell.brush.click(*event.pos)
        elif event.type == pygame.KEYDOWN:
            if event.key in (pygame.K_UP, pygame.K_DOWN):
                self._move(1 if event.key == pygame.K_DOWN else -1)
            elif event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
                self.begin()
            elif event.key == pygame.K_l:
                self.shell.texts.switch()

    def update(self, seconds: float) -> bool:
        """Load the next scenario of the list."""
        if not self._todo:
            return False
        name = self._todo.pop(0)
        try:
            self.entries.append(Entry(name, load_scenario(name), ""))
        except GameError as error:
            self.entries.append(Entry(name, None, str(error)))
        if not self.chosen and self.entries[-1].scenario:
            self.chosen = name
        return True

    def _move(self, by: int) -> None:
        names = [e.id for e in self.entries]
        if self.chosen in names:
            self.chosen = names[(names.index(self.chosen) + by) % len(names)]

    def choose(self, name: str) -> None:
        """Choose a scenario."""
        self.chosen = name

    def take(self, side: str) -> None:
        """Choose a side."""
        self.side = side

    def against(self, opponent: str) -> None:
        """Choose the computer player."""
        self.opponent = opponent

    def begin(self) -> None:
        """Go on to the briefing of the chosen scenario."""
        if any(e.id == self.chosen and e.scenario for e in self.entries):
            self.shell.go("briefing", Choice(self.chosen, players_of(self.side, self.opponent)))

    def resume(self) -> None:
        """Go on with the game that was saved last."""
        found = [p for p in (self.shell.saves / f"{n}.ichigo" for n in ("quick", "auto")) if p.is_file()]
        if found:
            newest = max(found, key=lambda p: p.stat().st_mtime)
            self.shell.go("load", Choice("", (PERSON, PERSON), load=newest))

    def draw(self, target: pygame.Surface) -> None:
        """Draw the screen."""
        brush, texts = self.shell.brush, self.shell.texts
        target.fill(WINDOW)
        w, h = target.get_size()
        brush.text(texts("game"), 48, 26, 40, TEXT, font="serif_bold")
        brush.text(texts("game.about"), 50, 84, 15, SECOND)
        brush.button((w - 148, 36, 100, 30), texts("start.language"), "language", texts.switch)
        self._draw_list(brush, texts, (48, 124, 400, h - 172))
        self._draw_choice(brush, texts, (464, 124, w - 512, h - 172))

    def _draw_list(self, brush: Brush, texts: Texts, box: Box) -> None:
        x, y, w, _ = box
        brush.panel(box, PANEL, LINE, 5)
        brush.text(texts("start.scenarios"), x + 16, y + 12, 14, ACCENT, True)
        for n, entry in enumerate(self.entries):
            top = y + 44 + n * 62
            row = (x + 6, top, w - 12, 58)
            if entry.id == self.chosen or brush.over(row):
                brush.target.fill(ACTIVE, row)
            if entry.id == self.chosen:
                brush.target.fill(ACCENT, (x + 6, top, 4, 58))
            s = entry.scenario
            brush.text(texts.name(s.title) if s else entry.id, x + 20, top + 6, 16, TEXT if s else BAD, True, room=w - 40)
            line = f"{texts.day(s.calendar.start)} – {texts.day(s.calendar.end)}" if s else entry.trouble
            brush.text(line, x + 20, top + 31, 12, SECOND if s else BAD, room=w - 40)
            brush.area(row, f"scenario_{entry.id}", lambda name=entry.id: self.choose(name))  # type: ignore[misc]

    def _draw_choice(self, brush: Brush, texts: Texts, box: Box) -> None:
        x, y, w, h = box
        brush.panel(box, PANEL, LINE, 5)
        scenario = next((e.scenario for e in self.entries if e.id == self.chosen), None)
        if scenario is None:
            return
        brush.text(texts.name(scenario.title), x + 24, y + 16, 26, TEXT, font="serif_bold")
        counts = {"units": len(scenario.units), "turns": scenario.calendar.turns, "days": scenario.calendar.days_per_turn}
        brush.text(texts("start.units", **counts), x + 24, y + 58, 13, ACCENT)
        used = brush.paragraph(texts.name(scenario.summary), x + 24, y + 86, w - 48, 14)
        top = y + 104 + used
        brush.rule(x + 24, top, w - 48)
        brush.text(texts("start.side"), x + 24, top + 12, 13, SECOND)
        names = [*(texts.name(s.name) for s in scenario.sides), texts("start.both"), texts("start.none")]
        for n, (side, name) in enumerate(zip(SIDES, names, strict=True)):
            act = lambda side=side: self.take(side)  # noqa: E731
            brush.button((x + 24 + n * 164, top + 38, 156, 32), name, f"side_{side}", act, on=self.side == side)
        for k, side_info in enumerate(scenario.sides):
            army = texts("briefing.forces", army=texts.name(side_info.army), commander=texts.name(side_info.commander))
            brush.bullet(x + 26, top + 87 + 22 * k, k)
            brush.text(army, x + 44, top + 81 + 22 * k, 13, SIDE_TEXT[k], room=w - 70)
        brush.text(texts("start.opponent"), x + 24, top + 138, 13, SECOND)
        for n, name in enumerate(player_names()):
            act = lambda name=name: self.against(name)  # noqa: E731
            on, useful = self.opponent == name, self.side != "both"
            brush.button((x + 24 + n * 164, top + 162, 156, 32), name, f"opponent_{name}", act, on=on and useful, enabled=useful)
        bottom = y + h - 52
        brush.button((x + w - 204, bottom, 180, 36), texts("start.begin"), "begin", self.begin, True)
        saved = any((self.shell.saves / f"{n}.ichigo").is_file() for n in ("quick", "auto"))
        brush.button((x + 24, bottom, 220, 36), texts("start.continue"), "continue", self.resume, enabled=saved)
        brush.button((x + 256, bottom, 110, 36), texts("start.quit"), "quit", lambda: self.shell.go("quit", None))

    def close(self) -> None:
        """Nothing works in the background."""


class BriefingScreen:
    """What each side has and must do."""

    def __init__(self, shell: Shell, choice: Choice) -> None:
        self.shell = shell
        self.choice = choice
        self.scenario = load_scenario(choice.scenario)

    def event(self, event: pygame.event.Event) -> None:
        """Answer to keys and clicks."""
        import pygame

        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            self.shell.brush.click(*event.pos)
        elif event.type == pygame.KEYDOWN and event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            self.start()
        elif event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE:
            self.shell.go("start", None)

    def start(self) -> None:
        """Begin the game."""
        self.shell.go("game", self.choice)

    def update(self, seconds: float) -> bool:
        """Nothing moves here."""
        return False

    def draw(self, target: pygame.Surface) -> None:
        """Draw the screen."""
        brush, texts, scenario = self.shell.brush, self.shell.texts, self.scenario
        target.fill(WINDOW)
        w, h = target.get_size()
        brush.text(texts("briefing"), 50, 22, 14, ACCENT, True)
        brush.text(texts.name(scenario.title), 48, 42, 32, TEXT, font="serif_bold")
        span = f"{texts.day(scenario.calendar.start)} – {texts.day(scenario.calendar.end)}"
        brush.text(span, 50, 90, 14, SECOND)
        shown = [s for s in (0, 1) if self.choice.players[s] == PERSON] or [0, 1]
        wide = min(920, (w - 96 - 16 * (len(shown) - 1)) // len(shown))
        for n, side in enumerate(shown):
            self._draw_side(brush, texts, side, (48 + n * (wide + 16), 124, wide, h - 200))
        brush.button((w - 228, h - 60, 180, 36), texts("briefing.to_map"), "to_map", self.start, True)
        brush.button((48, h - 60, 120, 36), texts("back"), "back", lambda: self.shell.go("start", None))

    def _draw_side(self, brush: Brush, texts: Texts, side: int, box: Box) -> None:
        x, y, w, _ = box
        info = self.scenario.sides[side]
        brush.panel(box, PANEL, LINE, 5)
        brush.bullet(x + 22, y + 24, side)
        brush.text(texts.name(info.name), x + 42, y + 14, 18, SIDE_TEXT[side], True)
        forces = texts("briefing.forces", army=texts.name(info.army), commander=texts.name(info.commander))
        brush.text(forces, x + 42, y + 42, 13, SECOND, room=w - 60)
        used = brush.paragraph(texts.name(info.briefing), x + 22, y + 76, w - 44, 14)
        top = y + 92 + used
        brush.rule(x + 22, top, w - 44)
        for objective in (o for o in self.scenario.objectives if o.side == side):
            if top + 34 > box[1] + box[3]:
                return
            top += 24
            brush.text(f"★ {texts.name(objective.title)}", x + 22, top - 12, 13, TEXT, room=w - 120)
            brush.text(f"{objective.points:+,}".replace("-", "−"), x + w - 22, top - 12, 13, FAINT, place=1)

    def close(self) -> None:
        """Nothing works in the background."""
