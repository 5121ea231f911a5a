"""One result, rendered: for the terminal, for machines."""
