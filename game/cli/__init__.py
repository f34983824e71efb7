"""The commands: they read arguments and print; all work is done below."""
