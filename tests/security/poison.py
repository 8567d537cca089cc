"""Words that would run, or be reckoned, wherever they were taken for more than words."""

import csv
import io
from contextlib import suppress

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CharField, TextField, Value
from django.db.models.functions import Cast, Concat
from openpyxl import load_workbook

from tests.security.boards import OURS
from tests.security.walking import Page

MARK = "steal()"
LONG = (
    f'=HYPERLINK("https://evil.example") <script>{MARK}</script>"\' onmouseover={MARK} x=\''
    f"<img src=https://evil.example/x onerror={MARK}><svg/onload={MARK}>"
    f"[a](javascript:{MARK}) [b](data:text/html,{MARK}) ![c](https://evil.example/c.png) <javascript:{MARK}>"
    "{{ 7|add:7 }}{% now 'Y' %}</textarea></title></style></script><!--"
)
SHORT = f"=1\"><b onx='{MARK}'>"
# What programs write and read; people's words are in none of these.
MACHINE = {
    "content",
    "sha256",
    "digest",
    "link",
    "content_type",
    "password",
    "email",
    "address",
    "history_type",
}
STARTS_FORMULA = tuple("=+-@\t\r")


def poison():
    """Writes them into every text of every row, the past's too, that the database lets anybody write."""
    for model in (model for app in OURS for model in apps.get_app_config(app).get_models()):
        for column in model._meta.fields:
            most = column.max_length or 10_000
            if (
                type(column) not in (CharField, TextField)
                or column.choices
                or column.name in MACHINE
                or most < 40
            ):
                continue
            words = LONG if most > len(LONG) + 10 else SHORT
            told = Concat(Value(words), Cast("pk", CharField()), output_field=column)
            with suppress(IntegrityError), transaction.atomic():
                model._base_manager.exclude(**{column.name: ""}).order_by().update(**{column.name: told})


def live_in(text):
    """What in a page could run or fetch, and words that the site took for a template of its own."""
    page = Page(text)
    return page.live + (["a template"] if "1414{%" in text or "14{% now" in text else [])


def formulas_in(content, kind):
    """Cells of an export that a spreadsheet would reckon."""
    if "csv" in kind:
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        return [cell for row in rows for cell in row if reckoned(cell)]
    cells = (
        cell for sheet in load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row
    )
    return [
        cell.value for cell in cells if cell.data_type == "f" or (cell.hyperlink and is_risky(cell.hyperlink))
    ]


def reckoned(cell):
    return cell.startswith(STARTS_FORMULA) and not cell.lstrip("+-").replace(".", "", 1).isdigit()


def is_risky(link):
    return bool(link.target) and not link.target.startswith(("https://", "http://", "#"))
