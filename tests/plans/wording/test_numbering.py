import pytest

from plans.wording.numbering import numbered


@pytest.mark.parametrize(
    ("reference", "title", "shown"),
    [
        ("", "Front door", "Front door"),
        ("1.1", "A settled workforce", "1.1 A settled workforce"),
        ("1.1", "1.1 A settled workforce", "1.1 A settled workforce"),
        ("One", "Improvement area one: people", "Improvement area one: people"),
        ("1", "Halve the 14 vacancies", "1 Halve the 14 vacancies"),
    ],
)
def test_the_number_is_shown_once(reference, title, shown):
    assert numbered(reference, title) == shown
