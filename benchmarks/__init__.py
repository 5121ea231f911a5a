"""Times and comparisons, each measured beside something else in the same run."""
