"""Decides what a requester may see, from rules kept as data."""

from redactor.policy.calendar import Due, deadlines, first_due, working_days_left
from redactor.policy.decide import ask, decide
from redactor.policy.gates import Reason, Ruling, check
from redactor.policy.loader import describe, least_answers, list_jurisdictions, load
from redactor.policy.policy import Policy, texts

__all__ = [
    "Due",
    "Policy",
    "Reason",
    "Ruling",
    "ask",
    "check",
    "deadlines",
    "decide",
    "describe",
    "first_due",
    "least_answers",
    "list_jurisdictions",
    "load",
    "texts",
    "working_days_left",
]
