"""What several folders of tests need."""

pytest_plugins = ["pytester"]
