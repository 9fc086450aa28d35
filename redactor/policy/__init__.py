"""Decides what a requester may see, from rules kept as data."""
