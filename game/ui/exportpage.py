"""A replay as one page for the browser: map, counters, figures and log as data, drawn by the script that comes with it.

The page asks the network for nothing. The land is one picture; front, sight and counters are drawn on top from data, which
is a fraction of the size of a picture for every turn and lets counters glide from place to place.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from game.core.paths import data_folder
from game.lab.page import text as escaped
from game.model.events import Event
from game.play.tape import Spot, Tape
from game.ui import news, style
from game.ui.charts import Chart, chart_of, day_at, kinds_of, months, span
from game.ui.film import EVERYTHING, Film, Piece, moments, scene_at
from game.ui.replayturn import player_name, turn_lines
from game.ui.scene import Scene
from game.ui.texts import Texts
from game.ui.timeline import late_text, town_name, turn_dates

if TYPE_CHECKING:
    import pygame

    from game.ui.counters import Counter

U8 = npt.NDArray[np.uint8]
WORDS = (
    "play", "pause", "first", "back", "next", "last", "speed", "turn", "record", "place", "history", "game", "days",
    "log", "points", "key", "made",
)  # fmt: skip


def page(tape: Tape, film: Film, step: str, viewer: int, texts: Texts, tick: Callable[[str], None]) -> bytes:
    """Return the page in UTF-8; tick is told how far it is."""
    data = _data(tape, film, step, viewer, texts, tick)
    title = texts("page.title", scenario=texts.name(tape.scenario.title))
    folder = data_folder("assets") / "page"
    look, script = (folder / "replay.css").read_text(encoding="utf-8"), (folder / "replay.js").read_text(encoding="utf-8")
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
    # "</" would end the script early
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    lang = "zh-Hans" if texts.lang == "zh" else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{escaped(title)}</title><style>\n{look}</style></head>\n<body>\n"
        f'<noscript>{escaped(texts("page.noscript"))}</noscript><div id="app"></div>\n'
        f"<script>const DATA={packed};\n{script}</script></body></html>\n"
    ).encode()


def _data(tape: Tape, film: Film, step: str, viewer: int, texts: Texts, tick: Callable[[str], None]) -> dict[str, Any]:
    scenario, map_, area = tape.scenario, tape.scenario.map, film.area
    spots = list(moments(tape, step))
    atlas = Atlas(film)
    frames, control, sight = [], np.full(map_.size, 255, np.uint8), np.zeros(map_.size, np.uint8)
    for n, spot in enumerate(spots):
        scene = scene_at(tape, spot, viewer)
        seen = scene.sighted if scene.sighted is not None else sight
        frame = _frame(tape, spot, spots[n - 1] if n else None, scene, texts)
        frame |= {"c": changes(control, scene.picture.control), "v": changes(sight, seen), "u": atlas.rows(film.pieces(scene))}
        control, sight = scene.picture.control.copy(), seen.copy()
        frames.append(frame)
        tick(texts("export.frame", number=n + 1, of=len(spots)))
    return {
        "title": texts.name(scenario.title), "lang": texts.lang, "info": _info(tape, viewer, texts),
        "w": area.width, "h": area.height, "hex": round(area.hex_px, 4), "left": round(area.left, 3), "top": round(area.top, 3),
        "cols": map_.cols, "rows": map_.rows, "base": _address(film.base, "jpeg"), "atlas": atlas.picture(), "cell": atlas.cell,
        "across": atlas.across, "frames": frames, "fog": viewer != EVERYTHING, "span": span(scenario.calendar),
        "months": months(scenario.calendar, texts), "flags": _flags(tape, texts),
        "charts": [_chart(c) for c in (chart_of(tape, k, viewer, texts) for k in kinds_of(tape))],
        "record": _record(tape, texts), "wash": style.WASH, "side": [style.SIDES[s].body for s in (0, 1)],
        "sides": [texts.name(s.name) for s in scenario.sides], "t": {k: texts(f"page.{k}", turn="{turn}") for k in WORDS},
    }  # fmt: skip


def _info(tape: Tape, viewer: int, texts: Texts) -> str:
    replay, sides = tape.replay, tape.scenario.sides
    players = texts("replay.players", japan=player_name(replay, 0, texts), china=player_name(replay, 1, texts))
    eyes = texts("replay.both") if viewer == EVERYTHING else texts.name(sides[viewer].name)
    return " · ".join((texts("replay.seed", seed=replay.seed), players, f"{texts('replay.sight')}: {eyes}"))


def _frame(tape: Tape, spot: Spot, before: Spot | None, scene: Scene, texts: Texts) -> dict[str, Any]:
    """Return date, figures and log of a moment: what happened since the moment before it."""
    calendar, phases = tape.scenario.calendar, tape.replay.phases
    turn, side = (phases[spot.phase].turn, phases[spot.phase].side) if phases and before is not None else (1, calendar.first)
    events: list[Event] = []
    if before is not None:
        done = len(tape.chapters_until(before))
        events = [e for c in tape.chapters_until(spot)[done:] for e in c.events if news.known(e, scene)]
    log = [[x.side, x.text, x.note, int(x.event is not None)] for x in turn_lines(tape, events, texts)]
    mover = texts("replay.before") if before is None else texts.name(tape.scenario.sides[side].name)
    return {
        "turn": turn, "side": side, "who": mover, "date": turn_dates(calendar, turn, texts), "day": round(day_at(tape, spot), 2),
        "net": tape.figures_at(spot).net, "log": log,
    }  # fmt: skip


def _flags(tape: Tape, texts: Texts) -> list[list[Any]]:
    """Return (day, name, side, days late) of every capture that the record has too."""
    calendar, found = tape.scenario.calendar, []
    for chapter in tape.chapters:
        for t in chapter.taken:
            if t.recorded is not None:
                found.append([(t.date - calendar.start).days + 0.5, town_name(tape, t.place, texts), t.side, t.late])
    return found


def _record(tape: Tape, texts: Texts) -> list[list[Any]]:
    """Return (side, place, date in the record, date in this game, difference, 1 late, 0 same day, -1 early) of every row."""
    waiting: dict[tuple[str, int, object], list[Any]] = {}
    for chapter in tape.chapters:
        for t in chapter.taken:
            if t.recorded is not None:
                waiting.setdefault((t.place, t.side, t.recorded), []).append(t)
    rows = []
    for r in tape.scenario.record:
        found = waiting.get((r.place, r.side, r.date))
        row: list[Any] = [r.side, town_name(tape, r.place, texts), texts.day(r.date)]
        if found:
            t = found.pop(0)
            row += [texts.day(t.date), late_text(t.late, texts), (t.late > 0) - (t.late < 0)]
        else:
            row += ["", texts("page.never"), 2]
        rows.append(row)
    return rows


def _chart(chart: Chart) -> dict[str, Any]:
    """Return a chart as data: its curves with colours, points rounded."""
    return {
        "title": chart.title, "unit": chart.unit, "most": chart.most,
        "curves": [
            {"name": c.name, "colour": colour(c.colour), "dashed": c.dashed, "stepped": c.stepped,
             "points": [[round(d, 2), round(v, 2)] for d, v in c.points]} for c in chart.curves
        ],
        "marks": [[round(m.day, 2), m.low, m.high, colour(m.colour), m.note] for m in chart.marks],
    }  # fmt: skip


def colour(rgb: Sequence[int]) -> str:
    """Return a colour as a style sheet writes it."""
    return "#" + "".join(f"{v:02X}" for v in rgb)


def changes(before: U8, after: U8) -> str:
    """Return how (H,) values change, as text: runs "skip:count:value" in base 36, each skip from the end of the run before."""
    where = np.flatnonzero(before != after)
    out, end, i = [], 0, 0
    while i < len(where):
        j = i
        while j + 1 < len(where) and where[j + 1] == where[j] + 1 and after[where[j + 1]] == after[where[i]]:
            j += 1
        first, count = int(where[i]), j - i + 1
        out.append(f"{base36(first - end)}:{base36(count)}:{base36(int(after[first]))}")
        end, i = first + count, j + 1
    return " ".join(out)


def base36(value: int) -> str:
    """Return a whole number in base 36."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while True:
        value, last = divmod(value, 36)
        text = digits[last] + text
        if not value:
            return text


