"""The report's part on battles: how they were expected to go, how luck went, and the weather that they were fought in."""

from __future__ import annotations

from game.lab import svg
from game.lab.page import INK, INK2, both, day, mark, number, percent, row, table, text
from game.model.events import Event
from game.play import stats
from game.play.session import Session

BATTLES = 15  # rows of the table of battles


def battles(session: Session) -> str:
    """Return the section on battles: luck by side, and those with the heaviest losses."""
    events = [e for e in session.world.events if e.kind == "battle"]
    if not events:
        return "<h2>Battles</h2><p>None.</p>"
    weight = {n: stats.number(e, "attacker_losses") + stats.number(e, "defender_losses") for n, e in enumerate(events)}
    chosen = sorted(sorted(weight, key=lambda n: (-weight[n], n))[:BATTLES])
    rows = [_battle(session, events[n]) for n in chosen]
    heads = [
        ("Turn from", "n"), ("Place", ""), ("Attackers", ""), ("Defenders", ""), ("Ratio", "n"), ("Expected", "n"), ("Luck", "n"),
        ("Chance", "n"), ("Result", ""), ("Attackers lost", "n"), ("Defenders lost", "n"),
    ]  # fmt: skip
    return (
        f"<h2>Battles and luck</h2>{_luck(session, events)}<h3>The {len(rows)} battles with the heaviest losses</h3>"
        f"{table(heads, rows, 'sortable')}"
        '<p class="note">Ratio of effective power, attackers to defenders. Expected: the chance before luck that the defenders '
        "give ground; luck multiplies the ratio and makes the chance that was thrown against. "
        "Losses are those of the fight, without prisoners and missing of a retreat.</p>"
    )


def _battle(session: Session, e: Event) -> str:
    def who(name: str) -> str:
        units = [session.scenario.units[u] for u in stats.numbers(e, name)]
        shown = "<br>".join(both(u.name) for u in units[:3])
        return shown + (f"<br>and {len(units) - 3} more" if len(units) > 3 else "")

    def n(name: str) -> int:
        return stats.number(e, name)

    when = session.scenario.calendar.date_of(e.turn)
    beaten = n("beaten")
    cells = [
        (day(when), f"n:{e.turn}"),
        (text(stats.nearest_place(session.world, n("hex"))), ""),
        (mark(e.side) + who("attackers"), "who"),
        (mark(1 - e.side) + who("defenders"), "who"),
        (f"{n('ratio') / 1000:.2f}", f"n:{n('ratio')}"),
        (percent(n("expected")), f"n:{n('expected')}"),
        (f"× {n('luck') / 1000:.2f}", f"n:{n('luck')}"),
        (percent(n("chance")), f"n:{n('chance')}"),
        ("gave ground" if beaten else "held", ""),
        (number(n("attacker_losses")), f"n:{n('attacker_losses')}"),
        (number(n("defender_losses")), f"n:{n('defender_losses')}"),
    ]
    return row(cells)


def _luck(session: Session, events: list[Event]) -> str:
    """Return how often defenders gave ground and how often they were expected to, by attacker."""
    rows = []
    for side in (0, 1):
        mine = [e for e in events if e.side == side]
        if not mine:
            continue
        expected = [stats.number(e, "expected") for e in mine]
        chances = [stats.number(e, "chance") for e in mine]
        won = sum(stats.number(e, "beaten") for e in mine)
        spread = sum(c * (1000 - c) for c in chances) ** 0.5 / 1000
        off = won - sum(chances) / 1000
        cells = [
            (f"{mark(side)}{both(session.scenario.sides[side].name)}", ""),
            (number(len(mine)), "n"),
            (f"{sum(expected) / 1000:.1f}", "n"),
            (f"{sum(chances) / 1000:.1f}", "n"),
            (f"± {spread:.1f}", "n"),
            (str(won), "n"),
            (_verdict(off, spread), ""),
        ]
        rows.append(row(cells))
    heads = ["Attacks", "Expected to give ground", "After luck", "Spread", "Gave ground"]
    return table([("Attacks by", ""), *((h, "n") for h in heads), ("", "")], rows)


def _verdict(off: float, spread: float) -> str:
    if abs(off) <= max(spread, 0.5):
        return "about as expected"
    return "luckier than expected" if off > 0 else "less lucky than expected"


_WEATHER = {"clear": "#F2D98B", "dust": "#D9A860", "rain": "#8FB4CC", "mud": "#8A6B4C"}


def weather(session: Session) -> str:
    """Return the strip of the weather, a box a turn, north above south."""
    events = [e for e in session.world.events if e.kind == "weather"]
    calendar = session.scenario.calendar
    wide, left, cell = 1072, 60, 22
    step = (wide - left) / max(1, calendar.turns)
    out = []
    for line, zone in enumerate(("north", "south")):
        y = 4 + line * (cell + 4)
        out.append(svg.words(left - 8, y + 15, zone, 12.5, "end"))
        for e in events:
            kind, x = str(e.data[zone]), left + (e.turn - 1) * step
            out.append(svg.box(x, y, step - 1.5, cell, _WEATHER[kind], f"{day(calendar.date_of(e.turn))}, {zone}: {kind}"))
            if step > 30:
                out.append(svg.words(x + step / 2, y + 15, kind, 11, "middle", INK))
    for turn in range(1, calendar.turns + 1, max(1, calendar.turns // 8)):
        out.append(svg.words(left + (turn - 1) * step, 72, day(calendar.date_of(turn)), 12, fill=INK2))
    keys = "".join(f'<li><i style="background:{c}"></i>{k}</li>' for k, c in _WEATHER.items())
    strip = svg.drawing(wide, 78, "Weather by turn", "".join(out))
    return f'<h2>Weather</h2><div class="scroll"><figure class="wide">{strip}</figure></div><ul class="keys">{keys}</ul>'
