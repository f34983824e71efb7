"""Why: the supply, strength, march time and morale of a unit, what a hex costs and holds, the odds of a battle.

All numbers come from the functions that the rules themselves use, so an explanation cannot differ from the game.
Lines of text; shares and ratios are in permille (1000 = one), which "x 0.850" shows as a factor.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from game.core.hexgrid import DIRECTIONS, opposite
from game.model.events import Event, Factor
from game.model.hexmap import RIVER, ROAD, TERRAIN
from game.model.orders import INTENSITIES, METHODS, Attack
from game.model.rules import COMMAND, WEATHERS
from game.model.scenario import NOBODY
from game.model.state import LOSSES
from game.model.units import MOBILITIES, QUALITIES, SIDES
from game.play.stats import number, numbers
from game.rules import combat, command, power, supply
from game.rules.costs import BAR
from game.rules.world import World

STATUS = ("not yet arrived", "on the map", "destroyed", "transferred off the map", "on the way to another part of the map")


def factor_line(f: Factor) -> str:
    """Return a factor as text: its value as it acts, then its name."""
    value = {"x": f"x {f.value / 1000:.3f}", "+": f"{f.value:+,}", "=": f"= {f.value:,}"}[f.act]
    return f"    {value:>10}  {f.name}" + (f" ({f.note})" if f.note else "")


def section(title: str, factors: Iterable[Factor]) -> list[str]:
    """Return a titled list of factors."""
    return [f"  {title}", *map(factor_line, factors)]


def unit_name(world: World, unit: int) -> str:
    """Return a unit's name in both languages and its id."""
    spec = world.scenario.units[unit]
    return f"{spec.name.en} {spec.name.zh} ({spec.id})"


def path_text(world: World, path: Sequence[int]) -> str:
    """Return hexes in order, places by name and number, the rest by number."""
    return " - ".join(world.map.describe(h) if h in world.map.places_by_hex else world.map.label(h) for h in path)


# -- a unit ------------------------------------------------------------------------------------------------------------


def explain_unit(world: World, unit: int) -> list[str]:
    """Return why a unit is as strong, fed, fast and willing as it is now."""
    state, spec = world.state, world.scenario.units[unit]
    lines = [f"{unit_name(world, unit)}: {STATUS[state.status[unit]]}"]
    here = state.hex[unit]
    if here < 0:
        when = f"turn {spec.arrives}, {world.scenario.calendar.date_of(spec.arrives)}"
        return [*lines, f"  it arrives at {spec.place} in {when}"] if state.status[unit] == 0 else lines
    kind = f"{spec.echelon}, {spec.type}, {MOBILITIES[world.mobility[unit]]}, quality {QUALITIES[spec.quality]}"
    rout = f", in rout for {state.routed[unit]} turns" if state.routed[unit] else ""
    lines += [
        f"  stands in {world.map.describe(here)}, {TERRAIN[world.terrain[here]]}; {kind}",
        f"  {state.men[unit]:,} men of {spec.establishment:,}, {state.guns[unit]} guns, {state.tanks[unit]} tanks",
        f"  morale {state.morale[unit]}, fatigue {state.fatigue[unit]}, entrenched {state.entrench[unit] / 1000:.2f}, "
        f"stance {power.stance_name(world, unit)}{rout}",
    ]
    return [*lines, *_supply(world, unit), *_command(world, unit), *_strength(world, unit)]


def _supply(world: World, unit: int) -> list[str]:
    state, side = world.state, world.side[unit]
    lines = section("supply", supply.explain_supply(world, unit))
    traced = world.lines[side]
    path = traced.path(world, state.hex[unit]) if traced is not None else ()
    if path:
        lines.append(f"    line: {path_text(world, path)}")
    lines.append(
        f"    carries food for {state.food[unit] / 10:.1f} days, ammunition for {state.ammunition[unit] / 10:.1f} days of combat"
    )
    if state.isolated[unit]:
        lines.append(f"    {state.isolated[unit]} turns on end without supply")
    return lines


def _command(world: World, unit: int) -> list[str]:
    chain = world.chain
    full, slow, parts = command.chance_of_command(world, chain.rating[unit], chain.post[unit], unit)
    leader = world.scenario.formation_by_id[chain.leader[unit]]
    lines = section(f"command by {leader.name.en} ({leader.id})", parts)
    if world.side[unit] == world.state.side:
        lines.append(
            f"    throw {world.throw('command', chain.leader[unit])}: below {full} full, below {full + slow} slow, else stalled"
        )
    lines.append(f"    {COMMAND[world.state.command[unit]]}")
    return [*lines, *section("march time", command.explain_minutes(world, unit))]


