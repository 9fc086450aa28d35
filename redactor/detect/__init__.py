"""Finds mentions: what stands in the text."""
