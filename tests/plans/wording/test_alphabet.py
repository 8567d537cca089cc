import pytest

from plans.wording.alphabet import LISTED, WRITTEN, alphabetical


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("O'Brien", "obrien"),
        ("O’Brien", "obrien"),
        ("Élodie Łoś", "elodie los"),
        ("E\u0301lodie", "elodie"),
        ("Smith-Jones", "smith jones"),
        ("Nguyễn", "nguyen"),
        ("İpek Ørsted", "ipek orsted"),
        ("1.10 “Front door”", "1.10 front door"),
        ("Ωmega", "Ωmega"),
        ("", ""),
        (None, None),
    ],
)
def test_words_stand_in_a_list_by_their_plain_letters(words, listed):
    assert alphabetical(words) == listed


def test_a_list_reads_as_people_expect():
    names = ["de Souza", "Zoe", "Oakley", "Élodie", "O’Brien", "Eva", "DeSilva", "Obi"]
    assert sorted(names, key=alphabetical) == [
        *("de Souza", "DeSilva", "Élodie", "Eva"),
        *("Oakley", "Obi", "O’Brien", "Zoe"),
    ]


def test_no_letter_stands_as_two():
    """A database takes the first of two, Python the last."""
    assert len(WRITTEN) == len(set(WRITTEN)) > len(LISTED)
