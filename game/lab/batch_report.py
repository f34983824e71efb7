"""The report of many games: one HTML page that asks the network for nothing.

Outcomes, the front by date, dates against the record, losses, luck, and the games one by one with replays of three of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from game.core.files import write_whole
from game.lab import batch_charts as charts
from game.lab.batch_map import fronts_section
from game.lab.history import Fit, fit_of
from game.lab.page import both, day, mark, number, row, signed, table, text, whole_page
from game.lab.runfolder import Plan
from game.lab.summary import good_rows
from game.lab.task import Row, Task, play_task, scenario_of
from game.model.scenario import Scenario
from game.model.units import SIDES


def write_batch_report(plan: Plan, folder: Path, rows: Sequence[Row]) -> Path:
    """Write report.html into the folder of a finished batch, and the replays that it names; return its path.

    Raises:
        DataError: the folder cannot be written.
    """
    scenario = scenario_of(plan.source, plan.overrides)
    good = good_rows(rows)
    told = _tellers(good)
    (folder / "replays").mkdir(exist_ok=True)
    for seed in told:
        file = folder / "replays" / f"seed-{seed}.ichigo"
        if not file.exists():
            play_task(Task(0, plan.source, seed, plan.players, plan.overrides, replay=str(file)))
    path = folder / "report.html"
    write_whole(path, batch_page(plan, scenario, rows, told))
    return path


def _tellers(rows: Sequence[Row]) -> dict[int, str]:
    """Return the seeds of the games that tell most, with what they are: the median and the extremes by net points."""
    order = sorted(rows, key=lambda r: (r["outcome"]["points"]["net"], r["seed"]))
    if not order:
        return {}
    picked = {order[len(order) // 2]["seed"]: "median"}
    for r, name in ((order[-1], "best for Japan"), (order[0], "best for China")):
        picked.setdefault(r["seed"], name)
    return picked


def batch_page(plan: Plan, scenario: Scenario, rows: Sequence[Row], told: dict[int, str]) -> bytes:
    """Return the report as a page of HTML in UTF-8; told: seeds whose replays lie in the folder `replays`, with a word for each."""
    good = good_rows(rows)
    fit = fit_of(scenario, rows)
    sections = [
        _head(plan, scenario, rows, fit),
        _outcomes(scenario, good, fit),
        fronts_section(scenario, good),
        _dates(scenario, fit),
        _losses(scenario, good, fit),
        _luck(good),
        _games(scenario, rows, told),
    ]
    return whole_page(f"{scenario.title.en}: {len(good)} games", "\n".join(s for s in sections if s))


def _head(plan: Plan, scenario: Scenario, rows: Sequence[Row], fit: Fit) -> str:
    failed = len(rows) - fit.games
    changed = ", ".join(f"<code>{text(path)} = {value}</code>" for path, value in plan.overrides) or "none"
    facts = [
        ("Games", f"{fit.games}" + (f" and {failed} that failed" if failed else "")),
        ("Seeds", f"{plan.seeds[0]} to {plan.seeds[1]}"),
        ("Players", f"Japan {text(plan.players[0])}, China {text(plan.players[1])}"),
        ("Values changed", changed),
    ]
    if scenario.record:
        facts.append(("Score against the record", f"{fit.score:.1f} of 100"))
    if fit.holdout is not None:
        facts.append(("Held-out rows", f"{fit.holdout:.1f} of 100"))
    items = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return (
        f'<header><p class="kicker">Many games</p><h1>{both(scenario.title)}</h1>'
        f'<p>{day(scenario.calendar.start, True)} to {day(scenario.calendar.end, True)}</p></header><dl class="facts">{items}</dl>'
    )


def _outcomes(scenario: Scenario, rows: Sequence[Row], fit: Fit) -> str:
    nets = [int(r["outcome"]["points"]["net"]) for r in rows]
    counts = dict(fit.levels)
    shares = [(v.name.en, v.winner, counts.get(v.id, 0)) for v in scenario.levels]
    return (
        "<h2>Outcomes</h2>"
        f"<p>Net points: median {number(round(fit.net['median']))}, four games of five between {number(round(fit.net['low']))} and "
        f"{number(round(fit.net['high']))}. The historical result scores {number(fit.historical)}.</p>"
        f'<div class="two"><figure>{charts.shares(shares)}</figure>'
        f"<figure>{charts.histogram(nets, 'Net points', scenario.historical[0], 'history')}</figure></div>"
    )


def _dates(scenario: Scenario, fit: Fit) -> str:
    if not fit.events:
        return ""
    places = scenario.map.place_by_id
    hit = sum(e.hit for e in fit.events if e.counts)
    worst = ", ".join(text(places[e.recorded.place].name_en) for e in fit.worst)
    return (
        "<h2>Dates against the record</h2>"
        f"<p>{hit} of {sum(e.counts for e in fit.events)} scored events happen in at least half of the games with a median date "
        f"within their tolerance (pale band: two turns, or 15 % of the days since the start). Worst: {worst or 'none'}.</p>"
        f'<div class="scroll"><figure class="wide">{charts.date_bars(scenario, fit.events)}</figure></div>'
        '<ul class="keys"><li>◇ day of the record</li><li>bar: four games of five</li><li>line: median</li>'
        "<li>right: share of games in which it happened</li><li>grey: not scored; *: held out of tuning</li></ul>"
    )


def _losses(scenario: Scenario, rows: Sequence[Row], fit: Fit) -> str:
    fans = "".join(_fan(scenario, rows, side) for side in (0, 1))
    body = [
        row([
            (f"{mark(x.recorded.side)}{text(', '.join(x.recorded.kinds))}", ""),
            (_range(x.recorded.low, x.recorded.high), f"n:{x.recorded.low}"),
            (text(" ".join(x.recorded.source)), ""), (number(round(x.median)), f"n:{round(x.median)}"),
            (f"{number(round(x.low))}–{number(round(x.high))}", "n"), ("inside" if x.hit else "outside", ""),
            ("yes" if x.counts else "no", ""), (text(x.recorded.note), ""),
        ])
        for x in fit.losses
    ]  # fmt: skip
    heads = [
        ("lost", ""),
        ("documented", "n"),
        ("source", ""),
        ("median", "n"),
        ("10–90 %", "n"),
        ("range", ""),
        ("scored", ""),
        ("note", ""),
    ]
    compared = table(heads, body) if body else "<p>The record gives no losses for the whole of this scenario.</p>"
    return f'<h2>Losses</h2><div class="two">{fans}</div>{compared}'


def _range(low: int, high: int) -> str:
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def _fan(scenario: Scenario, rows: Sequence[Row], side: int) -> str:
    name = scenario.sides[side].name.en
    drawing = charts.fan(scenario.calendar, [r["curve"][SIDES[side]] for r in rows], side, f"Losses of {name}")
    return f"<figure>{drawing}<figcaption>{mark(side)}{text(name)}: all losses, median and 10 to 90 %</figcaption></figure>"


def _luck(rows: Sequence[Row]) -> str:
    points = [(r["luck"]["expected"] / 1000, r["luck"]["won"], r["seed"]) for r in rows]
    if not points:
        return ""
    won, expected = sum(p[1] for p in points), sum(p[0] for p in points)
    return (
        "<h2>Luck</h2>"
        f"<p>{number(round(won))} attacks drove the defenders off where the odds before luck promised {number(round(expected))}. "
        "Each dot is a game: above the line the attackers of both sides were lucky, below it unlucky.</p>"
        f'<figure style="max-width:640px">{charts.scatter(points, "attacks expected to succeed", "attacks that did")}</figure>'
    )


def _games(scenario: Scenario, rows: Sequence[Row], told: dict[int, str]) -> str:
    names = {v.id: v.name.en for v in scenario.levels}
    heads = ("seed", "result", "net", "lost by Japan", "lost by China", "attacks", "won beyond expectation", "replay")
    body = [_game(r, names, told.get(r["seed"], "")) for r in rows]
    shown = table([(h, "" if h in ("result", "replay") else "n") for h in heads], body, "sortable")
    return f'<h2>The games</h2>{shown}<p class="note">A replay opens with: ichigo replay FILE</p>'


def _game(r: Row, names: dict[str, str], word: str) -> str:
    if "error" in r:
        return row([_figure(r["seed"]), (text(r["error"]), ""), *[("", "")] * 6])
    luck = r["luck"]["won"] - r["luck"]["expected"] / 1000
    link = f'<a href="replays/seed-{r["seed"]}.ichigo">{escape(word)}</a>' if word else ""
    figures = [r["outcome"]["points"]["net"], *(sum(r["losses"][s].values()) for s in SIDES), r["luck"]["attacks"]]
    return row([
        _figure(r["seed"]), (text(names.get(r["outcome"]["level"], "")), ""), *map(_figure, figures),
        (signed(round(luck)), f"n:{luck:.2f}"), (link, ""),
    ])  # fmt: skip


def _figure(value: int) -> tuple[str, str]:
    return number(value), f"n:{value}"
