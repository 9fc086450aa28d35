"""The review desk: where a records officer takes the last look."""
