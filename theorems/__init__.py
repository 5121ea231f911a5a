"""The library: one module for each theorem, one package for a paper with several."""
