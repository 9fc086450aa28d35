"""Decides what a requester may see, from rules kept as data."""

from redactor.policy.decide import ask, decide
from redactor.policy.gates import Reason, Ruling, check
from redactor.policy.loader import describe, least_answers, list_jurisdictions, load
from redactor.policy.policy import Policy

__all__ = [
    "Policy",
    "Reason",
    "Ruling",
    "ask",
    "check",
    "decide",
    "describe",
    "least_answers",
    "list_jurisdictions",
    "load",
]
