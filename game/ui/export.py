"""Exports of a replay: a page for the browser, or a moving picture. No display is needed.

`python -m game.ui.export REPLAY OUT FOG LANG` writes one, by the ending of OUT, and prints how far it is.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from game.core.errors import GameError, Problem, ReplayError, fail
from game.core.files import write_whole
from game.model.scenario import Scenario
from game.play.replay import Replay
from game.play.tape import Spot, Tape
from game.ui import style
from game.ui.film import EVERYTHING, Film, moments, scene_at
from game.ui.texts import Texts

if TYPE_CHECKING:
    import pygame

FOGS = {"none": EVERYTHING, "japan": 0, "china": 1}
STEPS = ("turn", "phase")
WIDTHS = {"html": 1200, "gif": 900}  # of the map, unless another is asked for [px]
SHOWN = 900  # how long a picture of the animation is shown; the last one four times as long [ms]
STRIP = 46  # height of the line below the animation's map [px]
COLOURS = 230  # of the animation that are chosen by the pictures; others are given, and the last one means "as before"
GIVEN = [c for s in style.SIDES for c in (s.body, s.light, s.dark, s.box, s.outline)]  # counters are small but must keep theirs
SAME = 255
Tick = Callable[[str], None]


def export(
    replay: Replay, scenario: Scenario, targets: Mapping[str, Path | None], fog: str, lang: str, step: str, width: int, tick: Tick
) -> Iterator[tuple[Path, int]]:
    """Write a replay to one file or more, and yield each with its size [bytes] when it is there.

    Args:
        replay: the recorded game.
        scenario: its scenario.
        targets: the file of each kind, "html" and "gif"; None = not wanted.
        fog: whose sight, a key of FOGS.
        lang: language of names and texts.
        step: one of STEPS.
        width: of the map [px], 0 = as usual for the kind.
        tick: told how far it is.
    """
    if targets.get("gif"):
        need_pillow()
    tape = wound(replay, scenario, tick, Texts(lang))
    for kind, write in (("html", write_html), ("gif", write_gif)):
        path = targets.get(kind)
        if path is not None:
            yield path, write(tape, path, fog, lang, step, width, tick)


def wound(replay: Replay, scenario: Scenario, tick: Tick, texts: Texts) -> Tape:
    """Return the tape of a replay, wound to its end; raises ReplayError where it differs from the record."""
    tape = Tape(replay, scenario)
    for chapter in tape.wind():
        if len(tape.chapters) % 20 == 0:
            tick(texts("export.playing", turn=chapter.turn, turns=replay.turns))
    if tape.difference:
        problem = Problem("replay_differs", str(tape.difference), replay.path, tape.difference.line, 1, "see the command verify")
        raise ReplayError([problem])
    return tape


def write_html(tape: Tape, out: Path, fog: str, lang: str, step: str, width: int, tick: Tick) -> int:
    """Write a replay as a page for the browser; return its size [bytes]."""
    from game.ui.exportpage import page

    texts = Texts(lang, tape.scenario)
    tick(texts("export.map"))
    data = page(tape, Film(tape.scenario, width or WIDTHS["html"], lang), step, FOGS[fog], texts, tick)
    write_whole(out, data)
    return len(data)


def write_gif(tape: Tape, out: Path, fog: str, lang: str, step: str, width: int, tick: Tick) -> int:
    """Write a replay as a moving picture; return its size [bytes]. Raises DataError when Pillow is missing."""
    image = need_pillow()
    texts = Texts(lang, tape.scenario)
    tick(texts("export.map"))
    film, spots = Film(tape.scenario, width or WIDTHS["gif"], lang), list(moments(tape, step))
    palette = _palette(image, film, tape, spots, FOGS[fog], texts)
    pictures: list[Any] = []
    before: npt.NDArray[np.uint8] | None = None
    for n, spot in enumerate(spots):
        # no dither: what does not change is then the same, and need not be stored again
        made = _picture(image, film, tape, spot, FOGS[fog], texts, n == 0).quantize(palette=palette, dither=image.Dither.NONE)
        now = np.asarray(made)
        if before is not None:
            made = image.fromarray(np.where(now == before, np.uint8(SAME), now))
            made.putpalette(palette.getpalette())
        pictures.append(made)
        before = now
        tick(texts("export.frame", number=n + 1, of=len(spots)))
    data = io.BytesIO()
    times = [SHOWN] * (len(pictures) - 1) + [4 * SHOWN]
    pictures[0].save(
        data,
        "GIF",
        save_all=True,
        append_images=pictures[1:],
        duration=times,
        loop=0,
        optimize=False,
        disposal=1,
        transparency=SAME,
    )
    write_whole(out, data.getvalue())
    return len(data.getvalue())


def need_pillow() -> Any:
    """Return the module PIL.Image; raises DataError with what to do when it is missing."""
    try:
        from PIL import Image
    except ImportError as error:
        hint = "install it: pip install pillow (or the game with its extra: ichigo-1944[export]); --html needs nothing"
        raise fail("export", "a GIF needs the library Pillow, which is not installed", hint=hint) from error
    return Image


def _palette(image: Any, film: Film, tape: Tape, spots: list[Spot], viewer: int, texts: Texts) -> Any:
    """Return a palette that serves the first, the middle and the last picture."""
    some = [_picture(image, film, tape, spots[n], viewer, texts, n == 0) for n in sorted({0, len(spots) // 2, len(spots) - 1})]
    wide, high = some[0].size
    sheet = image.new("RGB", (wide, high * len(some)))
    for n, picture in enumerate(some):
        sheet.paste(picture, (0, n * high))
    chosen = sheet.quantize(COLOURS, method=image.Quantize.MEDIANCUT, dither=image.Dither.NONE).getpalette()[: 3 * COLOURS]
    given = [v for colour in GIVEN for v in colour]
    out = image.new("P", (1, 1))
    # the rest repeats a colour that is there already: it is never chosen before that one, and SAME stays free
    out.putpalette((chosen + given + 256 * chosen[:3])[: 3 * 256])
    return out


def _picture(image: Any, film: Film, tape: Tape, spot: Spot, viewer: int, texts: Texts, first: bool) -> Any:
    import pygame

    surface = _strip(film.draw(scene_at(tape, spot, viewer)), tape, spot, texts, first)
    return image.frombytes("RGB", surface.get_size(), pygame.image.tobytes(surface, "RGB"))


def _strip(map_: pygame.Surface, tape: Tape, spot: Spot, texts: Texts, first: bool) -> pygame.Surface:
    """Return a map with a line below it: title, date, turn, points, and the calendar that has passed."""
    import pygame

    from game.ui.charts import day_at, span
    from game.ui.widgets import ACCENT, PRIMARY, SECOND, TROUGH, WINDOW, Brush

    wide, high = map_.get_size()
    out = pygame.Surface((wide, high + STRIP), 0, 32)
    out.fill(WINDOW)
    out.blit(map_, (0, 0))
    brush, calendar = Brush(), tape.scenario.calendar
    brush.begin(out, (-1, -1))
    turn = tape.replay.phases[spot.phase].turn if tape.replay.phases else 1
    date = calendar.start if first else min(calendar.date_of(turn, calendar.days_per_turn - 1), calendar.end)
    left = 12 + brush.text(texts.day(date), 12, high + 8, 18, font="serif_bold") + 16
    title = f"{texts.name(tape.scenario.title)} · {texts('replay.turn', turn=turn)}"
    net = texts("points", net=f"{tape.figures_at(spot).net:+,}".replace("-", "−"))
    right = brush.measure(net, 13, True) + 24
    brush.text(title, left, high + 13, 13, SECOND, room=max(20.0, wide - left - right))
    brush.text(net, wide - 12, high + 13, 13, ACCENT, True, 1)
    pygame.draw.rect(out, TROUGH, (12, high + STRIP - 9, wide - 24, 4))
    done = (wide - 24) * day_at(tape, spot) / span(calendar)
    pygame.draw.rect(out, PRIMARY, (12, high + STRIP - 9, done, 4))
    return out


def main(words: list[str]) -> int:
    """Run as a process of its own, for the viewer; return the exit code."""
    from game.play.replay import read_replay
    from game.play.rerun import scenario_of

    os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
    source, out, fog, lang = Path(words[0]), Path(words[1]), words[2], words[3]

    def tick(line: str) -> None:
        print(line, flush=True)

    try:
        replay = read_replay(source)
        targets = {out.suffix[1:]: out}
        for _ in export(replay, scenario_of(replay), targets, fog, lang, "turn", 0, tick):
            pass
    except GameError as error:
        tick(str(error).replace("\n", " "))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
