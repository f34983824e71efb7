"""The after-action report: one HTML page that tells a game, for reading, printing and sending on.

It holds everything itself (styles, maps, charts), asks the network for nothing and needs no script to be read.
"""

from __future__ import annotations

from pathlib import Path

from game.core.files import write_whole
from game.lab import report_charts as charts
from game.lab import report_map as maps
from game.lab import report_story as tales
from game.lab import svg
from game.lab.page import EARLY, LATE, LOSS_COLOUR, SIDE_COLOUR, both, day, mark, number, row, signed, table, text, whole_page
from game.lab.report_battles import battles, weather
from game.model.events import Factor
from game.model.state import LOSSES
from game.play import stats
from game.play.chronicle import Chronicle, Snapshot, chronicle_of
from game.play.session import Session
from game.rules import victory

FRONTS = 6  # dates whose fronts the map shows


def write_report(session: Session, players: tuple[str, str], path: Path, chronicle: Chronicle | None = None) -> None:
    """Write the report of a game to a file, whole or not at all.

    Args:
        session: the game; it need not be over.
        players: names of Japan's and China's player.
        path: the HTML file to write.
        chronicle: what was noted while the game ran; without it the orders are carried out once more.
    """
    write_whole(path, page(session, players, chronicle or chronicle_of(session)))


def page(session: Session, players: tuple[str, str], chronicle: Chronicle) -> bytes:
    """Return the report as a page of HTML in UTF-8."""
    sections = [
        _head(session, players),
        _outcome(session),
        _map(session, chronicle),
        _record(session),
        _captures(session),
        _men(session, chronicle),
        _condition(session, chronicle),
        battles(session),
        weather(session),
        _stories(session),
        f"<footer>{_closing(session, chronicle)}</footer>",
    ]
    return whole_page(f"{session.scenario.title.en}: after-action report", "\n".join(sections))


# -- head and outcome ------------------------------------------------------------------------------------------------
def _head(session: Session, players: tuple[str, str]) -> str:
    s, calendar = session.scenario, session.scenario.calendar
    played = session.world.state.turn
    facts = [
        ("Dates", f"{day(calendar.start)} – {day(calendar.end, year=True)}"),
        ("Turns played", f"{played} of {calendar.turns}, {calendar.days_per_turn} days each"),
        ("Seed", number(session.seed)),
        (f"{s.sides[0].army.en} {s.sides[0].army.zh}", f"{mark(0)}{text(players[0])}"),
        (f"{s.sides[1].army.en} {s.sides[1].army.zh}", f"{mark(1)}{text(players[1])}"),
        ("Unit-days in full attack", f"{stats.attack_share(session.world, session.unit_turns) * 100:.1f} %"),
    ]
    items = "".join(f"<div><dt>{text(k)}</dt><dd>{v}</dd></div>" for k, v in facts)
    zh = f'<span class="zh" lang="zh">{text(s.title.zh)}</span>'
    return (
        f'<header><p class="kicker">Ichi-Go 1944 · After-action report</p><h1>{text(s.title.en)}{zh}</h1>'
        f'<dl class="facts">{items}</dl></header><p class="lead">{text(_summary(session))}</p>'
    )


def _summary(session: Session) -> str:
    """Return the game in three plain sentences."""
    world, s = session.world, session.scenario
    level = victory.level(world)
    taken = stats.captures(world)
    lost = [sum(stats.losses(world, side).values()) for side in (0, 1)]
    state = "" if session.over else "So far: "
    first = f"{state}{level.name.en}, with {number(victory.net(world))} net points; history scored {number(s.historical[0])}."
    counts = [sum(1 for c in taken if c.side == side) for side in (0, 1)]
    times = f"{counts[0]} time{'s' if counts[0] != 1 else ''}"
    second = f"Named places fell to {s.sides[0].name.en} {times} and to {s.sides[1].name.en} {counts[1]}."
    third = f"{s.sides[0].name.en} lost {number(lost[0])} men from all causes, {s.sides[1].name.en} {number(lost[1])}."
    return f"{first} {second} {third}"


