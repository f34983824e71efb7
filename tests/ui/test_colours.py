"""Colours stay apart for people who see them differently, and colour is never the only sign."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.model.units import CHINA, JAPAN
from game.ui import style
from game.ui.colourcheck import SIGHTS, Group, difference, grey_difference, groups, lab, table
from game.ui.counters import Counter, Mark, sprite

DEFICIENCIES = tuple(s for s in SIGHTS if s != "normal")


def test_known_colours_have_their_known_values() -> None:
    assert lab((255, 255, 255)) == pytest.approx((100.0, 0.0, 0.0), abs=0.05)
    assert lab((255, 0, 0)) == pytest.approx((53.24, 80.09, 67.20), abs=0.1)
    assert difference((0, 0, 0), (255, 255, 255)) == pytest.approx(100.0, abs=0.05)


@pytest.mark.parametrize("sight", DEFICIENCIES)
def test_a_simulated_sight_keeps_greys_and_confuses_what_it_should(sight: str) -> None:
    assert lab((128, 128, 128), sight) == pytest.approx(lab((128, 128, 128)), abs=0.6)
    pairs = {
        "protanopia": ((178, 76, 58), (96, 94, 60)),
        "deuteranopia": ((200, 90, 60), (134, 124, 60)),
        "tritanopia": ((60, 120, 200), (0, 140, 150)),
    }
    a, b = pairs[sight]
    assert difference(a, b, sight) < 0.7 * difference(a, b)


@pytest.mark.parametrize("group", groups(), ids=lambda g: g.name)
def test_colours_that_matter_stay_apart_for_every_sight(group: Group) -> None:
    for sight in SIGHTS:
        assert group.nearest(sight) >= group.least, f"{group.name} for {sight}"


def test_the_figures_are_those_of_the_groups() -> None:
    """Print the smallest distances (shown with `pytest -rP`)."""
    for group, (name, least, found) in zip(groups(), table(), strict=True):
        print(f"{name:32} least {least:4.0f}  " + "  ".join(f"{s} {d:5.1f}" for s, d in found.items()))
        assert (group.name, group.least) == (name, least)
        assert found == {s: group.nearest(s) for s in SIGHTS}


def test_counters_of_the_sides_differ_without_any_colour() -> None:
    assert grey_difference(style.SIDES[JAPAN].body, style.SIDES[CHINA].body) > 14
    import pygame

    base = Counter(JAPAN, "division", "infantry", 0, "1", "", 50, 900, 1000, 0, Mark.NONE, 0)
    made = [sprite(replace(base, side=side), 32.0, 2).face for side in (JAPAN, CHINA)]
    shapes = [pygame.surfarray.array_alpha(face) > 127 for face in made]
    assert np.logical_xor(*shapes).sum() > 20  # square against round corners


def test_readiness_is_shown_by_length_and_not_only_by_colour() -> None:
    import pygame

    base = Counter(JAPAN, "division", "infantry", 0, "", "", 0, 900, 1000, 0, Mark.NONE, 0)
    high, low = (sprite(replace(base, readiness=r), 70.0, 3).face for r in (900, 250))
    # the filled part of the bar is lighter than its trough whatever its colour
    light = [(pygame.surfarray.array3d(f).mean(axis=2) > 90)[:, -30:].sum() for f in (high, low)]
    assert light[0] > light[1] + 20
