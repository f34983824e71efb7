"""The only package that draws: map pictures, counters, and the window."""
