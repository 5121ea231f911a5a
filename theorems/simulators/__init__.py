"""Simulators that several theorems share: plain functions, usable without `verify`."""
