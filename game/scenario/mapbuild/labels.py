"""Names on the land: ranges, lakes and provinces by hand, river names along their own course."""

from __future__ import annotations

from math import atan2, degrees
from typing import Any

import numpy as np

from game.model.hexmap import Label
from game.scenario.mapbuild.frame import Frame
from game.scenario.mapbuild.rivers import Course
from game.scenario.mapbuild.shapes import lengths

APART = {1: 230_000.0, 2: 170_000.0, 3: 120_000.0}  # between two names of a river, by class [m]
SPAN = 42_000.0  # length of river that a name covers [m]


def make_labels(frame: Frame, entries: list[dict[str, Any]], courses: list[Course]) -> tuple[Label, ...]:
    """Return all labels: those of the source file, then the rivers'."""
    found = [
        Label(e["en"], e["zh"], e["kind"], float(e["at"][0]), float(e["at"][1]), float(e.get("angle", 0)), int(e.get("rank", 2)))
        for e in entries
    ]
    for course in courses:
        if course.stretches:
            found.extend(_river_labels(frame, course))
    return tuple(found)


def _river_labels(frame: Frame, course: Course) -> list[Label]:
    """Return a river's names: one for every so many kilometres, each where the course is straightest."""
    along = lengths(course.line)
    total = float(along[-1])
    if total < SPAN:
        return []
    count = max(1, round(total / APART[course.grade]))
    found = []
    for i in range(count):
        low, high = total * i / count, total * (i + 1) / count
        starts = np.arange(low, max(low + 1, high - SPAN), 6000.0)
        found.append(_best_label(frame, course, along, starts))
    return found


def _best_label(frame: Frame, course: Course, along: np.ndarray[Any, Any], starts: np.ndarray[Any, Any]) -> Label:
    """Return the label over the straightest of the stretches that begin at `starts` [m along]."""
    a = course.line[np.minimum(np.searchsorted(along, starts), len(along) - 1)]
    b = course.line[np.minimum(np.searchsorted(along, starts + SPAN), len(along) - 1)]
    middle = course.line[np.minimum(np.searchsorted(along, starts + SPAN / 2), len(along) - 1)]
    k = int(np.hypot(*(b - a).T).argmax())
    dx, dy = b[k] - a[k]
    angle = degrees(atan2(-dy, dx))  # clockwise from east
    angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
    lat, lon = frame.albers.inverse(float(middle[k][0]), float(middle[k][1]))
    return Label(course.name_en, course.name_zh, "river", round(lat, 4), round(lon, 4), round(angle, 1), course.grade - 1)
