"""Two theorems that another project announces by an entry point."""
