"""Counters: who stands there, how strong, how ready, and what is wrong with it.

Japan has square corners and its formation's stripe at the left, China round corners and the stripe on top, so that colour is
never the only sign. Marks show exceptions only: poor supply, entrenchment, moved, fought, no hours left, disrupted, routed,
surrounded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntFlag
from functools import lru_cache
from typing import TYPE_CHECKING

from game.model.units import JAPAN
from game.ui import style
from game.ui.canvas import Canvas, shadow
from game.ui.icons import draw_icon
from game.ui.symbols import Box, draw_branch, draw_size, size_mark

if TYPE_CHECKING:
    import pygame


class Mark(IntFlag):
    """What a counter shows besides its numbers."""

    NONE = 0
    MOVED = 1
    FOUGHT = 2
    ROUTED = 4
    SURROUNDED = 8
    DISRUPTED = 16
    SPENT = 32
    SELECTED = 64


DISORDER = replace(style.SIDES[0], text=style.OVERLAY_LIGHT)
LONGEST = 6  # letters of a designation beside the strength


@dataclass(frozen=True, slots=True)
class Counter:
    """Everything that a counter's picture depends on."""

    side: int
    echelon: str
    type: str
    stripe: int  # index into style.STRIPES
    short: str  # designation
    parent: str  # designation of the formation above
    hundreds: int  # strength [hundreds of men]
    readiness: int  # [permille]
    supply: int  # [permille]
    entrenched: int  # whole levels 0..4
    marks: Mark
    below: int  # further counters in the stack
    simple: bool = False  # a silhouette and the strength instead of symbol, size mark and designation


@dataclass(frozen=True)
class Sprite:
    """A finished counter: its picture, its shadow, and where their corners lie from the counter's middle [px]."""

    face: pygame.Surface
    dark: pygame.Surface
    left: int
    top: int
    dark_left: int
    dark_top: int


