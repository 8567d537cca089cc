"""Every form of a board, filled in as its page and its errors tell, then sent as nobody should send it."""

from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.test import Client

from plans.models import Membership, Role
from tests.security.boards import SEALED, Watch, board_models, crossings, keys_of, rows_of, seal
from tests.security.filling import client_of, learn, post, taken_back
from tests.security.walking import content_of, every_address, forms_of, page_of

pytestmark = pytest.mark.django_db
User = get_user_model()
# Without the second a form that was sent without the first is kept for its person, and led to.
TOKENS = ("csrfmiddlewaretoken", "who")
NOWHERE_ELSE, LONG_AGO = "Slipped in", date(2001, 2, 3)


@pytest.fixture(scope="module")
def forms(boards, pages, django_db_blocker):
    """[(name, number), path, form, data that it accepts or None] for every form of the board."""
    with django_db_blocker.unblock(), taken_back():
        client = client_of(boards[0][Role.ADMINISTRATOR])
        found = forms_of(pages[0]).items()
        return [(key, path, form, learn(client, path, form)) for key, (path, form) in found]


@pytest.fixture(scope="module")
def theirs(pages):
    return forms_of(pages[1])


@pytest.fixture
def client(told):
    return client_of(told[Role.ADMINISTRATOR])


def test_most_forms_can_be_filled_in(forms):
    filled = [key for key, _, _, data in forms if data is not None]
    assert len(forms) > 90
    assert len(filled) > 0.75 * len(forms)


def test_every_form_in_which_somebody_writes_says_whose_it_is(forms):
    """By this what is sent after the session has ended is kept for them."""
    silent = ("hidden", "button", "select", "radio", "checkbox", "file")
    written = [(key, form) for key, _, form, _ in forms if {f.kind for f in form.fields.values()} - {*silent}]
    assert len(written) > 50
    assert [key for key, form in written if "who" not in form.fields] == []


def foreign(form, counterpart):
    """(field, value) that this board's form offers nowhere and the other board's does."""
    for name, field in form.fields.items():
        theirs = counterpart.fields.get(name)
        if theirs and field.kind in ("hidden", "select", "radio", "checkbox", "button"):
            ours = {*field.values, *field.choices}
            ids = [value for value in dict.fromkeys(theirs.values + theirs.choices) if value.isdigit()]
            yield from ((name, value) for value in ids if value not in ours)


def test_another_board_s_things_are_refused_in_every_field(client, elsewhere, forms, theirs):
    seal(elsewhere["board"])
    before, tried, wrong = rows_of(elsewhere["board"]), 0, []
    for key, path, form, data in forms:
        for name, value in foreign(form, theirs[key][1]) if key in theirs else ():
            tried += 1
            with taken_back(), Watch() as watch:
                response = post(client, path, form, (data or form.sent()) | {name: [value]})
                if SEALED in content_of(response).decode():
                    wrong.append((key, name, "shown"))
                if watch.writes and (crossings() or rows_of(elsewhere["board"]) != before):
                    wrong.append((key, name, "written"))
    assert tried > 50
    assert wrong == []


def test_another_board_s_whole_form_changes_neither(client, elsewhere, forms, theirs):
    """Its fields may be called after its ids, as those of many rows on one page are."""
    before, wrong = rows_of(elsewhere["board"]), []
    for key, path, form, data in forms:
        if key in theirs and theirs[key][1].fields.keys() - form.fields.keys():
            with taken_back(), Watch() as watch:
                post(client, path, form, (data or form.sent()) | theirs[key][1].sent())
                if watch.writes and (crossings() or rows_of(elsewhere["board"]) != before):
                    wrong.append(key)
    assert wrong == []


def links_of(pages):
    """{(page, names of what it asks, depth): (path, query)} of the links on pages that ask by an id."""
    found = {}
    for name, (path, page) in pages.items():
        for link in page.links:
            query = dict(parse_qsl(urlsplit(link).query))
            if any(value.isdigit() for value in query.values()):
                place = urlsplit(link).path or path
                found.setdefault((name, tuple(query), place.count("/")), (place, query))
    return found


def test_another_board_s_ids_in_addresses_show_nothing_of_it(client, elsewhere, pages):
    here, there = map(links_of, pages)
    seal(elsewhere["board"])
    asked = {f"{here[key][0]}?{urlencode(there[key][1])}" for key in here.keys() & there.keys()}
    assert len(asked) > 10
    assert [
        each for each in sorted(asked) if SEALED in content_of(client.get(each)).decode(errors="ignore")
    ] == []


