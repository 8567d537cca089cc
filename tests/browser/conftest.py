"""A real Chromium: its pages fail a test on any script error, refused resource or broken policy."""

import os
import shutil

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect, sync_playwright

ARGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
# Generous, for a busy machine: a test that is right does not wait.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Of what is well it need not tell every place: to name them all takes time on every page.
AXE = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
# The lists of what is well, which are long, stay in the browser.
LOOK = """options => axe.run(options).then(found => found.violations.map(
    each => [each.id, each.nodes.map(node => node.html.slice(0, 200))]
))"""


@pytest.fixture(scope="session")
def browser():
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium on this machine: install it, or say where it is in CHROMIUM")
    # Playwright keeps an event loop in this thread, in which Django would refuse every query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser, live_server, transactional_db):
    """Opens pages of the site in a browser of their own each: `new_page(width=375, scripts=False)`."""
    contexts, problems = [], []

    def open_page(*, width=1280, height=900, scripts=True):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.problems = problems
        page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def page(new_page):
    return new_page()


def away_from_sign_in(page):
    """Waits for the page behind that of signing in, whose address holds the other's."""
    page.wait_for_url(lambda address: "/account/login/" not in address)


@pytest.fixture
def sign_in(live_server):
    """Signs a person in through the sign-in page, as people do, and comes to `path` or where that leads."""

    def sign(page, user, path="/", password="a long password", *, to=None):
        page.goto(path)
        page.get_by_label("Email").fill(user.email)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        away_from_sign_in(page)
        expect(page).to_have_url(live_server.url + (to or path))

    return sign


@pytest.fixture(scope="session")
def axe_violations():
    """What axe-core finds on a whole page, by WCAG 2.2 AA and its own rules: [[rule, [element, ...]]]."""

    def violations(page):
        page.wait_for_load_state()
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        return page.evaluate(LOOK, AXE)

    return violations


@pytest.fixture(scope="session")
def sideways():
    """By how many pixels the page is wider than its window."""

    def measure(page):
        # While one page gives way to the next there is no document to measure.
        page.wait_for_load_state()
        return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    return measure
