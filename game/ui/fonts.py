"""The game's fonts: which file serves which style, writing text with a halo, and finding characters that no font has."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from game.core.errors import GameError, Problem, fail
from game.core.paths import data_folder
from game.ui.messages import Message

if TYPE_CHECKING:
    import pygame

    from game.ui.style import Colour

STYLES = ("sans", "sans_bold", "serif_bold", "serif_italic")


def font_path(style: str) -> Path:
    """Return the file of a style; raises DataError when the installation lacks it."""
    folder = data_folder("assets") / "fonts"
    for ending in (".otf", ".ttf"):
        if (folder / (style + ending)).is_file():
            return folder / (style + ending)
    hint = "install the game again, or run python -m game.ui.fontmaker"
    raise fail("install", f"the font {style!r} is missing", str(folder), hint=hint)


_LOCK = RLock()  # the font library must not be used by two threads at once


class Face:
    """A font of the game that several threads may use. Text is drawn from its base line."""

    def __init__(self, path: Path | None) -> None:
        """Open a font file (None = pygame's own font)."""
        import pygame.freetype

        with _LOCK:
            pygame.freetype.init()
            self._font = pygame.freetype.Font(None if path is None else str(path))
            self._font.kerning = True
            self._font.antialiased = True
            self._font.pad = False
            self._font.origin = True

    def get_metrics(self, text: str, size: float) -> list[Any]:
        """Return the measures of each letter [px], the advance at index 4; None for a letter it lacks."""
        with _LOCK:
            return list(self._font.get_metrics(text, size))

    def render_to(
        self, surface: pygame.Surface, at: tuple[float, float], text: str, colour: tuple[int, int, int, int], size: float
    ) -> None:
        """Write a text whose base line begins at a point [px]."""
        with _LOCK:
            self._font.render_to(surface, at, text, colour, size=size)


PROBLEMS: list[str] = []  # fonts that are missing or broken, in sentences


@lru_cache(maxsize=16)
def font(style: str) -> Face:
    """Return the font of a style, of STYLES; another one, and at last pygame's own, when its file cannot be used."""
    for name in (style, *(other for other in STYLES if other != style)):
        try:
            return Face(font_path(name))
        except (GameError, RuntimeError, OSError) as error:
            if name == style:
                why = error.problems[0].message if isinstance(error, GameError) and error.problems else str(error)
                PROBLEMS.append(Message([Problem("font", f"the font {style!r} cannot be used, another one is shown", hint=why)]))
    return Face(None)


def is_chinese(text: str) -> bool:
    """Return whether a text has Chinese characters (which the italic font lacks)."""
    return any(ord(c) >= 0x2E80 for c in text)


def style_for(text: str, style: str) -> str:
    """Return the style that can write a text: water names in Chinese use the upright serif."""
    return "serif_bold" if style == "serif_italic" and is_chinese(text) else style


@lru_cache(maxsize=8)
def glyphs(style: str) -> frozenset[int]:
    """Return the code points that a style's font has."""
    return frozenset(read_cmap(font_path(style).read_bytes()))


def read_cmap(data: bytes) -> set[int]:
    """Return the code points in the cmap tables (formats 4 and 12) of a font file."""
    from struct import unpack_from

    tables = unpack_from(">H", data, 4)[0]
    start = next(unpack_from(">I", data, 12 + 16 * i + 8)[0] for i in range(tables) if data[12 + 16 * i : 16 + 16 * i] == b"cmap")
    found: set[int] = set()
    for i in range(unpack_from(">H", data, start + 2)[0]):
        table = start + unpack_from(">I", data, start + 4 + 8 * i + 4)[0]
        kind = unpack_from(">H", data, table)[0]
        if kind == 12:
            for group in range(unpack_from(">I", data, table + 12)[0]):
                low, high = unpack_from(">II", data, table + 16 + 12 * group)
                found.update(range(low, high + 1))
        elif kind == 4:
            found.update(_format_4(data, table))
    return found


def _format_4(data: bytes, table: int) -> set[int]:
    """Return the code points of a cmap subtable in format 4."""
    from struct import unpack_from

    count = unpack_from(">H", data, table + 6)[0] // 2
    ends = unpack_from(f">{count}H", data, table + 14)
    starts = unpack_from(f">{count}H", data, table + 16 + 2 * count)
    deltas = unpack_from(f">{count}H", data, table + 16 + 4 * count)
    places = table + 16 + 6 * count
    offsets = unpack_from(f">{count}H", data, places)
    found: set[int] = set()
    for i, (low, high) in enumerate(zip(starts, ends, strict=True)):
        for code in range(low, min(high, 0xFFFE) + 1):
            glyph = code + deltas[i]
            if offsets[i]:
                glyph = unpack_from(">H", data, places + 2 * i + offsets[i] + 2 * (code - low))[0]
            if glyph & 0xFFFF:
                found.add(code)
    return found


def missing_glyphs(text: str, style: str = "sans") -> set[str]:
    """Return the printable characters of a text that a style cannot write."""
    return {c for c in text if c.isprintable() and ord(c) not in glyphs(style_for(c, style))}


def text_width(text: str, style: str, size: float, track: float = 0.0) -> float:
    """Return the width of a text [px]; track is extra space between letters [px]."""
    face = font(style_for(text, style))
    metrics: list[Any] = list(face.get_metrics(text, size))
    return sum(float(m[4]) for m in metrics if m) + track * max(len(text) - 1, 0)


@lru_cache(maxsize=4096)
def write(text: str, style: str, size: float, colour: Colour, track: float = 0.0) -> pygame.Surface:
    """Return a text as a surface with transparency, its height the line height of the style."""
    import pygame

    face = font(style_for(text, style))
    height, base = line_height(style, size), baseline(style, size)
    width = int(text_width(text, style, size, track) + size * 0.5) + 2
    surface = pygame.Surface((max(width, 1), height), pygame.SRCALPHA)
    surface.fill((*colour, 0))
    if track == 0.0:
        face.render_to(surface, (1, base), text, (*colour, 255), size=size)
    else:
        x = 1.0
        metrics: list[Any] = list(face.get_metrics(text, size))
        for letter, metric in zip(text, metrics, strict=True):
            face.render_to(surface, (round(x), base), letter, (*colour, 255), size=size)
            x += (metric[4] if metric else size) + track
    return surface


def line_height(style: str, size: float) -> int:
    """Return the height of a line of text [px]."""
    return int(size * 1.36 + 2)


def baseline(style: str, size: float) -> int:
    """Return where the baseline lies below a line's top [px]."""
    return int(size * 1.04 + 1)


def halo(surface: pygame.Surface, colour: Colour, alpha: int, radius: float) -> pygame.Surface:
    """Return a text surface on a soft halo of the given radius [px]; it is larger by the radius on every side."""
    import numpy as np
    import pygame

    pad = int(radius + 1)
    width, height = surface.get_size()
    ink = np.zeros((width + 2 * pad, height + 2 * pad), np.float32)
    ink[pad:-pad, pad:-pad] = pygame.surfarray.array_alpha(surface)
    spread = np.zeros_like(ink)
    shape = ink[pad:-pad, pad:-pad]
    for dx in range(2 * pad + 1):
        for dy in range(2 * pad + 1):
            weight = min(max(radius + 0.5 - ((dx - pad) ** 2 + (dy - pad) ** 2) ** 0.5, 0.0), 1.0)
            if weight:
                part = spread[dx : dx + width, dy : dy + height]
                np.maximum(part, shape * np.float32(weight), out=part)
    out = pygame.Surface((width + 2 * pad, height + 2 * pad), pygame.SRCALPHA)
    out.fill((*colour, 0))
    pixels = pygame.surfarray.pixels_alpha(out)
    pixels[:] = (spread * (alpha / 255)).astype(np.uint8)
    del pixels
    out.blit(surface, (pad, pad))
    return out
