import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.forms.ids import read_id


@given(st.integers(0, 10**18 - 1))
def test_an_id_is_read_as_it_was_written(pk):
    assert read_id(str(pk)) == pk


@pytest.mark.parametrize("words", ["", "x", "-1", "1.5", "²", "٣", "1" * 19, "1" * 5_000, " 1"])
def test_other_words_are_no_id(words):
    assert read_id(words) is None
