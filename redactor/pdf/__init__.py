"""The case file and the release as PDF: open, read, render, apply, sanitize."""
