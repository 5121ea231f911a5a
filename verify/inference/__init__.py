"""Arrays of replicates to estimates of an exponent.  Pure functions; nothing is drawn or read."""
