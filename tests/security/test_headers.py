"""The headers of every answer, and pages in which nothing can run that is not a file of the site."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.test import Client, override_settings
from django.urls import include, path

from tests.security.walking import every_address, page_of

pytestmark = pytest.mark.django_db

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SECRET_WORDS = "Traceback SELECT password=hunter2 /srv/improvement/settings.py"
ERRORS = {
    "bad": BadRequest,
    "denied": PermissionDenied,
    "large": RequestDataTooBig,
    "failed": LookupError,
    "away": OperationalError,
}


def view_of(error):
    @login_not_required
    def view(request):
        raise error() if error is PermissionDenied else error(SECRET_WORDS)

    return view


urlpatterns = [path(f"error/{name}/", view_of(error)) for name, error in ERRORS.items()]
urlpatterns += [path("", include("improvement.urls"))]
handler500 = "improvement.views.away.failed"


def faults_of(response):
    """What is wrong with an answer's headers; nothing where all is well."""
    headers = response.headers
    told = [name for name, value in ALWAYS.items() if headers.get(name) != value]
    policy = headers.get("Content-Security-Policy", "")
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";") if rule.strip())
    told += [] if "no-store" in headers.get("Cache-Control", "") else ["Cache-Control"]
    told += [] if "camera=()" in headers.get("Permissions-Policy", "") else ["Permissions-Policy"]
    told += [] if rules.get("default-src") in ("'self'", "'none'") else ["default-src"]
    told += [] if "unsafe" not in policy and "script-src" not in rules else ["unsafe"]
    if rules.get("default-src") == "'self'":
        strict = {
            "object-src": "'none'",
            "base-uri": "'none'",
            "frame-ancestors": "'none'",
            "form-action": "'self'",
        }
        told += [name for name, value in strict.items() if rules.get(name) != value]
    return told


def look(client, told):
    """{name: what is wrong with the answer's headers or can run in its page} of every address."""
    found = {}
    for name, place in every_address(told):
        response = client.get(place)
        found[name] = faults_of(response) + page_of(response).live
    return found


def test_every_page_is_strict_for_who_may_see_all(chief, told):
    found = look(chief, told)
    assert len(found) > 250
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_every_page_is_strict_for_nobody(told):
    found = look(Client(), told)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("/error/bad/", 400),
        ("/error/large/", 400),
        ("/error/denied/", 403),
        ("/nowhere/", 404),
        ("/error/failed/", 500),
        ("/error/away/", 503),
    ],
)
@override_settings(ROOT_URLCONF=__name__)
def test_a_page_for_an_error_is_as_strict_and_tells_nothing(client, chief, place, status):
    client.raise_request_exception = False
    response = client.get(place)
    assert response.status_code == status
    assert (faults_of(response), page_of(response).live) == ([], [])
    told = response.content.decode()
    assert [word for word in (*SECRET_WORDS.split(), "LookupError", ".py") if word in told] == []
    assert "<h1" in told


def test_a_host_that_is_not_ours_gets_a_page_as_strict(settings):
    settings.ALLOWED_HOSTS = ["plans.example.gov.uk"]
    response = Client(raise_request_exception=False, headers={"host": "evil.example"}).get("/account/login/")
    assert response.status_code == 400
    assert "evil" not in response.content.decode()
    assert faults_of(response) == []


def test_a_form_without_its_token_gets_a_page_as_strict():
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "a@example.org"})
    assert response.status_code == 403
    assert "Please send the form again" in response.content.decode()
    assert faults_of(response) == []


def test_what_is_too_big_gets_a_page_as_strict(client, settings):
    settings.REQUEST_MAX_BYTES = 1_000
    response = client.post("/account/login/", {"login": "a" * 2_000})
    assert (response.status_code, faults_of(response), page_of(response).live) == (413, [], [])


def test_static_files_may_be_kept_and_are_as_strict(client):
    response = client.get("/static/css/base.css")
    assert "no-store" not in response.headers["Cache-Control"]
    assert faults_of(response) == ["Cache-Control"]


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "DELETE", "CONNECT", "PROPFIND"])
def test_no_address_knows_other_methods(chief, told, method):
    """TRACE would give a request back with its cookies."""
    for name, place in every_address(told):
        response = chief.generic(method, place)
        assert (name, response.status_code, response.content) == (name, 405, b"")