class Atlas:
    """All counters of a page in one picture of square cells."""

    def __init__(self, film: Film) -> None:
        self.film = film
        self.across = 24
        self.numbers: dict[Counter, int] = {}
        self.keys: dict[str, int] = {}
        self.cell = int(film.size * 1.7 + 2) // 2 * 2 * 2  # twice as fine as shown, for sharp screens
        self.sharp = film.size * 2

    def rows(self, pieces: Sequence[Piece]) -> list[list[int]]:
        """Return (who, which cell, x, y) of counters; pixels of the map's picture."""
        out = []
        for p in pieces:
            cell = self.numbers.setdefault(p.counter, len(self.numbers))
            out.append([self.keys.setdefault(p.key, len(self.keys)), cell, round(p.x), round(p.y)])
        return out

    def picture(self) -> str:
        """Return the picture of all counters met so far as an address of data."""
        import pygame

        from game.ui.counters import sprite

        count = max(1, len(self.numbers))
        size = (self.across * self.cell, -(-count // self.across) * self.cell)
        sheet = pygame.Surface(size, pygame.SRCALPHA)
        for counter, n in self.numbers.items():
            made = sprite(counter, self.sharp, 1 if self.sharp < 56 else 2)
            x, y = n % self.across * self.cell + self.cell // 2, n // self.across * self.cell + self.cell // 2
            sheet.set_clip((x - self.cell // 2, y - self.cell // 2, self.cell, self.cell))
            sheet.blit(made.dark, (x + made.dark_left, y + made.dark_top))
            sheet.blit(made.face, (x + made.left, y + made.top))
        return _address(sheet, "png")


def _address(surface: pygame.Surface, kind: str) -> str:
    """Return a picture as an address of data."""
    import pygame

    out = io.BytesIO()
    pygame.image.save(surface, out, f"picture.{kind}")
    return f"data:image/{kind};base64,{base64.b64encode(out.getvalue()).decode()}"
