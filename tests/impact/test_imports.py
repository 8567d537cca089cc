"""Figures and narratives come in with the plan: one preview, one transaction, taken back together."""

import random
from datetime import date
from decimal import Decimal
from io import StringIO
from json import loads

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from impact.models import Measure, Narrative, Observation
from impact.services.measures import create_measure, edit_measure
from impact.services.observations import add_note, set_value, standing_values
from improvement.imports.sheets import all_not_understood, as_json, count_cells
from improvement.imports.workbooks import apply_import, check_workbook, keep_workbook, undo_import
from plans.models import Area, Import, Plan, Role
from plans.services.history import save
from plans.spreadsheets.accounting import unaccounted_cells
from plans.spreadsheets.book import column_letter, column_number
from plans.spreadsheets.claims import unclaimed
from plans.spreadsheets.reading import read_workbook
from tests.factories import make_area, make_board, make_member, make_plan
from tests.importing import HEADERS, ROWS, TODAY, bring_in
from tests.plans.spreadsheets.workbooks import Page, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]

HEAD = ("Area", "What have we done?", "So what?")
DOOR = ("Front door", "Two screeners began in May", "Families wait half as long")
QUALITY = ("Quality", "Ten audits were read twice", "Eight of ten plans are clear")
MONTHS = (None, "Mar-26", "Apr-26", "May-26")
CLA, TIME = ("CLA", 451, 455, 460), ("Contacts in time", "52%", "61%", "64.5%")
PLAN = Page("Plan", [HEADERS, *ROWS])
FIGURES = Page("Figures", [MONTHS, CLA, TIME])
WORDS = Page("Words", [HEAD, DOOR, QUALITY])


@pytest.fixture
def june(time_machine):
    time_machine.move_to("2026-06-15T09:00:00+01:00", tick=True)


@pytest.fixture
def board():
    return make_board("harbour")


@pytest.fixture
def editor(board):
    return make_member(board, Role.EDITOR, "Editor One")


def check(board, content, **choices):
    return check_workbook(content, board, choices, today=TODAY)


def counts(board, content, **choices):
    found = check(board, content, **choices)
    return found["measures"].counts, found["narratives"].counts


def values(measure):
    return {
        f"{month:%Y-%m}": float(value)
        for (_, month), (value, *_) in standing_values([measure.pk]).items()
        if value is not None
    }


def report(imported):
    return [
        (row["title"], row["outcome"], *row["reasons"])
        for row in imported.undo_report
        if not row.get("action")
    ]


def test_one_workbook_brings_plan_figures_and_narratives(board):
    imported = bring_in(board, build(PLAN, FIGURES, WORDS))
    cla, time = Measure.objects.order_by("position")
    assert (cla.name, cla.unit, cla.is_stock, cla.decimals) == ("CLA", "count", True, 0)
    assert (time.name, time.unit, time.is_stock, time.decimals) == ("Contacts in time", "percent", False, 1)
    assert values(cla) == {"2026-03": 451, "2026-04": 455, "2026-05": 460}
    assert values(time) == {"2026-03": 52, "2026-04": 61, "2026-05": 64.5}
    door, quality = Narrative.objects.order_by("area__position")
    assert (door.area.title, door.done, door.so_what) == DOOR
    assert (quality.area.title, quality.status, quality.published_on) == ("Quality", "published", TODAY)
    assert {row.imported_by for row in Observation.objects.all()} == {imported}
    assert [cell for cell in imported.not_understood if not cell["furniture"]] == []


def test_every_sheet_says_what_it_was_taken_for(board):
    found = as_json(check(board, build(WORDS, FIGURES, PLAN)))
    assert [(sheet["sheet"], sheet["kind"]) for sheet in found["sheets"]] == [
        ("Words", "narratives"),
        ("Figures", "measures"),
        ("Plan", "plan"),
    ]


def test_the_same_workbook_again_changes_nothing(board):
    content = build(PLAN, FIGURES, WORDS)
    bring_in(board, content)
    measures, narratives = counts(board, content)
    assert measures == {"new": 0, "values_new": 0, "values_changed": 0, "values_unchanged": 6, "left_out": 0}
    assert narratives == {"new": 0, "unchanged": 2, "left_out": 0}
    bring_in(board, content)
    assert (Measure.objects.count(), Observation.objects.count(), Narrative.objects.count()) == (2, 6, 2)


