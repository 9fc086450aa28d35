"""Redacts child-protection case files for the person who asks, and proves it."""