def _outcome(session: Session) -> str:
    world, s = session.world, session.scenario
    level, net, both_sides = victory.level(world), victory.net(world), victory.score(world)
    scale = charts.scale(net, [(x.least, x.name.en, x.winner) for x in s.levels], s.historical[0])
    points = " and ".join(
        f"{mark(side)}{number(both_sides[side])} of {text(s.sides[side].name.en)} × {s.weights[side] / 1000:g}".replace("-", "−")
        for side in (0, 1)
    )
    card = (
        f'<div><div class="level">{mark(level.winner)}{both(level.name)}</div><div class="net">{number(net)}</div>'
        f'<div class="note">net points: {points}</div></div>'
    )
    note = f'<p class="note">History: {both(s.historical[1])}</p>'
    return f'<section><div class="outcome">{card}<figure>{scale}</figure></div>{note}{_points(session)}</section>'


def _points(session: Session) -> str:
    """Return the table of objectives, each with the terms of its points."""
    world, s = session.world, session.scenario
    rows = []
    for side in (0, 1):
        for n, objective in enumerate(s.objectives):
            if objective.side != side:
                continue
            points, parts = victory.points(world, n)
            terms = " ".join(_part(session, f) for f in parts if f.name != "points")
            what = f'{mark(side)}{both(objective.title)}<div class="terms">{terms}</div>'
            rows.append(row([(what, ""), (text(_KINDS[objective.kind]), ""), (number(points), f"n:{points}")]))
        total = victory.score(world)[side]
        rows.append(row([(f"{mark(side)}{text(s.sides[side].name.en)} in all", ""), ("", ""), (number(total), "n")], "sum"))
    heads = [("Objective", ""), ("Kind", ""), ("Points", "n")]
    return f"<h2>Points by objective</h2>{table(heads, rows)}"


_KINDS = {
    "hold": "held at the end", "hold_by": "the sooner the better", "per_turn": "each turn held", "keep": "never lost",
    "link": "railway joined", "destroy": "formations destroyed", "preserve": "formations kept",
}  # fmt: skip


def _part(session: Session, factor: Factor) -> str:
    name = factor.name
    places = session.scenario.map.place_by_id
    formation, _, rest = name.partition(": ")
    if name in places:
        html = f'{text(places[name].name_en)} <span class="zh" lang="zh">{text(places[name].name_zh)}</span>'
    elif formation in session.scenario.formation_by_id:
        left = rest.partition(" permille")
        words = f"{int(left[0]) / 10:.0f} % of its men left" if left[1] and left[0].isdigit() else rest
        html = f"{both(session.scenario.formation_by_id[formation].name)}: {text(words)}"
    else:
        html = text(name)
    value = signed(factor.value) if factor.act == "+" else f"= {number(factor.value)}"
    return f'<span class="{"some" if factor.value > 0 else "none"}">{html} <b>{value}</b></span>'


# -- map -------------------------------------------------------------------------------------------------------------
def _map(session: Session, chronicle: Chronicle) -> str:
    sheet = maps.Sheet(session.scenario.map)
    taken = stats.captures(session.world)
    notes: dict[str, tuple[str, int]] = {}
    for c in taken:
        notes[c.place] = (day(c.date), c.side)
    shots = _pick(chronicle.snapshots)
    places = tales.shown_places(session, set(notes))
    start, end = chronicle.snapshots[0].control, chronicle.snapshots[-1].control
    changed = [maps.wash(sheet, [h for h in range(len(end)) if end[h] == side != start[h]], side, 0.17) for side in (0, 1)]
    base = f'<g id="land">{maps.land(sheet)}</g>'
    drawn = (
        base + "".join(changed) + f'<g id="lines">{maps.water(sheet)}{maps.railways(sheet)}</g>'
        + maps.fronts(sheet, [s.control for s in shots]) + maps.towns(sheet, places, notes)
    )  # fmt: skip
    names = [side.name.en for side in session.scenario.sides]
    keys = [
        *(
            f'<li><i class="l" style="background:{maps.tone(n, len(shots))}"></i>{_date_of(session, s)}</li>'
            for n, s in enumerate(shots)
        ),
        *(f'<li><i style="background:{SIDE_COLOUR[n]};opacity:.35"></i>taken by {names[n]} and held</li>' for n in (0, 1)),
    ]
    width = session.scenario.map.spacing_m // 1000
    return (
        '<h2>The front by date</h2><div class="scroll"><figure class="wide">'
        f'{_map_drawing(sheet, drawn, "Map of the fronts by date")}</figure></div><ul class="keys">{"".join(keys)}</ul>'
        '<p class="note">Lines: the front at the end of each date, from light to dark. Dates below names: the last change of '
        f"hands, in the colour of the side that took the place. A hex is {width} km wide.</p>{_minis(sheet, session, shots)}"
    )


