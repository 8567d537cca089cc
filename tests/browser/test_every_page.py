"""Every page of the URL map in the browser: on a desk and on a small phone, with large text, in print."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import Role
from plans.services.boards import close_board
from plans.services.evidence import show_evidence
from plans.services.sign_off import agree_sign_off
from tests.factories import make_action, make_update, make_user, report_done
from tests.impact.factories import make_narrative
from tests.importing import PLANS, VISITS, bring_in, plan_book
from tests.test_every_url import BOARD_URLS, FOREIGN, address, build, patterns

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
UNTIL_IT_FITS = """async () => {
  const page = document.documentElement, ends = Date.now() + 2000;
  while (page.scrollWidth > page.clientWidth && Date.now() < ends) await new Promise(requestAnimationFrame);
}"""
# The size of each element that holds words of its own; drawings scale as a whole.
TYPE_SIZES = """() => [...document.body.querySelectorAll("*")]
  .filter(e => !e.closest("svg") && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .map(e => [e.tagName + "." + e.className, parseFloat(getComputedStyle(e).fontSize)])"""
SHARES = 4
# Whoever comes first here and sees a page looks at it.
WHO = (Role.ADMINISTRATOR, Role.EDITOR, Role.CHAIR, "holder")
FILES = {
    "board_copy_file",
    "bundle_file",
    "feed_data",
    "feed_index",
    "import_file",
    "import_template",
    "pack_file",
    "plans:evidence_file",
    "plans:plan_download",
}
FORMS_ALONE = {"import_cancel", "pack_retry", "plans:steps_done"}
# Pages of a thing in another state than the one that the map's test builds: `others` puts it there.
OTHERS = {
    "board_reopen",
    "board_years",
    "import_undo",
    "impact:narrative_edit",
    "impact:narrative_publish",
    "impact:narrative_discard",
    "plans:action_sign_off",
    "plans:action_reopen",
}
# Who looks at the pages of one token or redaction, and what is no page.
IN_TESTS_OF_THEIR_OWN = {"feed_token_withdraw", "redact_file", "redact_piece", "redaction"}
NO_PAGE = {"favicon", "healthz"}
WITHOUT_A_BOARD = (
    "home",
    "reminders",
    "own_sessions",
    "feed_tokens",
    "help",
    "accessibility",
    "components",
    "redact",
    "socialaccount_connections",
    "account_change_password",
    "account_reauthenticate",
    "account_logout",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
)
BEFORE_SIGNING_IN = (
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
    "account_signup",
    "help",
    "accessibility",
)


@pytest.fixture
def told(transactional_db):
    return build("here")


@pytest.fixture
def stands_out(sideways):
    """By how many pixels the page is wider than its window once charts have found their size."""

    def measure(page):
        page.evaluate(UNTIL_IT_FITS)
        return sideways(page)

    return measure


def double_text(page):
    """Doubles the size of text as a reader's own setting would; returns whose words did not grow."""
    small = page.evaluate(TYPE_SIZES)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    large = page.evaluate(TYPE_SIZES)
    return [name for (name, before), (_, after) in zip(small, large, strict=True) if after != 2 * before]


def own_size(page, pixels):
    """Sets the browser's own size of text, which media queries in em go by."""
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": pixels}})


@pytest.fixture
def look(axe_violations, stands_out):
    """What is wrong with a page, by how it is looked at; nothing where all is well."""

    def look(page):
        found = {}
        page.set_viewport_size({"width": 1280, "height": 900})
        found["wide"] = axe_violations(page), stands_out(page)
        found["large text"] = double_text(page), stands_out(page)
        page.evaluate("document.documentElement.style.fontSize = ''")
        own_size(page, 32)
        found["reader's own size"] = [], stands_out(page)
        own_size(page, 16)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 718, "height": 1000})
        found["A4"] = [], stands_out(page)
        page.emulate_media(media="screen", forced_colors="active", reduced_motion="reduce")
        page.set_viewport_size({"width": 320, "height": 800})
        found["narrow, own colours"] = [], stands_out(page)
        page.emulate_media(forced_colors="none", reduced_motion="no-preference")
        found["narrow"] = axe_violations(page), stands_out(page)
        return {how: what for how, what in found.items() if what != ([], 0)}

    return look