def _strength(world: World, unit: int) -> list[str]:
    ready = section("readiness", power.explain_readiness(world, unit))
    return [*ready, *section("power in its hex [riflemen]", power.explain_power(world, unit, world.state.hex[unit]))]


def morale_lines(world: World, events: Iterable[Event], unit: int) -> list[str]:
    """Return the changes of a unit's morale among some events."""
    found = [e.data for e in events if e.kind == "morale" and e.data["unit"] == unit]
    lines = [f"    {d['was']} to {d['now']}: {d['why']}" for d in found]
    return ["  morale", *(lines or ["    no change"])]


def loss_line(world: World, unit: int, before: Sequence[int]) -> str:
    """Return what a unit has lost since its columns were `before`, in the order of LOSSES [men]."""
    lost = [getattr(world.state, name)[unit] - b for name, b in zip(LOSSES, before, strict=True)]
    parts = [f"{n:,} {name}" for name, n in zip(LOSSES, lost, strict=True) if n]
    return "  lost from these orders to its next: " + (", ".join(parts) or "none")


def lost_so_far(world: World, unit: int) -> tuple[int, ...]:
    """Return a unit's losses in the order of LOSSES [men]."""
    return tuple(getattr(world.state, name)[unit] for name in LOSSES)


# -- a hex -------------------------------------------------------------------------------------------------------------


def explain_hex(world: World, where: int) -> list[str]:
    """Return what a hex is, who holds it, who stands there and what it costs to enter; see `hex_supply` for supply."""
    m, state = world.map, world.state
    control = int(state.control[where])
    zone = int(world.costs.zone[where])
    ground = world.terrain[where]
    lines = [
        f"{m.describe(where)}: {TERRAIN[ground]}, {int(m.height[where])} m, relief {int(m.relief[where])} m, "
        f"{m.regions[int(m.region[where])][0] or 'no province'}",
        f"  held by {SIDES[control] if control != NOBODY else 'nobody'}; "
        f"weather {WEATHERS[state.weather[zone]]} ({('north', 'south')[zone]})",
        f"  defence x {world.rules.combat.terrain[ground] / 1000:.3f} by terrain, "
        f"x {1 + int(state.fort[where]) / 1000:.3f} by prepared defences",
        f"  room for {world.room[ground]:,} men, {world.crowd(where):,} stand there",
    ]
    for place in m.places_by_hex.get(where, ()):
        lines.append(f"  {place.kind}: {place.name_en} {place.name_zh} ({place.id})")
    for unit in world.stacks[where]:
        lines.append(f"  unit: {unit_name(world, unit)}, {SIDES[world.side[unit]]}, {state.men[unit]:,} men")
    for side in (0, 1):
        if world.control_zone[side, where]:
            lines.append(f"  in the zone of control of {int(world.control_zone[side, where])} units of {SIDES[side]}")
    lines += _sides(world, where)
    return [*lines, "  minutes to enter, by hexside crossed", *_entry_costs(world, where)]


def _sides(world: World, where: int) -> list[str]:
    m, lines = world.map, []
    if m.rail[where].any():
        repair = int(world.state.repair[where])
        lines.append("  railway: " + ("works" if world.state.rail[where] else f"cut, {repair} m of {m.spacing_m} mended"))
    for d, there in enumerate(world.near[where]):
        river, road = int(m.river[where, d]), int(m.road[where, d])
        found = [ROAD[road]] if road else []
        found += ["railway"] if m.rail[where, d] else []
        found += [f"{RIVER[river]} river" + (" with a bridge" if m.bridge[where, d] else "")] if river else []
        if found and there >= 0:
            lines.append(f"  {DIRECTIONS[d]:2} to {m.describe(there)}: {', '.join(found)}")
    return lines