def _minis(sheet: maps.Sheet, session: Session, shots: list[Snapshot]) -> str:
    """Return small maps, one a date, with what either side holds."""
    out = []
    for shot in shots:
        held = [
            maps.wash(sheet, [h for h in range(len(shot.control)) if shot.control[h] == side], side, (0.42, 0.2)[side])
            for side in (0, 1)
        ]
        edge = f'<path d="{maps.front(sheet, shot.control)}" fill="none" stroke="#1E1A16" stroke-width="7"/>'
        use = '<use href="#land"/>' + "".join(held) + '<use href="#lines"/>' + edge
        when = _date_of(session, shot)
        out.append(f"<figure>{_map_drawing(sheet, use, when)}<figcaption>{when}</figcaption></figure>")
    return f'<div class="minis">{"".join(out)}</div>'


def _pick(snapshots: list[Snapshot]) -> list[Snapshot]:
    """Return the start, the end, and between them dates at equal steps, without those on which nothing had changed."""
    last = len(snapshots) - 1
    numbers = sorted({round(n * last / (FRONTS - 1)) for n in range(FRONTS)})
    kept: list[Snapshot] = []
    for n in numbers:
        if not kept or bool((snapshots[n].control != kept[-1].control).any()):
            kept.append(snapshots[n])
    return kept


def _date_of(session: Session, shot: Snapshot) -> str:
    calendar = session.scenario.calendar
    if shot.turn == 0:
        return f"{day(calendar.start)} (start)"
    return day(min(calendar.end, calendar.date_of(shot.turn, calendar.days_per_turn - 1)))


def _map_drawing(sheet: maps.Sheet, inside: str, title: str) -> str:
    return svg.drawing(sheet.width, round(sheet.height, 1), title, inside)


# -- captures --------------------------------------------------------------------------------------------------------
def _record(session: Session) -> str:
    places, calendar = session.scenario.map.place_by_id, session.scenario.calendar
    rows = sorted(stats.compare(session.world), key=lambda c: (c.recorded.date, c.recorded.place))
    if not rows:
        return ""
    meetings = [
        charts.Meeting(
            places[c.recorded.place].name_en, places[c.recorded.place].name_zh, c.recorded.side, c.recorded.date, c.played
        )
        for c in rows
    ]
    late = sorted(c.days for c in rows if c.days is not None)
    middle = f"; half of these within {_half_width(late)} days of the record" if late else ""
    return (
        "<h2>Captures against the record</h2>"
        f"<p>{len(late)} of {len(rows)} captures of the record happened in the game{middle}.</p>"
        f'<div class="scroll"><figure class="wide">{charts.against_record(meetings, calendar.start, calendar.end)}</figure></div>'
        '<ul class="keys"><li>◇ the day of the record</li>'
        f"<li>{mark(0)}taken by Japan in the game</li><li>{mark(1)}by China</li>"
        f'<li><i class="l" style="background:{EARLY}"></i>early</li>'
        f'<li><i class="l" style="background:{LATE}"></i>late</li></ul>'
    )


