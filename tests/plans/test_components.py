import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.html import escape, strip_tags
from hypothesis import given
from hypothesis import strategies as st

from improvement.gallery import AMBER, GREEN, KEY, RED
from plans.forms.mistakes import mistakes
from plans.templatetags import components
from plans.templatetags.components import (
    count_cell,
    difference,
    flag,
    long_date,
    rating,
    rating_bar,
    rating_change,
    rating_count,
    short_date,
    short_moment,
    stat,
    tag_counts,
)


def draw(template, **context):
    return Template("{% load components %}" + template).render(Context(context))


def words(html):
    return " ".join(strip_tags(html).split())


@pytest.mark.parametrize("tag", sorted(components.register.tags))
def test_every_component_refuses_an_unknown_argument(tag):
    with pytest.raises(TemplateSyntaxError, match="colourr"):
        draw(f"{{% {tag} colourr=1 %}}{{% end{tag} %}}")


@pytest.mark.parametrize("entry", KEY)
def test_a_rating_is_word_colour_and_shape(entry):
    html = rating(entry=entry)
    assert words(html) == entry.word
    assert f'class="govuk-tag app-r-{entry.colour}"' in html
    assert components.SHAPES[entry.colour] in html


def test_every_colour_has_a_shape_of_its_own():
    assert len(set(components.SHAPES.values())) == len(components.SHAPES)


def test_no_rating_says_so():
    assert words(rating(entry=None)) == "Not rated"


def test_a_word_of_the_key_cannot_bring_in_markup():
    entry = type(RED)("red", "<b>Red</b>", "")
    assert "&lt;b&gt;Red&lt;/b&gt;" in rating(entry=entry)


@pytest.mark.parametrize(
    ("before", "after", "first", "said"),
    [
        (AMBER, RED, False, "Some slippage → to Off track"),
        (RED, RED, False, "Off track unchanged"),
        (None, GREEN, True, "On track first rating"),
        (None, GREEN, False, "Not rated → to On track"),
    ],
)
def test_a_change_of_rating_is_said_in_words(before, after, first, said):
    assert words(rating_change(before=before, after=after, first=first)) == said


def test_a_bar_fills_its_width_for_the_biggest_area_and_stays_inside_it():
    html = rating_bar(counts=[(RED, 1), (AMBER, 0), (GREEN, 2), (None, 1)], most=4)
    parts = [(float(x), float(w)) for x, w in re.findall(r'<rect x="([\d.]+)" y="1" width="([\d.]+)"', html)]
    assert parts == [(1.0, 31.5), (34.5, 65.0), (101.5, 31.5)]
    assert re.findall(r">(.)</text>", html) == ["R", "G", "–"]


def test_two_of_twenty_still_carry_their_letter():
    html = rating_bar(counts=[(RED, 2), (GREEN, 18)], most=20)
    assert re.findall(r">(.)</text>", html) == ["R", "G"]


def test_a_part_too_narrow_for_a_letter_has_none():
    assert "<text" not in rating_bar(counts=[(RED, 1)], most=40)


def test_an_area_without_actions_has_an_empty_bar():
    assert "<rect" not in rating_bar(counts=[(RED, 0)], most=0)


def test_a_count_is_a_link_that_says_what_it_counts():
    html = count_cell(number=3, url="/late/", label="overdue")
    assert 'href="/late/"' in html
    assert words(html) == "3 overdue"


@pytest.mark.parametrize(
    "html",
    [
        count_cell(number=0, url="/late/", label="overdue"),
        stat(number=0, url="/late/", words="overdue"),
        rating_count(number=0, entry=RED, url="/red/"),
        tag_counts(counts=[(RED, 0, "/red/")]),
    ],
)
def test_a_zero_is_no_link(html):
    assert "<a " not in html


def test_a_number_on_the_dashboard_is_named_for_screen_readers():
    html = rating_count(number=4, entry=RED, url="/red/", change="1 more")
    assert 'aria-label="4 Off track"' in html
    assert words(html) == "4Off track 1 more"


def test_an_unknown_kind_of_flag_fails():
    with pytest.raises(KeyError):
        flag(words="44 days overdue", kind="red")


@pytest.mark.parametrize(
    ("day", "text", "table"),
    [
        (date(2020, 3, 30), "30 March 2020", "30 Mar 2020"),
        (date(2020, 1, 1), "1 January 2020", "1 Jan 2020"),
        (None, "No date", "No date"),
    ],
)
def test_dates_are_long_in_sentences_and_short_in_tables(day, text, table):
    assert long_date(day) == text
    assert words(short_date(day)) == table


