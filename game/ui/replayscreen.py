"""Watching a recorded game: play, pause, step, jump to any turn, with everything shown or through one side's eyes."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from game.model.events import Event
from game.play.replay import Replay, read_replay, rerun
from game.rules import victory
from game.scenario.load import load_scenario
from game.ui import news
from game.ui.mapview import MapView
from game.ui.panels import TOP, draw_log, draw_minimap
from game.ui.scene import EVERYTHING, Scene, scene_of
from game.ui.screen import Shell
from game.ui.widgets import ACCENT, BAD, LINE, PANEL, SECOND, SIDE_TEXT, TEXT, TROUGH, WINDOW, Box

if TYPE_CHECKING:
    import pygame

LOW, RIGHT = 206, 330  # height of the lower panels, width of the minimap [px]
SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0)  # phases a second
VIEWERS = (EVERYTHING, 0, 1)


@dataclass(frozen=True, eq=False)
class Moment:
    """The game after one side's turn, as everyone and as each side saw it."""

    turn: int
    side: int
    scenes: tuple[Scene, Scene, Scene]  # in the order of VIEWERS
    events: tuple[Event, ...]
    net: int
    captures: tuple[int, ...]  # sides that took a watched place
    destroyed: int  # units lost by both sides


class ReplayScreen:
    """Shows a replay. A thread plays the orders again; every moment it has reached can be jumped to at once."""

    def __init__(self, shell: Shell, path: Path, size: tuple[int, int]) -> None:
        self.shell = shell
        self.replay: Replay = read_replay(path)
        self.scenario = load_scenario(self.replay.scenario)
        self.view = MapView(self.scenario, self.replay.scenario, (size[0], size[1] - TOP - LOW), shell.cache)
        self.view.hurry = shell.hurry
        self.view.camera.zoom_by(-1, (size[0] / 2, size[1] / 2))
        self.moments: list[Moment] = []
        self.trouble = ""
        self.at = -1
        self.viewer = 0  # index into VIEWERS
        self.speed = 1
        self.playing = False
        self._wait = 0.0
        self._fresh = (0, 0)
        self._drag: tuple[int, int] | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        done = 0
        try:
            for session, recorded, difference in rerun(self.replay, self.scenario):
                if difference:
                    self.trouble = str(difference)
                    return
                world = session.world
                events = tuple(world.events[done:])
                done = len(world.events)
                scenes = (scene_of(world, EVERYTHING), scene_of(world, 0), scene_of(world, 1))
                watched = set(self.scenario.watched)
                taken = tuple(int(str(e.data["by"])) for e in events if e.kind == "capture" and e.data["place"] in watched)
                lost = sum(e.kind in ("surrender", "dispersed", "captured") for e in events)
                self.moments.append(
                    Moment(recorded.turn, recorded.side, scenes, events, victory.net(world), taken, lost)
                )
                if self._stop.is_set():
                    return
        except Exception as error:
            # told in the window: a thread has nobody above it who could
            self.trouble = str(error)

    def jump(self, at: int) -> None:
        """Show a moment."""
        if self.moments:
            self.at = min(max(at, 0), len(self.moments) - 1)
            self.view.show(self.moments[self.at].scenes[self.viewer])

    def play(self) -> None:
        """Play or pause; at the end play from the beginning."""
        if not self.playing and self.at >= len(self.replay.phases) - 1:
            self.jump(0)
        self.playing, self._wait = not self.playing, 0.0

    def faster(self, by: int) -> None:
        """Change the speed."""
        self.speed = min(max(self.speed + by, 0), len(SPEEDS) - 1)

    def see(self) -> None:
        """Look through the next viewer's eyes."""
        self.viewer = (self.viewer + 1) % len(VIEWERS)
        self.jump(self.at)

    def event(self, event: pygame.event.Event) -> None:
        """Answer to keys and clicks."""
        import pygame

        camera = self.view.camera
        if event.type == pygame.KEYDOWN:
            steps = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1, pygame.K_HOME: -9999, pygame.K_END: 9999}
            if event.key in steps:
                self.jump(self.at + steps[event.key])
            elif event.key == pygame.K_SPACE:
                self.play()
            elif event.key in (pygame.K_UP, pygame.K_DOWN):
                self.faster(1 if event.key == pygame.K_UP else -1)
            elif event.key == pygame.K_f:
                self.see()
            elif event.key == pygame.K_ESCAPE:
                self.shell.go("start", None)
        elif event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            if not self.shell.brush.click(*event.pos):
                self._drag = event.pos
        elif event.type == pygame.MOUSEBUTTONUP:
            self._drag = None
        elif event.type == pygame.MOUSEMOTION and self._drag is not None:
            camera.pan(-event.rel[0], -event.rel[1])
        elif event.type == pygame.MOUSEWHEEL:
            x, y = self.shell.brush.mouse
            camera.zoom_by(1 if event.y > 0 else -1, (x, y - TOP))

    def update(self, seconds: float) -> bool:
        """Go on playing, and take what the threads have finished."""
        self.view.ground.poll()
        if self.at < 0 and self.moments:
            self.jump(0)
        if self.playing:
            self._wait += seconds * SPEEDS[self.speed]
            if self._wait >= 1 and self.at + 1 < len(self.moments):
                self._wait = 0.0
                self.jump(self.at + 1)
            self.playing = self.at + 1 < len(self.replay.phases) and not self.trouble
        fresh = (self.view.fresh, len(self.moments))
        changed, self._fresh = fresh != self._fresh or self.playing, fresh
        return changed

    def draw(self, target: pygame.Surface) -> None:
        """Draw everything."""
        brush, texts, camera = self.shell.brush, self.shell.texts, self.view.camera
        w, h = target.get_size()
        if (camera.width, camera.height) != (w, h - TOP - LOW):
            camera.resize(w, h - TOP - LOW)
        part = target.subsurface((0, TOP, camera.width, camera.height))
        self.view.draw(part, texts.lang, -1, lambda layer: None, self.at)
        brush.panel((0, 0, w, TOP), WINDOW)
        brush.panel((0, h - LOW, w, LOW), PANEL)
        brush.button((w - 82, 7, 70, 30), texts("menu"), "menu", lambda: self.shell.go("start", None))
        brush.button((w - 164, 7, 76, 30), texts("start.language"), "language", texts.switch)
        if self.trouble:
            brush.text(self.trouble, 16, h - LOW - 26, 13, BAD, True, room=w - 32)
        if self.at < 0:
            return
        now = self.moments[self.at]
        self._draw_top(now)
        self._draw_slider((16, h - LOW + 10, w - 32, 40))
        lines = [
            (e.side, line, news.hex_of(e)) for e in reversed(now.events)
            if news.known(e, now.scenes[self.viewer]) and (line := news.line_of(e, self.scenario, texts))
        ]  # fmt: skip
        log = (0, h - 150, w - RIGHT, 150)
        sides = [u.side for u in self.scenario.units]
        draw_log(brush, lines, texts, log, camera.centre_on, self.scenario.map)
        draw_minimap(brush, self.view, now.scenes[self.viewer], sides, (w - RIGHT, h - 149, RIGHT, 149))

    def _draw_top(self, now: Moment) -> None:
        brush, texts = self.shell.brush, self.shell.texts
        calendar = self.scenario.calendar
        x = 16 + brush.text(texts.day(calendar.date_of(now.turn)), 16, 9, 18, font="serif_bold") + 20
        x += brush.text(texts("turn", turn=now.turn, turns=calendar.turns), x, 13, 13, SECOND) + 20
        x += brush.text(texts.name(self.scenario.sides[now.side].name), x, 12, 14, SIDE_TEXT[now.side], True) + 20
        x += brush.text(texts("points", net=f"{now.net:+,}".replace("-", "−")), x, 12, 14, ACCENT, True) + 24
        eyes = texts("replay.all") if self.viewer == 0 else texts.name(self.scenario.sides[VIEWERS[self.viewer]].name)
        buttons = (
            ("replay_back", "◀", 34, lambda: self.jump(self.at - 1)),
            ("replay_play", texts("replay.pause" if self.playing else "replay.play"), 84, self.play),
            ("replay_next", "▶", 34, lambda: self.jump(self.at + 1)),
            ("replay_speed", f"× {SPEEDS[self.speed]:g}", 64, lambda: self.faster(1 if self.speed + 1 < len(SPEEDS) else -9)),
            ("replay_eyes", texts("replay.eyes", who=eyes), 150, self.see),
        )
        for name, text, wide, action in buttons:
            brush.button((int(x), 7, wide, 30), text, name, action, on=name == "replay_play" and self.playing)
            x += wide + 6

    def _draw_slider(self, box: Box) -> None:
        """Draw the turns with a mark for every capture and for units lost, and the place that is shown."""
        import pygame

        brush, (x, y, w, h) = self.shell.brush, box
        count = max(1, len(self.replay.phases) - 1)
        pygame.draw.rect(brush.target, TROUGH, (x, y + 18, w, 6), border_radius=3)
        pygame.draw.rect(brush.target, LINE, (x, y + 18, w * max(0, len(self.moments) - 1) // count, 6), border_radius=3)
        for n, moment in enumerate(self.moments):
            px = x + w * n // count
            for k, side in enumerate(moment.captures[:3]):
                pygame.draw.circle(brush.target, SIDE_TEXT[side], (px, y + 13 - 7 * k), 3)
            if moment.destroyed:
                pygame.draw.line(brush.target, BAD, (px - 3, y + 28), (px + 3, y + 34), 2)
                pygame.draw.line(brush.target, BAD, (px + 3, y + 28), (px - 3, y + 34), 2)
        px = x + w * self.at // count
        pygame.draw.circle(brush.target, TEXT, (px, y + 21), 8)
        pygame.draw.circle(brush.target, ACCENT, (px, y + 21), 6)
        brush.area((x - 8, y, w + 16, h), "slider", lambda: self.jump(round((brush.mouse[0] - x) * count / w)))

    def close(self) -> None:
        """Stop the threads."""
        self._stop.set()
        self._thread.join(timeout=30)
        self.view.close()
