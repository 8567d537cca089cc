import pytest
import time_machine

from improvement.demonstration.loading import load_demonstration
from plans.models import Action

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", ["2027-01-31", "2028-02-29"])
def test_it_loads_on_any_day(day):
    with time_machine.travel(f"{day} 09:00"):
        load_demonstration()
    assert Action.objects.count() == 63
