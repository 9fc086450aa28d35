"""Reads the release again with other engines, and says whether it may leave."""

from redactor.verify.expectation import Expectation, Protected
from redactor.verify.verdict import verify, verify_beside

__all__ = ["Expectation", "Protected", "verify", "verify_beside"]
