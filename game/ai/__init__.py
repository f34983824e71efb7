"""Computer players behind one protocol: they get a side's view and yield orders."""
