"""Workbooks of figures and narratives in the tests' own words, and proof that no cell of them is lost."""

from datetime import date

from impact.sheets.measures import read_measures
from impact.sheets.narratives import read_narratives
from plans.spreadsheets.book import column_letter
from plans.spreadsheets.reading import read_workbook
from tests.plans.spreadsheets.workbooks import Page, build

TODAY = date(2026, 6, 15)


def measures_of(*pages: Page, today=TODAY):
    workbook = read_workbook(build(*pages))
    reading = read_measures(workbook, today)
    said = {(v.sheet, v.row, v.column): v.text for m in reading.measures for v in m.values}
    names = {fold(m.name) for m in reading.measures}
    check_claims(workbook, reading, said, names)
    return reading


def narratives_of(*pages: Page):
    workbook = read_workbook(build(*pages))
    reading = read_narratives(workbook)
    words = {fold(f"{one.area}\n{one.done}\n{one.so_what}") for one in reading.narratives}
    check_claims(workbook, reading, {}, words)
    return reading


def check_claims(workbook, reading, said, words):
    """Each cell that was claimed is a value, is in the words of a row, or is listed with its reason."""
    listed = {(n.sheet, n.row, n.column): n.text for n in reading.not_understood}
    sheets = {sheet.title: sheet for sheet in workbook.sheets}
    for title, places in reading.claimed.items():
        for row, column in places:
            text = sheets[title].cells[row, column].text
            known = said.get((title, row, column)), listed.get((title, row, column_letter(column)))
            is_said = text in known or any(fold(text) in each for each in words) or is_context(text, reading)
            assert is_said, f"{title} {column_letter(column)}{row}: {text}"


def is_context(text, reading):
    """An area or a unit of a measure, or one half of a figure's two parts."""
    return any(text == one.area or unit_words(text) for one in reading.measures)


def unit_words(text):
    return text in ("%", "Number", "Count", "Days", "Rate per 10,000")


def fold(text):
    return " ".join(text.split()).casefold()


def table(reading):
    """Each measure's name, unit and values by month as "2020-03"."""
    return {
        one.name: (one.unit, {f"{v.month:%Y-%m}": float(v.value) for v in one.values})
        for one in reading.measures
    }
