"""Redacts child-protection case files for the person who asks, and proves it."""

__version__ = "0.1.0"
