"""Every address of the site, and what a browser would make of its pages: found by walking, never listed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from tests.test_every_url import address, patterns

RUNNABLE = ("", "text/javascript", "module", "application/javascript")
RUNS, REMOTE = ("javascript:", "vbscript:", "data:text"), ("http:", "https:", "//")
ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcdoc")


def every_address(told, board="here"):
    """(name of the URL, path): all of a board, all without arguments, and each row of the admin's models."""
    for name, pattern in patterns():
        if "board" in getattr(pattern.pattern, "converters", {}):
            yield name, address(name, pattern, told, board)
            continue
        try:
            yield name, reverse(name)
        except NoReverseMatch:
            continue
    yield from admin_addresses()


def admin_addresses():
    for model in admin.site._registry:
        row = model._default_manager.first()
        for page in ("change", "history", "delete") if row else ():
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
            yield name, reverse(name, args=[row.pk])


@dataclass
class Field:
    """A field as a browser sends it: its value, or values, and those that it could be given."""

    kind: str
    values: list = field(default_factory=list)
    choices: list = field(default_factory=list)


@dataclass
class Form:
    method: str
    action: str
    fields: dict = field(default_factory=dict)

    def sent(self):
        return {name: list(each.values) for name, each in self.fields.items() if each.values}


class Page(HTMLParser):
    """A page's forms and links, and what in it could run."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.links, self.live, self.tags = [], [], [], set()
        self.select = self.area = self.form = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.add(tag)
        self.look_for_code(tag, attrs)
        if tag == "a" and "href" in attrs:
            self.links.append(attrs["href"] or "")
        if tag == "form":
            self.form = Form((attrs.get("method") or "get").lower(), attrs.get("action") or "")
            self.forms.append(self.form)
        elif tag == "option" and self.select is not None:
            self.select.choices.append(attrs.get("value", ""))
            if "selected" in attrs or not self.select.values:
                self.select.values = [attrs.get("value", "")]
        elif self.form and "name" in attrs and tag in ("input", "select", "textarea", "button"):
            self.take(tag, attrs)

    handle_startendtag = handle_starttag

    def take(self, tag, attrs):
        kind = attrs.get("type") or "text" if tag in ("input", "button") else tag
        kind = "button" if tag == "button" else kind
        taken = self.form.fields.setdefault(attrs["name"], Field(kind))
        value = attrs.get("value") or ("on" if kind == "checkbox" else "")
        if kind in ("radio", "checkbox", "button"):
            taken.choices.append(value)
            taken.values += [value] if "checked" in attrs else []
        elif tag == "input":
            taken.values.append(value)
        elif tag == "select":
            self.select = taken
        else:
            self.area = taken
            taken.values.append("")

    def look_for_code(self, tag, attrs):
        if tag == "script" and "src" not in attrs and (attrs.get("type") or "") in RUNNABLE:
            self.live.append("a script of the page's own")
        if tag in ("style", "iframe", "object", "embed", "base"):
            self.live.append(f"<{tag}>")
        self.live += [f"{tag} {name}" for name in attrs if name.startswith("on") or name == "style"]
        for name in ADDRESSES:
            start = "".join((attrs.get(name) or "").split()).lower()
            is_fetched = name == "src" or tag == "link"
            if start.startswith(RUNS) or (is_fetched and start.startswith(REMOTE)):
                self.live.append(f"{tag} {name} {start[:20]}")

    def handle_data(self, data):
        if self.area is not None:
            self.area.values[-1] += data

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea" and self.area is not None:
            self.area.values[-1] = self.area.values[-1].removeprefix("\n")
            self.area = None
        elif tag == "form":
            self.form = None


def content_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def page_of(response) -> Page:
    """What a browser makes of the answer; a page without anything where the answer is none."""
    is_page = "html" in response.headers.get("Content-Type", "")
    return Page(content_of(response).decode() if is_page else "")


def pages_of(client, told, board="here"):
    """{name of the URL: (path, page)} of every page of a board."""
    paths = {name: path for name, path in every_address(told, board) if path.startswith(f"/boards/{board}/")}
    return {name: (path, page_of(client.get(path))) for name, path in paths.items()}


def forms_of(pages):
    """{(name of the URL, which of its forms): (path of its page, form)} of the forms on pages that post.

    The button that signs out is on every page, and left out.
    """
    found = {}
    for name, (path, page) in pages.items():
        forms = [form for form in page.forms if form.method == "post"]
        forms = [form for form in forms if not form.action.endswith("/logout/")]
        found |= {(name, number): (path, form) for number, form in enumerate(forms)}
    return found
