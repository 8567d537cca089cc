"""Uploading a workbook and sending the check page as a browser would."""

from io import BytesIO

from django.urls import reverse

from plans.models import Import
from tests.importing import ROWS, plan_book
from tests.pages import fields_of


def upload(browser, content, name="plan.xlsx", **fields):
    file = BytesIO(content)
    file.name = name
    return browser.post(reverse("import_new", args=["harbour"]), {"workbook": file, **fields}, follow=True)


def check(imported):
    return reverse("import_check", args=["harbour", imported.pk])


def send(browser, response, **fields):
    """Sends the form of the check page as it is shown, with other values for some fields."""
    data = {**fields_of(response, "seen"), **fields}
    data = {name: value for name, value in data.items() if value is not None}
    return browser.post(response.request["PATH_INFO"], data, follow=True)


def started(browser, *rows, **book):
    response = upload(browser, plan_book(*(rows or ROWS), **book))
    return Import.objects.first(), response
