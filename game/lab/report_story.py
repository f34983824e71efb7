"""What befell each division and corps, in a line or two: where it began, what it took, how it fought, where it stands.

Units count together by the command that the rules know: the Chinese corps, the Japanese division; others by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from game.model.events import Event
from game.model.hexmap import Place
from game.model.state import AWAY, GONE, LEFT, PRESENT, WAITING
from game.model.units import UnitSpec
from game.play.session import Session
from game.play.stats import nearest_place, number, numbers


@dataclass
class Story:
    """What was gathered about one formation."""

    formation: UnitSpec
    units: tuple[int, ...]
    taken: list[str] = field(default_factory=list)  # places, in order
    driven: list[str] = field(default_factory=list)  # where it fell back from, in order
    attacks: int = 0
    won: int = 0
    defences: int = 0
    held: int = 0
    surrendered: int = 0
    dispersed: int = 0
    captured: int = 0  # units overrun

    @property
    def eventful(self) -> bool:
        """Return whether there is anything to tell beyond where it stands."""
        return bool(
            self.taken or self.driven or self.attacks or self.defences or self.surrendered or self.dispersed or self.captured
        )


def stories(session: Session) -> list[Story]:
    """Return the stories of all formations in the order of the order of battle, Japan's first."""
    world = session.world
    groups: dict[str, list[int]] = {}
    for u, fid in enumerate(world.corps):
        groups.setdefault(fid, []).append(u)
    by_id = session.scenario.formation_by_id
    found = {fid: Story(by_id[fid], tuple(us)) for fid, us in groups.items()}
    of = {u: found[fid] for fid, us in groups.items() for u in us}
    for event in world.events:
        _note(session, event, of)
    return sorted(found.values(), key=lambda s: (s.formation.side, s.units[0]))


def _note(session: Session, event: Event, of: dict[int, Story]) -> None:
    match event.kind:
        case "capture" if number(event, "unit") >= 0:
            place = session.scenario.map.place_by_id[str(event.data["place"])]
            _add(of[number(event, "unit")].taken, place.name_en)
        case "retreat" if not number(event, "trapped"):
            _add(of[number(event, "unit")].driven, nearest_place(session.world, number(event, "from")))
        case "battle":
            _note_battle(event, of)
        case "surrender":
            of[number(event, "unit")].surrendered += 1
        case "dispersed":
            of[number(event, "unit")].dispersed += 1
        case "captured":
            of[number(event, "unit")].captured += 1
        case _:
            pass


def _note_battle(event: Event, of: dict[int, Story]) -> None:
    beaten = number(event, "beaten")
    for story in _once([of[u] for u in numbers(event, "attackers")]):
        story.attacks += 1
        story.won += beaten
    for story in _once([of[u] for u in numbers(event, "defenders")]):
        story.defences += 1
        story.held += 1 - beaten


def _once(found: list[Story]) -> list[Story]:
    kept: list[Story] = []
    for story in found:
        if not any(story is other for other in kept):
            kept.append(story)
    return kept


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)


def men_begun(session: Session, story: Story) -> int:
    """Return the men that a formation brought: at the start or when its units arrived [men]."""
    state, units = session.world.state, session.scenario.units
    return sum(units[u].men if units[u].arrives <= 1 else state.arrived[u] for u in story.units)


def men_left(session: Session, story: Story) -> int:
    """Return the men still with a formation, transferred units included [men]."""
    state = session.world.state
    return sum(state.men[u] for u in story.units if state.status[u] in (PRESENT, LEFT, AWAY))


def losses(session: Session, story: Story) -> int:
    """Return all men that a formation lost [men]."""
    return sum(session.world.state.losses(u) for u in story.units)


def tell(session: Session, story: Story) -> str:
    """Return a formation's story as plain sentences."""
    begun = men_begun(session, story)
    if not begun:
        return "Never reached the map."
    parts = [_start(session, story, begun), *_deeds(story), _end(session, story, begun)]
    return " ".join(p for p in parts if p)


def _start(session: Session, story: Story, begun: int) -> str:
    specs = [session.scenario.units[u] for u in story.units]
    first = min(specs, key=lambda s: (s.arrives, s.index))
    where = nearest_place(session.world, first.hex) if first.hex >= 0 else "beyond the map"
    where = where if where.startswith(("near", "beyond")) else f"at {where}"
    if first.arrives > 1:
        when = session.scenario.calendar.date_of(first.arrives)
        return f"Arrived {where} about {when.day} {when:%B} with {begun:,} men."
    return f"Began {where} with {begun:,} men."


def _deeds(story: Story) -> list[str]:
    parts = []
    if story.taken:
        parts.append(f"Took {_list(story.taken, 7)}.")
    if story.attacks:
        parts.append(f"Attacked {_times(story.attacks)}, with success in {story.won}.")
    if story.defences:
        parts.append(f"Was attacked {_times(story.defences)} and held {story.held}.")
    if story.driven:
        parts.append(f"Fell back from {_list(story.driven, 5)}.")
    return parts


def _end(session: Session, story: Story, begun: int) -> str:
    state = session.world.state
    lost, left = losses(session, story), men_left(session, story)
    here = [u for u in story.units if state.status[u] == PRESENT]
    gone = [u for u in story.units if state.status[u] == GONE]
    words = [f"Lost {lost:,} men."] if lost else []
    if gone:
        words.append(_fate(story, len(gone)))
    if here:
        main = max(here, key=lambda u: (state.men[u], -u))
        where = nearest_place(session.world, state.hex[main])
        words.append(f"Stands {where if where.startswith('near') else 'at ' + where} with {left:,} men.")
    elif any(state.status[u] == LEFT for u in story.units):
        words.append(f"Transferred with {left:,} men.")
    elif any(state.status[u] == AWAY for u in story.units):
        words.append(f"On the way to another part of the front with {left:,} men.")
    elif any(state.status[u] == WAITING for u in story.units) and not gone:
        words.append("Never reached the map.")
    return " ".join(words)


def _fate(story: Story, gone: int) -> str:
    kinds = [(story.surrendered, "surrendered"), (story.dispersed, "broke up"), (story.captured, "overrun")]
    detail = ", ".join(f"{n} {word}" for n, word in kinds if n)
    if gone == len(story.units):
        return f"Destroyed ({detail})." if len(story.units) > 1 else f"Destroyed: {detail.split(' ', 1)[1]}."
    return f"{gone} of its {len(story.units)} units lost ({detail})."


def _list(names: list[str], most: int) -> str:
    shown = names[:most]
    rest = len(names) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"


def shown_places(session: Session, captured: set[str]) -> list[Place]:
    """Return the places that the report's map names: all that changed hands and all of some size."""
    return [
        p
        for p in session.scenario.map.places
        if p.hex >= 0 and (p.id in captured or (p.rank <= 1 and p.kind != "region" and p.kind != "river"))
    ]
