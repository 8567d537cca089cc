from urllib.parse import quote

from django.http import HttpResponse

from plans.spreadsheets.writing import Table, write_csv, write_xlsx
from plans.views.table_values import table_values

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def table_download(table, title, name, kind):
    """A page's table as a file, with its export columns and without its pages."""
    headers, *rows = table_values(table)
    sheet = Table(title, headers, rows)
    return file_response(write_xlsx([sheet]) if kind == "xlsx" else write_csv(sheet), name, kind)


def file_response(content, name, kind):
    filename = f'attachment; filename="{name}.{kind}"'
    return HttpResponse(content, content_type=TYPES[kind], headers={"Content-Disposition": filename})


def attachment(filename):
    """The header that makes a browser save a file under its own name, whatever letters are in it."""
    plain = "".join(letter if letter.isalnum() or letter in " ._-()" else "_" for letter in filename)
    return f"attachment; filename*=UTF-8''{quote(plain)}"
