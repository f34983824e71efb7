"""The panels around the map: order of battle, history line, unit sheet, pages, top bar, log. Driven as a player would."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from game.ai.registry import make_player
from game.model.orders import End
from game.model.state import WAITING
from game.play import stats
from game.rules import engine, victory
from game.ui import historyline, logpanel, news, treepanel, unitpanel, unitsheet
from game.ui.app import App
from game.ui.folds import Folds
from game.ui.gamescreen import GameScreen
from game.ui.ledger import due, ledger_of
from game.ui.opponent import Rerun
from game.ui.panels import BOTTOM, HISTORY, RIGHT, TOP, hex_rows
from game.ui.rows import nearest, signed
from game.ui.scene import EVERYTHING, scene_of
from game.ui.screen import Choice
from game.ui.shelf import Shelf
from game.ui.startscreen import players_of
from game.ui.treerows import Tree
from game.ui.widgets import Box, Brush, Scroll

SIZE = (1280, 760)


def start(app: App, scenario: str = "first_steps", side: str = "japan") -> GameScreen:
    app.go("game", Choice(scenario, players_of(side, "random")))
    app.frame(0.0)
    app.draw()
    assert isinstance(app.screen, GameScreen)
    return app.screen


def play(screen: GameScreen, turns: int) -> None:
    """Let the staff play both sides for some turns."""
    desk, players = screen.desk, (make_player("staff"), make_player("staff"))
    until = desk.world.state.turn + turns
    while desk.world.state.turn < until and not desk.session.over:
        for order in players[desk.side].orders(desk.view):
            if not isinstance(order, End) and engine.check(desk.world, order).ok:
                desk.give(order)
        desk.give(End())
        screen.refresh()


def key(app: App, code: int, letter: str = "", mod: int = 0) -> None:
    import pygame

    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=letter))
    app.frame(0.01)


def write(app: App, text: str) -> None:
    """Type a text; signs beyond ASCII come from an input method."""
    import pygame

    for letter in text:
        if letter.isascii():
            key(app, ord(letter), letter)
        else:
            pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text=letter))
            app.frame(0.01)


def click(app: App, pos: tuple[float, float]) -> None:
    import pygame

    at = (round(pos[0]), round(pos[1]))
    pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, pos=at, button=1))
    app.frame(0.01)


def press(app: App, name: str) -> None:
    app.draw()
    box = box_of(app, name)
    click(app, (box[0] + box[2] / 2, box[1] + box[3] / 2))


def box_of(app: App, name: str) -> Box:
    return next(h.box for h in reversed(app.shell.brush.hits) if h.name == name)


def names(app: App) -> list[str]:
    app.draw()
    return [h.name for h in app.shell.brush.hits]


# -- order of battle ---------------------------------------------------------------------------------------------------


def test_a_chip_of_the_folded_tree_selects_and_centres(app: App) -> None:
    screen = start(app, "henan")
    screen.view.camera.pan(-5000, 5000)
    press(app, "chip_jp_37_div")
    unit = screen.desk.selected
    assert unit in screen.desk.scenario.below("jp_37_div")
    x, y = screen.view.camera.point(screen.desk.world.state.hex[unit])
    assert x == pytest.approx((screen.view.camera.width + treepanel.FOLDED) / 2)
    assert y == pytest.approx(screen.view.camera.height / 2) or screen.view.camera.top < 0  # the edge of the map


def test_the_tree_opens_selects_and_folds_formations(app: App) -> None:
    screen = start(app)
    press(app, "tree")
    assert screen.folds.tree
    shown = {n for n in names(app) if n.startswith("tree_jp_")}
    assert {"tree_jp_37_div", "tree_jp_225_inf_regt"} <= shown
    press(app, "fold_jp_37_div")
    assert "tree_jp_225_inf_regt" not in names(app)
    assert "tree_jp_37_div" in names(app)
    press(app, "fold_jp_37_div")
    press(app, "tree_jp_225_inf_regt")
    assert screen.desk.selected == screen.desk.scenario.unit_by_id["jp_225_inf_regt"]
    press(app, "tree")
    assert not screen.folds.tree


@pytest.mark.parametrize("word", ["226th inf", "步兵第226", "226R", "226r"])
def test_the_search_finds_names_in_both_languages_and_short_names(app: App, word: str) -> None:
    import pygame

    screen = start(app)
    treepanel.open_tree(screen, search=True)
    write(app, word)
    assert screen.folds.search == word
    shown = [n for n in names(app) if n.startswith("tree_jp_")]
    assert "tree_jp_226_inf_regt" in shown and "tree_jp_225_inf_regt" not in shown
    assert "tree_jp_37_div" in shown  # what stands above it
    key(app, pygame.K_RETURN)
    assert screen.desk.selected == screen.desk.scenario.unit_by_id["jp_226_inf_regt"]
    assert not screen.folds.searching


def test_a_search_that_finds_nothing_here_offers_the_other_side(app: App) -> None:
    screen = start(app)
    treepanel.open_tree(screen, search=True)
    write(app, "Provisional 27th")
    assert not [n for n in names(app) if n.startswith("tree_jp_")]
    press(app, "tree_other")
    assert "tree_cn_prov_27_div" in {n for n in names(app) if n.startswith("tree_")} or screen.folds.tree_side == 1


def test_the_arrow_keys_choose_among_what_is_found(app: App) -> None:
    import pygame

    screen = start(app)
    treepanel.open_tree(screen, search=True)
    write(app, "infantry reg")
    found = treepanel.tree_of(screen).hits(app.shell.texts, "infantry reg")
    key(app, pygame.K_DOWN)
    key(app, pygame.K_DOWN)
    key(app, pygame.K_UP)
    key(app, pygame.K_RETURN)
    assert screen.desk.selected == found[1].unit


def test_a_unit_selected_on_the_map_comes_into_the_trees_view(app: App) -> None:
    screen = start(app, "ichigo")
    treepanel.open_tree(screen)
    screen.folds.closed.clear()
    unit = screen.desk.view.units()[-1]
    shown = f"tree_{screen.desk.scenario.units[unit].id}"
    assert shown not in names(app)
    screen.desk.select(unit)
    assert shown in names(app)


def test_the_search_finds_commanders_with_and_without_accents_and_places(app: App) -> None:
    screen = start(app, "guiliu")
    texts, tree = app.shell.texts, treepanel.tree_of(screen)
    for word in ("Ōtsubo", "otsubo", "大坪"):
        assert [r.spec.id for r in tree.hits(texts, word)] == ["jp_116_inf_regt"]
    near = tree.rows(texts, frozenset(), "hengyang")
    assert any("Hengyang" in row.where for row in near)
    assert tree.rows(texts, frozenset(), "no such name") == []


def test_escape_leaves_the_search_and_backspace_takes_letters_back(app: App) -> None:
    import pygame

    screen = start(app)
    treepanel.open_tree(screen, search=True)
    write(app, "22")
    key(app, pygame.K_BACKSPACE)
    assert screen.folds.search == "2"
    key(app, pygame.K_n, "n")
    assert screen.folds.search == "2n" and screen.desk.selected == -1  # n does not step to the next unit
    key(app, pygame.K_ESCAPE)
    assert not screen.folds.searching and screen.folds.search == "" and screen.folds.tree


def test_the_enemys_tree_tells_only_what_is_seen(app: App) -> None:
    screen = start(app)
    world, texts = screen.desk.world, app.shell.texts
    tree = Tree(screen.desk.scenario, screen.scene, screen.ledger, 1, frozenset())
    rows = {row.spec.index: row for row in tree.rows(texts, frozenset(), "") if row.spec.index >= 0}
    assert set(rows) == {u for u, side in enumerate(world.side) if side == 1}
    assert all(row.men == row.full == 0 for row in rows.values())
    seen = {u for u in rows if screen.scene.picture.hexes[u] >= 0}
    assert seen and seen != set(rows)
    assert all(bool(rows[u].where) == (u in seen) for u in rows)
    every = scene_of(world, EVERYTHING)
    full = Tree(screen.desk.scenario, every, ledger_of(world, EVERYTHING), 1, frozenset())
    assert full.strength(full.below_all())[0] == sum(world.state.men[u] for u in rows if world.state.hex[u] >= 0)


def test_strength_adds_up_through_the_tree(app: App) -> None:
    screen = start(app)
    tree, state = treepanel.tree_of(screen), screen.desk.world.state
    row = next(r for r in tree.rows(app.shell.texts, frozenset(), "") if r.spec.id == "jp_37_div")
    below = [u for u in screen.desk.scenario.below("jp_37_div") if state.hex[u] >= 0]
    assert row.men == sum(state.men[u] for u in below)
    assert row.full == sum(screen.desk.scenario.units[u].establishment for u in below)


def test_a_change_of_command_moves_a_formation_in_the_tree(app: App) -> None:
    screen = start(app, "guiliu")
    scenario, ledger = screen.desk.scenario, screen.ledger
    change = next(c for c in scenario.changes if c.parent)
    side = scenario.formation_by_id[change.formation].side
    before = Tree(scenario, screen.scene, ledger, side, frozenset())
    object.__setattr__(ledger, "turn", change.turn)
    after = Tree(scenario, screen.scene, ledger, side, frozenset())
    assert before.parents[change.formation] != after.parents[change.formation] == change.parent


def test_the_wheel_scrolls_a_panel_and_never_zooms_the_map_below_it(app: App) -> None:
    import pygame

    screen = start(app, "henan")
    treepanel.open_tree(screen)
    screen.folds.closed.clear()
    app.draw()
    zoom = screen.view.camera.zoom
    pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=(100, 400), rel=(0, 0), buttons=(0, 0, 0)))
    pygame.event.post(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=-1, flipped=False, which=0))
    app.frame(0.01)
    assert screen.folds.scroll == 3 and screen.view.camera.zoom == zoom


# -- history -----------------------------------------------------------------------------------------------------------


def test_the_history_line_compares_this_game_with_the_record(app: App) -> None:
    screen = start(app)
    record, played = historyline.marks_of(screen)
    assert len(record) == len(screen.desk.scenario.record) and played == []
    assert all(m.late is None for m in record)
    play(screen, 5)
    record, played = historyline.marks_of(screen)
    assert len(played) == len(stats.captures(screen.desk.world)) > 0
    late = {(r.recorded.place, r.recorded.side): r.days for r in stats.compare(screen.desk.world)}
    assert {(m.place, m.side): m.late for m in record} == late
    both = [m for m in played if m.late is not None]
    assert both and all(m.late == late[m.place, m.side] for m in both)


def test_a_mark_of_the_history_line_tells_and_jumps(app: App) -> None:
    screen = start(app)
    w, h = SIZE
    box = (0, h - BOTTOM, w, HISTORY)
    record, _ = historyline.marks_of(screen)
    area = box_of(app, "history_0")
    app.shell.brush.mouse = (area[0] + area[2] // 2, area[1] + 5)
    told = historyline.sentences(screen, box)
    place = screen.desk.scenario.map.place_by_id[record[0].place]
    assert any(place.name_en in text and "not in this game" in text for text in told)
    press(app, "history_0")
    assert screen.hover in {screen.desk.scenario.map.place_by_id[m.place].hex for m in record}


def test_what_happened_on_this_date_is_told_until_it_is_closed(app: App) -> None:
    screen = start(app)
    assert "told" in names(app)
    press(app, "told_close")
    assert "told" not in names(app)
    screen.end_turn()
    while screen.busy:
        app.frame(1.0)
    assert "told" in names(app)  # of the next day


# -- unit panel, sheet -------------------------------------------------------------------------------------------------


def test_the_men_of_a_unit_are_accounted_for(app: App) -> None:
    screen = start(app)
    play(screen, 5)
    world = screen.desk.world
    for unit in range(len(world.side)):
        factors = unitpanel.men_factors(world, unit, app.shell.texts)
        if world.state.hex[unit] >= 0:
            assert factors[0].value + sum(f.value for f in factors if f.act == "+") == factors[-1].value == world.state.men[unit]


def test_changes_of_morale_are_listed_and_end_at_the_value(app: App) -> None:
    screen = start(app)
    play(screen, 4)
    world = screen.desk.world
    told = {u: unitpanel.morale_factors(world, u, app.shell.texts) for u in range(len(world.side))}
    assert any(told.values())
    assert all(f[-1].value == world.state.morale[u] for u, f in told.items() if f)


def test_the_sheet_opens_on_a_unit_and_closes_with_escape(app: App) -> None:
    import pygame

    screen = start(app)
    screen.select(screen.desk.step(1))
    press(app, "sheet")
    assert screen.folds.sheet == screen.desk.selected
    assert "sheet_close" in names(app)
    key(app, pygame.K_ESCAPE)
    assert screen.folds.sheet == -1 and screen.desk.selected >= 0


def test_the_sheet_of_an_enemy_shows_nothing_that_is_not_known(app: App) -> None:
    screen = start(app)
    hexes, world = screen.scene.picture.hexes, screen.desk.world
    unseen = next(u for u, side in enumerate(world.side) if side == 1 and hexes[u] < 0)
    seen = next(u for u, side in enumerate(world.side) if side == 1 and hexes[u] >= 0)
    assert [r.key for r in unitsheet._known_rows(screen, unseen)] == ["quality"]
    men = next(r.value for r in unitsheet._known_rows(screen, seen) if r.key == "men")
    assert f"{screen.scene.picture.men[seen]:,}" in men
    for unit in (unseen, seen):
        spec = screen.desk.scenario.units[unit]
        assert {r.key for r in unitsheet._force_rows(screen, spec)} <= {"commander"}
        screen.folds.sheet = unit
        app.draw()


def test_the_sheet_tells_a_units_story_the_newest_first(app: App) -> None:
    screen = start(app)
    play(screen, 4)
    battle = next(e for e in reversed(screen.desk.world.events) if e.kind == "battle" and e.side == 0)
    unit = stats.numbers(battle, "attackers")[0]
    told = unitsheet.story(screen, unit)
    assert battle in told
    assert [e.turn for e in told] == sorted((e.turn for e in told), reverse=True)


# -- pages -------------------------------------------------------------------------------------------------------------


def test_points_on_the_victory_page_are_the_engines(app: App) -> None:
    screen = start(app, "henan")
    world, ledger = screen.desk.world, screen.ledger
    assert ledger.net == victory.net(world) and ledger.level == victory.level(world)
    for score in ledger.scores:
        assert (score.points, score.factors) == victory.points(world, score.number)
        assert score.points <= score.most
    press(app, "points")
    assert screen.folds.page == "victory"
    press(app, "objective_0")
    assert "objective_0" in screen.folds.opened
    press(app, "page_close")
    assert screen.folds.page == ""


def test_how_much_of_an_enemys_formation_is_left_stays_hidden(app: App) -> None:
    from game.ui.page_victory import _factor

    screen = start(app, "henan")
    objective = next(o for o in screen.desk.scenario.objectives if o.kind == "destroy" and o.side == 0)
    formation = objective.formations[0]
    assert _factor(screen, objective, f"{formation}: 730 permille left") == screen.desk.scenario.formation_by_id[formation].name.en
    screen.show(scene_of(screen.desk.world, EVERYTHING))
    assert "73 %" in _factor(screen, objective, f"{formation}: 730 permille left")


@pytest.mark.parametrize("side", [0, 1])
def test_the_calendar_lists_ones_own_arrivals_and_nothing_of_the_enemys(app: App, side: int) -> None:
    screen = start(app, "guiliu")
    world = screen.desk.world
    rows = due(world, ledger_of(world, side))
    listed = [u for row in rows if row.kind == "arrive" for u in row.units]
    waiting = [u for u, s in enumerate(world.state.status) if s == WAITING and world.side[u] == side]
    assert sorted(listed) == waiting
    assert [row.turn for row in rows] == sorted(row.turn for row in rows)
    assert all(row.pool.side == side for row in rows if row.pool is not None)


def test_supply_sources_tell_whom_they_feed(app: App) -> None:
    screen = start(app, "henan")
    lines = screen.desk.world.lines[0]
    assert lines is not None
    for store in screen.ledger.stores:
        assert screen.desk.scenario.sources[store.number].side == 0
        assert store.fed == lines.load[store.number]
    assert any(store.fed for store in screen.ledger.stores)
    press(app, "weather")
    assert screen.folds.page == "staff"
    press(app, "store_" + str(max(screen.ledger.stores, key=lambda s: s.fed).number))
    assert screen.folds.page == ""


# -- top bar, log, and all of them together ----------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("scale", [1.0, 1.15, 1.3])
def test_nothing_in_the_bars_overlaps(app: App, lang: str, scale: float) -> None:
    screen = start(app, "ichigo")
    app.shell.brush.scale = scale
    if app.shell.texts.lang != lang:
        app.shell.texts.switch()
    screen.select(screen.desk.step(1))
    app.draw()
    bar = [h for h in app.shell.brush.hits if h.box[1] + h.box[3] <= TOP and h.name != "panel"]
    assert {"end_turn", "undo", "menu", "language", "find", "overlays", "points"} <= {h.name for h in bar}
    foot = [h for h in app.shell.brush.hits if h.name.startswith("stance_") or h.name in ("rail", "previous", "next", "sheet")]
    assert len(foot) == 7
    for hits in (bar, foot):
        assert all(h.box[0] >= 0 and h.box[0] + h.box[2] <= SIZE[0] for h in hits)
        assert not [(a.name, b.name) for a, b in combinations(hits, 2) if overlap(a.box, b.box)]


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def test_the_list_of_overlays_opens_and_switches_them(app: App) -> None:
    import pygame

    screen = start(app)
    press(app, "overlays")
    press(app, "overlay_supply")
    assert "supply" in screen.view.shown and screen.folds.overlays
    key(app, pygame.K_ESCAPE)
    assert not screen.folds.overlays


def test_the_size_of_text_changes_during_a_game_and_is_kept(app: App) -> None:
    from game.ui.settings import load_settings

    start(app)
    press(app, "gear")
    press(app, "text_130")
    assert app.shell.brush.scale == 1.3
    assert load_settings(app.shell.config)[0].text_size == 1.3
    press(app, "overlays")  # opening one list closes the other
    assert "set_edges" not in names(app)


def test_the_log_shows_what_its_filter_lets_through(app: App) -> None:
    screen = start(app)
    play(screen, 4)
    kinds = {}
    for name in logpanel.FILTERS:
        press(app, f"log_filter_{name}")
        kinds[name] = {line.event.kind for line in logpanel.lines_of(screen)}
    assert "battle" in kinds["battles"] and kinds["battles"] <= set(logpanel.BATTLES)
    assert "move" in kinds["moves"] and kinds["moves"] <= set(logpanel.MOVES)
    assert kinds["supply"] <= set(logpanel.SUPPLIES)
    assert {"turn", "battle", "move"} <= kinds["all"]
    press(app, "log_filter_sightings")
    assert all(line.event.side == 1 or line.event.data.get("stopped") for line in logpanel.lines_of(screen))


def test_a_battle_in_the_log_opens_with_every_factor_of_its_event(app: App) -> None:
    import pygame

    screen = start(app)
    play(screen, 4)
    press(app, "log_filter_battles")
    app.draw()
    at = next(n for n, line in enumerate(logpanel.lines_of(screen)) if line.event.kind == "battle")
    logpanel.open_line(screen, logpanel.lines_of(screen)[at])
    event = screen.folds.battle
    assert event is not None and screen.hover == event.data["hex"]
    found = logpanel.groups(event)
    assert sum(map(len, found.values())) == len(event.factors)
    assert all(found.values())
    assert "battle_close" in names(app)
    key(app, pygame.K_ESCAPE)
    assert screen.folds.battle is None


def test_two_persons_at_one_window_do_not_read_each_others_log(app: App) -> None:
    screen = start(app, side="both")
    play(screen, 3)
    own = screen.viewer
    hidden = [e for _, e in screen.news if not news.known(e, screen.scene)]
    shown = logpanel.known_news(screen)
    assert hidden and not [e for e in shown if e in hidden]
    assert [e for e in shown if e.side == own]


def test_kept_panels_are_the_same_as_panels_drawn_anew(app: App) -> None:
    import numpy as np
    import pygame

    screen = start(app)

    def panels() -> np.ndarray[Any, Any]:
        app.draw()
        found = pygame.surfarray.array3d(app.window)
        found[treepanel.width(screen) : -RIGHT, TOP:-BOTTOM] = 0  # the map finishes its picture in its own time
        return found

    def same() -> bool:
        kept = panels()
        hits = [(h.box, h.name) for h in app.shell.brush.hits]
        screen.shelf = Shelf()
        again = panels()
        return bool(np.array_equal(kept, again)) and hits == [(h.box, h.name) for h in app.shell.brush.hits]

    steps: list[Any] = [
        lambda: screen.select(screen.desk.step(1)),
        lambda: screen.opened.add("ready"),
        lambda: screen.view.camera.pan(30, 20),
        lambda: setattr(screen, "hover", screen.desk.world.state.hex[screen.desk.selected]),
        lambda: screen.set_stance(2),
        lambda: treepanel.open_tree(screen),
        lambda: screen.folds.closed.add("jp_37_div"),
        app.shell.texts.switch,
        lambda: setattr(app.shell.brush, "scale", 1.3),
        lambda: setattr(app.shell.brush, "mouse", (60, 300)),
        lambda: screen.toggle("zones"),
        lambda: screen.select(-1),
        lambda: play(screen, 1),
    ]
    for n, step in enumerate(steps):
        step()
        assert same(), n


def test_all_panels_of_every_kind_of_game_can_be_drawn_in_both_languages(app: App) -> None:
    screen = start(app, "henan")
    play(screen, 2)
    screen.select(screen.desk.step(1))
    screen.opened = {"men", "hours", "ready", "morale", "supply", "power", "command"}
    screen.folds.opened = {f"objective_{n}" for n in range(20)} | {"weather_north", "supply", "morale"}
    for scale in (1.0, 1.3):
        app.shell.brush.scale = scale
        for _ in range(2):
            app.shell.texts.switch()
            for page in ("victory", "arrivals", "staff", ""):
                screen.folds.page = page
                app.draw()
            screen.folds.sheet = screen.desk.selected
            app.draw()
            screen.folds.sheet = -1
            screen.folds.tree = not screen.folds.tree
            app.draw()


def test_what_lies_on_top_closes_first() -> None:
    folds = Folds(page="victory", sheet=3, searching=True, overlays=True)
    assert folds.close_top() and not folds.overlays
    assert folds.close_top() and folds.page == "" and folds.sheet == 3
    assert folds.close_top() and folds.sheet == -1
    assert folds.close_top() and not folds.searching
    assert not folds.close_top()


def test_a_list_answers_only_where_it_is_shown(app: App) -> None:
    brush, scroll = Brush(), Scroll()
    brush.begin(app.window, (-1, -1))
    pressed: list[int] = []
    with brush.scrolling((100, 100, 200, 50), scroll, "list") as top:
        for n in range(10):
            brush.area((100, top + 20 * n, 200, 20), f"row_{n}", lambda n=n: pressed.append(n))  # type: ignore[misc]
        scroll.length = 200
    assert [h.name for h in brush.hits] == ["list", "row_0", "row_1", "row_2"]
    assert brush.hits[-1].box == (100, 140, 200, 10)
    assert brush.wheel(120, 120, -1) and scroll.at == 44
    assert not brush.wheel(120, 190, -1)
    for _ in range(9):
        brush.wheel(120, 120, -1)
    assert scroll.at == 150


def test_long_names_are_cut_with_an_ellipsis() -> None:
    from game.ui.widgets import width_of

    cut = Brush.fitted("Line-of-communication guards", "sans", 13, 80)
    assert cut.endswith("…") and width_of(cut, "sans", 13) <= 80
    assert Brush.fitted("Guards", "sans", 13, 80) == "Guards"
    assert signed(-1234) == "−1,234" and signed(7) == "+7" and signed(0) == "0"


def test_a_hex_is_named_by_the_place_near_it(app: App) -> None:
    map_ = start(app).desk.scenario.map
    town = next(p for p in map_.places if p.hex >= 0 and p.rank <= 1)
    assert nearest(map_, town.hex) == (map_.places_by_hex[town.hex][0], "")
    east = town.hex + 1 if town.hex % map_.cols + 1 < map_.cols else -1
    if east >= 0 and east not in map_.places_by_hex:
        found = nearest(map_, east)
        assert found is not None and found[1]


def test_a_new_search_begins_empty(app: App) -> None:
    import pygame

    screen = start(app)
    for letter in "f225":
        key(app, ord(letter), letter)
    key(app, pygame.K_RETURN)
    first = screen.desk.selected
    assert first >= 0 and not screen.folds.searching
    for letter in "f63":
        key(app, ord(letter), letter)
    assert screen.folds.search == "63"
    key(app, pygame.K_RETURN)
    assert screen.desk.selected not in (-1, first)


def test_the_hex_panel_tells_of_unseen_hexes_only_what_the_side_knows(app: App) -> None:
    screen = start(app)
    world, texts = screen.desk.world, app.shell.texts
    unseen = next(
        h for h in range(world.map.size)
        if world.map.rail[h].any() and not world.sighted[0][h] and world.state.control[h] == 1 and world.state.rail[h]
    )  # fmt: skip
    before = hex_rows(world, screen.scene, unseen, texts, -1)
    world.state.rail[unseen], world.state.fort[unseen] = 0, world.state.fort[unseen] + 3000
    screen.refresh()
    assert hex_rows(world, screen.scene, unseen, texts, -1) == before
    world.sighted[0][unseen] = 1
    screen.refresh()
    assert hex_rows(world, screen.scene, unseen, texts, -1) != before


def test_the_sheet_tells_only_of_the_move_that_is_shown_while_the_computer_moves(app: App) -> None:
    screen = start(app)
    unit = screen.desk.idle()[0]
    shown = screen.scene.picture.men[unit]
    screen.opponent = Rerun([])
    screen.folds.sheet = unit
    screen.desk.world.state.men[unit] = 7  # the game is further on than what is shown
    app.draw()
    rows = {r.key: r.value for r in unitsheet.shown_rows(screen, unit)}
    assert f"{shown:,}" in rows["men"]
    screen.opponent = None


def test_no_line_of_chinese_text_begins_with_a_stop_or_ends_with_an_opening_bracket() -> None:
    text = "让它死守（右侧按钮，或 Ctrl-3）。然后（见第2步）按“下一步”继续；“完”。"
    for room in range(40, 300, 7):
        lines = Brush().wrap(text, 13, room)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert not any(line[0] in "，。、；：？！）”" for line in lines)
        assert not any(line[-1] in "（“" for line in lines)
        assert "don’t" in " ".join(Brush().wrap("you don’t know", 13, room)).split()
