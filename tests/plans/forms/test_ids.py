import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from plans.forms.fields import RowsField
from plans.forms.ids import read_id
from plans.models import User
from tests.factories import make_user


@given(st.integers(0, 10**18 - 1))
def test_an_id_is_read_as_it_was_written(pk):
    assert read_id(str(pk)) == pk


@pytest.mark.parametrize("words", ["", "x", "-1", "1.5", "²", "٣", "1" * 19, "1" * 5_000, " 1"])
def test_other_words_are_no_id(words):
    assert read_id(words) is None


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["x", "-1", "9" * 30, "4\x004"])
def test_a_row_that_cannot_be_is_not_offered(words):
    user = make_user()
    field = RowsField(User.objects.all())
    assert list(field.clean([str(user.pk)])) == [user]
    with pytest.raises(ValidationError) as refused:
        field.clean([str(user.pk), words])
    assert refused.value.code == "invalid_choice"
