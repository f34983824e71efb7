"""Many games without a screen: batches, statistics, comparison with history, reports."""
