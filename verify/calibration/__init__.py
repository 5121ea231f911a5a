"""Error rates, measured: the interval and the verdicts on laws whose exponent is known."""
