"""Scenario files and the model: reading, checking, and building the map."""