def slipped_in(form, elsewhere):
    """Every column that a form does not ask for, with a value that is nowhere else."""
    values = {
        "DateField": f"{LONG_AGO:%d/%m/%Y}",
        "DateTimeField": f"{LONG_AGO} 12:00:00",
        "BooleanField": "on",
        "ForeignKey": "",
    }
    extra = {
        "role": Role.ADMINISTRATOR,
        "is_staff": "on",
        "is_superuser": "on",
        "is_active": "",
        "password": "x",
    }
    for model in board_models():
        for column in model._meta.fields:
            extra[column.name] = values.get(column.get_internal_type(), NOWHERE_ELSE)
            if column.related_model is User:
                extra[column.name] = extra[column.attname] = elsewhere["holder"].pk
    extra |= {"board": elsewhere["board"].pk, "board_id": elsewhere["board"].pk, "role": Role.ADMINISTRATOR}
    starts = {name.rpartition("-")[0] for name in form.fields if "-" in name}
    more = {f"{start}-{name}": value for start in starts for name, value in extra.items()}
    return {name: value for name, value in (extra | more).items() if name not in form.fields}


def marks_of(board, stranger):
    """What in a board's rows could only have been slipped in."""
    people = {key.attname for model in board_models() for key in keys_of(model) if key.related_model is User}
    for model, values in rows_of(board).items():
        for name, value in ((name, value) for row in values for name, value in row.items()):
            day = value.date() if hasattr(value, "date") else value
            if day == LONG_AGO or NOWHERE_ELSE in str(value) or (name in people and value == stranger.pk):
                yield model, name


def powers():
    people = User.objects.filter(
        Q(is_staff=True) | Q(is_superuser=True) | Q(is_active=False) | Q(password="x")
    )
    return {each.email for each in people}, list(
        Membership.objects.order_by("user__email", "board").values_list("user__email", "board", "role")
    )


def test_what_a_form_does_not_ask_for_is_not_taken(client, told, elsewhere, forms):
    untouched, before, wrong = rows_of(elsewhere["board"]), powers(), []
    assert list(marks_of(told["board"], elsewhere["holder"])) == []
    for key, path, form, data in (each for each in forms if each[-1] is not None):
        with taken_back():
            post(client, path, form, slipped_in(form, elsewhere) | data)
            marks, gained = list(marks_of(told["board"], elsewhere["holder"])), powers()
            gone_over = rows_of(elsewhere["board"]) != untouched
        with taken_back():
            # Forms that are about people's roles may change them, but no otherwise than without the rest.
            if gained != before:
                post(client, path, form, data)
            honest = powers()
        if marks or gone_over or gained != honest:
            wrong.append((key, marks, gone_over, gained != honest))
    assert wrong == []


def test_no_form_is_taken_without_its_token(told, forms):
    strict, wrong = client_of(told[Role.ADMINISTRATOR], enforce_csrf_checks=True), []
    for key, path, form, data in forms:
        sent = {name: value for name, value in (data or form.sent()).items() if name not in TOKENS}
        with taken_back(), Watch() as watch:
            response = post(strict, path, form, sent)
            if response.status_code != 403 or watch.writes:
                wrong.append((key, response.status_code, watch.writes))
    assert wrong == []


def test_no_address_at_all_takes_a_post_without_a_token(told):
    """The data feed goes by a token of its own and not by a session that another site could make use of."""
    chief = told[Role.ADMINISTRATOR]
    User.objects.filter(pk=chief.pk).update(is_staff=True, is_superuser=True)
    for strict in (client_of(chief, enforce_csrf_checks=True), Client(enforce_csrf_checks=True)):
        answers = {name: strict.post(path).status_code for name, path in every_address(told)}
        assert {name: status for name, status in answers.items() if status not in (401, 403, 405)} == {}
        assert len([status for status in answers.values() if status != 403]) < 6


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"referer": "https://evil.example/plans.example.gov.uk"},
        {"referer": "https://plans.example.gov.uk.evil.example/"},
        {},
    ],
)
def test_a_form_sent_from_another_site_changes_nothing(told, headers):
    """Over TLS, as in production: one of the two must say where the form comes from."""
    strict = client_of(told[Role.ADMINISTRATOR], enforce_csrf_checks=True)
    path, sent = "/boards/here/areas/new/", {"title": "Slipped in"}
    form = next(form for form in page_of(strict.get(path, secure=True)).forms if "title" in form.fields)
    sent = {name: value for name, value in (form.sent() | sent).items() if name != "who"}
    with Watch() as watch:
        assert strict.post(path, sent, secure=True, headers=headers).status_code == 403
    assert watch.writes == []
    assert strict.post(path, sent, secure=True, headers={"origin": "https://testserver"}).status_code == 302