@lru_cache(maxsize=2048)
def sprite(counter: Counter, size: float, detail: int) -> Sprite:
    """Return the picture of a counter with sides of `size` [px]. detail: see style.Zoom."""
    margin = int(0.32 * size + 2)
    full = int(size + 2 * margin + 0.999)
    start = (full - size) / 2
    canvas = Canvas(full, full)
    step = 0.075 * size
    for k in range(min(counter.below, 2), -1, -1):
        _body(canvas, counter.side, start + k * step, start + k * step, size, counter.stripe if k == 0 else -1)
    base = shadow(canvas.finish(), 125, max(0.05 * size, 0.8))
    if counter.simple:
        _plain(canvas, counter, start, size)
    elif detail >= 1:
        _emblem(canvas, counter, start, size, detail)
    _marks_below_text(canvas, counter, start, size, detail)
    face = canvas.finish()
    if counter.simple:
        _strength(face, counter, start, size)
    else:
        _text(face, counter, start, size, detail)
    if counter.marks & (Mark.SPENT | Mark.ROUTED):
        _veil(face, start, size)
    if counter.marks & Mark.DISRUPTED and size >= 28:
        _fit(face, "D", "sans_bold", 0.2 * size, DISORDER, (start + 0.15 * size, start + 0.4 * size), start + 0.24 * size, -1)
    if detail >= 1:
        top = Canvas(full, full)
        _marks(top, counter, start, size, detail)
        face.blit(top.finish(), (0, 0))
    grown = (base.get_width() - full) // 2
    dx, dy = round(0.05 * size + 0.3), round(0.07 * size + 0.3)
    return Sprite(face, base, -full // 2, -full // 2, -full // 2 - grown + dx, -full // 2 - grown + dy)


def _body(canvas: Canvas, side: int, x: float, y: float, size: float, stripe: int) -> None:
    """Draw the block: outline, bevelled edges, body, formation stripe (-1 = a block below, without one)."""
    look = style.SIDES[side]
    radius = (0.035 if side == JAPAN else 0.17) * size
    line = max(0.032 * size, 0.8)
    canvas.box(x, y, size, size, look.outline, radius)
    inner, edge = size - 2 * line, max(0.028 * size, 0.6)
    canvas.box(x + line, y + line, inner, inner, look.dark, max(radius - line, 0))
    canvas.box(x + line, y + line, inner - edge, inner - edge, look.light, max(radius - line, 0))
    canvas.box(x + line + edge, y + line + edge, inner - 2 * edge, inner - 2 * edge, look.body, max(radius - line - edge, 0))
    if stripe < 0:
        return
    colour = style.STRIPES[stripe % len(style.STRIPES)]
    if side == JAPAN:
        wide = max(0.085 * size, 2.0)
        canvas.box(x + line, y + line, wide, inner, colour)
        canvas.box(x + line + wide, y + line, max(0.6 * line, 0.5), inner, look.outline)
    else:
        high = max(0.078 * size, 2.0)
        canvas.only(x, y, size, line + high)
        canvas.box(x + line, y + line, inner, inner, colour, max(radius - line, 0))
        canvas.only(0, 0, 0, 0)
        canvas.box(x + line, y + line + high, inner, max(0.6 * line, 0.5), look.outline)


def _emblem(canvas: Canvas, counter: Counter, start: float, size: float, detail: int) -> None:
    """Draw the size mark, the symbol box and the readiness bar."""
    look = style.SIDES[counter.side]
    bare = detail == 1
    shift = 0.0 if counter.side != JAPAN else 0.04 * size
    line = max(0.032 * size, 0.85)
    top = 0.26 if not bare else 0.34
    wide, high = (0.56, 0.345) if not bare else (0.64, 0.40)
    if size >= 20:
        y = start + (0.085 if counter.side == JAPAN else 0.115) * size
        mark = size_mark(counter.echelon, counter.side)
        draw_size(canvas, mark, start + size / 2 + shift, y + 0.012 * size, 0.115 * size, look.text, line)
    else:
        top, high = 0.25, 0.48
    box: Box = (start + (0.5 - wide / 2) * size + shift, start + top * size, wide * size, high * size)
    ink = style.INK if counter.side == JAPAN else look.outline
    draw_branch(canvas, counter.type, box, ink, look.box, max(0.035 * size, 0.9))
    if size >= 20:
        left = start + (0.17 if counter.side == JAPAN else 0.13) * size
        _bar(canvas, left, start + 0.875 * size, 0.74 * size, 0.07 * size, counter.readiness)


def _plain(canvas: Canvas, counter: Counter, start: float, size: float) -> None:
    """Draw the silhouette of a simple counter, and the readiness bar where there is room for it."""
    look = style.SIDES[counter.side]
    lettered = size >= 28
    shift = 0.04 * size if counter.side == JAPAN else 0.0
    top, high = (0.13, 0.42) if lettered else (0.22, 0.50) if size >= 20 else (0.24, 0.56)
    box = (start + 0.22 * size + shift, start + top * size, 0.56 * size, high * size)
    draw_icon(canvas, counter.type, box, look.box)
    if size >= 20:
        left = start + (0.17 if counter.side == JAPAN else 0.13) * size
        _bar(canvas, left, start + 0.875 * size, 0.74 * size, 0.07 * size, counter.readiness)


def _strength(face: pygame.Surface, counter: Counter, start: float, size: float) -> None:
    """Write the strength of a simple counter in its middle."""
    if size >= 28:
        shown = str(counter.hundreds) if counter.hundreds > 0 else "·"
        room = (start + 0.12 * size, start + 0.94 * size)
        _fit(face, shown, "sans_bold", 0.32 * size, style.SIDES[counter.side], room, start + 0.845 * size, 0)


def _bar(canvas: Canvas, x: float, y: float, w: float, h: float, readiness: int) -> None:
    """Draw the readiness bar: ivory, amber or red, with ticks at the thirds."""
    colour = style.BAR[0 if readiness > 666 else 1 if readiness > 333 else 2]
    dark = (21, 20, 20)
    canvas.box(x, y, w, h, dark)
    canvas.box(x, y, w * min(max(readiness, 0), 1000) / 1000, h, colour)
    for k in (1, 2):
        canvas.box(x + w * k / 3 - 0.4, y, 0.8, h, dark)


def _text(face: pygame.Surface, counter: Counter, start: float, size: float, detail: int) -> None:
    """Write designation and strength."""
    look = style.SIDES[counter.side]
    left, right = start + (0.15 if counter.side == JAPAN else 0.09) * size, start + 0.93 * size
    if detail == 2:
        _fit(face, counter.short, "sans_bold", 0.285 * size, look, (left, right), start + 0.842 * size, 0)
    elif detail >= 3:
        shown = str(counter.hundreds) if counter.hundreds > 0 else "·"
        shrink = _shrink(counter.short[:LONGEST], shown, size, right - left) if detail == 3 else 1.0
        used = _fit(face, shown, "sans_bold", 0.265 * size * shrink, look, (left, right), start + 0.835 * size, 1)
        room = (left, right - used - 0.03 * size)
        if detail == 3:
            _fit(face, counter.short[:LONGEST], "sans", 0.225 * size * shrink, look, (left, room[1] + 1), start + 0.835 * size, -1)
        else:
            _fit(face, counter.short, "sans_bold", 0.165 * size, look, room, start + 0.745 * size, -1)
            _fit(face, counter.parent, "sans", 0.13 * size, look, room, start + 0.855 * size, -1)


def _shrink(short: str, strength: str, size: float, room: float) -> float:
    """Return by how much designation and strength must shrink to stand side by side, at most 1."""
    from game.ui.fonts import text_width

    needed = text_width(short, "sans", 0.225 * size) + text_width(strength, "sans_bold", 0.265 * size) + 0.03 * size
    return min(room / needed, 1.0)


def _fit(
    face: pygame.Surface, text: str, font: str, size: float, look: style.SideStyle, room: tuple[float, float],
    base: float, place: int,
) -> float:  # fmt: skip
    """Write a text into a space at the left (-1), middle (0) or right (1), smaller if it must be; return its width [px]."""
    from game.ui.fonts import font as load
    from game.ui.fonts import style_for, text_width

    if not text:
        return 0.0
    width = text_width(text, font, size)
    if width > room[1] - room[0]:
        size = max(size * (room[1] - room[0]) / width, 7.0)
        width = text_width(text, font, size)
    x = room[0] if place < 0 else room[1] - width if place > 0 else (room[0] + room[1] - width) / 2
    drawn = load(style_for(text, font))
    drawn.render_to(face, (round(x), round(base)), text, (*look.text, 255), size=size)
    return width


def _veil(face: pygame.Surface, start: float, size: float) -> None:
    """Grey a counter whose unit can do nothing more."""
    import pygame

    pixels = pygame.surfarray.pixels3d(face)
    low, high = int(start), int(start + size + 1)
    part = pixels[low:high, low:high]
    part[:] = (part * 0.62 + 0.38 * 74).astype("uint8")
    del part, pixels


def _marks_below_text(canvas: Canvas, counter: Counter, start: float, size: float, detail: int) -> None:
    """Draw the hatching of disrupted and routed units and the frame of a selected one."""
    dense = bool(counter.marks & Mark.ROUTED)
    if dense or counter.marks & Mark.DISRUPTED:
        step = (0.15 if dense else 0.26) * size
        canvas.only(start + 0.03 * size, start + 0.03 * size, 0.94 * size, 0.94 * size)
        k = -size
        while k < size:
            canvas.line([(start + k, start), (start + k + size, start + size)], (24, 20, 18), 0.035 * size)
            k += step
        canvas.only(0, 0, 0, 0)
    if counter.marks & Mark.SELECTED:
        radius = (0.06 if counter.side == JAPAN else 0.2) * size
        edge = 0.07 * size
        canvas.box(start - edge, start - edge, size + 2 * edge, size + 2 * edge, (255, 224, 102), radius, max(edge, 1.2))


def _marks(canvas: Canvas, counter: Counter, start: float, size: float, detail: int) -> None:
    """Draw the marks that lie over a counter's edge."""
    if counter.entrenched:
        _parapet(canvas, start, size, counter.entrenched)
    if counter.marks & Mark.SURROUNDED:
        _points(canvas, start, size, style.SIDES[1 - counter.side])
    if counter.marks & Mark.MOVED and size >= 28:
        x, y = start + 0.90 * size, start + 0.43 * size
        canvas.line([(x - 0.08 * size, y - 0.10 * size), (x, y), (x - 0.08 * size, y + 0.10 * size)], (250, 244, 228), 0.045 * size)
    if counter.marks & Mark.FOUGHT and size >= 28:
        x, y, r = start + (0.16 if counter.side != JAPAN else 0.20) * size, start + 0.20 * size, 0.07 * size
        y += 0.22 * size if counter.marks & Mark.DISRUPTED else 0  # its letter stands there
        canvas.line([(x - r, y - r), (x + r, y + r)], (255, 214, 84), 0.05 * size)
        canvas.line([(x - r, y + r), (x + r, y - r)], (255, 214, 84), 0.05 * size)
    if counter.marks & Mark.ROUTED:
        _flag(canvas, start, size)
    if counter.supply < 800 and size >= 20:
        _drop(canvas, start + 0.93 * size, start + 0.06 * size, 0.15 * size, counter.supply)


def _parapet(canvas: Canvas, start: float, size: float, level: int) -> None:
    """Draw the blocks of a breastwork below a counter, one for each level."""
    y, wide = start + 1.02 * size, 0.16 * size
    canvas.box(start + 0.08 * size, y, 0.84 * size, max(0.04 * size, 1), (44, 34, 22))
    for k in range(min(level, 4)):
        x = start + 0.5 * size + (k - (min(level, 4) - 1) / 2) * 1.25 * wide - wide / 2
        canvas.box(x, y, wide, 0.115 * size, (44, 34, 22))
        canvas.box(x + 0.03 * size, y + 0.025 * size, wide - 0.06 * size, 0.065 * size, (235, 218, 172))


def _points(canvas: Canvas, start: float, size: float, enemy: style.SideStyle) -> None:
    """Draw four points in the enemy's colour at the corners of a surrounded unit."""
    for sx in (-1, 1):
        for sy in (-1, 1):
            x, y = start + (0.5 + 0.44 * sx) * size, start + (0.5 + 0.44 * sy) * size
            for colour, far in (((250, 244, 228), 0.27), (enemy.body, 0.21)):
                tip = (0.27 - far) * size * 0.45
                long, short = far * size, 0.30 * far * size
                wings = [(x + sx * long, y + sy * short), (x + sx * short, y + sy * long)]
                canvas.polygon([(x + sx * tip, y + sy * tip), *wings], colour)


def _flag(canvas: Canvas, start: float, size: float) -> None:
    """Draw the white flag of a routed unit."""
    x, y = start + 0.04 * size, start - 0.16 * size
    canvas.line([(x, y), (x, y + 0.32 * size)], (24, 20, 18), 0.045 * size)
    canvas.polygon([(x, y), (x + 0.26 * size, y + 0.07 * size), (x, y + 0.17 * size)], (24, 20, 18))
    white = [(x + 0.02 * size, y + 0.03 * size), (x + 0.20 * size, y + 0.07 * size), (x + 0.02 * size, y + 0.135 * size)]
    canvas.polygon(white, (252, 248, 238))


def _drop(canvas: Canvas, x: float, y: float, r: float, supply: int) -> None:
    """Draw the supply drop: amber half, red foot, or struck out."""
    for grow, colour in ((1.0, (34, 26, 18)), (0.76, (246, 240, 226))):
        wide, low = 0.86 * r * grow, y - 0.35 * r * grow
        canvas.polygon([(x, y - 1.75 * r * grow + (1 - grow) * 0.2 * r), (x - wide, low), (x + wide, low)], colour)
        canvas.disc(x, y, r * grow, colour)
    level = 0.30 if supply >= 500 else -0.25 if supply >= 200 else -2.0
    if level > -1:
        canvas.only(x - r, y - level * r * 0.2 if supply >= 500 else y + 0.2 * r, 2 * r, 2 * r)
        canvas.disc(x, y, 0.76 * r, style.WARN if supply >= 500 else style.BAD)
        canvas.only(0, 0, 0, 0)
    else:
        canvas.line([(x - 0.95 * r, y - 1.1 * r), (x + 0.95 * r, y + 0.8 * r)], style.BAD, 0.36 * r)
