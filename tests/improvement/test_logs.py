import json
import logging

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.http import Http404
from django.test import override_settings
from django.urls import include, path

from improvement.logs import JsonFormatter
from tests.factories import make_board, make_member

pytestmark = pytest.mark.django_db


@login_not_required
def fail(request):
    """Every word of this error is somebody's."""
    child = "Private words"
    try:
        int(child)
    except ValueError as error:
        raise LookupError(f"{child} again") from error


@login_not_required
def miss(request, key):
    raise Http404


@login_not_required
def spill(request, token):
    raise LookupError


@login_not_required
def doubt(request, key):
    raise SuspiciousOperation("Private words")


urlpatterns = [
    path("doubt/<str:key>/ü/", doubt),
    path("fail/", fail),
    path("miss/<str:key>/", miss),
    path("spill/<str:token>/", spill),
    path("", include("improvement.urls")),
]


@pytest.fixture
def lines():
    """What the loggers write in production, line by line."""
    told = []

    class Handler(logging.Handler):
        def emit(self, record):
            told.append(self.format(record))

    handler = Handler()
    handler.setFormatter(JsonFormatter())
    loggers = [logging.getLogger(name) for name in ("improvement", "django.request", "django.security")]
    levels = [logger.level for logger in loggers]
    for logger, level in zip(loggers, (logging.INFO, logging.ERROR, logging.ERROR), strict=True):
        logger.addHandler(handler)
        logger.setLevel(level)
    yield told
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


def test_a_request_is_one_line_without_its_query_or_name(signed_in, lines):
    board = make_board("teesmere")
    user = make_member(board, name="Somebody Somewhere")
    client = signed_in(user)
    client.get("/boards/teesmere/", {"q": "Private words"}, headers={"X-Request-ID": "proxy-4711.a_b"})
    [told] = [json.loads(line) for line in lines]
    assert told.pop("ms") >= 0
    assert told.pop("time").endswith("+00:00")
    assert told == {
        "level": "info",
        "logger": "improvement.requests",
        "message": "request",
        "request": "proxy-4711.a_b",
        "method": "GET",
        "path": "/boards/teesmere/",
        "status": 200,
        "user": user.pk,
    }


def test_nobody_has_no_id(client, lines):
    client.get("/help/")
    assert "user" not in json.loads(lines[0])


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, "two words here", "<script>alert</script>", "ümlauts-are-no"]
)
def test_an_id_that_is_not_sane_is_replaced(client, lines, given):
    response = client.get("/help/", headers={"X-Request-ID": given})
    made = response["X-Request-ID"]
    assert made != given
    assert len(made) == 32
    assert json.loads(lines[0])["request"] == made


def test_each_request_has_its_own_id(client):
    assert client.get("/help/")["X-Request-ID"] != client.get("/help/")["X-Request-ID"]


def test_a_form_stays_out(client, lines):
    client.post("/account/login/", {"login": "somebody@example.org", "password": "Private words"})
    failed, request = [json.loads(line) for line in lines]
    assert (failed["logger"], failed["message"]) == ("improvement.security", "sign-in failed")
    assert (request["path"], request["request"]) == ("/account/login/", failed["request"])
    assert "Private" not in "".join(lines)
    assert "somebody" not in "".join(lines)


def test_a_line_on_a_request_that_is_over_has_its_id_too(client, lines, settings):
    settings.HEALTH_FREE_BYTES = 10**18
    client.get("/healthz", headers={"X-Request-ID": "monitor-1"})
    assert [(told["logger"], told["request"]) for told in map(json.loads, lines)] == [
        ("improvement.requests", "monitor-1"),
        ("django.request", "monitor-1"),
    ]


@override_settings(ROOT_URLCONF=__name__)
def test_an_error_tells_where_but_not_what(client, lines):
    client.raise_request_exception = False
    response = client.get("/fail/?q=Private+words", headers={"X-Request-ID": "4711-4711"})
    error, request = [json.loads(line) for line in lines]
    assert (response.status_code, request["status"]) == (500, 500)
    assert {error["request"], request["request"], response["X-Request-ID"]} == {"4711-4711"}
    assert (error["level"], error["message"]) == ("error", "Internal Server Error: /fail/")
    assert [one["class"] for one in error["error"]] == ["builtins.LookupError", "builtins.ValueError"]
    assert error["error"][0]["lines"][-1].endswith(" in fail")
    assert "Private" not in "".join(lines)


