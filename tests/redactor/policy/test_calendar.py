"""Clocks of the law run in working days of the state, from the day the request came in."""

from __future__ import annotations

from datetime import date

import pytest

from redactor.policy import check, deadlines, first_due, load, working_days_left
from redactor.policy.calendar import holidays
from tests.conftest import make_request

MO = load("us-mo")


@pytest.mark.parametrize(
    ("name", "received", "due"),
    [
        ("caregiver_check", date(2026, 11, 2), date(2026, 11, 17)),  # over Veterans Day
        ("caregiver_check", date(2026, 11, 20), date(2026, 12, 7)),  # over Thanksgiving
        ("caregiver_check", date(2026, 12, 18), date(2027, 1, 5)),  # over the turn of the year
        ("foster_licence_check", date(2026, 6, 5), date(2026, 6, 22)),  # over Juneteenth
        ("reporter_request", date(2026, 1, 31), date(2026, 3, 17)),  # days of the calendar
    ],
)
def test_day_on_which_an_answer_is_due(name: str, received: date, due: date) -> None:
    """Counted by hand on a calendar of the year."""
    (clock,) = deadlines(MO, [name], received)

    assert clock.due == due
    assert clock.citation in MO.vocabulary.citations


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2026, date(2026, 1, 19)),  # third Monday of January
        (2026, date(2026, 5, 25)),  # last Monday of May
        (2026, date(2026, 11, 26)),  # fourth Thursday of November
        (2027, date(2027, 7, 5)),  # the 4th is a Sunday: kept on Monday
        (2022, date(2022, 12, 26)),  # Christmas on a Sunday
    ],
)
def test_holiday_as_it_is_observed(year: int, day: date) -> None:
    """By weekday, by date, and moved off a Sunday."""
    assert day in holidays(MO, year)


def test_clock_that_does_not_start_with_the_request_has_no_date() -> None:
    """Five days from an outcome that nobody told of; no date without a day of receipt either."""
    assert deadlines(MO, ["reporter_findings"], date(2026, 1, 5))[0].due is None
    assert deadlines(MO, ["reporter_request"], None)[0].due is None
    assert first_due(MO, ["reporter_findings"], date(2026, 1, 5)) is None


def test_category_brings_its_clock_along() -> None:
    """A caregiver check is due in ten working days (RSMo 210.150.2(9))."""
    ruling = check(MO, make_request("inv_parent_caregiver_check"))

    assert first_due(MO, ruling.deadlines, date(2026, 11, 2)) == date(2026, 11, 17)


def test_days_left_count_working_days_both_ways() -> None:
    """Over Thanksgiving (Thursday 26 November 2026), before and after the due day."""
    assert working_days_left(MO, date(2026, 11, 25), date(2026, 11, 30)) == 2
    assert working_days_left(MO, date(2026, 11, 30), date(2026, 11, 25)) == -2
    assert working_days_left(MO, date(2026, 11, 25), date(2026, 11, 25)) == 0