def _entry_costs(world: World, where: int) -> list[str]:
    lines = []
    weather = world.weather()
    for mobility, name in enumerate(MOBILITIES):
        table = world.costs.table(mobility, weather)
        costs = {d: int(table[n, opposite(d)]) for d, n in enumerate(world.near[where]) if n >= 0}
        lines.append(f"    {name:6} " + ", ".join(f"{DIRECTIONS[d]} {c if c < BAR else 'barred'}" for d, c in costs.items()))
        open_ways = {d: c for d, c in costs.items() if c < BAR}
        if open_ways:
            best = min(open_ways, key=lambda d: (open_ways[d], d))
            parts = world.costs.explain(mobility, weather, world.near[where][best], opposite(best), False)
            text = "; ".join(
                f"{f.name} {f'x {f.value / 1000:.3f}' if f.act == 'x' else f'{f.value:+}' if f.act == '+' else f.value}"
                for f in parts
            )
            lines.append(f"           by {DIRECTIONS[best]}: {text}")
    return lines


def hex_supply(world: World, where: int, side: int) -> list[str]:
    """Return a side's line of communication to a hex as last traced."""
    traced = world.lines[side]
    path = traced.path(world, where) if traced is not None else ()
    if traced is None or not path:
        return [f"  supply of {SIDES[side]}: no line of communication"]
    at = traced.source_of(where)
    source = world.scenario.sources[at]
    r, reach = world.rules.supply, world.scenario.sides[side].transport
    return [
        f"  supply of {SIDES[side]}: {max(0, int(traced.dist[where])):,} min from {source.id}, "
        f"which feeds {traced.load[at]:,} men of {source.men:,} it can",
        f"    all arrives up to {r.full_minutes * reach // 1000:,} min, nothing beyond {r.zero_minutes * reach // 1000:,}",
        f"    line: {path_text(world, path)}",
    ]


# -- a battle ----------------------------------------------------------------------------------------------------------


def before_battle(world: World, order: Attack) -> list[str]:
    """Return the power of everyone in a battle that is about to be fought, with the factors."""
    plan = combat.assess(world, order)
    lines: list[str] = []
    for unit in plan.attackers:
        lines += section(
            f"attacker {unit_name(world, unit)} from {world.map.describe(world.state.hex[unit])}",
            power.explain_power(world, unit, order.target),
        )
    for unit in plan.defenders:
        lines += section(f"defender {unit_name(world, unit)}", power.explain_power(world, unit, order.target))
    return lines


def explain_battle(world: World, events: Sequence[Event]) -> list[str]:
    """Return the odds, chance and result of the battle among the events of one order."""
    battle = next(e for e in events if e.kind == "battle")
    d = battle.data
    method, intensity = METHODS[number(battle, "method")], INTENSITIES[number(battle, "intensity")]
    where = world.map.describe(number(battle, "hex"))
    lines = [f"  {SIDES[battle.side]} attacks {where}: {method} {intensity}, {number(battle, 'days') / 1000:.2f} days"]
    lines += section("odds", battle.factors)
    verdict = "the defenders give ground" if d["beaten"] else "the defenders hold"
    attackers, defenders = len(numbers(battle, "attackers")), len(numbers(battle, "defenders"))
    lines += [
        f"  {verdict}: throw {d['throw']} {'<' if d['beaten'] else '>='} chance {d['chance']}",
        f"  lost in the fight itself: {attackers} attackers {d['attacker_losses']:,} men, "
        f"{defenders} defenders {d['defender_losses']:,} men",
    ]
    return [*lines, *(f"  {event_text(world, e)}" for e in events if e.kind != "battle")]


# -- events ------------------------------------------------------------------------------------------------------------


def event_text(world: World, event: Event) -> str:
    """Return an event as a line: its kind and values, units by id, hexes by name and number."""
    return f"{event.kind}: " + ", ".join(f"{name} {_value(world, name, value)}" for name, value in event.data.items())


def _value(world: World, name: str, value: object) -> str:
    units = world.scenario.units
    if name == "unit" and isinstance(value, int):
        return units[value].id if value >= 0 else "none"
    if name in ("hex", "from", "to") and isinstance(value, int):
        return world.map.describe(value) if value >= 0 else "off the map"
    if name in ("attackers", "defenders") and isinstance(value, tuple):
        return "+".join(units[int(u)].id for u in value)
    if name == "path" and isinstance(value, tuple):
        return "-".join(world.map.label(int(h)) for h in value)
    if name == "by" and isinstance(value, int):
        return SIDES[value]
    return str(value)


def concerns(event: Event, unit: int) -> bool:
    """Return whether an event is about a unit."""
    if event.data.get("unit") == unit:
        return True
    return event.kind == "battle" and unit in (*numbers(event, "attackers"), *numbers(event, "defenders"))
