"""A progress bar on a terminal; elsewhere it says nothing."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn


def progress(console: Console) -> Progress:
    """The bar; a context manager to which tasks are added, gone when it is done."""
    columns = TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn()
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
