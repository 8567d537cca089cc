"""The pages of an import that brings figures and narratives."""

import pytest
from django.urls import reverse

from impact.models import Measure, Narrative
from plans.models import Import
from tests.factories import make_area, make_plan
from tests.impact.test_imports import DOOR, FIGURES, HEAD, MONTHS, PLAN, QUALITY, TIME, WORDS
from tests.importing import bring_in
from tests.improvement.import_pages.sending import send, upload
from tests.pages import fields_of, text_of, words_of
from tests.plans.spreadsheets.workbooks import Page, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


def test_the_preview_shows_plan_figures_and_narratives_and_applies_them_together(browser):
    page = upload(browser, build(PLAN, FIGURES, WORDS))
    words = words_of(page)
    assert (
        "We found 3 actions in 2 areas: 3 new, 0 changed, 0 unchanged. And 2 measures with 6 values" in words
    )
    assert "2 measures: values by month, 6 new" in words
    assert "CLA Figures, row 2 Count, a count at one time" in words
    assert "3 months, March 2026 to May 2026 New measure: 3 new, 0 changed, 0 unchanged" in words
    assert "2 narratives: 2 new, 0 unchanged" in words
    assert "Sheets: 3 read" in words
    assert "0 date moves, 2 new measures, 6 values, 2 narratives. Nothing is left out." in words
    page = send(browser, page, apply="yes")
    assert "0 date moves, 2 new measures, 6 values, 2 narratives." in words_of(page)
    assert (Measure.objects.count(), Narrative.objects.count()) == (2, 2)
    listed = words_of(browser.get(reverse("import_list", args=["harbour"])))
    assert "3 new, 0 changed, 0 unchanged; 2 new measures, 6 values, 2 narratives" in listed


def test_a_workbook_of_figures_alone_can_be_applied_and_taken_back(browser):
    page = upload(browser, build(FIGURES))
    assert "We found 2 measures with 6 values." in words_of(page)
    assert "The workbook holds no actions. Its measures go to the board." in words_of(page)
    page = send(browser, page, apply="yes")
    assert "2 new measures, 6 values." in words_of(page)
    undo = reverse("import_undo", args=["harbour", Import.objects.get().pk])
    assert "2 new measures, 6 values would go." in words_of(browser.get(undo))
    page = browser.post(undo, follow=True)
    assert "2 rows reversed, 0 kept, 0 refused" in words_of(page)
    assert Measure.objects.current().count() == 0


def test_a_changed_value_is_shown_beside_the_old_one(browser, board):
    bring_in(board, build(FIGURES))
    page = upload(browser, build(Page("Figures", [MONTHS, ("CLA", 451, 456, 460), TIME])))
    assert "On the board: 0 new, 1 changed, 2 unchanged April 2026: 455 456" in words_of(page)


def test_what_is_unticked_is_left_out(browser):
    page = upload(browser, build(PLAN, FIGURES, WORDS))
    page = send(browser, page, again="yes", measure="Figures!3", narrative="Words!3")
    assert "1 new measure, 3 values, 1 narrative. 2 rows and 4 cells left out or not understood." in words_of(
        page
    )
    send(browser, page, apply="yes")
    assert [measure.name for measure in Measure.objects.all()] == ["Contacts in time"]
    assert [narrative.area.title for narrative in Narrative.objects.all()] == ["Quality"]


def test_a_narrative_of_no_known_area_is_given_one_or_left_out(browser, board):
    plan = make_plan(board)
    make_area(plan, "Front door"), make_area(plan, "Quality of practice")
    page = upload(browser, build(WORDS))
    words = words_of(page)
    assert "Its narratives go to the areas of" in words
    assert "“Quality” is no area of the plan. Choose its area, or leave the narrative out." in words
    assert fields_of(page, "seen")["narrative-Words!3"] == "out"
    page = send(browser, page, again="yes", **{"narrative-Words!3": "quality of practice"})
    assert "2 narratives: 2 new, 0 unchanged" in words_of(page)
    send(browser, page, apply="yes")
    assert sorted((each.area.title, each.done) for each in Narrative.objects.all()) == [
        ("Front door", DOOR[1]),
        ("Quality of practice", QUALITY[1]),
    ]


def test_a_bad_figure_is_among_the_problems_and_the_cells(browser):
    page = upload(browser, build(Page("Figures", [MONTHS, ("CLA", 451, "lots", 460)])))
    words = text_of(page)
    assert "CLA, April 2026: “lots” is not a number. Write a figure" in words
    assert "Not understood: 1 cell, kept with the import" in words


def test_narratives_without_any_plan_say_what_they_need(browser):
    page = upload(browser, build(Page("Words", [HEAD, DOOR])))
    words = words_of(page)
    assert "“Front door” is no area of a plan, and there is none yet." in words
    page = send(browser, page, apply="yes")
    assert "There is no action to bring in." in text_of(page)
    assert Narrative.objects.count() == 0
