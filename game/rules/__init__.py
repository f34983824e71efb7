"""The rules: pure functions on the model. Nothing here knows a screen, a file, or a unit or battle by name."""
