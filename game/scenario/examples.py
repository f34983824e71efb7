"""The numbers of the rule book's worked examples, from the values of the rules and the same whole-number mathematics.

Each example has a few givens (they are made up and stand in the text as well) and what the rules make of them.
"""

from __future__ import annotations

from game.core.fixed import clamp, lognormal
from game.core.fixed import power as raise_to
from game.model.hexmap import FLAT, HILL, MOUNTAIN
from game.model.rules import WEATHERS, Rules
from game.model.units import MOBILITIES, TYPES

FOOT = MOBILITIES.index("foot")
INFANTRY = TYPES.index("infantry")
WIDTH, DAYS = 10_000, 2  # of the examples: metres a hex, days a turn


def examples(rules: Rules) -> dict[str, int]:
    """Return every number of the examples by name, such as march.road [the unit that the text gives]."""
    parts = {
        "march": march(rules), "stack": stack(rules), "line": line(rules), "hunger": hunger(rules), "power": power(rules),
        "fight": fight(rules), "luck": luck(rules), "retreat": retreat(rules), "command": command(rules), "dig": dig(rules),
        "air": air(rules), "refill": refill(rules), "desert": desert(rules), "rail": rail(rules),
    }  # fmt: skip
    return {f"{part}.{name}": value for part, values in parts.items() for name, value in values.items()}


def march(rules: Rules) -> dict[str, int]:
    """Return a regiment on foot: minutes for a hex, and what its readiness leaves of a turn."""
    m = rules.movement
    road = WIDTH * 60 // m.road_speed[FOOT]
    morale, fatigue = 800, 200
    ready = morale * (2000 - fatigue) // 2000
    fit = m.readiness_floor + (1000 - m.readiness_floor) * ready // 1000
    budget = m.day_minutes * DAYS * fit // 1000
    mud = m.road_speed[FOOT] * rules.weather.speed[WEATHERS.index("mud")][FOOT] // 1000
    return {
        "width": WIDTH // 1000, "days": DAYS, "road": road, "flat": WIDTH * 60 // m.country_speed[FOOT][FLAT],
        "mountain": WIDTH * 60 // m.country_speed[FOOT][MOUNTAIN], "mud": WIDTH * 60 // mud,
        "full": m.day_minutes * DAYS, "morale": morale, "fatigue": fatigue, "ready": ready, "fit": fit, "budget": budget,
        "hexes": budget // road, "slow": m.day_minutes * DAYS * rules.command.slow_minutes // 1000 * fit // 1000,
        "zone": road + m.zoc_leave + m.zoc_enter, "ferry": road + m.crossing[FOOT][1],
        "prepared": road + m.crossing[FOOT][1] * m.prepared_crossing // 1000, "bridge": road + m.bridge,
        "tired": budget * m.fatigue_per_hour // 60,
    }  # fmt: skip


def stack(rules: Rules) -> dict[str, int]:
    """Return the men that hexes of the examples' width hold."""
    return {
        "flat": rules.stacking.men_per_km[FLAT] * WIDTH // 1000,
        "mountain": rules.stacking.men_per_km[MOUNTAIN] * WIDTH // 1000,
    }


