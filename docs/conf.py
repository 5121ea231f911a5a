"""Configuration of the documentation; the pages of theorems are written from their specs."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from theorem_pages import write_pages

project = "verify"
author = "The verify maintainers"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.mathjax"]
myst_enable_extensions = ["dollarmath", "colon_fence"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "verify"
autodoc_typehints = "description"
autodoc_member_order = "bysource"
exclude_patterns = ["_build"]
nitpicky = False

write_pages(Path(__file__).parent / "theorems")
