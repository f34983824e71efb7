"""The values of the rules: one frozen object, filled from `scenarios/rules/*.yaml`.

Every value is a whole number (or a tuple of them in a fixed order of names, see `KEYS`). Units, bounds, sources and
explanations stand in the YAML beside the value and are kept in `Rules.about`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from game.model.hexmap import TERRAIN
from game.model.orders import INTENSITIES, METHODS
from game.model.units import MOBILITIES, QUALITIES, TYPES

WEATHERS = ("clear", "dust", "rain", "mud")
MONTHS = tuple(str(m) for m in range(1, 13))
RIVERS = ("great", "large", "small")
COMMAND = ("full", "slow", "stalled")

Row = tuple[int, ...]
Table = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What the rules file says of one value."""

    path: str
    unit: str
    low: int
    high: int
    source: str
    doc: str


@dataclass(frozen=True, slots=True)
class Movement:
    """Marching."""

    day_minutes: int
    road_speed: Row
    track_speed: Row
    country_speed: Table
    crossing: Table
    bridge: int
    prepared_crossing: int
    zoc_leave: int
    zoc_enter: int
    rail_speed: int
    rail_loading: int
    readiness_floor: int
    fatigue_per_hour: int
    ambush: int


@dataclass(frozen=True, slots=True)
class Stacking:
    """How many men a hex can hold."""

    men_per_km: Row


@dataclass(frozen=True, slots=True)
class Weather:
    """Weather by month and zone."""

    zone_latitude: int
    north: Table
    south: Table
    speed: Table
    air: Row


@dataclass(frozen=True, slots=True)
class Supply:
    """Lines of communication, stocks and hunger."""

    road_minutes: int
    track_minutes: int
    country_minutes: Row
    rail_minutes: int
    water_minutes: int
    river_minutes: Row
    full_minutes: int
    zero_minutes: int
    headquarters: int
    interdiction: int
    forage: int
    food_store: int
    ammunition_store: int
    refill_food: int
    refill_ammunition: int
    hunger_sick: int
    hunger_desert: int
    hunger_morale: int
    readiness_floor: int
    isolated_after: int
    isolated_forage: int
    repair_km: int
    depot_loss: int


@dataclass(frozen=True, slots=True)
class Combat:
    """Power, odds, losses."""

    arms: Row
    gun: int
    tank: int
    tank_rough: int
    air_point: int
    quality: Row
    readiness_floor: int
    ammunition_floor: int
    ammunition_low: int
    command: Row
    foreign_corps: int
    foreign_army: int
    terrain: Row
    river: Row
    entrench: int
    fort: int
    delay: int
    stand: int
    encircled: int
    flanks: int
    flanks_most: int
    give_way: int
    steepness: int
    give_way_fort: int
    noise: int
    attacker_loss: int
    defender_loss: int
    loss_exponent: int
    loss_cap: int
    cover: int
    fort_cover: int
    size_reference: int
    size_exponent: int
    intensity: Row
    intensity_power: Row
    method: Row
    method_power: Row
    least_time: int
    streak: int
    streak_most: int
    killed: int
    retreat_loss: int
    retreat_trapped: int
    prisoners: int
    prisoners_trapped: int
    prisoners_surrender: int
    gun_loss: int
    retreat_hexes: Row
    surrender: int
    remnant: int
    ammunition_use: int
    fatigue: int
    fort_wear: int
    heavy_guns: int
    entrench_wear: int
    pursuit: int
    gas: int


@dataclass(frozen=True, slots=True)
class Morale:
    """Morale, rest and breaking."""

    loss: int
    retreat: int
    repulse: int
    victory: int
    lift: int
    encircled: int
    rest: int
    rest_supply: int
    rout: int
    break_point: int
    neighbour: int
    headquarters: int
    rally: int
    desertion: Row
    desertion_below: int
    desertion_rate: int
    fatigue_rest: int
    fatigue_march: int
    sick: int
    collapse: int


@dataclass(frozen=True, slots=True)
class Command:
    """How orders reach the troops."""

    full: Row
    slow: Row
    radius: int
    far: int
    disrupted: int
    slow_minutes: int
    stalled_minutes: int
    fall: int
    leaderless: int


@dataclass(frozen=True, slots=True)
class Entrenchment:
    """Digging in."""

    per_day: Row
    maximum: int
    engineers: int


@dataclass(frozen=True, slots=True)
class Air:
    """Air points."""

    interdict_reach: int
    interdict_hours: int
    scout: int


@dataclass(frozen=True, slots=True)
class Sight:
    """What a side sees."""

    hexes: int
    estimate_step: int


@dataclass(frozen=True, slots=True)
class Replacement:
    """Replacements and the return of the wounded."""

    per_day: int
    least_supply: int
    returning: int
    arms: Row


@dataclass(frozen=True, slots=True)
class Victory:
    """What counts as a formation destroyed or preserved."""

    destroyed: int
    preserved: int


@dataclass(frozen=True, slots=True)
class Rules:
    """All values. Dotted paths such as `supply.full_minutes` name them in files, messages and tools."""

    id: str
    movement: Movement
    stacking: Stacking
    weather: Weather
    supply: Supply
    combat: Combat
    morale: Morale
    command: Command
    entrenchment: Entrenchment
    air: Air
    sight: Sight
    replacement: Replacement
    victory: Victory
    about: dict[str, About] = field(default_factory=dict, compare=False)


SECTIONS: dict[str, type] = {
    "movement": Movement, "stacking": Stacking, "weather": Weather, "supply": Supply, "combat": Combat, "morale": Morale,
    "command": Command, "entrenchment": Entrenchment, "air": Air, "sight": Sight, "replacement": Replacement,
    "victory": Victory,
}  # fmt: skip

# names of the entries of rows and tables, outer first; a path that is not here is a single number
KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "movement.road_speed": (MOBILITIES,),
    "movement.track_speed": (MOBILITIES,),
    "movement.country_speed": (MOBILITIES, TERRAIN),
    "movement.crossing": (MOBILITIES, RIVERS),
    "stacking.men_per_km": (TERRAIN,),
    "weather.north": (MONTHS, WEATHERS),
    "weather.south": (MONTHS, WEATHERS),
    "weather.speed": (WEATHERS, MOBILITIES),
    "weather.air": (WEATHERS,),
    "supply.country_minutes": (TERRAIN,),
    "supply.river_minutes": (RIVERS,),
    "combat.arms": (TYPES,),
    "combat.quality": (QUALITIES,),
    "combat.command": (COMMAND,),
    "combat.terrain": (TERRAIN,),
    "combat.river": (RIVERS,),
    "combat.intensity": (INTENSITIES,),
    "combat.intensity_power": (INTENSITIES,),
    "combat.method": (METHODS,),
    "combat.method_power": (METHODS,),
    "combat.retreat_hexes": (QUALITIES,),
    "morale.desertion": (QUALITIES,),
    "command.full": (QUALITIES,),
    "command.slow": (QUALITIES,),
    "entrenchment.per_day": (TERRAIN,),
    "replacement.arms": (TYPES,),
}
