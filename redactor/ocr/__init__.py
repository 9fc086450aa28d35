"""Readers of page images."""
