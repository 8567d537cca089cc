"""Words that sit oddly beside a good rating, and the same words where they say that all is well."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.checks import contradictions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The audit is delayed.", ["delayed"]),
        ("Delays in court continue.", ["Delays"]),
        ("Two posts are vacant and a third is vacant from May.", ["vacant"]),
        ("The protocol is not yet signed.", ["not yet"]),
        ("The rota is yet to be agreed by health.", ["yet to be"]),
        ("We are waiting for the partner's answer.", ["waiting for"]),
        ("Waiting on the supplier.", ["Waiting on"]),
        ("We are awaiting legal advice.", ["awaiting"]),
        ("A backlog of 40 assessments remains.", ["backlog"]),
        ("Three audits are outstanding.", ["outstanding"]),
        ("Training is behind schedule.", ["behind"]),
        ("The team is running two weeks behind.", ["behind"]),
        ("The date slipped again.", ["slipped"]),
        ("Some slippage in recruitment.", ["slippage"]),
        ("Half of the visits are overdue.", ["overdue"]),
        ("Recruitment is on hold.", ["on hold"]),
        ("The pilot has stalled.", ["stalled"]),
        ("Workshops were postponed until May.", ["postponed"]),
        ("The work has not been started.", ["has not been started"]),
        ("It hasn't started.", ["hasn't started"]),
        ("There is no progress with schools.", ["no progress"]),
        ("Case files are still incomplete.", ["incomplete"]),
        ("The audit is delayed and two posts are vacant.", ["delayed", "vacant"]),
        ("We filled three posts but two remain vacant.", ["vacant"]),
        ("The backlog is not cleared.", ["backlog"]),
        ("The backlog is still to be cleared.", ["backlog"]),
        ("No new staff: vacancies remain.", ["vacancies"]),
        ("There are no funds, so recruitment is delayed.", ["delayed"]),
        ("The first phase is complete, although the second has slipped.", ["slipped"]),
        ("One vacancy has been filled, one post is vacant.", ["vacant"]),
    ],
)
def test_words_that_contradict_a_good_rating(text, found):
    assert contradictions(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The team met and agreed the next step.",
        "All steps are done and evidenced.",
        "No delays.",
        "There are no delays to report.",
        "Without delay the team met.",
        "It is not delayed.",
        "We avoided any delay.",
        "The previously delayed training took place.",
        "The audit was delayed but is now complete.",
        "Nothing is outstanding.",
        "The two audits are no longer outstanding.",
        "We cleared the backlog.",
        "The backlog has been cleared.",
        "The backlog is now gone.",
        "There is no backlog.",
        "The backlog fell from 40 to 3.",
        "All vacancies are filled.",
        "The vacant posts have been filled.",
        "No post is vacant.",
        "No vacancies and no backlog.",
        "Nobody is waiting for an assessment.",
        "Fewer children are waiting for a place.",
        "None of the visits is overdue.",
        "No visits are overdue.",
        "Zero overdue reviews.",
        "The slippage of May has been recovered.",
        "The training slipped, but has now caught up.",
        "The service isn't behind schedule.",
        "The reasons behind the change were explained.",
        "The work goes on behind the scenes.",
        "Practice was graded outstanding.",
        "Eight audits were good or outstanding.",
        "Outstanding practice was shared.",
        "Inspectors judged it as outstanding.",
    ],
)
def test_words_that_say_all_is_well(text):
    assert contradictions(text) == []


def test_what_stands_far_off_puts_nothing_right():
    far = "with many words between " * 10
    assert contradictions(f"The plan is delayed {far}and the post was filled") == ["delayed"]
    assert contradictions("delayed " * 3000) == ["delayed"]


def test_line_ends_are_ends_of_sentences():
    assert contradictions("No delays\nBacklog of 12 reports") == ["Backlog"]


@given(st.text(max_size=300))
def test_it_quotes_the_text_itself(text):
    assert all(words in " ".join(text.split()) for words in contradictions(text))


@given(st.sampled_from(["The audit is delayed.", "No delays.", "Two posts are vacant."]), st.integers(1, 5))
def test_saying_it_again_adds_nothing(text, times):
    assert contradictions(" ".join([text] * times)) == contradictions(text)
