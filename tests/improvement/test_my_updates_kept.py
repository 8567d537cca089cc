"""Nothing that one writes is lost: others' updates meanwhile, ended sessions, second presses."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from plans.models import Action, KeptForm, ProgressUpdate, Role
from plans.services.actions import withdraw_action
from plans.services.people import set_holders
from plans.services.progress import move_target, set_step_done
from tests.factories import make_member, make_step, make_update
from tests.improvement.rounds import FEBRUARY, Scene
from tests.pages import fields_of, text_of

pytestmark = pytest.mark.django_db
MEANWHILE = {"happened": "A third of them relied on parents.", "way_back": "Feedback to each manager."}
THEIRS = ("slippage", *MEANWHILE.values())


@pytest.fixture
def crossed(scene):
    """Somebody else updates action 1 while its lead writes; gives the scene, the page and the answer."""
    scene.page = scene.open()
    scene.other = make_member(scene.board, Role.EDITOR, "Head of Safeguarding")
    make_update(scene.actions[0], "slippage", by=scene.other, **MEANWHILE)
    scene.answer = scene.save(scene.page, a1={"happened": "The audit is finished."}, a2={"happened": "Two"})
    return scene


def test_an_update_meanwhile_is_shown_beside_one_s_own_and_the_rest_is_saved(crossed):
    assert crossed.answer.context["wrong"] == [
        (
            "Action 1: Somebody else updated this. Choose which text stands",
            f"#id_a{crossed.actions[0].pk}-keep_0",
        )
    ]
    row = text_of(crossed.answer, f"a{crossed.actions[0].pk}")
    assert "Two versions: choose" in row
    assert "Theirs Head of Safeguarding, 23 Mar 2030, 10:31 Amber A third of them relied on parents." in row
    assert all(words in row for words in ("Yours, not saved What has happened?", "case. The audit is fini"))
    assert "1 update saved, 1 needs you" in text_of(crossed.answer)
    assert crossed.said(1) == [THEIRS, FEBRUARY]
    assert crossed.said(2)[0] == ("on_track", "Two", "")


def test_a_rating_left_alone_follows_theirs(crossed):
    assert fields_of(crossed.answer, "save")[f"a{crossed.actions[0].pk}-rating"] == "slippage"


def test_a_rating_of_one_s_own_stays_chosen(scene):
    page = scene.open()
    make_update(scene.actions[0], "slippage", **MEANWHILE)
    answer = scene.save(page, a1={"rating": "complete", "happened": "All done."})
    assert fields_of(answer, "save")[f"a{scene.actions[0].pk}-rating"] == "complete"


def test_mine_after_theirs(crossed):
    crossed.save(crossed.answer, a1={"keep": "mine", "rating": "on_track"})
    assert crossed.said(1) == [("on_track", "The audit is finished.", ""), THEIRS, FEBRUARY]


def test_theirs_as_it_is(crossed):
    answer = crossed.save(crossed.answer, a1={"keep": "theirs"})
    assert crossed.said(1) == [THEIRS, FEBRUARY]
    assert answer.redirect_chain == [(crossed.url, 302)]


def test_both_texts_in_one_update(crossed):
    crossed.save(crossed.answer, a1={"keep": "both"})
    both = "A third of them relied on parents.\n\nThe audit is finished."
    assert crossed.said(1) == [("slippage", both, "Feedback to each manager."), THEIRS, FEBRUARY]


def test_both_texts_under_green_carry_no_way_back(crossed):
    crossed.save(crossed.answer, a1={"keep": "both", "rating": "on_track"})
    both = "A third of them relied on parents.\n\nThe audit is finished."
    assert crossed.said(1)[0] == ("on_track", both, "")


def test_both_texts_leave_last_month_s_way_back_to_theirs(clock, signed_in):
    scene = Scene(signed_in, 1, "slippage")
    page = scene.open()
    make_update(scene.actions[0], "slippage", **MEANWHILE)
    answer = scene.save(page, a1={"happened": "Mine."})
    scene.save(answer, a1={"keep": "both"})
    both = "A third of them relied on parents.\n\nMine."
    assert scene.said(1)[0] == ("slippage", both, "Feedback to each manager.")


def test_mine_after_theirs_still_needs_a_way_back(crossed):
    answer = crossed.save(crossed.answer, a1={"keep": "mine", "rating": "off_track"})
    assert [words for words, _ in answer.context["wrong"]] == [
        "Action 1: Say what would make it green, or choose another rating"
    ]
    assert "Theirs Head of Safeguarding" in text_of(answer)
    crossed.save(answer, a1={"way_back": "A fourth audit."})
    assert crossed.said(1)[0] == ("off_track", "The audit is finished.", "A fourth audit.")


def test_a_third_version_is_asked_about_again(crossed):
    make_update(crossed.actions[0], "complete", by=crossed.other, happened="Closed.")
    answer = crossed.save(crossed.answer, a1={"keep": "mine", "rating": "on_track"})
    assert answer.context["round"].rows[0].outcome == "conflict"
    assert "Closed." in text_of(answer, f"a{crossed.actions[0].pk}")
    assert len(crossed.said(1)) == 3


def test_a_row_left_alone_does_not_cross_another_s_update(scene):
    page = scene.open()
    make_update(scene.actions[0], "slippage", **MEANWHILE)
    answer = scene.save(page, a2={"happened": "Two"})
    assert answer.redirect_chain == [(scene.url, 302)]
    assert scene.said(1) == [THEIRS, FEBRUARY]


def test_nothing_new_beside_another_s_update_is_put_into_words(scene):
    page = scene.open()
    make_update(scene.actions[0], "slippage", **MEANWHILE)
    answer = scene.save(page, a1={"same": "on"})
    fields = fields_of(answer, "save")
    assert fields[f"a{scene.actions[0].pk}-happened"] == "No change since the last update."


def test_a_date_moved_meanwhile_is_shown_before_one_s_own_follows_it(scene):
    page = scene.open()
    other = make_member(scene.board, Role.EDITOR, "Head of Safeguarding")
    move_target(Action.objects.get(pk=scene.actions[0].pk), to="31 May 2030", by=other, reason="Partner")
    mine = {"new_date": "30 June 2030", "move_reason": "Training is in June"}
    answer = scene.save(page, a1=mine)
    assert [words for words, _ in answer.context["wrong"]] == [
        "Action 1: The date was changed to “31 May 2030” meanwhile. "
        "Save again to move it on to yours, or clear yours"
    ]
    assert "Moved meanwhile to 31 May 2030 by Head of Safeguarding: Partner" in text_of(answer)
    scene.save(answer)
    moves = scene.actions[0].moves.values_list("from_text", "to_text", "reason")
    assert list(moves) == [
        ("30 April 2030", "31 May 2030", "Partner"),
        ("31 May 2030", "30 June 2030", "Training is in June"),
    ]


def test_a_step_ticked_meanwhile_stays_ticked(scene):
    step, mine = make_step(scene.actions[0]), make_step(scene.actions[0], "2", "Tell the teams")
    page = scene.open()
    set_step_done(step, scene.open().context["round"].rows[0].today - timedelta(days=3), by=None)
    scene.save(page, a1={"steps": [str(mine.pk)]})
    step.refresh_from_db()
    mine.refresh_from_db()
    assert (f"{step.done_on}", f"{mine.done_on}") == ("2030-03-20", "2030-03-23")


def test_a_second_press_is_harmless(scene):
    fields = scene.filled(a1={"happened": "One"}) | {"save": "all"}
    scene.client.post(scene.url, fields)
    again = scene.client.post(scene.url, fields, follow=True)
    assert scene.said(1) == [("on_track", "One", ""), FEBRUARY]
    assert again.redirect_chain == [(scene.url, 302)]
    assert "You had sent this already: it was saved once." in text_of(again)


def test_a_reload_after_a_mistake_saves_nothing_twice_and_keeps_the_text(scene):
    fields = scene.filled(a1={"happened": "One"}, a2={"rating": "off_track", "happened": "Two"})
    scene.client.post(scene.url, fields)
    again = scene.client.post(scene.url, fields)
    assert [scene.said(1), scene.said(2)] == [[("on_track", "One", ""), FEBRUARY], [FEBRUARY]]
    assert fields_of(again, "save")[f"a{scene.actions[1].pk}-happened"] == "Two"


def test_what_is_sent_signed_out_is_kept_and_offered_back(scene, signed_in):
    fields = scene.filled(a1={"happened": "One"}, a2={"happened": "Two"}) | {"save": "all"}
    scene.client.logout()
    answer = scene.client.post(scene.url, fields)
    assert answer.url == f"{reverse('account_login')}?next={scene.url}"
    assert "What you wrote is kept for a day" in text_of(scene.client.get(answer.url))
    assert ProgressUpdate.objects.count() == 3
    signed_in(scene.head)
    page = scene.open()
    assert "We kept what you wrote on 23 Mar 2030, 10:31, when you were signed out." in text_of(page)
    assert "Not saved yet" in text_of(page, f"a{scene.actions[0].pk}")
    scene.save(page)
    assert [scene.said(n)[0][1] for n in (1, 2)] == ["One", "Two"]
    assert KeptForm.objects.count() == 0


def test_what_is_kept_is_shown_to_nobody_else(scene, signed_in):
    fields = scene.filled(a1={"happened": "One"})
    scene.client.logout()
    scene.client.post(scene.url, fields)
    other = make_member(scene.board, Role.LEAD)
    set_holders(scene.lead, [scene.head, other], by=None)
    signed_in(other)
    assert "We kept" not in text_of(scene.open())
    assert KeptForm.objects.get().user == scene.head


def test_what_is_kept_of_another_plan_s_page_is_linked_from_this_one(scene, signed_in):
    address = f"{scene.url}?plan={scene.plan.pk}"
    fields = fields_of(scene.client.get(address), "save") | {f"a{scene.actions[0].pk}-happened": "One"}
    scene.client.logout()
    scene.client.post(address, fields)
    signed_in(scene.head)
    assert f'href="{address}" >Look at it and save</a>' in " ".join(scene.open().content.decode().split())
    assert "when you were signed out" in text_of(scene.client.get(address))


def test_what_is_kept_can_be_thrown_away(scene, signed_in):
    fields = scene.filled(a1={"happened": "One"})
    scene.client.logout()
    scene.client.post(scene.url, fields)
    signed_in(scene.head)
    page = scene.client.post(
        scene.url, fields_of(scene.open(), "forget") | {"forget": KeptForm.objects.get().pk}
    )
    assert page.url == scene.url
    assert "We kept" not in text_of(scene.open())
    assert scene.said(1) == [FEBRUARY]


def test_what_is_kept_meets_another_s_update_like_any_other(scene, signed_in):
    fields = scene.filled(a1={"happened": "One"})
    scene.client.logout()
    scene.client.post(scene.url, fields)
    make_update(scene.actions[0], "slippage", **MEANWHILE)
    signed_in(scene.head)
    answer = scene.save(scene.open())
    assert "Two versions: choose" in text_of(answer, f"a{scene.actions[0].pk}")
    assert scene.said(1) == [THEIRS, FEBRUARY]


def test_without_a_true_signature_a_signed_out_post_is_only_sent_to_sign_in(scene):
    fields = scene.filled(a1={"happened": "One"}) | {"who": "forged"}
    scene.client.logout()
    assert scene.client.post(scene.url, fields).url == f"{reverse('account_login')}?next={scene.url}"
    assert KeptForm.objects.count() == 0


@pytest.fixture
def strict(scene):
    """A browser whose tokens against forged requests are checked, signed in as the head of service."""
    scene.client = Client(enforce_csrf_checks=True)
    scene.client.force_login(scene.head, backend=settings.AUTHENTICATION_BACKENDS[0])
    return scene


def test_a_page_opened_before_signing_in_anew_is_kept_and_never_saved(strict):
    fields = strict.filled(a1={"happened": "One"}) | {"csrfmiddlewaretoken": "x" * 64}
    answer = strict.client.post(strict.url, fields, follow=True)
    assert answer.redirect_chain == [(strict.url, 302)]
    assert "We kept what you wrote" in text_of(answer)
    assert strict.said(1) == [FEBRUARY]
    strict.save(answer)
    assert strict.said(1) == [("on_track", "One", ""), FEBRUARY]


def test_signed_out_without_a_cookie_it_is_kept_too(strict):
    fields = strict.filled(a1={"happened": "One"})
    strict.client.cookies.clear()
    assert strict.client.post(strict.url, fields).url == f"{reverse('account_login')}?next={strict.url}"
    assert KeptForm.objects.get().user == strict.head


def test_another_person_in_the_same_browser_saves_nothing_and_sees_nothing(strict):
    fields = strict.filled(a1={"happened": "One"}) | {"csrfmiddlewaretoken": "x" * 64}
    other = make_member(strict.board, Role.EDITOR)
    strict.client.force_login(other, backend=settings.AUTHENTICATION_BACKENDS[0])
    answer = strict.client.post(strict.url, fields)
    assert answer.status_code == 403
    assert "kept for a day for the person who had opened that page" in text_of(answer)
    assert KeptForm.objects.get().user == strict.head
    assert strict.said(1) == [FEBRUARY]


def test_without_a_signature_a_forged_request_is_refused_as_ever(strict):
    fields = strict.filled(a1={"happened": "One"}) | {"csrfmiddlewaretoken": "x" * 64, "who": ""}
    assert strict.client.post(strict.url, fields).status_code == 403
    assert KeptForm.objects.count() == 0


def test_another_s_page_sent_with_a_good_token_is_kept_for_them(scene, signed_in):
    fields = scene.filled(a1={"happened": "One"})
    other = make_member(scene.board, Role.LEAD)
    set_holders(scene.lead, [scene.head, other], by=None)
    signed_in(other)
    answer = scene.client.post(scene.url, fields, follow=True)
    assert "Somebody else had opened this page." in text_of(answer)
    assert (KeptForm.objects.get().user, scene.said(1)) == (scene.head, [FEBRUARY])


def test_what_was_written_for_an_action_handed_over_meanwhile_is_shown(scene):
    fields = scene.filled(a1={"happened": "One"}, a2={"happened": "Two"})
    withdraw_action(scene.actions[0], by=scene.head, reason="Done elsewhere")
    answer = scene.client.post(scene.url, fields)
    assert "Not saved: 1 Do what stands as number 1. It is no longer on your list" in text_of(answer)
    assert "You had written: One" in text_of(answer)
    assert (scene.said(1), scene.said(2)[0]) == ([FEBRUARY], ("on_track", "Two", ""))
