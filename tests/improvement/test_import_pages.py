"""The pages of an import: upload, check and mend, apply, the record, undo."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from plans.models import Action, Area, Import, Plan, PlanStatus, ProgressUpdate, Role
from plans.services.actions import edit_action
from tests.factories import make_board, make_member
from tests.importing import AUDITS, PLANS, ROWS, VISITS, bring_in, changed, plan_book
from tests.pages import fields_of, text_of

CHECK_QUERIES = 20

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


@pytest.fixture
def june(time_machine):
    time_machine.move_to("2026-06-15T09:00:00+01:00", tick=True)


@pytest.fixture
def board():
    return make_board("harbour")


@pytest.fixture
def editor(board):
    return make_member(board, Role.EDITOR, "Editor One")


@pytest.fixture
def browser(signed_in, editor):
    return signed_in(editor)


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


def test_applying_writes_the_plan_and_the_record_says_so(browser, board, editor):
    imported, response = started(browser)
    response = send(browser, response, apply="yes")
    plan = Plan.objects.get()
    imported.refresh_from_db()
    assert (imported.state, imported.plan, imported.by) == ("applied", plan, editor)
    words = text_of(response)
    assert "3 new actions, 0 changed, 3 rating updates, 0 date moves." in words
    assert "Editor One, 15 Jun 2026, 09:00" in words
    assert [str(action) for action in plan.actions.all()] == [
        "1 See every child within five days",
        "2 Write shorter plans",
        "3 Audit ten cases a month",
    ]


def test_applying_twice_applies_once(browser, board):
    _, response = started(browser)
    send(browser, response, apply="yes")
    again = send(browser, response, apply="yes")
    assert "This import was finished already. Nothing has been done twice." in text_of(again)
    assert (Plan.objects.count(), Action.objects.count(), ProgressUpdate.objects.count()) == (1, 3, 3)


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


def test_proposals_are_ticked_unticked_and_given_reasons(browser, board):
    bring_in(board, plan_book(*ROWS))
    later = [
        changed(VISITS, RAG="Blue", Target_date="End August 2026"),
        changed(PLANS, RAG="Red", Target_date="30/09/2026"),
        AUDITS,
    ]
    _, response = started(browser, *later)
    assert "2 rating updates proposed" in text_of(response, "main")
    response = send(
        browser,
        response,
        update=["Plan!3"],
        move=["Plan!4"],
        apply="yes",
        **{"reason-Plan!4": "Two posts are empty"},
    )
    assert "0 new actions, 0 changed, 1 rating update, 1 date move." in text_of(response)
    assert [
        (update.action.reference, update.rating) for update in ProgressUpdate.objects.filter(on="2026-06-15")
    ][:1] == [("1", "complete")]
    visits, plans, _ = Action.objects.order_by("reference")
    assert (visits.target_text, plans.target_text) == ("End June 2026", "30/09/2026")
    assert [move.reason for move in plans.moves.all()] == ["Two posts are empty"]


def test_what_was_decided_on_one_page_is_kept_on_the_next(browser, board):
    rows = [
        (str(n), "Front door", f"See family group {n}", "", "Head of Care", "", "Green", "")
        for n in range(1, 121)
    ]
    bring_in(board, plan_book(*rows))
    _, response = started(browser, *(changed(row, RAG="Red") for row in rows))
    assert "Rows 1 to 100 of 120" in text_of(response)
    ticked = fields_of(response, "seen")["update"]
    response = send(browser, response, page="2", update=ticked[1:])
    assert "Rows 101 to 120 of 120" in text_of(response)
    response = send(browser, response, apply="yes")
    assert ProgressUpdate.objects.filter(rating="off_track").count() == 119
    assert not ProgressUpdate.objects.filter(rating="off_track", action__reference="1").exists()


def test_a_row_in_trouble_is_left_out_unless_it_is_mended(browser, board):
    double = changed(AUDITS, Ref="1", Action="Meet the schools")
    _, response = started(browser, VISITS, double)
    words = text_of(response)
    assert "1 new, 0 changed, 0 unchanged and 1 in trouble." in words
    assert "Two rows have the reference 1: row 3 and this one." in words
    assert "1 row and 0 cells left out." in words
    mended = send(browser, response, again="yes", **{"trouble-Plan!4": "without"})
    assert "2 new, 0 changed, 2 rating updates, 0 date moves. Nothing is left out." in text_of(mended)
    done = text_of(send(browser, mended, apply="yes"))
    assert "2 new actions" in done
    assert "Rows 2 new, 0 changed, 0 unchanged" in done
    assert [(a.reference, a.title) for a in Action.objects.order_by("id")] == [
        ("1", "See every child within five days"),
        ("", "Meet the schools"),
    ]
    _, again = started(browser, VISITS, double)
    assert "0 new, 0 changed, 2 unchanged." in text_of(again)


def test_a_row_in_trouble_that_nobody_mends_stays_out(browser, board):
    _, response = started(browser, VISITS, changed(AUDITS, Ref="1", Action="Meet the schools"))
    response = send(browser, response, apply="yes")
    assert [action.title for action in Action.objects.all()] == ["See every child within five days"]
    assert "This row was left out when the import was applied." in text_of(response)


def test_a_row_without_words_is_not_quoted(browser):
    _, response = started(browser, VISITS, changed(AUDITS, Action=""))
    words = text_of(response)
    assert "This row has no words for the action." in words
    assert "It says:" not in words


def test_a_change_on_the_board_meanwhile_is_shown_before_it_is_overwritten(browser, board, editor):
    bring_in(board, plan_book(*ROWS))
    _, response = started(browser, changed(VISITS, Activity="1. Agree one rota"), PLANS, AUDITS)
    action = Action.objects.get(reference="2")
    edit_action(action, by=editor, activity="1. Draft a better form")
    response = send(browser, response, apply="yes")
    assert "has changed since the page was shown. Check it again, then apply it." in text_of(response)
    action.refresh_from_db()
    assert action.activity == "1. Draft a better form"


def test_cancelling_changes_nothing_and_can_be_repeated(browser, board):
    imported, _ = started(browser)
    address = reverse("import_cancel", args=["harbour", imported.pk])
    first, second = (browser.post(address, follow=True) for _ in range(2))
    assert (
        "The import is cancelled. Nothing on the board has changed. The workbook is kept with the import."
    ) in text_of(first)
    assert "there was nothing to cancel" in text_of(second)
    imported.refresh_from_db()
    assert (imported.state, Plan.objects.count()) == ("cancelled", 0)


def test_undoing_asks_once_and_reports_row_by_row(browser, board):
    imported = bring_in(board, plan_book(*ROWS))
    edited = Action.objects.get(reference="3")
    edit_action(edited, by=None, outcome="Audits find what is wrong")
    address = reverse("import_undo", args=["harbour", imported.pk])
    words = text_of(browser.get(address))
    assert "2 new actions would go, 1 would stay because somebody has worked on it since" in words
    assert "The import made 3 leads and 0 recommendations: they go, unless something" in words
    assert Action.objects.current().count() == 3
    first = browser.post(address, follow=True)
    assert "2 rows reversed, 2 kept, 0 refused." in text_of(first)
    assert re.search("Lead: Quality Manager ?Kept ?Kept, because an action names it.", text_of(first))
    second = browser.post(address, follow=True)
    assert "There is nothing to take back. Nothing has been done twice." in text_of(second)
    assert [str(action) for action in Action.objects.current()] == ["3 Audit ten cases a month"]
    assert [area.title for area in Area.objects.current()] == ["Quality"]
    assert Plan.objects.get().status == PlanStatus.LIVE


def test_the_workbook_comes_back_byte_for_byte(browser, board):
    content = plan_book(*ROWS)
    upload(browser, content, name="Our “plan” v2.xlsx")
    imported = Import.objects.get()
    response = browser.get(reverse("import_file", args=["harbour", imported.pk]))
    assert response.content == content
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''Our%20_plan_%20v2.xlsx"


def test_the_template_can_be_downloaded_and_imported(browser, board):
    response = browser.get(reverse("import_template", args=["harbour"]))
    content = b"".join(response.streaming_content)
    assert load_workbook(BytesIO(content)).sheetnames
    assert "What each column was taken for" in text_of(upload(browser, content))


def test_the_cells_outside_the_actions_are_listed(browser, board):
    imported, _ = started(browser, *ROWS, above=(("Harbour plan",), ("Ask the office",)))
    response = browser.get(reverse("import_cells", args=["harbour", imported.pk]))
    assert "Plan, A1“Harbour plan”Title above the table" in text_of(response)


def test_the_list_of_imports(browser, board):
    page = browser.get(reverse("import_list", args=["harbour"]))
    assert "Nothing has been imported yet." in text_of(page)
    started(browser)
    bring_in(board, plan_book(*ROWS), name="second.xlsx")
    words = text_of(browser.get(reverse("import_list", args=["harbour"])))
    assert (
        "second.xlsx Recovery plan, January to December 2026 Applied 3 new, 0 changed, 0 unchanged" in words
    )
    assert "plan.xlsx Not chosen yet Waiting to be applied Nothing Editor One" in words


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


def test_another_boards_import_is_not_found(browser, board):
    other = bring_in(make_board("elsewhere"), plan_book(*ROWS))
    for name in ("import_check", "import_file", "import_cells", "import_undo"):
        assert browser.get(reverse(name, args=["harbour", other.pk])).status_code == 404


def test_columns_changed_on_the_page_are_shown_before_they_are_applied(browser, board):
    _, response = started(browser)
    number = next(row for row in range(1, 9) if "Activity" in fields_of(response, "seen")[f"heading-{row}"])
    response = send(browser, response, apply="yes", **{f"field-{number}": "what_it_means"})
    assert "has changed since the page was shown. Check it again, then apply it." in text_of(response)
    assert (Action.objects.count(), fields_of(response, "seen")[f"field-{number}"]) == (0, "what_it_means")
    send(browser, response, apply="yes")
    assert Action.objects.get(reference="1").what_it_means == VISITS[3]


def test_what_was_edited_on_the_board_is_shown_as_left_alone_and_can_be_ticked(browser, board, editor):
    bring_in(board, plan_book(*ROWS))
    edit_action(Action.objects.get(reference="3"), by=editor, title="Audit twelve cases a month")
    _, response = started(browser)
    words = text_of(response)
    assert "0 new, 0 changed, 2 unchanged, 1 left alone because the board has changed since." in words
    assert "Left alone The board has changed this since." in words
    assert "Nothing would change." in words
    response = send(browser, response, again="yes", stale=["Plan!5"])
    assert "0 new, 1 changed, 0 rating updates, 0 date moves." in text_of(response)
    send(browser, response, apply="yes")
    assert Action.objects.get(reference="3").title == "Audit ten cases a month"


def test_a_change_of_words_can_be_unticked(browser, board):
    bring_in(board, plan_book(*ROWS))
    _, response = started(browser, changed(VISITS, Activity="1. Agree one rota\n2. Keep it"), PLANS, AUDITS)
    assert fields_of(response, "seen")["change"] == "Plan!3"
    response = send(browser, response, apply="yes", change=None)
    assert "0 new actions, 0 changed, 0 rating updates, 0 date moves." in text_of(response)
    assert Action.objects.get(reference="1").activity == VISITS[3]


def test_words_without_a_rating_are_progress_notes(browser, board):
    _, response = started(browser, VISITS, changed(PLANS, RAG=""))
    assert "2 new, 0 changed, 1 rating update, 1 progress note, 0 date moves." in text_of(response)
    response = send(browser, response, apply="yes")
    words = text_of(response)
    assert "is on the board: 2 new actions, 0 changed, 1 rating update, 1 progress note." in words
    assert "2 new actions, 0 changed, 1 rating update, 1 progress note, 0 date moves." in words