def rail(rules: Rules) -> dict[str, int]:
    """Return a train journey of twelve hexes and the mending of one hex of track."""
    m, hexes = rules.movement, 12
    return {
        "hexes": hexes, "km": hexes * WIDTH // 1000, "minutes": m.rail_loading + hexes * WIDTH * 60 // m.rail_speed,
        "mend": -(-WIDTH // (rules.supply.repair_km * 1000)),
    }  # fmt: skip


def arrives(rules: Rules, length: int) -> int:
    """Return the share that a line of a length [min] delivers [permille]."""
    r = rules.supply
    return clamp((r.zero_minutes - length) * 1000 // (r.zero_minutes - r.full_minutes), 0, 1000)


def line(rules: Rules) -> dict[str, int]:
    """Return a line of communication of ten hexes of road, and what changes it."""
    r, hexes, points = rules.supply, 10, 4
    length = hexes * (r.road_minutes * WIDTH // 1000)
    bombed = length + 3 * points * r.interdiction
    men, capacity = 60_000, 40_000
    return {
        "hexes": hexes, "km": hexes * WIDTH // 1000, "length": length, "share": arrives(rules, length),
        "led": arrives(rules, length - min(r.headquarters, length)), "points": points, "bombed": bombed,
        "bombed_share": arrives(rules, bombed), "men": men, "capacity": capacity,
        "shared": arrives(rules, length) * capacity // men,
        "country": arrives(rules, hexes * (r.country_minutes[HILL] * WIDTH // 1000)),
        "rail": arrives(rules, hexes * (r.rail_minutes * WIDTH // 1000)),
    }  # fmt: skip


def hunger(rules: Rules) -> dict[str, int]:
    """Return what a division without supply eats, and what a day of hunger costs it."""
    r, men, food, short = rules.supply, 5000, 60, 10 * DAYS
    land = 10 * r.forage // 1000
    return {
        "men": men, "food": food, "land": land, "lasts": food * 10 // (10 - land),
        "sick": men * r.hunger_sick * short // 10_000,
        "gone": men * r.hunger_desert * short // 10_000 * rules.morale.desertion[3] // 1000,
        "morale": r.hunger_morale * short // 10,
    }  # fmt: skip


def _power(rules: Rules, men: int, guns: int, quality: int, ready: int, ammunition: int, level: int) -> int:
    r = rules.combat
    value = (men * r.arms[INFANTRY] // 1000 + guns * r.gun) * r.quality[quality] // 1000
    value = value * (r.readiness_floor + (1000 - r.readiness_floor) * ready // 1000) // 1000
    fire = 1000
    if ammunition < r.ammunition_low:
        fire = r.ammunition_floor + (1000 - r.ammunition_floor) * ammunition // r.ammunition_low
    return value * fire // 1000 * r.command[level] // 1000


def power(rules: Rules) -> dict[str, int]:
    """Return the power of a Japanese regiment of grade A, step by step."""
    r, men, guns, morale, fatigue = rules.combat, 3600, 12, 900, 200
    weight = men * r.arms[INFANTRY] // 1000 + guns * r.gun
    ready = morale * (2000 - fatigue) // 2000
    fit = r.readiness_floor + (1000 - r.readiness_floor) * ready // 1000
    half = r.ammunition_low // 2
    return {
        "men": men, "guns": guns, "morale": morale, "fatigue": fatigue, "weight": weight, "trained": weight * r.quality[0] // 1000,
        "ready": ready, "fit": fit, "full": _power(rules, men, guns, 0, ready, 60, 0),
        "slow": _power(rules, men, guns, 0, ready, 60, 1), "rationed": _power(rules, men, guns, 0, ready, half, 0),
        "half": half,
    }  # fmt: skip


def fight(rules: Rules) -> dict[str, int]:
    """Return two regiments attacking a dug-in division on hills: power, ratio, chance and losses before luck."""
    r = rules.combat
    one = power(rules)["full"]
    men, morale, dug = 6000, 600, 2000
    attack = 2 * one * r.intensity_power[2] // 1000 * r.method_power[1] // 1000 * (1000 + r.flanks) // 1000
    bare = _power(rules, men, 0, 2, morale, 40, 0)
    works = 1000 + r.entrench * dug // 1000
    defence = bare * works // 1000 * r.terrain[HILL] // 1000
    ratio = attack * 1000 // defence
    root = raise_to(ratio, r.loss_exponent)
    attacker_men = 2 * power(rules)["men"]
    lost = _rate(rules, r.attacker_loss, 1_000_000 // root, attacker_men)
    cover = 1000 + dug * r.cover // 1000
    taken = _rate(rules, r.defender_loss, root, men) * 1000 // cover
    stand = r.give_way * r.stand // 1000
    return {
        "one": one, "two": 2 * one, "attack": attack, "men": men, "morale": morale, "dug": dug, "bare": bare, "works": works,
        "defence": defence, "ratio": ratio, "chance": _chance(rules, ratio, r.give_way), "stand": stand,
        "stand_chance": _chance(rules, ratio, stand), "attacker_men": attacker_men,
        "lost": (attacker_men // 2 * lost + 50_000) // 100_000 * 2,
        "cover": cover, "taken": (men * taken + 50_000) // 100_000, "river": attack * r.river[1] // 1000,
        "river_chance": _chance(rules, attack * r.river[1] // 1000 * 1000 // defence, r.give_way),
    }  # fmt: skip


def _chance(rules: Rules, ratio: int, half: int) -> int:
    x = raise_to(ratio * 1000 // half, rules.combat.steepness)
    return 1000 * x // (x + 1000)


def _rate(rules: Rules, base: int, factor: int, men: int) -> int:
    r = rules.combat
    size = clamp(raise_to(max(1, r.size_reference * 1000 // men), r.size_exponent), 500, 2500)
    daily = base * 100 * r.intensity[2] // 1000 * factor // 1000 * size // 1000
    return min(daily, r.loss_cap * 100) * r.method[1] // 1000


def luck(rules: Rules) -> dict[str, int]:
    """Return factors of luck by how rare they are, and chances by the ratio beside the one at which half give way."""
    r = rules.combat
    found = {
        name: lognormal(deviate, r.noise) for name, deviate in (("bad", -2000), ("poor", -1000), ("good", 1000), ("great", 2000))
    }
    for name, share in (
        ("half", 500),
        ("three_quarters", 750),
        ("level", 1000),
        ("five_quarters", 1250),
        ("six_quarters", 1500),
        ("double", 2000),
    ):
        found[name] = _chance(rules, r.give_way * share // 1000, r.give_way)
    return found


def retreat(rules: Rules) -> dict[str, int]:
    """Return what a retreat costs a division, with and without a way out."""
    r, men, guns = rules.combat, 5000, 20
    return {
        "men": men, "guns": guns, "shed": men * r.retreat_loss // 1000, "pursued": men * (r.retreat_loss + r.pursuit) // 1000,
        "trapped": men * r.retreat_trapped // 1000, "left_guns": guns * r.gun_loss // 1000,
        "loss_share": 50, "morale": 50 * rules.morale.loss // 1000, "both": 50 * rules.morale.loss // 1000 + rules.morale.retreat,
    }  # fmt: skip


def command(rules: Rules) -> dict[str, int]:
    """Return the chances of a commander rated C, near and far from his troops."""
    r = rules.command
    full, slow = r.full[2], r.slow[2]
    return {
        "stalled": 1000 - full - slow, "far": max(0, full - r.far), "far_stalled": 1000 - max(0, full - r.far) - slow,
        "lost": max(0, full - 2 * r.disrupted),
    }  # fmt: skip


def dig(rules: Rules) -> dict[str, int]:
    """Return the digging of a unit that rests in hills for a turn, with and without engineers, and the time to the most."""
    e = rules.entrenchment
    pace = e.per_day[HILL]
    return {
        "turn": pace * DAYS,
        "engineers": pace * e.engineers // 1000 * DAYS,
        "most": -(-e.maximum // pace),
        "level": -(-1000 // pace),
    }


def air(rules: Rules) -> dict[str, int]:
    """Return the points of a base in two kinds of weather, and what four of them do."""
    points, used = 20, 4
    return {
        "base": points, "clear": points * DAYS * rules.weather.air[0] // 1000, "rain": points * DAYS * rules.weather.air[2] // 1000,
        "used": used, "power": used * rules.combat.air_point, "minutes": used * rules.air.interdict_hours,
        "supply": used * rules.supply.interdiction,
    }  # fmt: skip


def refill(rules: Rules) -> dict[str, int]:
    """Return a turn's replacements of a resting regiment, and its wounded who come back."""
    r, full, hospital = rules.replacement, 4000, 500
    return {
        "full": full, "turn": full * r.per_day * DAYS // 1000 * r.arms[INFANTRY] // 1000,
        "hospital": hospital, "back": hospital * r.returning * DAYS // 1000,
    }  # fmt: skip


def desert(rules: Rules) -> dict[str, int]:
    """Return the deserters of a shaken division in a turn, for two grades."""
    m, men, morale = rules.morale, 5000, 300

    def gone(quality: int) -> int:
        return men * ((m.desertion_below - morale) * m.desertion[quality] // 1000 * DAYS) // 10_000

    return {"men": men, "morale": morale, "short": m.desertion_below - morale, "grade_a": gone(0), "grade_d": gone(3)}
