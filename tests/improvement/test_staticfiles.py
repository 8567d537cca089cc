import pytest
from django.contrib.staticfiles import finders

from improvement.staticfiles import PackageFileFinder

PLOTLY = "vendor/plotly/plotly.min.js"


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