def test_sheets_come_in_the_same_in_any_order_and_under_any_name(board):
    def told(pages):
        other = make_board()
        bring_in(other, build(*pages))
        narratives = Narrative.objects.filter(area__plan__board=other).values_list(
            "area__title", "done", "so_what"
        )
        measures = {each.name: values(each) for each in Measure.objects.filter(board=other)}
        return measures, sorted(narratives), Plan.objects.get(board=other).actions.count()

    first = told([PLAN, FIGURES, WORDS])
    renamed = [Page("X1", WORDS.rows), Page("Z", FIGURES.rows), Page("A plan", PLAN.rows)]
    assert told(renamed) == first
    random.Random(7).shuffle(renamed)
    assert told(renamed) == first


def test_figures_alone_need_no_plan(board):
    imported = bring_in(board, build(FIGURES))
    assert (imported.plan, Plan.objects.count(), Measure.objects.count()) == (None, 0, 2)


def test_narratives_alone_go_to_the_plan_that_has_their_areas(board):
    make_area(make_plan(board), "Something else")
    plan = make_plan(board, starts=date(2026, 1, 1))
    door, _ = make_area(plan, "Front door", reference="1"), make_area(plan, "Quality")
    make_area(make_plan(board), "Another")
    imported = bring_in(board, build(WORDS))
    assert imported.plan == plan
    assert Narrative.objects.get(area=door).starts == date(2026, 1, 1)


def test_figures_come_in_before_or_after_their_plan_alike(board):
    later = make_board("later")
    for part in (PLAN, FIGURES, WORDS):
        bring_in(board, build(part))
    for part in (FIGURES, PLAN, WORDS):
        bring_in(later, build(part))
    for name in ("CLA", "Contacts in time"):
        assert values(board.measures.get(name=name)) == values(later.measures.get(name=name))


def test_a_changed_value_keeps_the_old_one(board):
    bring_in(board, build(FIGURES))
    found = check(board, build(Page("Figures", [MONTHS, ("cla", 451, 456, None), TIME])))
    [change] = found["measures"].comparisons[0].changed
    assert (change.before, change.value.value) == (Decimal(455), Decimal(456))
    bring_in(board, build(Page("Figures", [MONTHS, ("cla", 451, 456, None), TIME])))
    cla = Measure.objects.get(name="CLA")
    assert values(cla) == {"2026-03": 451, "2026-04": 456, "2026-05": 460}
    assert [float(row.value) for row in cla.observations.filter(month="2026-04-01")] == [455, 456]


def test_a_file_written_before_the_last_change_is_shown_as_a_change_and_wins_if_applied(board, editor):
    cla = create_measure(board, "CLA", by=editor)
    set_value(cla, date(2026, 4, 1), Decimal(457), by=editor)
    content = build(Page("Figures", [MONTHS, CLA]))
    bring_in(board, content, on="2026-05-01")
    assert values(cla)["2026-04"] == 455
    assert counts(board, content)[0]["values_unchanged"] == 3


def test_the_boards_own_unit_decides(board):
    create_measure(board, "Contacts in time", by=None, unit="percent")
    figures = Page("Figures", [MONTHS, ("Contacts in time", 52, 61, 164)])
    found = check(board, build(figures))["measures"]
    assert [float(v.value) for v in found.comparisons[0].new] == [52, 61]
    assert [one.message for one in found.problems] == [
        "Contacts in time, May 2026: A percentage can't be above 100: 164 was given. "
        "Check the figure or the measure's unit."
    ]


def test_a_narrative_follows_the_one_before(board):
    bring_in(board, build(PLAN, WORDS), on="2026-05-31")
    later = Page("Words", [HEAD, (DOOR[0], "A third screener began", DOOR[2]), QUALITY])
    bring_in(board, build(later))
    first, second = Narrative.objects.filter(area__title="Front door").order_by("ends")
    assert (first.ends, second.starts, second.ends) == (date(2026, 5, 31), date(2026, 6, 1), TODAY)
    assert Narrative.objects.filter(area__title="Quality").count() == 1


