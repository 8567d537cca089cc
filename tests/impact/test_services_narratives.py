from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from impact.models import Narrative
from impact.services.narrative_board import NarrativeBoard, latest_so_whats
from impact.services.narratives import (
    STANDS,
    discard_narrative,
    draft_narrative,
    edit_narrative,
    publish_narrative,
    support_narrative,
)
from plans.models import Plan
from plans.standing import AsAt
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_evidence,
    make_plan,
    make_update,
    make_user,
)
from tests.impact.factories import make_measure, make_narrative

pytestmark = pytest.mark.django_db

WORDS = {"starts": date(2026, 1, 1), "ends": date(2026, 3, 31), "done": "Two posts.", "so_what": "Quicker."}


@pytest.fixture
def area():
    return make_area()


def test_a_draft_keeps_its_words_its_writer_and_what_supports_it(area):
    board, user = area.plan.board, make_user()
    measure, evidence = make_measure(board), make_evidence(board)
    draft = draft_narrative(area, by=user, measures=[measure], evidence=[evidence], **WORDS)
    assert (draft.status, draft.by, draft.done) == ("draft", user, "Two posts.")
    assert (list(draft.measures.all()), list(draft.evidence.all())) == ([measure], [evidence])
    assert draft.history.get().history_user == user


def test_editing_a_draft_changes_words_and_support(area):
    board = area.plan.board
    first, second = make_measure(board), make_measure(board)
    draft = make_narrative(area, published=False, measures=[first])
    edit_narrative(draft, by=None, measures=[second], **WORDS)
    draft.refresh_from_db()
    assert (draft.so_what, list(draft.measures.all())) == ("Quicker.", [second])


def test_publishing_says_who_and_when(area):
    user, draft = make_user(), make_narrative(area, published=False)
    publish_narrative(draft, by=user)
    draft.refresh_from_db()
    assert (draft.status, draft.published_by, draft.published_on) == (
        "published",
        user,
        timezone.localdate(),
    )


@pytest.mark.parametrize(
    "write",
    [
        lambda narrative: edit_narrative(narrative, by=None, **WORDS),
        lambda narrative: publish_narrative(narrative, by=None),
        lambda narrative: discard_narrative(narrative, by=None),
    ],
    ids=["edit", "publish", "discard"],
)
def test_what_is_published_is_not_edited(area, write):
    narrative = make_narrative(area, "As it was said.")
    with pytest.raises(ValidationError, match=STANDS):
        write(narrative)
    assert Narrative.objects.get().so_what == "As it was said."


def test_somebody_elses_publishing_is_noticed(area):
    mine = make_narrative(area, published=False)
    publish_narrative(Narrative.objects.get(pk=mine.pk), by=None)
    with pytest.raises(ValidationError, match=STANDS):
        publish_narrative(mine, by=None)


def test_what_supports_a_published_narrative_may_grow(area):
    board = area.plan.board
    first, second = make_measure(board), make_measure(board)
    narrative = make_narrative(area, measures=[first])
    support_narrative(narrative, by=None, measures=[second], evidence=[make_evidence(board)])
    assert (set(narrative.measures.all()), narrative.evidence.count()) == ({first, second}, 1)


def test_a_discarded_draft_stays_in_history(area):
    draft = make_narrative(area, "Too early.", published=False)
    discard_narrative(draft, by=None)
    assert not Narrative.objects.exists()
    assert Narrative.history.first().so_what == "Too early."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends": date(2025, 12, 31)}, "must end on or after the day it starts"),
        ({"done": " ", "so_what": ""}, "Write what was done, or what difference it made"),
        ({"starts": timezone.localdate() + timedelta(1), "ends": date(2099, 1, 1)}, "has not begun yet"),
    ],
)
def test_a_mistake_is_refused_with_a_sentence(area, changes, words):
    with pytest.raises(ValidationError, match=words):
        draft_narrative(area, by=None, **(WORDS | changes))


@pytest.mark.parametrize("name", ["measures", "evidence"])
def test_only_the_boards_own_things_support_it(area, name):
    foreign = {"measures": make_measure, "evidence": make_evidence}[name](make_board())
    with pytest.raises(ValidationError, match="of this board"):
        draft_narrative(area, by=None, **WORDS, **{name: [foreign]})
    assert not Narrative.objects.exists()


DAY = date(2026, 7, 1)


def names(stories):
    return [story.area.title for story in stories]


def test_areas_with_activity_and_no_so_what():
    plan = make_plan()
    told, updated, done_only, quiet = (
        make_area(plan, title) for title in ("Told", "Updated", "Done", "Quiet")
    )
    inner = make_area(plan, "Inner", parent=updated)
    make_update(make_action(inner), on=date(2026, 6, 1))
    make_update(make_action(told), on=date(2026, 6, 1))
    make_action(quiet)
    make_narrative(told)
    make_narrative(done_only, "", done="Two posts.")
    board = NarrativeBoard(plan, AsAt(DAY))
    assert (names(board.silent), names(board.told)) == (["Updated", "Done"], ["Told"])
    assert [story.last_update for story in board.silent] == [date(2026, 6, 1), None]


def test_drafts_and_what_was_taken_back_say_nothing():
    area = make_area()
    make_narrative(area, published=False)
    make_narrative(area)
    Narrative.objects.published().update(withdrawn_at=timezone.now())
    board = NarrativeBoard(area.plan, AsAt(DAY))
    assert (board.told, len(board.drafts)) == ([], 1)


@pytest.mark.parametrize(("day", "is_old"), [(date(2026, 6, 30), False), (date(2026, 7, 1), True)])
def test_a_last_so_what_older_than_a_period(day, is_old):
    area = make_area()
    make_narrative(area)
    make_narrative(area, "", starts=date(2026, 4, 1), ends=date(2026, 4, 30))
    assert names(NarrativeBoard(area.plan, AsAt(day)).old) == (["Front door"] if is_old else [])


def test_the_latest_of_each_heading():
    plan = make_plan()
    first, second = make_area(plan, "First"), make_area(plan, "Second")
    make_narrative(first, "Older.")
    newest = make_narrative(first, "Newest.", starts=date(2026, 4, 1), ends=date(2026, 6, 30))
    other = make_narrative(second, "Other.")
    make_narrative(second, "", starts=date(2026, 4, 1), ends=date(2026, 6, 30))
    assert latest_so_whats(plan, 5) == [newest, other]
    assert latest_so_whats(plan, 1) == [newest]


@pytest.mark.parametrize("areas", [1, 3])
def test_a_fixed_number_of_queries(django_assert_num_queries, areas):
    plan = make_plan()
    for number in range(areas):
        area = make_area(plan, f"Area {number}")
        make_update(make_action(area))
        measure, evidence = make_measure(plan.board), make_evidence(plan.board)
        make_narrative(area, measures=[measure], evidence=[evidence])
    board = NarrativeBoard(Plan.objects.get(pk=plan.pk), AsAt(DAY))
    with django_assert_num_queries(5):
        assert len(board.told) + len(board.silent) == areas
