"""Names written on the land and the water: rivers along their course, ranges and provinces along a gentle bow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from game.ui import style
from game.ui.curves import offset
from game.ui.frame import Frame
from game.ui.lettering import Letter, Run, along, draw_letters, length, letter_boxes, smooth_part, straight
from game.ui.strokes import lengths

if TYPE_CHECKING:
    import pygame

    from game.model.hexmap import Label
    from game.ui.names import Room
    from game.ui.rivers import Stream

F64 = npt.NDArray[np.float64]
Words = list[Letter]
RANGE_SIZE = (17.0, 15.0, 13.0)
WATER_SIZE = (16.0, 14.0, 12.5)


def runs_of(label: Label, lang: str, factor: float) -> list[Run]:
    """Return a label's text in its styles, both scripts or one."""
    rank = min(label.rank, 2)
    if label.kind in ("river", "lake", "zone"):
        size, colour, first = WATER_SIZE[rank], style.WATER_INK, "serif_italic"
    elif label.kind == "province":
        size, colour, first = 19.0, style.PROVINCE, "serif_bold"
    else:
        size, colour, first = RANGE_SIZE[rank], style.RANGE_INK, "serif_bold"
    size *= factor
    wide = {"province": 0.42, "range": (0.42, 0.24, 0.16)[rank], "zone": 0.24, "lake": 0.16}.get(label.kind, 0.10) * size
    english = label.text_en.split(" (")[0]
    english = english.upper() if label.kind == "range" and rank == 0 else english
    parts = []
    if lang != "zh":
        parts.append(Run(english, first, size, colour, wide))
    if lang == "both":
        parts.append(Run(" ", "sans", size * 0.6, colour, 0.0))
    if lang != "en":
        parts.append(Run(label.text_zh, "serif_bold", size * 0.92, colour, wide * 0.8))
    return parts


def _fixed(label: Label, frame: Frame, runs: Sequence[Run]) -> Iterator[Words]:
    """Return the ways to write a range, lake, zone or province: where it belongs, and a little beside."""
    x, y = frame.xy(label.lat, label.lon)
    far = length(runs)
    angle = (label.angle + 90) % 180 - 90
    normal = np.array([-np.sin(np.radians(angle)), np.cos(np.radians(angle))])
    forward = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    for step in (0.0, 0.35, -0.35, 0.7, -0.7, 1.1, -1.1, 1.5, -1.5):
        for slide in (0.0, 1.0, -1.0, 2.0, -2.0):
            at = np.array([x, y]) + (normal * step + forward * slide) * frame.hex_px
            bow = -0.10 if label.kind == "range" else 0.0
            path = straight(float(at[0]), float(at[1]), angle, far * 0.62, bow)
            total = float(lengths(path)[-1])
            yield along(path, runs, (total - far) / 2)


def _by_river(label: Label, frame: Frame, runs: Sequence[Run], streams: Sequence[Stream]) -> Iterator[Words]:
    """Return the ways to write a river's name beside its line, near the label's point."""
    x, y = frame.xy(label.lat, label.lon)
    best, nearest, middle = 1.6 * frame.hex_px, None, 0.0
    for stream in streams:
        gap = np.hypot(stream.curve.points[:, 0] - x, stream.curve.points[:, 1] - y)
        if gap.min() < best:
            best, nearest, middle = float(gap.min()), stream, float(lengths(stream.curve.points)[int(gap.argmin())])
    if nearest is None:
        return
    far = length(runs)
    size = max(r.size for r in runs)
    for slide in (0.0, 0.8, -0.8, 1.6, -1.6, 2.5, -2.5, 3.5, -3.5):
        part = smooth_part(nearest.curve.points, middle + slide * frame.hex_px, far * 0.56)
        if part is None:
            continue
        for side in (-1.0, 1.0):
            away = float(nearest.curve.half.max()) + size * 0.72 + 0.04 * frame.hex_px
            path = offset(part, side * away)
            total = float(lengths(path)[-1])
            yield along(path, runs, (total - far) / 2)


def _turning(words: Words) -> tuple[float, float]:
    """Return how much neighbouring letters turn against each other, on average and at most [degrees]."""
    turns = np.degrees(np.abs(np.diff(np.unwrap(np.radians([w.angle for w in words])))))
    return (float(turns.mean()), float(turns.max())) if len(turns) else (0.0, 0.0)


def ways_of(
    label: Label, frame: Frame, streams: Sequence[Stream], lang: str, zoom: style.Zoom
) -> Iterator[tuple[Words, float]]:
    """Return the ways to write a label, and what each costs for the turning of its letters; too crooked ones are left out."""
    runs = runs_of(label, lang, zoom.text)
    for words in _by_river(label, frame, runs, streams) if label.kind == "river" else _fixed(label, frame, runs):
        mean, most = _turning(words)
        if most <= 22:
            yield words, mean * 0.06


def place_labels(
    labels: Sequence[Label], frame: Frame, streams: Sequence[Stream], room: Room, lang: str, zoom: style.Zoom
) -> list[tuple[Label, Words]]:
    """Return the labels that find room, with their letters; a name is written again only far away."""
    placed: list[tuple[Label, Words]] = []
    order = {"province": 1, "range": 0, "lake": 0, "zone": 0, "river": 2}
    for label in sorted(labels, key=lambda n: (order.get(n.kind, 3), n.rank, n.text_en, n.lat)):
        if label.rank > zoom.water_rank or not frame.shows(*frame.xy(label.lat, label.lon), 40) or _written(label, placed, frame):
            continue
        runs = runs_of(label, lang, zoom.text)
        ways = _by_river(label, frame, runs, streams) if label.kind == "river" else _fixed(label, frame, runs)
        words = _best(ways, room)
        if words:
            placed.append((label, words))
            for box in letter_boxes(words):
                room.take(box)
    return placed


def _best(ways: Iterable[Words], room: Room) -> Words:
    """Return the cheapest way to write a label, or the first good one; nothing when none will do."""
    best, found = 2.6, []
    for i, words in enumerate(ways):
        cost = _score(words, room, i)
        if cost < best:
            best, found = cost, words
        if best < 0.4:
            break
    return found


def _score(words: Words, room: Room, order: int) -> float:
    """Return the cost of writing a label so: 9 = impossible."""
    mean, most = _turning(words)
    if most > 22:
        return 9.0
    cost = 0.02 * order + mean * 0.06
    boxes = letter_boxes(words)
    for box in boxes:
        if not room.inside(box) or room.overlap(box) > 0.04:
            return 9.0
        cost += 3.0 * room.cost(box) / len(boxes)
    return cost


def _written(label: Label, placed: Sequence[tuple[Label, Words]], frame: Frame) -> bool:
    """Return whether the same name stands nearby already."""
    x, y = frame.xy(label.lat, label.lon)
    for other, words in placed:
        gap = np.hypot(words[0].x - x, words[0].y - y)
        if other.text_en == label.text_en and (label.kind != "river" or gap < max(17 * frame.hex_px, 480)):
            return True
    return False


def draw_labels(target: pygame.Surface, placed: Sequence[tuple[Label, Words]]) -> None:
    """Write the labels."""
    for label, words in placed:
        faint = label.kind == "province"
        draw_letters(target, words, style.HALO, 60 if faint else 185 if label.kind == "range" else 165, 1.7)
