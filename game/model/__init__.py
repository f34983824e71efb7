"""Frozen data: the hex map, units, sides, calendar, rules values, state, orders, events."""
