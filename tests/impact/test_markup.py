import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.markup import to_html, to_plain


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("One line.", "<p>One line.</p>\n"),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
        ("One,\r\ntwo.", "<p>One,<br>\ntwo.</p>\n"),
        ("It is **faster** now.", "<p>It is <strong>faster</strong> now.</p>\n"),
        ("- One\n- Two", "<ul>\n<li>One</li>\n<li>Two</li>\n</ul>\n"),
        ("• One\n• Two", "<ul>\n<li>One</li>\n<li>Two</li>\n</ul>\n"),
        ("Done:\n•\tOne\n▪ Two", "<p>Done:</p>\n<ul>\n<li>One</li>\n<li>Two</li>\n</ul>\n"),
        ("1. One\n2. Two", "<ol>\n<li>One</li>\n<li>Two</li>\n</ol>\n"),
        ("52% & < 90%", "<p>52% &amp; &lt; 90%</p>\n"),
        ("    four spaces", "<p>four spaces</p>\n"),
    ],
)
def test_the_few_signs(text, html):
    assert to_html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[here](javascript:alert(1))",
        "<javascript:alert(1)>",
        "![x](https://www.example.org/x.png)",
        "<a href='javascript:alert(1)'>here</a>",
        "# Heading",
        "> quote",
        "`code`",
        "https://www.example.org/",
        "&lt;script&gt;",
        "<b>bold</b>",
    ],
)
def test_everything_else_comes_out_as_the_words_it_is(text):
    html = to_html(text)
    assert set(re.findall(r"<(\w+)[^>]*>", html)) == {"p"}
    assert to_plain(text) == text


ALLOWED = re.compile(r'</?(?:p|br|ul|ol|li|strong)>|<ol start="\d+">')


@given(st.text(alphabet=st.sampled_from("<>&\"'*_-•1. \n[]()#`!/abcjs:="), max_size=60))
def test_no_other_tag_ever_comes_out(text):
    assert "<" not in ALLOWED.sub("", to_html(text))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**Quicker**: 52%\n\n• One\n• Two & three", "Quicker: 52% One Two & three"),
        ("", ""),
        ("A < B", "A < B"),
    ],
)
def test_plain_words(text, plain):
    assert to_plain(text) == plain
