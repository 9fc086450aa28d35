"""When the law wants an answer: a clock of the policy run from the day the request came in.

The day of the request is not counted. Days of the calendar are counted as they come and never
moved past a weekend, so that the date given is at worst too early.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from redactor.policy.policy import Policy
from redactor.policy.schema import Holiday

SATURDAY, SUNDAY = 5, 6
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """One clock: ``due`` is None where it does not start with the request."""

    id: str
    limit: str
    from_: str
    citation: str
    due: date | None


def deadlines(policy: Policy, names: Sequence[str], received: date | None) -> tuple[Due, ...]:
    """The clocks of those names for a request that came in on that day."""
    table = policy.jurisdiction.deadlines
    found = []
    for name in names:
        clock = table[name]
        runs = received is not None and clock.days and clock.starts == "request"
        due = _due(policy, clock.days, clock.counted, received) if runs and received else None
        found.append(Due(name, clock.limit, clock.from_, clock.cite, due))
    return tuple(found)


def first_due(policy: Policy, names: Sequence[str], received: date | None) -> date | None:
    """The earliest date on which an answer is due, or None where the law sets no clock."""
    return min((d.due for d in deadlines(policy, names, received) if d.due), default=None)


def working_days_left(policy: Policy, today: date, due: date) -> int:
    """Working days after today up to the due day; negative when it has passed."""
    first, last = sorted((today, due))
    days = sum(_works(policy, first + n * DAY) for n in range(1, (last - first).days + 1))
    return days if due >= today else -days


def _due(policy: Policy, days: int, counted: str, received: date) -> date:
    if counted == "calendar":
        return received + days * DAY
    day = received
    while days:
        day += DAY
        days -= _works(policy, day)
    return day


def _works(policy: Policy, day: date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays(policy, day.year)


def holidays(policy: Policy, year: int) -> frozenset[date]:
    """The days of a year on which offices of the jurisdiction are closed, as observed."""
    rules = policy.jurisdiction.holidays
    # New Year's Day on a Saturday is kept on the last day of the year before
    return frozenset(
        observed
        for rule in rules
        for y in (year, year + 1)
        if (observed := _observed(rule, _day(rule, y))).year == year
    )


def _observed(rule: Holiday, day: date) -> date:
    if rule.saturday == "friday_before" and day.weekday() == SATURDAY:
        return day - DAY
    if rule.sunday == "monday_after" and day.weekday() == SUNDAY:
        return day + DAY
    return day


@lru_cache(maxsize=512)
def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    if nth < 0:
        day = date(year + month // 12, month % 12 + 1, 1) - DAY
        return day - ((day.weekday() - weekday) % 7) * DAY
    first = date(year, month, 1)
    return first + ((weekday - first.weekday()) % 7 + 7 * (nth - 1)) * DAY


def _day(rule: Holiday, year: int) -> date:
    if rule.day:
        return date(year, rule.month, rule.day)
    return _nth(year, rule.month, rule.weekday, rule.nth)
