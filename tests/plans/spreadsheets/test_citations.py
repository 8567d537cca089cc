"""References inside texts: which are read, and which words only look like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.spreadsheets.citations import KINDS, bare_number, read_citations, without_citations

READ = [
    ("Ofsted Improvement Action 3", "Ofsted, improvement action, 3"),
    ("Supervision is regular (Ofsted improvement action 3).", "Ofsted, improvement action, 3"),
    ("Ofsted\nImprovement\nAction 3", "Ofsted, improvement action, 3"),
    ("Ofsted action 3", "Ofsted, action, 3"),
    ("Ofsted Rec 3", "Ofsted, recommendation, 3"),
    ("Ofsted's recommendation 3", "Ofsted, recommendation, 3"),
    ("Ofsted – recommendation 3", "Ofsted, recommendation, 3"),
    ("Ofsted: Recommendation 3", "Ofsted, recommendation, 3"),
    ("Ofsted area for improvement 2", "Ofsted, area for improvement, 2"),
    ("Ofsted (2022) recommendation 3", "Ofsted, recommendation, 3, 2022"),
    ("Ofsted inspection report January 2022 recommendation 3", "Ofsted, recommendation, 3, 2022"),
    ("recommendation 3 from Ofsted", "Ofsted, recommendation, 3"),
    ("recommendation 3 (Ofsted 2022)", "Ofsted, recommendation, 3, 2022"),
    ("Ofsted monitoring visit recommendation 1", "monitoring visit, recommendation, 1"),
    ("ILACS recommendation 5", "ILACS, recommendation, 5"),
    ("JTAI priority action 2", "JTAI, priority action, 2"),
    ("joint targeted area inspection priority action 2", "JTAI, priority action, 2"),
    ("Recommendation 5 (JTAI)", "JTAI, recommendation, 5"),
    ("area SEND priority action 1", "SEND, priority action, 1"),
    ("DfE adviser recommendation 6", "DfE, recommendation, 6"),
    ("LGA peer review recommendation 2", "peer review, recommendation, 2"),
    ("peer challenge recommendation 2", "peer review, recommendation, 2"),
    ("SCR recommendation 7", "SCR, recommendation, 7"),
    ("recommendation 7 of the serious case review", "SCR, recommendation, 7"),
    ("CSPR Rec 2", "practice review, recommendation, 2"),
    ("para 14 of the Ofsted report", "Ofsted, paragraph, 14"),
    ("Ofsted report paragraph 14", "Ofsted, paragraph, 14"),
    ("area for priority action 3", ", area for priority action, 3"),
    ("recommendation 4", ", recommendation, 4"),
    ("Recommendation 4: listen to children", ", recommendation, 4"),
    ("Recommendation #4", ", recommendation, 4"),
    ("recommendation no. 4", ", recommendation, 4"),
    ("rec. 4", ", recommendation, 4"),
    ("recommendation 4a", ", recommendation, 4a"),
    ("recommendation 4 (b)", ", recommendation, 4b"),
    ("recommendation 3.2", ", recommendation, 3.2"),
    ("recommendation 4 of 9", ", recommendation, 4"),
    ("Recs 2 and 3", ", recommendation, 2; , recommendation, 3"),
    ("Recs 2 & 3", ", recommendation, 2; , recommendation, 3"),
    ("Recs 1/2", ", recommendation, 1; , recommendation, 2"),
    ("recommendations 1, 2, and 4", ", recommendation, 1; , recommendation, 2; , recommendation, 4"),
    ("Ofsted recommendations 2-4", "; ".join(f"Ofsted, recommendation, {n}" for n in (2, 3, 4))),
    ("Recommendation 3 and JTAI recommendation 5", ", recommendation, 3; JTAI, recommendation, 5"),
    ("recommendation 4; later recommendation 4 again", ", recommendation, 4"),
    ("recommendations 2 and 3 months later", ", recommendation, 2"),
    ("recommendation 4 and 12 actions", ", recommendation, 4"),
]
NOT_READ = [
    "action 3 above",
    "Action 3",
    "3. Agree a rota",
    "improvement action 3",
    "priority action 3",
    "discuss with Ofsted, action 3 to follow",
    "see recommendation below",
    "see recommendation 4 below",
    "recommendation 4 of this plan",
    "recommendation 4 in the improvement plan",
    "Recommendation: do X",
    "Recommendations: 3 more posts",
    "Recommendations\n1. Agree a rota\n2. Check it weekly",
    "recommendation 12 March 2024",
    "recommendation 3/4/2024",
    "recommendation 3-4-2024",
    "Recommendations 2023",
    "recommendation 10 working days",
    "recommendation 10%",
    "recommendation 10:30",
    "recommendation 3rd",
    "In 2024 Ofsted made 3 recommendations",
    "Ofsted recommended 3 changes",
    "Ofsted inspection of 12 March 2024",
    "para 14",
    "Parade 4",
    "direct 3",
    "pre-rec 3",
    "a record 3 times as long",
    "SEND 3",
    "",
]


def told(text):
    return "; ".join(
        ", ".join([each.body, each.noun, each.number, *([each.year] if each.year else [])])
        for each in read_citations(text)
    )


@pytest.mark.parametrize(("text", "expected"), READ)
def test_what_a_text_cites(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize("text", NOT_READ)
def test_words_that_only_look_like_a_reference(text):
    assert told(text) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("for Ofsted  Improvement\nAction 3 now", ["Ofsted Improvement Action 3"]),
        ("recs 2 and 3", ["Recommendation 2", "Recommendation 3"]),
        ("JTAI priority actions 1 and 2", ["JTAI priority action 1", "JTAI priority action 2"]),
        ("recommendation 3 (Ofsted 2022)", ["Ofsted 2022 recommendation 3"]),
    ],
)
def test_the_words_that_say_so(text, words):
    assert [each.words for each in read_citations(text)] == words


def test_whom_a_citation_may_mean():
    (citation,) = read_citations("Ofsted recommendation 3")
    assert citation.kinds == {"ofsted", "monitoring"}
    (citation,) = read_citations("recommendation 3")
    assert citation.kinds == frozenset()


@pytest.mark.parametrize(
    ("reference", "number"),
    [("3", "3"), ("R3", "3"), ("3.", "3"), ("4.2", "4.2"), ("4 (b)", "4b"), ("", ""), ("Ofsted 3", "")],
)
def test_the_number_of_a_reference(reference, number):
    assert bare_number(reference) == number


@given(st.sampled_from(sorted(KINDS)), st.integers(1, 99))
def test_every_body_is_read_by_its_own_name(body, number):
    (citation,) = read_citations(f"See {body} recommendation {number}, please.")
    assert (citation.body, citation.number) == (body, str(number))


@given(st.text(alphabet="recommendations Ofsted 0123,-/&.()\n", max_size=80))
def test_any_text_is_read_and_its_citations_read_the_same_again(text):
    for citation in read_citations(text):
        again = read_citations(citation.words)
        assert [each.number for each in again] == [citation.number]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Widen participation\nInspection recommendation 4", "Widen participation"),
        ("Widen participation\n(Ofsted Improvement Action 3)", "Widen participation"),
        ("Enough homes:\nFoster carers\nRecommendations 2 and 3.", "Enough homes:\nFoster carers"),
        (
            "Widen participation\nAnswer recommendation 4 in full",
            "Widen participation\nAnswer recommendation 4 in full",
        ),
        ("Recommendation 4", "Recommendation 4"),
        ("", ""),
    ],
)
def test_a_name_leaves_out_the_lines_that_only_cite(text, name):
    assert without_citations(text) == name
