"""Formations and units: the order of battle as frozen data. Letters: U units.

A formation is a node of the tree (army, corps, division, regiment ...). One with men of its own is a unit and has a
counter on the map; one without (a theatre command, a parent whose men are all in its children) is a name in the tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

SIDES = ("japan", "china")
JAPAN, CHINA = 0, 1

ECHELONS = ("front", "army_group", "army", "corps", "division", "brigade", "regiment", "battalion", "company", "detachment", "air")
TYPES = (
    "infantry",
    "cavalry",
    "armor",
    "mechanized",
    "artillery",
    "engineer",
    "hq",
    "garrison",
    "militia",
    "guerrilla",
    "services",
    "air",
    "antiaircraft",
)
QUALITIES = ("A", "B", "C", "D", "E")


class Mobility(IntEnum):
    """How a unit travels; the order of the rules file's speed tables."""

    FOOT = 0
    PACK = 1
    HORSE = 2
    MOTOR = 3
    ARMOUR = 4
    STATIC = 5


MOBILITIES = ("foot", "pack", "horse", "motor", "armour", "static")


@dataclass(frozen=True)
class Name:
    """A name in English and Chinese."""

    en: str
    zh: str


@dataclass(frozen=True)
class Commander:
    """Who commands a formation; rating A best to E worst, as the dossier grades quality."""

    name: Name
    rating: str
    certainty: str  # documented, medium, low


@dataclass(frozen=True)
class UnitSpec:
    """One formation of the order of battle as the scenario gives it."""

    index: int  # position in Scenario.units, or -1 when it has no counter
    id: str
    side: int
    echelon: str
    type: str
    name: Name
    parent: str  # id, "" at the top
    commander: Commander | None
    men: int  # own men at the start [men]; children not included
    establishment: int  # the men that replacements may fill it to [men]
    paper: int  # strength on the rolls where it differs from men present, else men
    guns: int
    tanks: int
    aircraft: int
    mobility: Mobility
    quality: int  # 0 = A best .. 4 = E worst
    morale: int  # [permille] at the start
    hex: int  # where it starts or arrives; -1 = off the map (no counter)
    place: str
    arrives: int  # turn from which it is there, 1 = at the start
    leaves: int  # turn at whose start it is transferred off the map; 0 = stays
    held_until: int  # turn before which it may not leave its hex unless an enemy comes within two hexes; 0 = free
    crossing_until: int  # last turn in which its river crossings count as prepared (boats, bridges gathered); 0 = never
    entrenched: int  # entrenchment at the start [permille of one level]
    food: int  # stock at the start [tenths of a day]
    ammunition: int  # stock at the start [tenths of a combat day]
    source: tuple[str, ...]
    strength_source: str
    certainty: str
    stripe: int  # formation colour of the counter, index into the palette
    short: str  # designation on the counter, at most 6 characters
    arrives_on: date | None = None  # day of arrival where the scenario gives one; `arrives` is its turn
