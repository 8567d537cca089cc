import pytest
from django.core.exceptions import ValidationError

from plans.services.people import remove_lead
from tests.factories import make_board, make_lead, make_user
from tests.impact.factories import make_measure

pytestmark = pytest.mark.django_db


def test_a_lead_that_owns_a_measure_stays():
    board = make_board()
    lead = make_lead(board, "Head of QA")
    make_measure(board, owner=lead)
    with pytest.raises(ValidationError, match="“Head of QA” is named by 1 measure, so it stays"):
        remove_lead(lead, by=make_user())
    assert list(board.leads.all()) == [lead]
