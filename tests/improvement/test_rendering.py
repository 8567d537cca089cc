import gzip
import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory

from audits.models import Audit
from improvement.gallery import GalleryForm, gallery_context
from plans.templatetags import components


class Tags(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.all = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.all.append((tag, dict(attrs)))

    def attribute(self, name):
        return [attrs[name] for _, attrs in self.all if name in attrs]


@pytest.fixture
def gallery():
    request = RequestFactory().get("/components/", {"sort": "-due", "page": "2"})
    return render_to_string("components/gallery.html", gallery_context(request), request)


def test_the_gallery_shows_every_component():
    with open(settings.BASE_DIR / "templates/components/gallery.html") as file:
        used = set(re.findall(r"{% (\w+)", file.read()))
    assert set(components.register.tags) - used == set()


def test_every_id_on_a_page_stands_once_and_every_reference_leads_to_one(gallery):
    tags = Tags(gallery)
    ids = tags.attribute("id")
    assert sorted(ids) == sorted(set(ids))
    named = " ".join(
        tags.attribute("aria-describedby") + tags.attribute("aria-labelledby") + tags.attribute("for")
    )
    assert set(named.split()) - set(ids) == set()


def test_no_page_has_style_or_script_of_its_own(gallery):
    tags = Tags(gallery)
    assert [tag for tag, _ in tags.all if tag == "style"] == []
    assert [attrs for tag, attrs in tags.all if tag == "script" and "src" not in attrs] == []
    assert tags.attribute("style") == []
    assert [name for _, attrs in tags.all for name in attrs if name.startswith("on")] == []


def test_nothing_comes_from_another_host(gallery):
    tags = Tags(gallery)
    assert [link for link in tags.attribute("href") + tags.attribute("src") if "//" in link] == []


def test_a_page_with_mistakes_says_so_first_in_its_title(gallery):
    assert "<title>Error: Components – Improvement boards</title>" in gallery


@pytest.mark.parametrize(("folder", "limit"), [("css", 12_000), ("js", 5_000)])
def test_style_and_script_stay_small(folder, limit):
    files = sorted((settings.BASE_DIR / "static" / folder).glob(f"*.{folder}"))
    assert files != []
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < limit


def test_a_sorted_table_says_how_and_keeps_the_order_on_its_pages(gallery):
    assert Tags(gallery).attribute("aria-sort") == ["none", "descending", "none"]
    assert 'href="?sort=-due&amp;page=3"' in gallery
    assert 'href="?sort=due"' in gallery


def test_a_tables_cells_carry_their_roles_and_their_columns_name(gallery):
    row = re.search(
        r'<th\s+scope="row"\s+role="rowheader"\s+class="govuk-table__header[^"]*"\s*>.*?</tr>', gallery, re.S
    )[0]
    assert re.findall(r'data-label="(.*?)"', row) == ["Rating", "Due", "Days", "State"]


def test_a_hint_and_an_error_are_tied_to_their_field():
    html = str(GalleryForm({})["title"].as_field_group())
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="govuk-input govuk-input--error"' in html


def test_a_question_with_choices_is_a_fieldset_with_a_legend():
    html = " ".join(str(GalleryForm()["kind"].as_field_group()).split())
    assert '<fieldset class="govuk-fieldset" aria-describedby="id_kind_helptext" >' in html
    assert '<legend class="govuk-label">Kind of evidence</legend>' in html


def test_browsers_are_not_asked_to_check_required_fields():
    assert " required" not in str(GalleryForm())


class MessagesForm(forms.Form):
    title = forms.CharField()
    your_email = forms.EmailField()
    rag = forms.CharField(label="RAG rating")
    area = forms.ChoiceField(choices=[("1", "One")])
    workbook = forms.FileField()
    happened = forms.CharField(label="What happened?", widget=forms.Textarea)
    sure = forms.BooleanField(label="I am sure")
    reason = forms.CharField(error_messages={"required": "Say why the date moves"})


def test_an_empty_field_says_what_to_do_in_the_words_of_its_label():
    assert {name: list(errors) for name, errors in MessagesForm({}).errors.items()} == {
        "title": ["Enter the title"],
        "your_email": ["Enter your email"],
        "rag": ["Enter the RAG rating"],
        "area": ["Choose the area"],
        "workbook": ["Choose the workbook"],
        "happened": ["Answer “What happened?”"],
        "sure": ["Tick “I am sure”"],
        "reason": ["Say why the date moves"],
    }


def test_a_date_has_a_hint_and_says_how_to_write_it():
    form = GalleryForm({"due": "31/2/2026"})
    assert form.errors["due"] == ["Enter the new date as a real day, such as 27/3/2026"]
    assert form["due"].help_text == "For example, 27/3/2026"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("0", "Enter 1 or more for “Cases looked at”"),
        ("10", "Enter 9 or less for “Cases looked at”"),
        ("some", "Enter a whole number for “Cases looked at”"),
    ],
)
def test_a_number_that_cannot_be_names_its_field(value, message):
    class CountForm(forms.Form):
        cases = forms.IntegerField(label="Cases looked at", min_value=1, max_value=9)

    assert CountForm({"cases": value}).errors == {"cases": [message]}


@pytest.mark.django_db
def test_a_number_beyond_what_the_database_holds_is_not_told_its_limit():
    class SampleForm(forms.ModelForm):
        class Meta:
            model = Audit
            fields = ["sample_wanted"]

    found = SampleForm({"sample_wanted": "9" * 20}).errors
    assert found == {"sample_wanted": ["Enter a smaller number for “Sample wanted”"]}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/help/", "/accessibility/", "/account/login/", "/account/password/reset/"])
def test_pages_for_everybody_open_without_signing_in(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.django_db
def test_the_sign_in_page_names_nobody_outside_the_demonstration(client, settings):
    settings.DEMONSTRATION = False
    assert b"demonstration" not in client.get("/account/login/").content
