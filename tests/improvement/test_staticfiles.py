import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from improvement.staticfiles import PackageFileFinder

ROOT = Path(__file__).resolve().parent.parent.parent
PLOTLY = "vendor/plotly/plotly.min.js"
VARIABLES = {
    "PRODUCTION": "1",
    "SECRET_KEY": "fifty characters or more that nobody guesses, 0123456789",
    "ALLOWED_HOSTS": "plans.example.gov.uk",
    "BEHIND_PROXY": "1",
}
FOR_EVER = 10 * 365 * 24 * 60 * 60
ASK = """
import json, sys
from wsgiref.util import setup_testing_defaults
from improvement.wsgi import application

def ask(path, encoding):
    told = []
    environ = {"PATH_INFO": path, "HTTP_HOST": "plans.example.gov.uk", "HTTP_X_FORWARDED_PROTO": "https"}
    environ["HTTP_ACCEPT_ENCODING"] = encoding
    setup_testing_defaults(environ)
    body = b"".join(application(environ, lambda status, headers: told.extend([status, dict(headers)])))
    status, headers = told
    return {"status": int(status[:3]), "headers": headers, "bytes": len(body), "text": body.decode("latin-1")}

print(json.dumps([ask(path, encoding) for path, encoding in json.load(sys.stdin)]))
"""


def test_plotly_is_found_in_its_package():
    found = finders.find(PLOTLY)
    assert found.endswith("plotly/package_data/plotly.min.js")
    assert finders.find(PLOTLY, find_all=True) == [found]


@pytest.mark.parametrize(
    "path", ["vendor/plotly/other.js", "vendor/plotly/../plotly.min.js", "plotly.min.js"]
)
def test_nothing_else_of_the_package_is(path):
    assert finders.find(path) is None


def test_it_is_collected_unless_its_name_is_left_out():
    assert [name for name, _ in PackageFileFinder().list([])] == ["plotly.min.js"]
    assert list(PackageFileFinder().list(["*.js"])) == []


def test_a_file_or_package_that_is_missing_is_a_failed_check(settings):
    settings.PACKAGE_STATIC = [
        ("plotly", "package_data", ["gone.js"], "vendor/plotly"),
        ("a_package_that_is_not_here", "files", ["one.js"], "vendor/other"),
    ]
    errors = PackageFileFinder().check()
    assert [error.msg.split(" is missing")[0] for error in errors] == [
        "The file vendor/plotly/gone.js",
        "The file vendor/other/one.js",
    ]


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Collects the static files, then asks the server's own application for (path, accepted encoding)."""
    folder = tmp_path_factory.mktemp("served")
    variables = VARIABLES | {
        "STATIC_ROOT": str(folder / "static"),
        "DATABASE_URL": f"sqlite:///{folder / 'plans.sqlite3'}",
        "PATH": os.environ["PATH"],
    }

    def run(*words, sent=""):
        command = [sys.executable, *words]
        done = subprocess.run(
            command, cwd=ROOT, env=variables, input=sent, capture_output=True, text=True, check=True
        )
        return done.stdout

    # The chart library is as large as all else a hundred times over, and served by the same code.
    run("manage.py", "collectstatic", "--noinput", "--ignore", "plotly.min.js")
    return lambda *asked: json.loads(run("-c", ASK, sent=json.dumps(asked)))


@pytest.fixture(scope="module")
def loaded(ask):
    """The sign-in page's style sheets, scripts and pictures: {accepted encoding: {address: answer}}."""
    [page] = ask(("/account/login/", ""))
    assert page["status"] == 200
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page["text"])
    asked = [(address, encoding) for encoding in ("", "br", "gzip") for address in addresses]
    found = {"": {}, "br": {}, "gzip": {}}
    for (address, encoding), answer in zip(asked, ask(*asked), strict=True):
        found[encoding][address] = answer
    return found


def test_pages_name_static_files_by_their_content(loaded):
    assert len(loaded[""]) >= 6
    assert [path for path in loaded[""] if not re.search(r"\.[0-9a-f]{12}\.(css|js|svg)$", path)] == []


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_static_files_are_compressed_and_kept_for_ever(loaded, encoding):
    for path, packed in loaded[encoding].items():
        plain = loaded[""][path]
        assert (plain["status"], packed["status"]) == (200, 200)
        assert plain["headers"]["Cache-Control"] == f"max-age={FOR_EVER}, public, immutable"
        assert packed["headers"]["Cache-Control"] == plain["headers"]["Cache-Control"]
        assert packed["headers"]["Content-Encoding"] == encoding
        assert packed["headers"]["Vary"] == plain["headers"]["Vary"] == "Accept-Encoding"
        assert "Content-Encoding" not in plain["headers"]
        assert packed["bytes"] < plain["bytes"]


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize(("kind", "most"), [(".css", 12_000), (".js", 5_000)])
def test_what_every_page_loads_stays_small(loaded, encoding, kind, most):
    assert 0 < sum(file["bytes"] for path, file in loaded[encoding].items() if path.endswith(kind)) <= most


def test_a_name_without_its_content_is_not_served(ask):
    """Nothing can be kept for ever under a name that says nothing of what it holds."""
    [answer] = ask(("/static/css/base.css", ""))
    assert answer["status"] == 404
