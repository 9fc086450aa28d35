"""Many case files in one run."""
