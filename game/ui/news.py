"""Events as lines of the log in a player's words, and which of them a side gets to know."""

from __future__ import annotations

from game.model.events import Event
from game.model.scenario import Scenario
from game.play.stats import number
from game.ui.rows import where_text
from game.ui.scene import EVERYTHING, Scene
from game.ui.texts import Texts

UNIT_LINES = ("rout", "surrender", "dispersed", "captured", "arrive", "leave", "leader", "desert", "replaced")
PLACE_LINES = ("rail_open", "demolish")


def hex_of(event: Event) -> int:
    """Return the hex that an event is about, -1 = none."""
    for name in ("hex", "to", "from"):
        if isinstance(event.data.get(name), int):
            return number(event, name)
    return -1


def known(event: Event, scene: Scene) -> bool:
    """Return whether the viewer of a scene learns of an event: his own troops' doings, what he sees, captures, the calendar."""
    if scene.viewer in (EVERYTHING, event.side) or event.kind in ("turn", "weather", "score", "capture", "end"):
        return True
    if event.kind in ("battle", "regroup"):
        return True  # one's own troops are in it; orders of battle are known to both
    where = hex_of(event)
    return where >= 0 and scene.sighted is not None and bool(scene.sighted[where]) and event.kind not in ("desert", "demolish")


def line_of(event: Event, scenario: Scenario, texts: Texts) -> str:
    """Return an event's line in the log, "" for those that are not told."""
    kind = event.kind
    if kind == "turn":
        turn = number(event, "turn")
        return texts("event.turn", turn=turn, date=texts.day(scenario.calendar.date_of(turn)))
    if kind == "weather":
        words = {name: texts.word("weather", str(event.data[name])) for name in ("north", "south")}
        return texts("event.weather", **words)
    if kind == "score":
        return texts("event.score", japan=event.data["japan"], china=event.data["china"])
    if kind == "battle":
        return _battle(event, scenario, texts)
    if kind == "capture":
        place = scenario.map.place_by_id[str(event.data["place"])]
        town = place.name_zh if texts.lang == "zh" else place.name_en
        return texts("event.capture", side=texts.name(scenario.sides[number(event, "by")].name), town=town)
    if kind in PLACE_LINES:
        return texts(f"event.{kind}", place=where_text(texts, scenario.map, number(event, "hex")))
    if kind == "regroup":
        return texts("event.regroup", formation=texts.name(scenario.formation_by_id[str(event.data["formation"])].name))
    if kind == "end":
        level = next(one for one in scenario.levels if one.id == event.data["level"])
        return texts("event.end", level=texts.name(level.name))
    if kind == "air" and "hex" in event.data:
        return texts("event.interdict", points=event.data["points"], place=where_text(texts, scenario.map, number(event, "hex")))
    if kind == "air":
        return texts("event.air", points=event.data["points"])
    if kind == "replaced" and "pool" in event.data:
        return texts("event.pool", men=f"{number(event, 'pool'):,}")
    return _about_unit(event, scenario, texts)


def _about_unit(event: Event, scenario: Scenario, texts: Texts) -> str:
    kind = event.kind
    unit = event.data.get("unit")
    if not isinstance(unit, int) or unit < 0:
        return ""
    name, where = texts.name(scenario.units[unit].name), hex_of(event)
    place = where_text(texts, scenario.map, where) if where >= 0 else ""
    if kind == "move":
        key = "event.ambush" if event.data["stopped"] else "event.move"
        return texts(key, unit=name, place=where_text(texts, scenario.map, number(event, "to")))
    if kind in ("retreat", "advance"):
        key = "trapped" if event.data.get("trapped") else kind
        return texts(f"event.{key}", unit=name, place=where_text(texts, scenario.map, number(event, "to")))
    if kind in UNIT_LINES:
        values = {n: f"{v:,}" for n, v in event.data.items() if isinstance(v, int) and n in ("men", "captured")}
        return texts(f"event.{kind}", unit=name, place=place, **values)
    return ""


def _battle(event: Event, scenario: Scenario, texts: Texts) -> str:
    return texts(
        "event.battle_won" if event.data["beaten"] else "event.battle_held",
        side=texts.name(scenario.sides[event.side].name),
        place=where_text(texts, scenario.map, number(event, "hex")),
        lost=f"{number(event, 'attacker_losses'):,}",
        taken=f"{number(event, 'defender_losses'):,}",
    )