@pytest.fixture
def enter(client, live_server, settings):
    """Gives a browser's page the session of this person."""

    def enter(page, user):
        client.force_login(user, backend=BACKEND)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )

    return enter


def who_sees(client, told, place):
    for who in WHO:
        client.force_login(told[who], backend=BACKEND)
        answer = client.get(place)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            return who
    return None


def test_what_nobody_looks_at_here_is_known(client, told):
    seen = {name: who_sees(client, told, address(name, pattern, told)) for name, pattern, _ in BOARD_URLS}
    unseen = {name for name, who in seen.items() if who is None}
    assert unseen == FILES | FORMS_ALONE | OTHERS
    elsewhere = {
        name
        for name, pattern in patterns()
        if not name.startswith(FOREIGN) and "board" not in pattern.pattern.converters
    }
    assert elsewhere - {*WITHOUT_A_BOARD} == IN_TESTS_OF_THEIR_OWN | NO_PAGE


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_of_a_board(page, client, told, enter, look, share):
    found = {}
    for name, pattern, _ in BOARD_URLS[share::SHARES]:
        place = address(name, pattern, told)
        who = who_sees(client, told, place)
        if who:
            enter(page, told[who])
            page.goto(place)
            found |= {name: wrong} if (wrong := look(page)) else {}
    assert found == {}


def others(told):
    """The pages of OTHERS, each by its name."""
    board, admin, chair = told["board"], told[Role.ADMINISTRATOR], told[Role.CHAIR]
    draft = make_narrative(told["area"], published=False, starts=date(2026, 4, 1), ends=date(2026, 6, 30))
    done, signed = make_action(told["area"]), make_action(told["area"])
    update = make_update(done, "complete", by=admin)
    show_evidence(update, [told["evidence"]], by=admin)
    agree_sign_off(report_done(signed, by=told["holder"]), by=chair)
    pages = {
        "import_undo": bring_in(board, plan_book(VISITS, PLANS), by=admin).pk,
        "impact:narrative_edit": draft.pk,
        "impact:narrative_publish": draft.pk,
        "impact:narrative_discard": draft.pk,
        "plans:action_sign_off": done.pk,
        "plans:action_reopen": signed.pk,
    }
    return {name: reverse(name, args=[board.slug, pk]) for name, pk in pages.items()}


def test_every_page_that_needs_another_state(page, told, enter, look):
    found, board, admin = {}, told["board"], told[Role.ADMINISTRATOR]
    pages = others(told)
    enter(page, admin)
    for name, place in pages.items():
        found[name] = page.goto(place).request.redirected_from, look(page)
    close_board(board, by=admin, reason="The plan is done.", keep_years=6)
    for name in ("board_reopen", "board_years"):
        answer = page.goto(reverse(name, args=[board.slug]))
        found[name] = answer.request.redirected_from, look(page)
    assert found == dict.fromkeys(OTHERS, (None, {}))


def test_every_page_without_a_board(page, told, enter, look):
    found = {}
    for name in BEFORE_SIGNING_IN:
        page.goto(reverse(name))
        found |= {name: wrong} if (wrong := look(page)) else {}
    staff = make_user("Site Staff", is_staff=True)
    enter(page, staff)
    for name in WITHOUT_A_BOARD:
        page.goto(reverse(name))
        found |= {f"{name}, signed in": wrong} if (wrong := look(page)) else {}
    assert found == {}


def test_a_readers_large_text_gets_the_layout_of_a_phone(page, live_server):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(reverse("help"))
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_css("font-size", "28px")
    own_size(page, 32)
    expect(title).to_have_css("font-size", "48px")
