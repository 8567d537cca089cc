"""What was read in an upload, and the columns, colours and days that somebody chooses instead."""

import pytest
from django.urls import reverse

from plans.models import Action, Import, Plan, ProgressUpdate
from tests.importing import HEADERS, PLANS, ROWS, VISITS, bring_in, changed, plan_book
from tests.improvement.import_pages.sending import check, send, started, upload
from tests.pages import fields_of, text_of
from tests.plans.spreadsheets.workbooks import Page, build

CHECK_QUERIES = 21

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


def test_an_upload_shows_what_was_understood_and_changes_nothing(browser, board):
    imported, response = started(browser)
    words = text_of(response)
    assert "We found 3 actions in 2 areas: 3 new, 0 changed, 0 unchanged." in words
    assert (
        "Every filled cell is accounted for: 23 are in a field or a note, 9 are titles, headings and keys"
        in words
    )
    assert "3 new, 0 changed, 3 rating updates, 0 date moves. Nothing is left out." in words
    assert (imported.state, Plan.objects.count(), Action.objects.count()) == ("checked", 0, 0)


def test_sending_the_same_upload_twice_keeps_it_once(browser, board):
    page = browser.get(reverse("import_new", args=["harbour"]))
    token = fields_of(page, "token")["token"]
    for _ in range(2):
        upload(browser, plan_book(*ROWS), token=token)
    assert Import.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Ref,Action\n1,See every child", "not an Excel workbook. Open it in Excel"),
        (b"", "The file is empty."),
        (b"PK\x03\x04 broken", "workbook"),
    ],
)
def test_a_file_that_can_not_be_read_says_why_and_keeps_nothing(browser, board, content, sentence):
    response = upload(browser, content)
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert Import.objects.count() == 0


def test_a_workbook_without_a_plan_says_what_to_do(browser, board):
    response = upload(browser, plan_book(("Minutes of the meeting", "Noted"), headers=("Item", "Words")))
    words = text_of(response)
    assert "We found no action in this workbook." in words
    assert "Put such a row above the actions, save the workbook and upload it again." in words
    assert "Apply to the board" not in words


def test_another_meaning_for_a_column_is_read_again_and_remembered(browser, board):
    _, response = started(browser)
    number = next(row for row in range(1, 9) if "Progress" in fields_of(response, "seen")[f"heading-{row}"])
    response = send(browser, response, again="yes", **{f"field-{number}": "success_criteria"})
    assert "Chosen for this board" in text_of(response)
    send(browser, response, apply="yes")
    assert Action.objects.get(reference="1").success_criteria == "The rota started in May"
    _, later = started(browser, changed(VISITS, Progress="Seen within four days"))
    assert text_of(later, "changed") == "1 changed action"
    assert [change.after for _, change in later.context["rows"].changed[0]["changes"]] == [
        "Seen within four days"
    ]


def test_columns_without_a_heading_or_with_the_same_one_are_chosen_by_their_place(browser, board):
    headers = ("Ref", "Action", "Lead", "RAG", None, "Folder", "Folder")
    rows = [("1", "See every child", "Head of Care", "Green", "Seen daily", "Blue", "Lilac")]
    rows.append(("2", "Write plans", "Head of Care", "Green", "Seen weekly", "Green", "Lime"))
    _, response = started(browser, *rows, headers=headers)
    fields = fields_of(response, "seen")
    by_name = {fields[f"heading-{n}"]: n for n in fields["column"] if isinstance(fields[f"heading-{n}"], str)}
    response = send(
        browser,
        response,
        again="yes",
        **{
            f"field-{by_name['Plan column E']}": "success_criteria",
            f"field-{by_name['Plan column G']}": "what_it_means",
        },
    )
    send(browser, response, apply="yes")
    action = Action.objects.get(reference="1")
    assert (action.success_criteria, action.what_it_means, action.notes) == (
        "Seen daily",
        "Lilac",
        [["Folder", "Blue"]],
    )
    assert list(board.column_memory.all()) == []


def test_what_a_colour_means_can_be_changed(browser, board):
    _, response = started(browser)
    swapped = {"meaning-green": "complete", "meaning-blue": "on_track"}
    response = send(browser, response, again="yes", **swapped)
    send(browser, response, apply="yes")
    plan = Plan.objects.get()
    assert [(entry.code, entry.colour) for entry in plan.key.all()][:2] == [
        ("on_track", "blue"),
        ("complete", "green"),
    ]
    assert ProgressUpdate.objects.get(action__reference="1").rating == "complete"


