"""The nine overlays: what they show, of whom, and that they stay within what a side may know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from game.model.scenario import Scenario
from game.play.session import Session
from game.rules import supply
from game.rules.world import World
from game.scenario.load import load_scenario
from game.ui import overlays, style
from game.ui.camera import Camera
from game.ui.hexsides import Front
from game.ui.overlay_fill import fill, in_window, outline, short_men, sides_between
from game.ui.overlay_goals import worth
from game.ui.overlay_legend import draw_legend, rows_of
from game.ui.overlays_marks import draw_battle_flash, draw_move_arrow, draw_reach
from game.ui.railtrack import stretches, tracks
from game.ui.scene import EVERYTHING, scene_of
from game.ui.survey import APART, CUT, ENEMY, OWN, Goal, Survey
from game.ui.texts import LANGUAGES, Texts
from game.ui.widgets import Brush

SIZE = (640, 420)


@pytest.fixture(scope="module")
def world() -> World:
    return Session(load_scenario("first_steps"), 1).world


@pytest.fixture(scope="module", autouse=True)
def display() -> Iterator[None]:
    import pygame

    pygame.display.init()
    pygame.display.set_mode(SIZE)
    yield
    pygame.display.quit()


def survey_of(world: World, viewer: int) -> Survey:
    return Survey(world.scenario, scene_of(world, viewer), world)


def layer() -> Any:
    import pygame

    return pygame.Surface(SIZE, pygame.SRCALPHA)


def pixels(surface: Any) -> np.ndarray[Any, Any]:
    import pygame

    return np.dstack([pygame.surfarray.array3d(surface), pygame.surfarray.array_alpha(surface)])


@pytest.mark.parametrize("viewer", [0, 1, EVERYTHING])
@pytest.mark.parametrize("zoom", range(len(style.ZOOMS)))
def test_every_overlay_draws_something_at_every_zoom(world: World, viewer: int, zoom: int) -> None:
    camera, survey = Camera(world.map, *SIZE, zoom), survey_of(world, viewer)
    for name in overlays.NAMES:
        target = layer()
        overlays.draw(name, target, camera, survey)
        drawn = bool(pixels(target)[..., 3].any())
        nothing = {"control"} | ({"sight"} if viewer == EVERYTHING else set()) | ({"air"} if not survey.fields else set())
        nothing |= {"supply"} if survey.lines is None else set()  # before the side's first administration
        if name == "weather" and {survey.weather[z] for z in survey.zones_seen} == {0}:
            nothing.add("weather")
        assert drawn == (name not in nothing), name


def test_overlays_lie_still_on_the_land_when_the_camera_moves(world: World) -> None:
    survey = survey_of(world, 0)
    for name in overlays.NAMES:
        shots = []
        for shift in (0, 24):
            camera = Camera(world.map, *SIZE, 4)
            camera.left, camera.top = camera.left + shift, camera.top + shift
            target = layer()
            overlays.draw(name, target, camera, survey)
            shots.append(pixels(target))
        a, b = shots[0][100:-60, 100:-60], shots[1][76:-84, 76:-84]
        assert (np.abs(a.astype(int) - b).max(axis=2) > 40).mean() < 0.01, name


def test_only_what_is_seen_counts_as_a_threat(world: World) -> None:
    survey = survey_of(world, 0)
    seen = {w for w, stack in survey.scene.stacks.items() if any(world.side[u] == 1 for u in stack)}
    felt = np.flatnonzero(survey.threat >= 0)
    assert seen
    assert all(min(world.map.distance(int(h), s) for s in seen) <= 3 for h in felt)
    for one in survey.exposed:
        assert world.side[survey.scene.stacks[one.hex][0]] == 0
        assert all(int(world.map.neighbours[one.hex, d]) in seen for d in one.sides)


def test_the_shares_by_hex_are_those_of_the_rules(world: World) -> None:
    session = Session(load_scenario("first_steps"), 1)
    running = session.world
    survey = survey_of(running, 0)
    lines = running.lines[0]
    assert lines is not None
    checked = 0
    for unit in running.present(0):
        where = running.state.hex[unit]
        if lines.dist[where] < 0:
            continue
        _, off = supply._length(running, unit)
        if off == 0 and running.state.path[unit] == lines.dist[where]:
            source = lines.source_of(where)
            assert survey.shares[where] == supply.share(running, unit, lines.load[source], source)
            checked += 1
    assert checked
    assert survey.bands.max() <= 4
    assert ((survey.shares < 0) == (lines.dist < 0)).all()


def test_a_survey_without_a_game_knows_no_supply_but_the_works_and_goals(world: World) -> None:
    survey = Survey(world.scenario, scene_of(world, 0), None)
    assert (survey.bands == -1).all()
    assert survey.sources == () and survey.fields == ()
    assert set(survey.works) == {f.hex for f in world.scenario.forts if f.hex >= 0}
    assert len(survey.goals) == sum(1 for o in world.scenario.objectives for h in o.hexes if h >= 0)


def test_cut_track_behind_the_enemys_lines_stays_unknown() -> None:
    running = Session(load_scenario("henan"), 1).world
    survey = survey_of(running, 0)
    sighted = running.sighted[0] > 0
    hidden = (running.state.control == 1) & ~sighted & (running.map.rail.any(axis=1)) & (running.scenario.broken_rail == 0)
    where = int(np.flatnonzero(hidden)[0])
    running.state.rail[where] = 0
    assert survey.track[where] == 1
    assert Survey(running.scenario, scene_of(running, EVERYTHING), running).track[where] == 0


def test_how_far_unseen_works_of_the_enemy_are_worn_stays_unknown() -> None:
    running = Session(load_scenario("henan"), 1).world
    hidden = (running.state.control == 1) & (running.sighted[0] == 0) & (running.state.fort > 1)
    where = int(np.flatnonzero(hidden)[0])
    before = int(running.state.fort[where])
    running.state.fort[where] //= 2
    assert survey_of(running, 0).works[where] == before
    assert survey_of(running, 1).works[where] == survey_of(running, EVERYTHING).works[where] == before // 2


def test_who_can_run_trains_follows_holders_and_cuts() -> None:
    running = Session(load_scenario("henan"), 1).world
    survey = Survey(running.scenario, scene_of(running, EVERYTHING), running)
    table, control = running.map.neighbours, running.state.control
    for where, d in np.argwhere(survey.rails >= 0).tolist():
        there = int(table[where, d])
        whole = running.state.rail[where] and running.state.rail[there]
        state = survey.rails[where, d]
        assert (state == CUT) == (not whole)
        if whole:
            assert (state == APART) == (control[where] != control[there])
            assert state != OWN or control[where] == survey.side
            assert state != ENEMY or control[where] == 1 - survey.side
    assert {OWN, ENEMY, CUT} <= set(np.unique(survey.rails).tolist())


def test_stretches_of_railway_carry_the_state_of_the_hexside_they_cross() -> None:
    running = Session(load_scenario("henan"), 1).world
    map_ = running.map
    # a state for each hexside, the same from both of its hexes
    both = (np.arange(map_.size)[:, None] + map_.neighbours) % 4
    states = np.where((map_.rail > 0) & (map_.neighbours >= 0), both, -1).astype(np.int8)
    camera = Camera(map_, 4000, 3000, 4)
    lines = tracks(map_, camera.hex)
    assert {(int(h), int(d)) for t in lines for h, d in zip(t.hexes, t.sides, strict=True)} <= set(
        map(tuple, np.argwhere(map_.rail > 0).tolist())
    )
    drawn = [part for t in lines for part in stretches(t, states, camera)]
    assert {state for state, _ in drawn} == set(np.unique(states[states >= 0]).tolist())
    total = sum(len(points) for _, points in drawn)
    assert total >= sum(len(t.points) for t in lines)  # nothing between two states is left out
    far = Camera(map_, 50, 50, 4)
    far.left = -5_000.0
    assert all(stretches(t, states, far) == [] for t in lines)


def test_the_enemys_air_points_are_not_shown() -> None:
    running = Session(load_scenario("guiliu"), 1).world
    for side in (0, 1):
        fields = survey_of(running, side).fields
        assert all(f.points == -1 and f.range_km == 0 for f in fields if f.side != side)
    both = survey_of(running, EVERYTHING).fields
    assert any(f.points > 0 and f.side == 1 for f in both)


@pytest.mark.parametrize(
    ("lang", "men", "said"),
    [("en", 0, "0"), ("en", 820, "800"), ("en", 6_500, "6.5k"), ("en", 23_400, "23k"), ("en", 60_000, "60k"),
     ("zh", 6_540, "6500"), ("zh", 23_400, "2.3万"), ("zh", 60_000, "6万"), ("zh", 236_000, "23万")],
)  # fmt: skip
def test_men_are_written_short(lang: str, men: int, said: str) -> None:
    assert short_men(men, Texts(lang)) == said


def test_worth_names_points_and_points_a_turn() -> None:
    assert worth([Goal(1, 0, "hold", 12, False)]) == "12"
    assert worth([Goal(1, 0, "per_turn", 2, True)]) == "+2/t"
    assert worth([Goal(1, 0, "hold", 3, True), Goal(1, 0, "per_turn", 2, True)]) == "3 +2/t"


def test_the_front_runs_along_the_hexsides_between_the_sides(tiny: Scenario) -> None:
    camera = Camera(tiny.map, *SIZE, 4)
    control = tiny.control.copy()
    sides = {(int(h), int(d)) for h, d in Front().sides(camera, control)}
    for where, d in sides:
        there = int(tiny.map.neighbours[where, d])
        assert {int(control[where]), int(control[there])} == {0, 1}
        assert (there, (d + 3) % 6) in sides
    target = layer()
    Front().draw(target, camera, control)
    assert pixels(target)[..., 3].any()
    control[control < 2] = 0
    target = layer()
    Front().draw(target, camera, control)
    assert not pixels(target)[..., 3].any()


def test_seen_hexes_and_sides_between_classes(tiny: Scenario) -> None:
    camera = Camera(tiny.map, *SIZE, 4)
    every = np.ones(tiny.map.size, bool)
    assert in_window(camera, every) == list(range(tiny.map.size))
    camera.left += 10_000
    assert in_window(camera, every) == []
    camera = Camera(tiny.map, *SIZE, 4)
    codes = np.zeros(tiny.map.size, np.int8)
    assert sides_between(camera, codes, True) == []
    middle = 2 * tiny.map.cols + 3
    codes[middle] = 1
    assert len(sides_between(camera, codes, True)) == 6
    codes[:] = -1
    codes[middle] = 0
    assert sorted(d for h, d in sides_between(camera, codes, False) if h == middle) == list(range(6))
    assert sides_between(camera, codes, True) == []


@pytest.mark.parametrize("zoom", [0, 2, 4])
def test_a_fill_covers_its_hexes_and_nothing_else(tiny: Scenario, zoom: int) -> None:
    camera = Camera(tiny.map, *SIZE, zoom)
    codes = np.full(tiny.map.size, -1, np.int8)
    middle = 2 * tiny.map.cols + 3
    codes[middle] = 0
    target = layer()
    fill(target, camera, codes, ((200, 40, 40, 255),))
    seen = np.argwhere(pixels(target)[..., 3] > 0)
    x, y = camera.point(middle)
    assert np.abs(seen.mean(axis=0) + 0.5 - (x, y)).max() < 1.5
    assert len(seen) == pytest.approx(camera.hex**2 * 0.866, rel=0.35)
    assert np.abs(seen - (x, y)).max() <= 0.6 * camera.hex + 2


def test_hours_left_stand_in_the_lower_half_of_a_hex_clear_of_its_number(tiny: Scenario) -> None:
    camera = Camera(tiny.map, *SIZE, 4)
    minutes = np.full(tiny.map.size, -1, np.int32)
    middle = 2 * tiny.map.cols + 3
    minutes[middle] = 60
    target, plain = layer(), layer()
    draw_reach(target, camera, minutes, 600, 720)
    fill(plain, camera, np.where(minutes < 0, -1, 1), ((0, 0, 0, 0), (*style.REACH, 146)), lines=False)
    outline(plain, camera, minutes >= 0, style.OVERLAY_LIGHT, 2)
    changed = np.argwhere((pixels(target) != pixels(plain)).any(axis=2))
    _, y = camera.point(middle)
    assert len(changed)
    assert changed[:, 1].min() > y + 0.12 * camera.hex


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_overlay_has_a_key_in_both_languages(world: World, lang: str) -> None:
    texts, survey = Texts(lang), survey_of(world, 0)
    for name in overlays.NAMES[1:]:
        assert texts(f"overlay.{name}")
        rows = rows_of(name, texts, survey)
        assert rows and all(row.text for row in rows)


@pytest.mark.parametrize(("scale", "size"), [(1.0, (1230, 640)), (1.3, (910, 560))])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_keys_stay_inside_the_map_and_apart(world: World, lang: str, scale: float, size: tuple[int, int]) -> None:
    import pygame

    brush, survey = Brush(scale), survey_of(world, 0)
    brush.begin(pygame.Surface(size), (-1, -1))
    draw_legend(brush, Texts(lang), overlays.NAMES, survey, (0, 44, size[0], size[1] - 44))
    boxes = [h.box for h in brush.hits]
    assert len(boxes) == len(overlays.NAMES) - 1
    for n, (x, y, w, h) in enumerate(boxes):
        assert x >= 0 and y >= 44 and x + w <= size[0] and y + h <= size[1]
        for a, b, c, d in boxes[:n]:
            assert x >= a + c or a >= x + w or y >= b + d or b >= y + h


def test_a_click_folds_a_key(world: World) -> None:
    import pygame

    brush, folded = Brush(1.0), set[str]()
    heights = []
    for _ in range(2):
        brush.begin(pygame.Surface((1230, 640)), (-1, -1))
        heights.append(draw_legend(brush, Texts("en"), {"supply"}, survey_of(world, 0), (0, 44, 1230, 600), folded))
        assert brush.press("key_supply")
    assert heights[1] < heights[0] / 3
    assert folded == set()


def test_arrows_and_flashes_tell_who_and_how_it_went(tiny: Scenario) -> None:
    camera = Camera(tiny.map, *SIZE, 4)
    shots = []
    for side in (0, 1):
        target = layer()
        draw_move_arrow(target, camera, (10, 11, 12), side)
        shots.append(pixels(target))
    assert (shots[0] != shots[1]).any()
    x, y = (round(v) for v in camera.point(11))
    assert np.abs(shots[0][x, y][:3].astype(int) - style.SIDES[0].light).max() <= 3
    flashes = []
    for won in (True, False):
        target = layer()
        draw_battle_flash(target, camera, 19, (18, 11), won)
        flashes.append(pixels(target))
    # the outcome shows in shape, too: a bar across when the attack was beaten off
    dark = [(f[..., :3].max(axis=2) < 60) & (f[..., 3] > 200) for f in flashes]
    assert dark[1].sum() > dark[0].sum() + 20
