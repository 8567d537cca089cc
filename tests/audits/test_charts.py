from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audits.charts import Bar, codes, draw_mixes
from audits.grading import AGREEMENT, FOUR_GRADES, GradeWord, Mix

DAY = date(2026, 3, 31)


def bar(*counts, words=FOUR_GRADES, title="Plans"):
    return Bar(DAY, title, Mix(words, counts, sum(counts)))


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        (["Inadequate", "Requires improvement", "Good", "Outstanding"], ["I", "RI", "G", "O"]),
        (["Disagreed", "Agreed"], ["D", "A"]),
        (["Met", "Mostly", "Missed"], ["1", "2", "3"]),
    ],
)
def test_each_grade_has_letters_of_its_own(words, letters):
    assert codes(words) == letters


def test_the_title_says_the_whole_message():
    chart = draw_mixes([bar(4, 10, 6, 0), bar(1, 1, 1, 0)], 5)
    assert chart.title == (
        "Grade mix of 2 audits over time. 31 March 2026: 6 of 20 (30%) good or outstanding; "
        "31 March 2026: 1 of 3 good or outstanding."
    )
    assert [(entry.code, entry.word) for entry in chart.key] == [
        ("I", "Inadequate"),
        ("RI", "Requires improvement"),
        ("G", "Good"),
        ("O", "Outstanding"),
    ]


def test_one_audit_is_one():
    assert draw_mixes([bar(4, 10, 6, 0)], 5).title.startswith("Grade mix of 1 audit over time. ")


def test_too_few_cases_are_told_in_words_and_not_drawn():
    for drawing in draw_mixes([bar(1, 1, 2, 0)], 5).drawings:
        assert [shape.kind for shape in drawing.shapes] == ["text", "text"]
        assert drawing.shapes[1].words == "2 of 4 good or outstanding: too few to draw"


def test_no_audits_no_chart():
    assert draw_mixes([], 5) is None


def test_a_scale_of_many_words_has_a_colour_for_each_end():
    words = tuple(GradeWord(str(n), is_good=n > 3) for n in range(7))
    fills = [entry.fill for entry in draw_mixes([bar(*[10] * 7, words=words)], 5).key]
    assert (fills[0], fills[-1]) == ("#9a3412", "#0b4f9c")
    assert draw_mixes([bar(1, 39, words=AGREEMENT)], 5).key[0].fill == "#9a3412"


@given(st.lists(st.tuples(*[st.integers(0, 300)] * 4), min_size=1, max_size=6), st.integers(0, 10))
@example([(0, 157, 300, 1)], 0)
def test_parts_stay_on_the_drawing_and_follow_one_another(rows, below):
    for drawing in draw_mixes([bar(*row) for row in rows], below).drawings:
        rects = [shape for shape in drawing.shapes if shape.kind == "rect"]
        assert all(float(r.x) + float(r.width) <= drawing.width + 0.2 for r in rects)
        assert all(float(r.y) + float(r.height) <= drawing.height for r in rects)
        drawn = [row for row in rows if sum(row) >= max(1, below)]
        assert len(rects) == sum(count > 0 for row in drawn for count in row)
