"""What is said about a release: logs, notices, letters, text rendition."""
