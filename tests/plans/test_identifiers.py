"""What in a text looks as if it named a child, a family or a case."""

import itertools
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plans.identifiers import Looks, find_identifiers, is_nhs_number

TODAY = date(2026, 11, 22)


def found(text):
    return [(suspect.words, suspect.looks) for suspect in find_identifiers(text, TODAY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seen under 943 476 5919 twice", [("943 476 5919", Looks.NHS)]),
        ("943-476-5919", [("943-476-5919", Looks.NHS)]),
        ("9434765919", [("9434765919", Looks.NHS)]),
        ("9434765918", [("9434765918", Looks.CASE)]),
        ("DOB: 1/2/2026", [("DOB: 1/2/2026", Looks.BIRTH)]),
        ("She was born on the 3rd March 2026.", [("born on the 3rd March 2026", Looks.BIRTH)]),
        ("12/03/2014", [("12/03/2014", Looks.BIRTH)]),
        ("12.3.14", [("12.3.14", Looks.BIRTH)]),
        ("2014-03-12", [("2014-03-12", Looks.BIRTH)]),
        ("31 December 2016", [("31 December 2016", Looks.BIRTH)]),
        ("A123456789012", [("A123456789012", Looks.PUPIL)]),
        ("LCS 123456 has no plan", [("LCS 123456", Looks.CASE)]),
        ("see case number 4521", [("case number 4521", Looks.CASE)]),
        ("P123456", [("P123456", Looks.CASE)]),
        ("Ref: AB1234", [("Ref: AB1234", Looks.CASE)]),
        ("1204567 was late", [("1204567", Looks.CASE)]),
        ("Moved to TS1 2AB", [("TS1 2AB", Looks.POSTCODE)]),
        ("child A, aged 7, was seen", [("child A", Looks.PERSON), ("aged 7", Looks.AGE)]),
        ("Family B and Mother C", [("Family B", Looks.PERSON), ("Mother C", Looks.PERSON)]),
        ("J.S. said so", [("J.S.", Looks.PERSON)]),
        ("a 7-year-old girl", [("7-year-old", Looks.AGE)]),
    ],
)
def test_what_is_asked_about(text, expected):
    assert found(text) == expected


def test_a_long_text_is_asked_about_piece_by_piece():
    assert found("AB123456 " * 3000) == [("AB123456", Looks.CASE)] * 3000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "39 of 40 decisions were agreed",
        "900 cases were rated in 12 weeks",
        "The audit of 12/03/2026 and its repeat on 1 September 2026",
        "Planned for 27/3/2027",
        "In 2019/20 and Q2 2025/26",
        "children aged 5 to 10",
        "Young people aged 16 and over",
        "children aged 7",
        "Most 7-year-olds",
        "£1,200,000 and 1,204,567 contacts",
        "case 2024 of the programme",
        "each child I saw",
        "the child A&E pathway",
        "Section 47 and ILACS 2018",
        "32/13/2014",
        "U.K. guidance, e.g. on visits",
    ],
)
def test_what_is_left_alone(text):
    assert found(text) == []


def with_check_digit(nine):
    total = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11


nine_digits = st.text("0123456789", min_size=9, max_size=9)


@given(nine_digits, st.sampled_from(["", " ", "-"]))
def test_every_nhs_number_is_found_in_each_way_of_writing_it(nine, gap):
    check = with_check_digit(nine)
    assume(check != 10)
    assume(len({*nine, str(check)}) > 1)
    number = gap.join([nine[:3], nine[3:6], f"{nine[6:]}{check}"])
    assert found(f"Seen with {number} there") == [(number, Looks.NHS)]


@given(nine_digits, st.integers(0, 9))
def test_one_last_digit_at_most_makes_a_number_valid(nine, digit):
    assert is_nhs_number(f"{nine}{digit}") <= (digit == with_check_digit(nine))


@given(st.text(st.sampled_from("abc ,.\n"), max_size=200))
def test_plain_words_are_never_asked_about(text):
    assert found(text) == []


@given(st.text(st.sampled_from("A1 /-.bdo2childage0"), max_size=60))
def test_pieces_stand_where_they_say_and_never_overlap(text):
    suspects = find_identifiers(text, TODAY)
    assert [text[each.start : each.end] for each in suspects] == [each.words for each in suspects]
    assert all(one.end <= two.start for one, two in itertools.pairwise(suspects))
