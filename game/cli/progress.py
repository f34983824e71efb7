"""A game as it runs, one line a turn, and the report at its end."""

from __future__ import annotations

from datetime import date
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from game.model.events import Event
from game.model.units import SIDES
from game.play import stats
from game.play.session import Session
from game.rules import victory

COLOURS = ("red", "blue")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Progress:
    """Prints a line when a turn has ended."""

    def __init__(self, session: Session, names: tuple[str, str]) -> None:
        self.console = Console(highlight=False, soft_wrap=True)
        self.turn = 1
        self.first = 0  # first event of the turn under way
        self.lost = [0, 0]
        scenario = session.scenario
        calendar = scenario.calendar
        sides = " against ".join(f"{scenario.sides[s].name.en} ({names[s]})" for s in (0, 1))
        self.console.print(
            f"[bold]{escape(scenario.title.en)} {escape(scenario.title.zh)}[/bold], seed {session.seed}: {escape(sides)}, "
            f"{calendar.turns} turns from {day(calendar.start)} to {day(calendar.end)} {calendar.end.year}"
        )

    def after(self, session: Session) -> None:
        """Print the turn that has just ended, if one has."""
        state = session.world.state
        if state.turn == self.turn and not state.over:
            return
        events = [e for e in session.world.events[self.first :] if e.turn == self.turn]
        self.first += len(events)
        self.console.print(self._line(session, events))
        self.turn = state.turn

    def _line(self, session: Session, events: list[Event]) -> str:
        calendar, world = session.scenario.calendar, session.world
        totals = [sum(stats.losses(world, side).values()) for side in (0, 1)]
        weather = next((e.data for e in events if e.kind == "weather"), {})
        held = stats.watched_held(world)
        fights = sum(e.kind == "battle" for e in events)
        lost = " ".join(f"[{COLOURS[s]}]{SIDES[s][0].upper()} {totals[s] - self.lost[s]:,}[/]" for s in (0, 1))
        self.lost = totals
        taken = "; ".join(self._taken(session, e) for e in events if e.kind == "capture")
        return (
            f"[bold]{self.turn:3}[/] {day(calendar.date_of(self.turn)):6} {weather.get('north', '')}/{weather.get('south', ''):6} "
            f"places [{COLOURS[0]}]{held[0]}[/]:[{COLOURS[1]}]{held[1]}[/]  net {victory.net(world):3}  "
            f"attacks {fights:2}  lost {lost}" + (f"  [bold]taken:[/] {taken}" if taken else "")
        )

    def _taken(self, session: Session, event: Event) -> str:
        place = session.scenario.map.place_by_id[str(event.data["place"])]
        side = stats.number(event, "by")
        when = day(stats.capture_date(session.world, event))
        return f"[{COLOURS[side]}]{escape(place.name_en)} {escape(place.name_zh)}[/] ({when})"


def day(when: date) -> str:
    """Return a date in short: 9 May."""
    return f"{when.day} {MONTHS[when.month - 1]}"


def console() -> Console:
    """Return a console that does not squeeze tables when its output goes to a file."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=max(150, found.width))


def simple_table(*columns: str, numbers: tuple[str, ...] = ()) -> Table:
    """Return an empty table; the columns in `numbers` stand at the right."""
    from rich.box import SIMPLE_HEAD

    table = Table(box=SIMPLE_HEAD, show_edge=False)
    for name in columns:
        table.add_column(name, justify="right" if name in numbers else "left")
    return table


def show_result(session: Session, result: dict[str, Any]) -> None:
    """Print the report at the end of a game."""
    out = console()
    level = victory.level(session.world)
    points = result["outcome"]["points"]
    out.print(
        f"\n[bold]{escape(level.name.en)} {escape(level.name.zh)}[/bold]: net {points['net']} points "
        f"(Japan {points['japan']}, China {points['china']}); the historical result scores {session.scenario.historical[0]}"
    )
    tables = {
        "Objectives": _objectives(session),
        "Men (start + arrived + replaced + returned = present + losses)": _men(result),
    }
    if session.scenario.record:
        tables["Captures beside the record"] = _record(session)
    for title, table in tables.items():
        out.print(f"\n[bold]{title}[/]")
        out.print(table)
    out.print(
        f"\n{result['turns_played']} turns, {result['unit_turns']:,} unit-turns in {result['cpu_seconds']:.2f} s of "
        f"processor time; {result['attack_share']:.1%} of unit-days in full attack; digest {result['digest']}"
    )


def _objectives(session: Session) -> Table:
    table = simple_table("side", "objective", "points", "why", numbers=("points",))
    for row in stats.objectives(session.world):
        why = ", ".join(f"{f.name} {f.value:+d}" if f.act == "+" else f"{f.name} {f.value}" for f in row["factors"][:-1])
        table.add_row(row["side"], escape(row["title"]), str(row["points"]), escape(why))
    return table


def _men(result: dict[str, Any]) -> Table:
    table = simple_table("men", *SIDES, numbers=SIDES)
    for part in ("men", "losses"):
        for name in result[part][SIDES[0]]:
            table.add_row(name, *(f"{result[part][side][name]:,}" for side in SIDES))
    return table


def _record(session: Session) -> Table:
    table = simple_table("recorded", "place", "by", "played", "days", numbers=("recorded", "played", "days"))
    places = session.scenario.map.place_by_id
    for row in stats.compare(session.world):
        played = day(row.played) if row.played else "-"
        shift = f"{row.days:+d}" if row.days is not None else ""
        name = places[row.recorded.place]
        table.add_row(day(row.recorded.date), f"{name.name_en} {name.name_zh}", SIDES[row.recorded.side], played, shift)
    return table