def test_a_narrative_of_no_known_area_has_to_be_decided_about(board):
    content = build(PLAN, Page("Words", [HEAD, DOOR, ("Beds", "We met the police", "Two beds")]))
    found = check(board, content)["narratives"]
    [trouble] = found.unresolved
    assert trouble.trouble == "“Beds” is no area of the plan. Choose its area, or leave the narrative out."
    with pytest.raises(ValidationError, match="“Words”, row 3: “Beds” is no area"):
        bring_in(board, content)
    chosen = {trouble.key: "quality"}
    bring_in(board, content, narrative_areas=chosen)
    assert Narrative.objects.get(area__title="Quality").done == "We met the police"


def test_what_is_left_out_stays_with_the_import(board):
    content = build(PLAN, FIGURES, WORDS)
    imported = bring_in(board, content, measures_left_out=["Figures!2"], narrative_areas={"Words!2": "out"})
    assert [each.name for each in Measure.objects.all()] == ["Contacts in time"]
    assert [each.area.title for each in Narrative.objects.all()] == ["Quality"]
    lost = {cell["text"] for cell in imported.not_understood if not cell["furniture"]}
    assert lost == {"451", "455", "460", "\n".join(DOOR)}


def test_two_narratives_for_one_area_are_decided_about(board):
    content = build(PLAN, Page("Words", [HEAD, DOOR, (DOOR[0], "Other words", "")]))
    found = check(board, content)["narratives"].unresolved
    assert [one.row.row for one in found] == [2, 3]
    bring_in(board, content, narrative_areas={"Words!3": "out"})
    assert Narrative.objects.get().done == DOOR[1]


def test_undoing_takes_all_back_together(board, editor):
    imported = bring_in(board, build(PLAN, FIGURES, WORDS))
    assert undo_import(imported, by=editor)
    imported.refresh_from_db()
    assert report(imported) == [
        ("Narrative of Front door", "reversed"),
        ("Narrative of Quality", "reversed"),
        ("CLA", "reversed"),
        ("Contacts in time", "reversed"),
    ]
    assert Measure.objects.current().count() == 0
    assert Observation.objects.standing().count() == 0
    assert Narrative.objects.standing().count() == 0
    assert board.plans.current().count() == 0
    bring_in(board, build(PLAN, FIGURES, WORDS))
    assert Measure.objects.current().count() == 2
    assert Narrative.objects.standing().count() == 2


def test_undoing_gives_the_value_before_its_place_again(board, editor):
    cla = create_measure(board, "CLA", by=editor)
    set_value(cla, date(2026, 4, 1), Decimal(440), by=editor)
    imported = bring_in(board, build(FIGURES))
    undo_import(imported, by=editor)
    assert values(cla) == {"2026-04": 440}
    cla.refresh_from_db()
    assert cla.closed_on is None


def test_undoing_keeps_what_was_worked_on_since(board, editor):
    imported = bring_in(board, build(PLAN, FIGURES, WORDS))
    cla, time = Measure.objects.order_by("position")
    set_value(cla, date(2026, 4, 1), Decimal(456), by=editor)
    add_note(time, date(2026, 4, 1), "Two screeners were ill", by=editor)
    door = Narrative.objects.get(area__title="Front door")
    door.so_what = "Families wait a third as long"
    save(door, by=editor)
    undo_import(imported, by=editor)
    imported.refresh_from_db()
    assert report(imported) == [
        ("Narrative of Front door", "kept", "Kept, because it was edited since."),
        ("Narrative of Quality", "reversed"),
        (
            "CLA",
            "kept",
            "Changed since, so the newer value stands: April 2026.",
            "The measure stays, because somebody has worked on it since.",
        ),
        ("Contacts in time", "kept", "The measure stays, because somebody has worked on it since."),
    ]
    assert values(cla) == {"2026-04": 456}
    assert values(time) == {}
    assert [each.area.title for each in Narrative.objects.standing()] == ["Front door"]