def _half_width(days: list[int]) -> int:
    return sorted(abs(d) for d in days)[(len(days) - 1) // 2]


def _captures(session: Session) -> str:
    """Return every change of hands, place by place in the order in which they first fell."""
    places, units = session.scenario.map.place_by_id, session.scenario.units
    events = [e for e in session.world.events if e.kind == "capture"]
    fates: dict[str, list[str]] = {}
    for c, e in zip(stats.captures(session.world), events, strict=True):
        unit = stats.number(e, "unit")
        by = f' <span class="by">{text(units[unit].name.en)}</span>' if unit >= 0 else ""
        fates.setdefault(c.place, []).append(f'<span class="hand">{mark(c.side)}{day(c.date)}{by}</span>')
    if not fates:
        return "<h2>Places that changed hands</h2><p>None.</p>"
    items = "".join(
        f'<li><b>{text(places[p].name_en)}</b> <span class="zh" lang="zh">{text(places[p].name_zh)}</span> {" ".join(hands)}</li>'
        for p, hands in fates.items()
    )
    return f'<h2>Places that changed hands</h2><ul class="story">{items}</ul>'


# -- men -------------------------------------------------------------------------------------------------------------
def _men(session: Session, chronicle: Chronicle) -> str:
    calendar, shots = session.scenario.calendar, chronicle.snapshots
    most = max(sum(x) for s in shots for x in s.losses)
    figures = []
    for side in (0, 1):
        layers = [charts.Series(name, LOSS_COLOUR[n], tuple(s.losses[side][n] for s in shots)) for n, name in enumerate(LOSSES)]
        name = session.scenario.sides[side].name
        svg = charts.stacked(calendar, layers, f"Losses of {name.en} by kind", most)
        figures.append(f"<figure><h3>{mark(side)}{both(name)}</h3>{svg}</figure>")
    keys = "".join(f'<li><i style="background:{LOSS_COLOUR[n]}"></i>{name}</li>' for n, name in enumerate(LOSSES))
    return (
        f'<h2>Losses over time</h2><div class="two">{"".join(figures)}</div><ul class="keys">{keys}</ul>'
        '<p class="note">All men lost so far; wounded and sick who came back are counted under "returned" below.</p>'
        f"{_balance(session)}"
    )


def _balance(session: Session) -> str:
    """Return the table that shows that no man vanishes."""
    rows, world = [], session.world
    columns = ("start", "arrived", "replaced", "returned", *LOSSES, "present")
    for side in (0, 1):
        values = {**stats.men(world, side), **stats.losses(world, side)}
        cells = [(f"{mark(side)}{both(session.scenario.sides[side].name)}", "")] + [
            (number(values[c]), f"n:{values[c]}") for c in columns
        ]
        rows.append(row(cells))
    heads = [("", ""), *((c, "n") for c in columns)]
    note = "Start, arrived, replaced and returned together equal the losses and those present."
    return f'{table(heads, rows)}<p class="note">{note}</p>'


def _condition(session: Session, chronicle: Chronicle) -> str:
    calendar, shots = session.scenario.calendar, chronicle.snapshots
    names = [s.name.en for s in session.scenario.sides]

    def pair(field: str) -> list[charts.Series]:
        return [charts.Series(names[side], SIDE_COLOUR[side], tuple(getattr(s, field)[side] for s in shots)) for side in (0, 1)]

    figures = [
        ("Strength [men]", charts.curves(calendar, pair("men"), "Men with the colours")),
        ("Fighting units on the map", charts.curves(calendar, pair("units"), "Fighting units on the map")),
        (
            "Supply: mean share that reached a unit",
            charts.curves(calendar, pair("supply"), "Mean supply of fighting units", "permille", 1000),
        ),
        ("Morale, mean by men", charts.curves(calendar, pair("morale"), "Mean morale of fighting units", "permille", 1000)),
    ]
    html = "".join(f"<figure><h3>{title}</h3>{svg}</figure>" for title, svg in figures)
    return f'<h2>Strength, supply and morale</h2><div class="two">{html}</div>'


# -- stories and the end -----------------------------------------------------------------------------------------------
def _stories(session: Session) -> str:
    found = tales.stories(session)
    out = ["<h2>What befell the formations</h2>"]
    for side in (0, 1):
        mine = [s for s in found if s.formation.side == side]
        told = [s for s in mine if s.eventful]
        quiet = [s for s in mine if not s.eventful]
        items = "".join(f"<li>{mark(side)}<b>{both(s.formation.name)}</b> {text(tales.tell(session, s))}</li>" for s in told)
        out.append(f"<h3>{both(session.scenario.sides[side].army)}</h3>")
        out.append(f'<ul class="story">{items}</ul>' if items else "")
        if quiet:
            names = "; ".join(f"{both(s.formation.name)} ({number(tales.men_left(session, s))} men)" for s in quiet)
            out.append(f'<p class="note">Saw no action: {names}.</p>')
    return "".join(out)


def _closing(session: Session, chronicle: Chronicle) -> str:
    s = session.scenario
    state = "The game is over." if session.over else f"The game stands in turn {session.world.state.turn}."
    return (
        f"{state} Scenario {text(s.id)}, data {text(s.digest[:12])}, rules {text(s.rules.id)}, seed {session.seed}, "
        f"last state {session.digest()[:12]}. "
        "The same scenario, seed and orders give the same game. "
        f"Drawn from {len(session.world.events):,} events and {len(chronicle.snapshots)} snapshots."
    )
