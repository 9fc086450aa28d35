"""One recognizer a file, the Presidio way."""