def test_the_area_of_a_narrative_that_is_kept_stays_too(board, editor):
    imported = bring_in(board, build(PLAN, WORDS))
    door = Narrative.objects.get(area__title="Front door")
    door.so_what = "Families wait a third as long"
    save(door, by=editor)
    undo_import(imported, by=editor)
    assert [area.title for area in Area.objects.current()] == ["Front door"]
    assert board.plans.current().count() == 1


def test_a_measure_edited_since_is_kept_without_its_values(board, editor):
    imported = bring_in(board, build(FIGURES))
    edit_measure(Measure.objects.get(name="CLA"), by=editor, definition="On the last day of the month")
    undo_import(imported, by=editor)
    assert [each.name for each in Measure.objects.current()] == ["CLA"]
    assert Observation.objects.standing().count() == 0


def test_a_value_entered_meanwhile_stops_the_import_and_nothing_is_written(board, editor):
    cla = create_measure(board, "CLA", by=editor)
    content = build(PLAN, FIGURES)
    found = check(board, content)
    set_value(cla, date(2026, 4, 1), Decimal(440), by=editor)
    imported = keep_workbook(board, "a.xlsx", content, by=editor)
    with pytest.raises(ValidationError, match="Somebody has changed the measures"):
        apply_import(imported, found, by=editor)
    assert (Plan.objects.count(), Observation.objects.count()) == (0, 1)


def test_every_filled_cell_is_in_a_field_or_listed(board):
    odd = Page("Odd", [["Notes", None], [MONTHS[1], "x"], *[list(row) for row in (MONTHS, CLA)], ["The end"]])
    content = build(PLAN, FIGURES, WORDS, odd, Page("Empty", []))
    previews = check(board, content)
    workbook = read_workbook(content)
    listed = {(cell.sheet, cell.row, cell.column) for cell in all_not_understood(previews)}
    filled, placed = count_cells(previews)
    cells = [
        (sheet.title, cell.row, column_letter(cell.column))
        for sheet in workbook.sheets
        for cell in sheet.cells.values()
        if cell.text
    ]
    assert (filled, filled - placed) == (len(cells), len(listed & set(cells)))
    claimed = [previews[name].reading for name in ("measures", "narratives")]
    plan = unclaimed(workbook, claimed[0].claimed | claimed[1].claimed)
    assert unaccounted_cells(plan, previews["plan"].reading) == []
    said = {each.name for each in claimed[0].measures}
    said |= {value.text for each in claimed[0].measures for value in each.values}
    said |= {text for each in claimed[1].narratives for text in (each.area, each.done, each.so_what)}
    for reading in claimed:
        for title, places in reading.claimed.items():
            texts = {place: cell.text for place, cell in _sheet(workbook, title).cells.items()}
            kept = {place for place in places if texts[place] in said}
            told = {(row, column_number(letter)) for sheet, row, letter in listed if sheet == title}
            assert places - kept <= told


def _sheet(workbook, title):
    return next(sheet for sheet in workbook.sheets if sheet.title == title)


def test_the_command_prints_measures_and_narratives(board, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(build(FIGURES, WORDS, PLAN))
    out = StringIO()
    call_command("import_plan", str(path), board="harbour", dry_run=True, json=True, stdout=out)
    told = loads(out.getvalue())
    assert told["measures"][0] | {"status": ""} == {
        "sheet": "Figures",
        "row": 2,
        "name": "CLA",
        "unit": "count",
        "area": None,
        "is_stock": True,
        "values": [
            {"month": "2026-03-01", "value": 451},
            {"month": "2026-04-01", "value": 455},
            {"month": "2026-05-01", "value": 460},
        ],
        "status": "",
        "new": 3,
        "changed": 0,
        "unchanged": 0,
    }
    assert [(one["row"], one["area"], one["done"], one["so_what"]) for one in told["narratives"]] == [
        (2, *DOOR),
        (3, *QUALITY),
    ]
    assert Import.objects.count() == 0


def test_the_command_leaves_out_what_it_can_not_decide(board, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(build(PLAN, Page("Words", [HEAD, DOOR, ("Beds", "We met", "Two beds")])))
    out = StringIO()
    call_command("import_plan", str(path), board="harbour", leave_out=True, stdout=out)
    assert "Narratives: 1 new, 0 unchanged, 0 in trouble." in out.getvalue()
    assert Narrative.objects.get().area.title == "Front door"
