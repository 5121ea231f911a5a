"""Regret of bandits whose means change: rates in the horizon, the changes and their size."""
