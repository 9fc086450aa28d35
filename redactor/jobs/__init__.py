"""Doing the work reliably."""