def test_what_no_database_holds_is_left_out_of_what_was_decided(browser, board):
    imported, response = started(browser)
    shown = {"meaning-red": "slippage", "meaning-amber": "at_risk", "explanation-red": "Far\0 off"}
    send(browser, response, again="yes", **shown)
    imported.refresh_from_db()
    assert ["slippage", "red", "Red", "Far off"] in imported.choices["key"]


def test_two_colours_can_not_mean_the_same(browser, board):
    _, response = started(browser)
    response = send(browser, response, again="yes", **{"meaning-red": "slippage"})
    assert "Amber and red can’t mean the same. Give red another meaning." in text_of(response)
    assert response.context["mistakes"] == [
        ("Amber and red can’t mean the same. Give red another meaning.", "#meaning-red")
    ]


def test_the_title_and_the_day_of_a_new_plan(browser, board):
    _, response = started(browser)
    response = send(browser, response, again="yes", title="Harbour plan", on="1/5/2026")
    send(browser, response, apply="yes")
    assert Plan.objects.get().title == "Harbour plan"
    assert {str(day) for day in ProgressUpdate.objects.values_list("on", flat=True)} == {"2026-05-01"}


def test_the_day_that_the_workbook_says_is_filled_in(browser, board):
    _, response = started(browser, above=(("Harbour plan, position at 14 May 2026",),))
    assert fields_of(response, "seen")["on"] == "14/05/2026"


def test_the_sentence_about_cells_adds_up(browser, board):
    odd = changed(VISITS, Target_date="31/06/2026", Progress="=1+1")
    page = Page("Plan", [HEADERS, odd, PLANS], comments={"C2": "Ask again"})
    words = text_of(upload(browser, build(page)), "main")
    assert "1 sheet, 23 filled cells" in words
    assert (
        "Every filled cell is accounted for: 14 are in a field or a note, 8 are titles, headings and keys, "
        "1 was not understood or is left out. 2 are listed beside them: comments, text boxes, links and "
        "formulas without a value are no filled cells."
    ) in words
    assert "Not understood: 3 cells" in words


def test_a_day_in_the_future_is_refused_and_nothing_typed_is_lost(browser, board):
    _, response = started(browser)
    number = fields_of(response, "seen")["column"][-1]
    response = send(
        browser,
        response,
        apply="yes",
        title="Harbour plan",
        on="1/5/2027",
        **{f"field-{number}": "success_criteria"},
    )
    assert "The day from which the ratings count can’t lie in the future." in text_of(response)
    shown = fields_of(response, "seen")
    assert (shown["title"], shown["on"], shown[f"field-{number}"]) == (
        "Harbour plan",
        "1/5/2027",
        "success_criteria",
    )
    assert (Plan.objects.count(), Import.objects.get().state) == (0, "checked")


def test_columns_changed_on_the_page_are_shown_before_they_are_applied(browser, board):
    _, response = started(browser)
    number = next(row for row in range(1, 9) if "Activity" in fields_of(response, "seen")[f"heading-{row}"])
    response = send(browser, response, apply="yes", **{f"field-{number}": "what_it_means"})
    assert "has changed since the page was shown. Check it again, then apply it." in text_of(response)
    assert (Action.objects.count(), fields_of(response, "seen")[f"field-{number}"]) == (0, "what_it_means")
    send(browser, response, apply="yes")
    assert Action.objects.get(reference="1").what_it_means == VISITS[3]


@pytest.mark.parametrize("number", [5, 50])
def test_the_check_page_asks_the_database_as_often_for_any_number_of_rows(
    browser, board, django_assert_num_queries, number
):
    rows = [
        (
            str(n),
            f"Area {n}",
            f"See family group {n}",
            "1. Agree\n2. Act",
            f"Head {n}",
            "May 2026",
            "Green",
            "",
        )
        for n in range(1, number + 1)
    ]
    bring_in(board, plan_book(*rows))
    imported, _ = started(
        browser, *(changed(r, RAG="Red", Target_date="June 2026", Lead="Head") for r in rows)
    )
    with django_assert_num_queries(CHECK_QUERIES):
        browser.get(check(imported))
