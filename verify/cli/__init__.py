"""The command line.  Commands are loaded when they are called, so that help is quick."""

from verify.cli.main import main

__all__ = ["main"]
