"""The register of assurance products, and its forms sent as a browser sends them."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from audits.models import AssuranceProduct, Review
from audits.services.scales import create_scale
from plans.models import Role
from tests.audits.factories import make_audit, make_product, make_review
from tests.audits.sending import send
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_day():
    with time_machine.travel("2026-11-22 12:00", tick=False):
        yield


@pytest.fixture
def board():
    return make_board()


def test_the_register_shows_what_is_overdue_first(signed_in, board):
    make_product(board, "Clinics")
    make_review(make_product(board, "Audit report", frequency="Quarterly"), on=date(2026, 3, 2))
    make_review(make_product(board, "Performance report", frequency="Monthly"), on=date(2026, 11, 2))
    client = signed_in(make_member(board))
    page = client.get(reverse("audits:product_list", args=[board.slug]))
    assert [row.record.name for row in page.context["table"].rows] == [
        "Audit report",
        "Performance report",
        "Clinics",
    ]
    assert text_of(page, "answer") == "3 products, 1 overdue, 1 with no next review."
    page = client.get(reverse("audits:product_list", args=[board.slug]), {"state": "overdue"})
    assert [row.record.name for row in page.context["table"].rows] == ["Audit report"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("name", "ABC"),
        ("-name", "CBA"),
        ("frequency", "CAB"),
        ("-frequency", "BAC"),
        ("reviewed_by", "BCA"),
        ("-reviewed_by", "ACB"),
        ("reviewed_on", "BAC"),
        ("-reviewed_on", "ABC"),
        ("next_due", "BAC"),
        ("-next_due", "ABC"),
    ],
)
def test_each_column_of_the_register_sorts_both_ways(signed_in, board, order, expected):
    a = make_product(board, "A", frequency="Monthly", reviewed_by="Z")
    b = make_product(board, "B", frequency="Quarterly", reviewed_by="X")
    make_product(board, "C", frequency="Annual", reviewed_by="Y")
    make_review(a, on=date(2026, 10, 2))
    make_review(b, on=date(2026, 1, 2))
    client = signed_in(make_member(board))
    page = client.get(reverse("audits:product_list", args=[board.slug]), {"sort": order})
    assert "".join(row.record.name for row in page.context["table"].rows) == expected


def test_a_product_is_added_reviewed_and_taken_off(signed_in, board):
    send(signed_in, board, "product_new", name="Performance report", frequency="Monthly")
    product = AssuranceProduct.objects.get()
    action = make_action(make_area(make_plan(board)))
    said = {"on": "2/11/2026", "learnt": "Contacts wait less", "led_to": "A third team", "action": action.pk}
    page = send(signed_in, board, "product_review", product.pk, **said)
    assert "Last reviewed on 2 November 2026. Due next on 2 December 2026." in text_of(page, "answer")
    review = Review.objects.get()
    assert (review.learnt, review.led_to, review.action) == ("Contacts wait less", "A third team", action)
    send(signed_in, board, "review_withdraw", review.pk)
    assert not product.reviews.standing().exists()
    send(signed_in, board, "product_close", product.pk)
    product.refresh_from_db()
    assert product.closed_on == date(2026, 11, 22)
    send(signed_in, board, "product_reopen", product.pk)
    product.refresh_from_db()
    assert product.closed_on is None


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"learnt": ""}, "Write what was learnt"),
        ({"on": "23/11/2026"}, "today or earlier"),
        ({"due_next": "1/11/2026"}, "Give a day after the day it was reviewed, or leave this empty"),
    ],
)
def test_a_review_that_cannot_be_says_what_to_do(signed_in, board, changed, message):
    product = make_product(board)
    page = send(
        signed_in, board, "product_review", product.pk, **({"on": "2/11/2026", "learnt": "x"} | changed)
    )
    assert message in text_of(page)
    assert not Review.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("product_list", 6), ("product", 5), ("scale_list", 6)])
def test_a_fixed_number_of_queries(signed_in, django_assert_num_queries, board, rows, name, queries):
    for n in range(rows):
        product = make_product(board, lead=make_lead(board))
        for _ in range(rows):
            make_review(product)
        scale = create_scale(board, f"Scale {n}", ["No", "Yes"], by=None, good=1)
        make_audit(board, scale=scale)
    client = signed_in(make_member(board, Role.EDITOR))
    arguments = [product.pk] if name == "product" else []
    address = reverse(f"audits:{name}", args=[board.slug, *arguments])
    with django_assert_num_queries(queries):
        client.get(address)
