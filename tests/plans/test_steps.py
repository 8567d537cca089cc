import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.steps import StepText, split_steps


def texts(text, target_text=""):
    return [(step.number, step.text) for step in split_steps(text, target_text)[1]]


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("1. Plan it.\n2. Do it.", [("1", "Plan it."), ("2", "Do it.")]),
        ("1. Plan it. 2. Do it. 3. Check it.", [("1", "Plan it."), ("2", "Do it."), ("3", "Check it.")]),
        ("1) Plan it 2) Do it", [("1", "Plan it"), ("2", "Do it")]),
        ("(1) Plan it (2) Do it", [("1", "Plan it"), ("2", "Do it")]),
        ("1 - Plan it\n2 - Do it", [("1", "Plan it"), ("2", "Do it")]),
        ("1. Plan it\n2 . Do it", [("1", "Plan it"), ("2", "Do it")]),
        ("1. Plan it.\n2 Do it", [("1", "Plan it."), ("2", "Do it")]),
        ("Step 1: Plan it\nStep 2: Do it", [("1", "Plan it"), ("2", "Do it")]),
        ("a) Plan it\nb) Do it", [("a", "Plan it"), ("b", "Do it")]),
        ("i. Plan it\nii. Do it", [("i", "Plan it"), ("ii", "Do it")]),
        ("3. Plan it\n4. Do it", [("3", "Plan it"), ("4", "Do it")]),
        ("1. Plan it (a) now (b) soon\n2. Do it", [("1", "Plan it (a) now (b) soon"), ("2", "Do it")]),
        ("Agree a plan.\n\nPut it to work.", [("1", "Agree a plan."), ("2", "Put it to work.")]),
    ],
)
def test_numbered_parts_and_paragraphs_are_steps(text, steps):
    assert texts(text) == steps
    assert split_steps(text)[0] == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plan it and do it",
        "1. Only one thing to do",
        "Meet the duties of section 47 as in 1.1 and 1.2",
        "10 visits\n12 audits",
        "A manager visits, e.g. J. Other, i.e. once a week",
        "Seen on 20.02.20 and 21.02.20",
        "Agree a plan.\n\nRecommendation 3",
    ],
)
def test_other_numbers_are_no_steps(text):
    assert split_steps(text) == (text, ())


def test_the_words_before_the_steps_are_the_introduction():
    assert split_steps("The review covers:\n• caseloads\n• supervision") == (
        "The review covers:",
        (StepText("1", "caseloads", ""), StepText("2", "supervision", "")),
    )


def test_each_step_has_its_own_target():
    steps = split_steps("1. Plan it\n2. Do it\n3. Check it", "1 - 2 End Jan 2020, 3 Mid Feb 2020.")[1]
    assert [step.target_text for step in steps] == ["End Jan 2020", "End Jan 2020", "Mid Feb 2020"]


def test_as_many_lines_of_dates_as_steps_go_one_by_one():
    steps = split_steps("Themes\n• Attendance\n• Housing", "May 23\nAug 23")[1]
    assert [step.target_text for step in steps] == ["May 23", "Aug 23"]


def test_one_date_for_the_whole_action_is_no_steps_own():
    assert [step.target_text for step in split_steps("1. Plan it\n2. Do it", "End Jan 2020")[1]] == ["", ""]


def test_a_number_may_be_skipped_on_a_new_line_but_not_inside_one():
    assert texts("1. Plan it. 3. Check it\n4. Close it") == [("1", "Plan it. 3. Check it"), ("4", "Close it")]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1.Plan it\n2.Do it", ["1", "2"]),
        ("1: Plan it\n2: Do it", ["1", "2"]),
        ("A. Plan it\nB. Do it", ["A", "B"]),
        ("(i) Plan it (ii) Do it (iii) Check it", ["i", "ii", "iii"]),
        ("We will: 1. plan it, 2. do it", ["1", "2"]),
        ("- Plan it\n- Do it", ["1", "2"]),
        ("Themes: • homes • health", ["1", "2"]),
        ("1. As set out in section 2. Then do it", []),
        ("Led by A. Other and B. Other", []),
        ("1. Plan it\n12 March 2024 update\n2. Do it", ["1", "2"]),
        ("1. Plan it\n\n2. Do it", ["1", "2"]),
    ],
)
def test_other_ways_of_numbering(text, numbers):
    assert [number for number, _ in texts(text)] == numbers


PIECES = [
    "1.",
    "2.",
    "3",
    "(1)",
    "(2)",
    "a)",
    "b)",
    "i.",
    "Plan",
    "Do it",
    "•",
    "-",
    "\n",
    "\n\n",
    ":",
    " ",
    "20.02.20",
]
WORDS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join))
LETTERS = re.compile(r"[^\W\d_]{2,}")


@given(WORDS, WORDS)
def test_no_word_is_lost_and_none_is_new(text, target_text):
    introduction, steps = split_steps(text, target_text)
    kept = " ".join([introduction, *(step.text for step in steps)])
    assert LETTERS.findall(kept) == [word for word in LETTERS.findall(text) if word != "ii"]
    assert len(steps) != 1
    assert all(step.text and step.text == step.text.strip() for step in steps)


@given(WORDS, WORDS)
def test_step_numbers_are_told_apart(text, target_text):
    numbers = [step.number for step in split_steps(text, target_text)[1]]
    assert len(numbers) == len(set(numbers))
    assert all(0 < len(number) <= 4 for number in numbers)
