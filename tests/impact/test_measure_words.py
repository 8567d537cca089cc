"""What a measure's words say of its unit, and whether it is a stock."""

import pytest

from impact.measure_words import is_stock, unit_in
from impact.units import Unit


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("% of assessments in 45 days", Unit.PERCENT),
        ("Percentage of visits in time", Unit.PERCENT),
        ("Proportion stepped down", Unit.PERCENT),
        ("Referrals per 10,000", Unit.RATE),
        ("Rate of referrals per 10k children", Unit.RATE),
        ("Average caseload", Unit.AVERAGE),
        ("Days from referral to visit", Unit.DAYS),
        ("Average days to court", Unit.DAYS),
        ("Assessments within 45 days", None),
        ("CLA", None),
        ("Contacts", None),
    ],
)
def test_the_unit_in_a_name(name, unit):
    assert unit_in(name) == unit


@pytest.mark.parametrize(
    "name",
    ["CLA", "LAC", "CP", "Children looked after", "Number of children looked after", "Children in care",
     "Children on a child protection plan", "CP plans", "CIN", "Children in need", "Looked-after children"],
)  # fmt: skip
def test_counts_at_a_moment_are_stocks(name):
    assert is_stock(name, Unit.COUNT)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Children starting to be looked after", Unit.COUNT),
        ("New CP plans", Unit.COUNT),
        ("CLA reviews", Unit.COUNT),
        ("Initial child protection conferences", Unit.COUNT),
        ("Contacts", Unit.COUNT),
        ("CLA per 10,000", Unit.RATE),
        ("CLA with a visit in time", Unit.PERCENT),
    ],
)
def test_what_happens_in_a_month_is_no_stock(name, unit):
    assert not is_stock(name, unit)
