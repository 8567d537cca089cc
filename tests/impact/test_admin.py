from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from impact.services.measures import agree_step_change, set_target
from impact.services.observations import add_note
from tests.factories import make_area, make_member
from tests.impact.factories import make_narrative
from tests.impact.measuring import LAST, make_measure

pytestmark = pytest.mark.django_db

MODELS = [model for model in apps.get_app_config("impact").get_models() if admin.site.is_registered(model)]


@pytest.fixture
def measure():
    area = make_area()
    make_narrative(area)
    measure = make_measure(area.plan.board)
    set_target(measure, Decimal(60), LAST, by=None)
    add_note(measure, LAST, "Two teams merged.", by=None)
    agree_step_change(measure, LAST, by=None, reason="New", agreed_by="The board", agreed_on=date(2026, 4, 1))
    return measure


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_staff_read_everything_and_change_nothing(signed_in, measure, model):
    staff = signed_in(make_member(measure.board, is_staff=True))
    name, row = f"admin:impact_{model._meta.model_name}", model.objects.first()
    assert staff.get(reverse(f"{name}_changelist")).status_code == 200
    shown = staff.get(reverse(f"{name}_change", args=[row.pk]))
    assert shown.status_code == 200
    assert f'<a href="/boards/{measure.board.slug}/' in shown.content.decode()
    assert staff.get(reverse(f"{name}_add")).status_code == 403
    assert staff.post(reverse(f"{name}_change", args=[row.pk]), {}).status_code == 403
    assert staff.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
