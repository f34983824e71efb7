"""Weather: one throw a turn for the dry north and one for the wet south, by the month's table."""

from __future__ import annotations

from game.core import dice
from game.model.rules import WEATHERS
from game.rules.world import World


def roll_weather(world: World) -> None:
    """Set the weather of a new turn, the same for both sides."""
    state, r = world.state, world.rules.weather
    month = world.scenario.calendar.date_of(state.turn).month
    for zone, table in enumerate((r.north, r.south)):
        throw = dice.permille(state.seed, state.turn, "weather", zone)
        total = 0
        for kind, chance in enumerate(table[month - 1]):
            total += chance
            if throw < total:
                state.weather[zone] = kind
                break
    world.tell("weather", {"north": WEATHERS[state.weather[0]], "south": WEATHERS[state.weather[1]]})