def test_a_moment_is_shown_in_the_sites_own_time():
    assert words(short_moment(datetime(2026, 7, 1, 9, 5, tzinfo=UTC))) == "1 Jul 2026, 10:05"


def test_a_difference_marks_only_the_words_that_changed():
    sides = {"before": "Secure more managers", "after": "Secure two managers"}
    assert difference(**sides, side="before") == "Secure <del>more</del> managers"
    assert difference(**sides, side="after") == "Secure <ins>two</ins> managers"


@given(before=st.text(max_size=80), after=st.text(max_size=80))
def test_a_difference_loses_no_word_of_either_side(before, after):
    for side, text in (("before", before), ("after", after)):
        html = difference(before=before, after=after, side=side)
        assert re.sub(r"</?(del|ins)>", "", html) == escape(text)


def test_a_very_long_text_is_marked_as_a_whole():
    text = "word " * 1000
    assert difference(before=text, after="", side="before") == f"<del>{text}</del>"


def test_pages_keep_the_rest_of_the_address():
    request = RequestFactory().get("/actions/?rating=red&page=5")
    page = Paginator(range(100), 10).page(5)
    html = draw("{% pagination page=page %}", request=request, page=page)
    assert re.findall(r'href="([^"]*)"', html) == [
        "?rating=red&amp;page=4",
        "?rating=red&amp;page=1",
        "?rating=red&amp;page=4",
        "?rating=red&amp;page=5",
        "?rating=red&amp;page=6",
        "?rating=red&amp;page=10",
        "?rating=red&amp;page=6",
    ]
    assert words(html) == "Previous page 1 … 4 5 6 … 10 Next page"


def test_a_single_page_has_no_pagination():
    page = Paginator(range(3), 10).page(1)
    assert draw("{% pagination page=page %}", request=RequestFactory().get("/"), page=page).strip() == ""


def test_a_timeline_says_who_and_when():
    html = draw(
        "{% timeline_item on=day by='Chair' note='' %}Agreed.{% endtimeline_item %}", day=date(2020, 1, 6)
    )
    assert words(html) == "6 January 2020 · ChairAgreed."


def test_steps_done_are_said_and_the_present_one_is_marked():
    html = draw("{% stepper names='Upload, Check, Apply' current=2 %}")
    assert words(html) == "✓Upload, done 2Check 3Apply"
    assert html.count('aria-current="step"') == 1


class StepForm(forms.Form):
    title = forms.CharField()
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)

    def clean(self):
        raise forms.ValidationError("Give a reason")


def test_mistakes_lead_to_their_fields_and_radios_to_the_first_choice():
    form = StepForm({})
    assert mistakes(form) == [
        ("Give a reason", "#form-errors"),
        ("Enter the title", "#id_title"),
        ("Choose the kind", "#id_kind_0"),
    ]


def test_mistakes_of_many_forms_are_told_apart():
    one, two = StepForm({}, prefix="one"), StepForm({"two-title": "x", "two-kind": "a"}, prefix="two")
    one.error_prefix, two.error_prefix = "Action 1: ", "Action 2: "
    assert mistakes([one, two]) == [
        ("Action 1: Give a reason", "#one-errors"),
        ("Action 1: Enter the title", "#id_one-title"),
        ("Action 1: Choose the kind", "#id_one-kind_0"),
        ("Action 2: Give a reason", "#two-errors"),
    ]


def test_mistakes_of_a_formset_include_its_own():
    formset = forms.formset_factory(StepForm, min_num=1, validate_min=True)(
        {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
    )
    assert mistakes(formset) == [("Please submit at least 1 form.", "")]


def test_the_error_summary_links_each_mistake_and_vanishes_without_any():
    html = draw("{% error_summary form=form %}", form=StepForm({}))
    assert re.findall(r'<a href="(.*?)">(.*?)</a>', html) == [
        ("#form-errors", "Give a reason"),
        ("#id_title", "Enter the title"),
        ("#id_kind_0", "Choose the kind"),
    ]
    assert draw("{% error_summary form=form %}", form=StepForm()).strip() == ""


def test_a_parent_with_long_words_is_cut_between_two():
    label = "Work with a family has a purpose, comes in time and fits how things are now"
    html = draw("{% breadcrumbs items=items %}", items=[("Plan", "/plan/"), (label, "/area/")])
    assert words(html) == "Plan Work with a family has a purpose, comes in time and fits…"