@override_settings(ROOT_URLCONF=__name__)
def test_what_opens_a_door_is_not_logged(client, lines):
    client.raise_request_exception = False
    client.get("/miss/let-me-in/")
    client.get("/spill/let-me-in/")
    assert [json.loads(line)["message"] for line in lines] == [
        "request",
        "Internal Server Error: /spill/.../",
        "request",
    ]
    assert [json.loads(line).get("path") for line in lines] == ["/miss/.../", None, "/spill/.../"]
    assert "let-me-in" not in "".join(lines)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"secure": False}, 301),
        ({"secure": True, "headers": {"host": "evil.example"}}, 400),
        ({"secure": True, "REQUEST_METHOD": "TRACE"}, 405),
    ],
)
def test_neither_is_it_where_the_request_came_to_no_page(client, lines, settings, sent, status):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/account/password/reset/key/1-let-me-in-1/", **sent)
    assert response.status_code == status
    assert json.loads(lines[-1])["path"] == "/account/password/reset/key/...-.../"
    assert "let-me-in" not in "".join(lines)


def line_of(logger, message, *arguments, error=None):
    record = logging.LogRecord(logger, logging.WARNING, __file__, 1, message, arguments, None)
    record.exc_info = error and (type(error), error, None)
    return json.loads(JsonFormatter().format(record))


@pytest.mark.parametrize(
    ("message", "arguments", "told"),
    [
        ("Invalid request from ip=192.0.2.1: Invalid HTTP Version: 'Private words'", (), "Invalid request"),
        ("Error handling request %s %s", ("GET", "/?q=Private+words"), "Error handling request ... ..."),
        ("Error handling request (no URI read)", (), "Error handling request (no URI read)"),
    ],
)
def test_the_server_quotes_no_request(message, arguments, told):
    line = line_of("gunicorn.error", message, *arguments, error=ValueError("Private words"))
    assert (line["message"], line["error"][0]["class"]) == (told, "builtins.ValueError")
    assert "Private" not in json.dumps(line)


@pytest.mark.parametrize(
    ("message", "arguments", "told"),
    [
        ("WORKER TIMEOUT (pid:%s)", (4711,), "WORKER TIMEOUT (pid:4711)"),
        ("Worker exiting (pid: %s)", (4711,), "Worker exiting (pid: 4711)"),
        ("Worker (pid:%s) was sent %s!", (4711, "SIGKILL"), "Worker (pid:4711) was sent ...!"),
        ("Connection in use: from ip=%s", ("192.0.2.1",), "Connection in use: from ip=..."),
        ("%d of %d", (1, "Private words"), "%d of %d"),
        ("%(child)s", ({"child": "Private words"},), "%(child)s"),
        ("Took 100% of it", (), "Took 100% of it"),
    ],
)
def test_of_others_lines_numbers_alone_are_told(message, arguments, told):
    assert line_of("gunicorn.error", message, *arguments)["message"] == told


@pytest.mark.parametrize("error", [KeyError(1), ValueError("a"), ValueError("2 could"), ValueError()])
def test_a_line_of_our_own_is_told_whole_whatever_the_error_says(error):
    line = line_of("improvement.packs.making", "Pack %s could not be made", 12, error=error)
    assert line["message"] == "Pack 12 could not be made"


def test_the_words_of_an_error_are_no_message():
    error = DisallowedHost("Invalid HTTP_HOST header: 'private-words'.")
    line = line_of("django.security.DisallowedHost", str(error), error=error)
    assert line["message"] == "DisallowedHost"


@pytest.mark.parametrize("wrap", ["{}", "It failed: {}", "It failed: {!r}"])
def test_neither_are_they_where_another_s_line_has_them_in_it(wrap):
    error = ValueError("Private words")
    assert line_of("some.library", wrap.format(error), error=error)["message"] == "ValueError"
    assert line_of("some.library", "It failed: %s", error, error=error)["message"] == "It failed: ..."
    assert line_of("some.library", error)["message"] == "ValueError"


@override_settings(ROOT_URLCONF=__name__)
def test_of_a_request_that_is_refused_the_status_is_told_and_not_why(client, lines):
    """Django logs the words of such an error as the message."""
    client.get("/doubt/let-me-in/ü/")
    refused, request = [json.loads(line) for line in lines]
    assert (refused["logger"], refused["message"]) == (
        "django.security.SuspiciousOperation",
        "Bad Request: /doubt/.../ü/",
    )
    assert (request["status"], "Private" in "".join(lines)) == (400, False)
