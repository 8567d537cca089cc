from django.template import Engine

LOADERS = ["improvement.trimming.TrimmingLoader"]
INDENTED = """
<ul>
  {% for word in words %}
    <li>{{ word }}</li>

  {% endfor %}
</ul>
"""


def drawn(folder, name, **context):
    (folder / name).write_text(INDENTED)
    engine = Engine(dirs=[folder], loaders=LOADERS)
    return engine.render_to_string(name, context)


def test_a_page_is_sent_without_the_white_space_of_its_template(tmp_path):
    assert drawn(tmp_path, "page.html", words=["One", "Two"]) == (
        "<ul>\n\n<li>One</li>\n\n<li>Two</li>\n\n</ul>"
    )


def test_what_somebody_wrote_keeps_its_lines(tmp_path):
    assert "<li>One\n\n   two</li>" in drawn(tmp_path, "page.html", words=["One\n\n   two"])


def test_an_email_keeps_its_lines(tmp_path):
    assert drawn(tmp_path, "letter.txt", words=["One"]) == ("\n<ul>\n  \n    <li>One</li>\n\n  \n</ul>\n")
