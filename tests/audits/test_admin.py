import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from audits.services.scales import create_scale
from tests.audits.factories import make_done, make_finding, make_product, make_review
from tests.factories import make_board, make_member

pytestmark = pytest.mark.django_db

MODELS = [model for model in apps.get_app_config("audits").get_models() if admin.site.is_registered(model)]


@pytest.fixture
def board():
    board = make_board()
    make_finding(make_done(board))
    make_review(make_product(board))
    create_scale(board, "Standards", ["No", "Yes"], by=None, good=1)
    return board


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_staff_read_everything_and_change_nothing(signed_in, board, model):
    staff = signed_in(make_member(board, is_staff=True))
    name, row = f"admin:audits_{model._meta.model_name}", model.objects.first()
    assert staff.get(reverse(f"{name}_changelist")).status_code == 200
    shown = staff.get(reverse(f"{name}_change", args=[row.pk]))
    assert f'<a href="/boards/{board.slug}/' in shown.content.decode()
    assert staff.get(reverse(f"{name}_add")).status_code == 403
    assert staff.post(reverse(f"{name}_change", args=[row.pk]), {}).status_code == 403
    assert staff.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
