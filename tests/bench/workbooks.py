"""A workbook of so many actions in nine columns, and the floor: what openpyxl alone takes to read it."""

from datetime import date, timedelta
from io import BytesIO
from random import Random

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill

from tests.bench.filling import areas_for
from tests.bench.words import lead_name, paragraph, sentence

HEADERS = (
    "Improvement area", "Ref", "Action", "Activity", "Lead", "Target date", "RAG", "Progress",
    "Success criteria",
)  # fmt: skip
FILLS = {"Blue": "0070C0", "Green": "92D050", "Amber": "FFC000", "Red": "FF0000"}
MONTHS = ("End March", "End June", "Mid September", "31 December")
STARTS = date(2025, 4, 1)


def write_workbook(size: int, *, later: bool = False) -> bytes:
    """With `later`, the same plan a month on: every third action has news, every ninth a new date."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Plan"
    sheet.append(["Improvement plan April 2025 to March 2027"])
    sheet.append(HEADERS)
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    fills = {word: PatternFill("solid", fgColor=colour) for word, colour in FILLS.items()}
    for number, row in enumerate(_rows(size, later)):
        sheet.append(row)
        sheet.cell(number + 3, 7).fill = fills[row[6]]
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _rows(size: int, later: bool):
    random = Random(11)
    areas = [sentence(random) for _ in range(areas_for(size))]
    for number in range(size):
        row = _row(random, number, areas[number * len(areas) // size])
        if later and number % 3 == 0:
            row[7] = f"{row[7]} Since then one more team has joined."
            row[6] = "Green" if row[6] == "Amber" else row[6]
        if later and number % 9 == 0:
            row[5] = "End March 2027"
            row[3] = row[3].replace("1. ", "1. Again: ")
        yield row


def _row(random: Random, number: int, area: str) -> list:
    leads = lead_name(number % 40) + (f"\n{lead_name(41 + number % 7)}" if number % 6 == 0 else "")
    return [
        area,
        f"A{number + 1}",
        f"{sentence(random)} ({number + 1})",
        "\n".join(f"{place}. {sentence(random)}" for place in range(1, 4)),
        leads,
        _target(random, number),
        random.choice(list(FILLS)),
        paragraph(random),
        paragraph(random, 1, 2),
    ]


def _target(random: Random, number: int) -> date | str:
    """Half are real dates, the rest as people write them."""
    if number % 2:
        return STARTS + timedelta(days=random.randrange(700))
    return f"{random.choice(MONTHS)} {random.choice((2025, 2026))}" if number % 10 else "Ongoing"


def read_cells(content: bytes) -> int:
    """Loads the workbook and passes once over its cells; how many say something."""
    found = 0
    for sheet in load_workbook(BytesIO(content)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                found += cell.value is not None
    return found
