"""Words that would run, in every text and every question of an address: shown as words and nothing else."""

import json
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.utils import timezone

from improvement.bundles import page as bundle_page
from improvement.bundles.making import ask_bundle
from improvement.digests.letter import compose
from improvement.digests.sending import waiting_parts
from improvement.packs import html, workbook
from improvement.packs.closing import close_papers
from plans.models import Bundle, PackFile, PackKind
from tests.security.filling import TYPED, post, taken_back
from tests.security.poison import LONG, MARK, formulas_in, live_in, poison
from tests.security.walking import Page, content_of, every_address, forms_of, page_of

pytestmark = pytest.mark.django_db
SHEETS = ("csv", "spreadsheetml")


@pytest.fixture
def poisoned(told):
    """The board after somebody wrote these words wherever they can; a pack whose page is made of them."""
    poison()
    for each in told.values():
        if hasattr(each, "refresh_from_db"):
            each.refresh_from_db()
    content = close_papers(told["meeting"], told["plan"], by=None, **replacing(told["pack"])).content
    page = html.web_page(json.loads(content), told["pack"].digest)
    PackFile.objects.filter(pack=told["pack"], kind=PackKind.HTML).update(content=page)
    return told


def replacing(pack):
    return {"replaces": pack, "reason": LONG}


def test_no_page_runs_or_reckons_what_is_stored(chief, poisoned):
    faults, shown, sheets, exports = {}, 0, 0, set()
    for name, path in every_address(poisoned):
        response = chief.get(path)
        kind, content = response.headers.get("Content-Type", ""), content_of(response)
        if "html" in kind:
            shown += MARK in content.decode()
            faults[name] = live_in(content.decode())
            exports |= {(name, link) for link in page_of(response).links if "_export=" in link}
        elif any(sheet in kind for sheet in SHEETS) and name != "import_file":
            sheets += 1
            faults[name] = formulas_in(content, kind)
    for name, link in exports:
        response = chief.get(link if link.startswith("/") else dict(every_address(poisoned))[name] + link)
        faults[name, link] = formulas_in(content_of(response), response.headers["Content-Type"])
    assert {name: fault for name, fault in faults.items() if fault} == {}
    assert (shown > 100, sheets > 2, len(exports) > 6) == (True, True, True)


def test_no_pack_runs_or_reckons_it(poisoned):
    content = json.loads(poisoned["meeting"].packs.latest("pk").content)
    page = html.web_page(content, "d" * 64).decode()
    assert MARK in page
    assert set(live_in(page)) == {"<style>"}
    assert "evil.example" not in page[: page.index("</style>")]
    assert formulas_in(workbook.workbook_of(content, "d" * 64), "xlsx") == []


def test_no_bundle_runs_or_reckons_it(poisoned):
    bundle = ask_bundle(poisoned["board"], poisoned["plan"], timezone.localdate(), by=None)
    content = json.loads(Bundle.objects.get(pk=bundle.pk).content)
    page = bundle_page.web_page(content, "d" * 64).decode()
    assert MARK in page
    assert set(live_in(page)) == {"<style>"}
    assert formulas_in(bundle_page.workbook_of(content, "d" * 64, [(LONG, 1, LONG)]), "xlsx") == []


def test_no_email_runs_it(poisoned):
    days = (timezone.localdate() + timedelta(day) for day in range(40))
    letters = [compose(user, parts) for day in days for user, parts in waiting_parts(day).items()]
    pages = [page for letter in letters for page, kind in letter.alternatives if kind == "text/html"]
    assert pages
    assert any(MARK in page for page in pages)
    assert [fault for page in pages for fault in live_in(page) if not fault.endswith(" style")] == []
    assert [letter.subject for letter in letters if "\n" in letter.subject] == []


def asked_of(page):
    """The names of what an address may ask of a page, as far as its links and forms tell."""
    linked = {key for link in page.links for key, _ in parse_qsl(urlsplit(link).query)}
    typed = {key for form in page.forms if form.method == "get" for key in form.fields}
    return linked | typed | {"next", "q", "page", "sort", "plan", "as_at"}


@pytest.mark.parametrize("words", [LONG, "\x00\x1b[2J"])
def test_no_page_runs_what_its_address_says(chief, pages, words):
    wrong = {}
    addresses = dict(pages[0]) | {
        name: (f"/{name}/", Page("")) for name in ("components", "help", "account/login")
    }
    for name, (path, page) in addresses.items():
        response = chief.get(path, dict.fromkeys(asked_of(page), words))
        if response.status_code >= 500 or live_in(content_of(response).decode(errors="ignore")):
            wrong[name] = response.status_code
    assert wrong == {}


def test_no_form_runs_what_it_gives_back(chief, pages):
    wrong, shown = {}, 0
    for key, (path, form) in forms_of(pages[0]).items():
        kinds = (*TYPED, "radio", "select")
        sent = form.sent() | {name: [LONG] for name, field in form.fields.items() if field.kind in kinds}
        with taken_back():
            response = post(chief, path, form, sent)
            told = content_of(response).decode(errors="ignore")
            shown += MARK in told
            if response.status_code >= 500 or live_in(told):
                wrong[key] = (response.status_code, live_in(told))
    assert wrong == {}
    assert shown > 30
