"""Watching a recorded game: play, pause, step, jump to any moment, with everything shown or through one side's eyes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from game import __version__
from game.core.errors import GameError
from game.model.events import Event
from game.play.replay import read_replay, write_replay
from game.play.rerun import Difference, scenario_of, source_of
from game.play.stats import number
from game.play.tape import Spot, Tape
from game.ui import news, replaydraw, replayhands, timeline
from game.ui.charts import Chart, chart_of, kinds_of
from game.ui.exportwork import Export
from game.ui.keep import Keep
from game.ui.mapview import MapView
from game.ui.replaydraw import SPEEDS
from game.ui.replaymarks import Deed, deed_of, origins_of
from game.ui.scene import EVERYTHING, Scene, scene_of
from game.ui.screen import Choice, Shell
from game.ui.trouble import failure_text
from game.ui.widgets import Scroll

if TYPE_CHECKING:
    import pygame

PACE = {"order": 2.2, "phase": 1.0, "turn": 0.7}  # steps a second at speed 1
VIEWERS = (EVERYTHING, 0, 1)
KEPT = 16  # scenes kept for going back and forth


class ReplayScreen:
    """Shows a replay. A thread plays the orders once; every moment it has reached can be jumped to at once."""

    def __init__(self, shell: Shell, path: Path, size: tuple[int, int]) -> None:
        self.shell = shell
        self.path = path
        self.replay = read_replay(path)
        self.scenario = scenario_of(self.replay)
        self.tape = Tape(self.replay, self.scenario)
        shell.texts.scenario = self.scenario
        self.view = MapView(self.scenario, source_of(self.replay), size, shell.cache)
        self.view.hurry = shell.hurry
        self.trouble = ""
        self.spot = self.tape.start
        self.viewer = 0  # index into VIEWERS
        self.step = "phase"
        self.speed = SPEEDS.index(1.0)
        self.playing = False
        self.overlays = {"control", "front", "captures"}
        self.deed: Deed | None = None
        self.detail: Event | None = None  # the battle whose factors are shown
        self.asking = ""  # "", "play_on" or "export"
        self.message = ""
        self.tab = "supply"  # chart in the last place
        self.scrolls = {"turn": Scroll(), "detail": Scroll()}
        self.export: Export | None = None
        self.lines: timeline.Lines | None = None  # of the timeline as last drawn
        self.keep = Keep()
        self._scenes: OrderedDict[tuple[Spot, int], Scene] = OrderedDict()
        self._wait = 0.0
        self._fresh: object = None
        self.drag = ""  # what the mouse holds: "", "map" or "time"
        self._stop = threading.Event()
        self._look_at_start(size)
        self.jump(self.tape.start)
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def _look_at_start(self, size: tuple[int, int]) -> None:
        box, camera = replaydraw.map_box(self.shell.brush, size), self.view.camera
        camera.resize(box[2], box[3])
        camera.zoom_by(max(camera.farthest, 3) - camera.zoom, (box[2] / 2, box[3] / 2))
        places = [self.scenario.map.place_by_id[r.place].hex for r in self.scenario.record[:8]]
        known = [h for h in places if h >= 0]
        if known:
            camera.centre_on(known[len(known) // 2])

    def _work(self) -> None:
        try:
            for _ in self.tape.wind():
                if self._stop.is_set():
                    return
            if self.tape.difference:
                self.trouble = self._differs(self.tape.difference)
        except Exception as error:  # told in the window: a thread has nobody above it who could
            self.trouble = str(error)

    def _differs(self, difference: Difference) -> str:
        texts, replay = self.shell.texts, self.replay
        where = f"{replay.path}:{difference.line}: {difference}"
        other = texts("replay.version", was=replay.version, now=__version__) if replay.version != __version__ else ""
        return f"{texts('replay.differs')} {where} {other}".strip()

    # -- what is shown ---------------------------------------------------------------------------------------------
    @property
    def winding(self) -> bool:
        """Return whether the orders are still being played for the first time."""
        return self._thread.is_alive()

    @property
    def whole(self) -> bool:
        """Return whether every phase of the file can be shown."""
        return len(self.tape.chapters) == len(self.replay.phases)

    @property
    def eyes(self) -> int:
        """Return whose eyes we look through: EVERYTHING or a side."""
        return VIEWERS[self.viewer]

    @property
    def turn(self) -> int:
        """Return the turn that is shown."""
        return self.replay.phases[self.spot.phase].turn if self.replay.phases else 1

    @property
    def side(self) -> int:
        """Return the side whose phase is shown."""
        return self.replay.phases[self.spot.phase].side if self.replay.phases else self.scenario.calendar.first

    @property
    def dates(self) -> str:
        """Return the days of the turn that is shown, e.g. "7–8 May 1944"."""
        return timeline.turn_dates(self.scenario.calendar, self.turn, self.shell.texts)

    @property
    def scene(self) -> Scene:
        """Return what is shown now."""
        key = (self.spot, self.viewer)
        if key not in self._scenes:
            self._scenes[key] = scene_of(self.tape.world_at(self.spot), self.eyes)
            if len(self._scenes) > KEPT:
                self._scenes.popitem(last=False)
        return self._scenes[key]

    def turn_events(self) -> list[Event]:
        """Return what the viewer learns of this turn, up to now, in order."""
        phases, spot = self.replay.phases, self.spot
        if not phases:
            return []
        events = list(self.tape.events_at(spot))
        if spot.phase and phases[spot.phase - 1].turn == self.turn:
            events = [*self.tape.chapters[spot.phase - 1].events, *events]
        return [e for e in events if e.turn == self.turn and news.known(e, self.scene)]

    def charts(self) -> list[Chart]:
        """Return the charts of this game for the viewer."""
        texts, tape = self.shell.texts, self.tape
        key = (len(tape.chapters), self.eyes, texts.lang)
        found: list[Chart] = self.keep.get("charts", key, lambda: [chart_of(tape, k, self.eyes, texts) for k in kinds_of(tape)])
        return found

    def pins(self) -> list[timeline.Pin]:
        """Return the timeline's marks for the viewer."""
        texts, tape = self.shell.texts, self.tape
        key = (len(tape.chapters), self.eyes, texts.lang)
        found: list[timeline.Pin] = self.keep.get("pins", key, lambda: timeline.pins_of(tape, self.eyes, texts))
        return found

    # -- moving ----------------------------------------------------------------------------------------------------
    def jump(self, spot: Spot) -> None:
        """Show a moment, or the last one that is known so far."""
        reached = self.tape.clamp(spot)
        self.message = ""
        if reached < spot and not self.whole and self.replay.phases:
            turn = self.replay.phases[reached.phase].turn
            self.message = self.shell.texts("replay.only_to" if self.trouble else "replay.so_far", turn=turn)
        self._show(reached, None)

    def _show(self, spot: Spot, deed: Deed | None) -> None:
        self.spot, self.deed, self.detail = spot, deed, None
        self.scrolls["turn"].at = 0
        self.view.show(self.scene)

    @property
    def end(self) -> Spot:
        """Return the last moment of the file."""
        return self.tape.end_of(len(self.replay.phases) - 1) if self.replay.phases else self.tape.start

    def go(self, by: int) -> None:
        """Step forwards (1) or backwards (-1) by an order, a phase or a turn."""
        if self.step == "order":
            if by > 0:
                self._next_deed()
            else:
                self._last_deed()
        else:
            self.jump(self._next_end() if by > 0 else self._last_end())

    def _next_end(self) -> Spot:
        phases, spot = self.replay.phases, self.spot
        if not phases:
            return spot
        at = spot.phase if spot.order < self.tape.orders(spot.phase) else spot.phase + 1
        while self.step == "turn" and at + 1 < len(phases) and phases[at + 1].turn == phases[at].turn:
            at += 1
        return self.tape.end_of(at) if at < len(phases) else self.end

    def _last_end(self) -> Spot:
        phases, at = self.replay.phases, self.spot.phase - 1
        while self.step == "turn" and at >= 0 and phases[at + 1].turn == phases[at].turn:
            at -= 1
        return self.tape.end_of(at) if at >= 0 else self.tape.start

    def _next_deed(self) -> None:
        """Go on to the next order that the viewer sees something of, or to the end of the phase."""
        tape, spot = self.tape, self.spot
        if spot == tape.last:
            self.jump(self.end)
            return
        if spot.order >= tape.orders(spot.phase):
            spot = Spot(spot.phase + 1, 0)
        while True:
            before, spot = spot, Spot(spot.phase, spot.order + 1)
            if spot == tape.end_of(spot.phase):
                self._show(spot, None)
                return
            order = tape.order(spot)
            origins = origins_of(tape.world_at(before), order)
            deed = deed_of(order, tape.passage(spot).events, origins)
            if deed is not None and self._sees(deed, spot):
                self._show(spot, deed)
                self._follow(deed)
                return

    def _sees(self, deed: Deed, spot: Spot) -> bool:
        if self.eyes in (EVERYTHING, deed.side) or deed.battle is not None:
            return True
        sighted = self.tape.world_at(spot).sighted[self.eyes]
        return any(sighted[path[-1]] for path in deed.marches)

    def _last_deed(self) -> None:
        tape, spot = self.tape, self.spot
        if spot.order == 0:
            self.jump(tape.start)
            return
        before = Spot(spot.phase, spot.order - 1)
        self.jump(tape.end_of(spot.phase - 1) if before.order == 0 and spot.phase else before)

    def _follow(self, deed: Deed) -> None:
        if deed.battle is not None and not self.view.camera.shows(deed.where, 60):
            self.view.camera.centre_on(deed.where)

    def play(self) -> None:
        """Play or pause; at the end play from the beginning."""
        if not self.playing and self.spot == self.end:
            self.jump(self.tape.start)
        self.playing, self._wait = not self.playing and bool(self.replay.phases), 0.0

    def nudge(self, by: int) -> None:
        """Pause and step."""
        self.playing = False
        self.go(by)

    def faster(self, by: int) -> None:
        """Change the speed."""
        self.set_speed(min(max(self.speed + by, 0), len(SPEEDS) - 1))

    def set_speed(self, speed: int) -> None:
        """Choose a speed, an index into SPEEDS."""
        self.speed = speed

    def set_step(self, step: str) -> None:
        """Choose what one step is, one of STEPS."""
        self.step = step

    def look(self, viewer: int) -> None:
        """Look through other eyes, an index into VIEWERS."""
        self.viewer = viewer % len(VIEWERS)
        self.deed = None
        self.view.show(self.scene)

    def toggle(self, overlay: str) -> None:
        """Show or hide an overlay, one of OVERLAYS."""
        self.overlays ^= {overlay}

    def choose_tab(self, kind: str) -> None:
        """Show another chart."""
        self.tab = kind

    def ask(self, what: str) -> None:
        """Open a question ("play_on" or "export"), or close it ("")."""
        self.asking, self.playing = what if what != self.asking else "", False

    def show_detail(self, event: Event | None) -> None:
        """Show a battle's factors and bring its hex into sight; None closes them."""
        self.detail = event if event is not self.detail else None
        self.scrolls["detail"].at = 0
        if self.detail is not None and not self.view.camera.shows(number(self.detail, "hex"), 60):
            self.view.camera.centre_on(number(self.detail, "hex"))

    def scrub(self, x: float) -> None:
        """Jump to the moment that lies at a place of the timeline [px]."""
        if self.lines is not None:
            spot = timeline.spot_of_day(self.tape, self.lines.day(x))
            if spot != self.spot:
                self.jump(spot)

    # -- leaving it ------------------------------------------------------------------------------------------------
    def play_on(self, players: tuple[str, str]) -> None:
        """Take the game at this moment into a new game; it becomes a saved game, and the replay stays as it is."""
        self.asking = ""
        session = self.tape.session_at(self.spot)
        if session.over:
            return
        path = self.shell.saves / f"{self.path.stem}-turn{session.world.state.turn}.ichigo"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_replay(session, players, path)
        except (GameError, OSError) as error:
            self.shell.tell(failure_text(self.shell.texts, error))
            return
        self.shell.go("load", Choice(source_of(self.replay), players, self.replay.seed, path))

    def dismiss(self) -> None:
        """Take the message about an export that is done off the map."""
        if self.export is not None and not self.export.busy:
            self.export.close()
            self.export = None

    def start_export(self, kind: str) -> None:
        """Write the replay as "html" or "gif" beside its file, in a second process."""
        self.asking = ""
        if self.export is not None and self.export.busy:
            return
        fog = ("none", "japan", "china")[self.viewer]
        try:
            self.export = Export(self.path, kind, fog, self.shell.texts.lang)
        except OSError as error:
            self.shell.tell(failure_text(self.shell.texts, error))

    # -- the screen ------------------------------------------------------------------------------------------------
    def event(self, event: pygame.event.Event) -> None:
        """Answer to keys and clicks."""
        replayhands.answer(self, event)

    def leave(self) -> None:
        """Go back to the start screen."""
        self.shell.go("start", None)

    def update(self, seconds: float) -> bool:
        """Go on playing, and take what the threads have finished."""
        self.view.poll()
        if self.playing:
            speed = SPEEDS[self.speed]
            self._wait += seconds * PACE[self.step] * speed if speed else 1.0
            if self._wait >= 1:
                self._wait = 0.0
                if self.spot != self.tape.last:
                    self.go(1)
            self.playing = self.spot != self.end and not (self.trouble and self.spot == self.tape.last)
        if self.whole and self.message:
            self.message = ""
        exporting = (self.export.busy, self.export.progress) if self.export else None
        fresh = (self.view.fresh, len(self.tape.chapters), self.trouble, exporting, self.spot, self.message)
        changed, self._fresh = fresh != self._fresh, fresh
        return changed

    def draw(self, target: pygame.Surface) -> None:
        """Draw everything."""
        replaydraw.draw(self, target)

    def close(self) -> None:
        """End what works in the background."""
        self._stop.set()
        self._thread.join(timeout=30)
        if self.export is not None:
            self.export.close()
        self.view.close()
