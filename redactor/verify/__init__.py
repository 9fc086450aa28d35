"""Reads the release again with other engines, and says whether it may leave."""
