"""One running game: the session, what a side sees, orders as text, replays and saves."""
