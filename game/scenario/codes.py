"""The codes of problems in scenario files: how serious each is and what it means.

An error keeps a scenario from loading; a warning is reported by the check and does not.
"""

from __future__ import annotations

from game.core.errors import Problem

WARNINGS: dict[str, str] = {
    "men_sum": "The men of a side differ from the number that documents give; both are reported.",
    "task_no_units": "A plan's task names only formations without counters.",
    "empty_formation": "A front, army group, army or corps has neither men nor formations below it.",
    "establishment": "A unit has more men than its establishment.",
    "record_date": "A row of the record lies outside the scenario's dates.",
    "no_tasks": "A side has no plan.",
    "history_level": "The points of the historical result reach no level of victory.",
}

ERRORS: dict[str, str] = {
    "io": "A file is missing, is a folder, or is too large.",
    "empty": "A file holds nothing.",
    "binary": "A file is no text.",
    "encoding": "A file is not UTF-8.",
    "yaml": "A file is not readable as YAML.",
    "documents": "A file holds more than one YAML document.",
    "size": "A file holds too many values.",
    "depth": "Values are nested too deep.",
    "alias": "Anchors and aliases are not used.",
    "tag": "Tags are not used.",
    "key": "A key is no plain word.",
    "duplicate_key": "A key stands twice in one place.",
    "number": "A number is too long.",
    "date": "A date does not exist.",
    "format": "The file is of another format version.",
    "missing_key": "A key that must be there is missing.",
    "unknown_key": "A key is not known there.",
    "unknown_word": "A word is none of those allowed.",
    "type": "A value is of the wrong kind.",
    "range": "A number or date lies outside its range.",
    "text": "A text has the wrong form or length.",
    "bounds": "A value of the rules lies outside its bounds.",
    "override": "An override names no value of the rules, or a value outside its bounds.",
    "unknown_scenario": "There is no scenario of that id.",
    "unknown_rules": "There are no rules of that id.",
    "install": "A folder of the game is missing.",
    "map_missing": "There is no map of that name.",
    "map_foreign": "A file is no map of the game.",
    "map_format": "A map is of another format version.",
    "map_damaged": "A map's files are damaged or do not belong together.",
    "window_empty": "The window holds no hex of the map.",
    "window": "The window's edges are not in order, or it lies off the map.",
    "calendar": "The calendar ends before it starts or has too many turns.",
    "id_folder": "The scenario's id is not the name of its folder.",
    "sides": "A side has no forces file, or no unit.",
    "duplicate_id": "An id is used twice.",
    "unknown_place": "A place is neither in the gazetteer nor in the scenario.",
    "unknown_formation": "A formation is not in the order of battle.",
    "other_side": "A formation belongs to the other side.",
    "unknown_line": "A railway or road is not on the map.",
    "unknown_river": "A river is not on the map.",
    "unknown_base": "An air base is not in the list.",
    "circle": "Formations would command each other, or air bases fall back on each other, in a circle.",
    "no_change": "A change of command changes nothing.",
    "transfer_no_units": "A transfer moves a formation without counters.",
    "unknown_province": "A province is not on the map.",
    "off_window": "A place that must be on the map lies outside its window.",
    "line_place": "A place does not lie on the railway, road or river named.",
    "date_outside": "A date lies outside the scenario's dates.",
    "date_order": "A later date stands before an earlier one.",
    "no_place": "A unit with men has no place.",
    "missing_value": "A unit lacks a value that it neither has nor inherits.",
    "in_water": "A unit stands in the sea or a lake.",
    "stacking": "A hex holds more men than its terrain allows.",
    "both_sides": "Units of both sides stand in one hex.",
    "control_conflict": "A hex is given to both sides.",
    "objective_keys": "An objective has keys that its kind does not use, or lacks some.",
    "steps": "The steps of an objective are not in the order of their dates.",
    "unreachable": "An objective cannot be reached over land.",
    "levels": "The levels of victory do not descend.",
    "loss_range": "The least of a recorded loss is more than the most.",
}


def is_error(problem: Problem) -> bool:
    """Return whether a problem keeps the scenario from loading."""
    return problem.code not in WARNINGS


def explain(code: str) -> str:
    """Return what a code means, or an empty string for an unknown one."""
    return ERRORS.get(code) or WARNINGS.get(code, "")
