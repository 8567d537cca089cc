"""What a test reads off a page: its words, and a form's fields as a browser would send them."""

import re
from html import unescape
from html.parser import HTMLParser


class _Form(HTMLParser):
    """Collects the fields of the form that has a button or field of a given name."""

    def __init__(self):
        super().__init__()
        self.forms, self.field, self.words, self.choices, self.is_first = [], None, "", None, True

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.forms.append({})
        if tag == "option" and self.choices is not None:
            self.choose(attrs)
        if not self.forms or "name" not in attrs:
            return
        values = self.forms[-1].setdefault(attrs["name"], [])
        if tag == "textarea":
            self.field, self.words = values, ""
        elif tag == "select":
            self.choices, self.is_first = values, True
        elif tag == "input" and attrs.get("type") in ("radio", "checkbox"):
            values += [attrs.get("value", "on")] if "checked" in attrs else []
        elif tag == "input":
            values.append(attrs.get("value", ""))

    def choose(self, attrs):
        """A select sends its selected option, or its first where none is."""
        if "selected" in attrs or self.is_first:
            self.choices[:] = [attrs.get("value", "")]
        self.is_first = False

    def handle_data(self, data):
        if self.field is not None:
            self.words += data

    def handle_endtag(self, tag):
        if tag == "select":
            self.choices = None
        if tag == "textarea" and self.field is not None:
            self.field.append(self.words.removeprefix("\n"))
            self.field = None


def fields_of(response, name: str) -> dict:
    """The fields of the form with a field or button called `name`; a list where one has several values."""
    parser = _Form()
    parser.feed(response.content.decode())
    form = next(form for form in parser.forms if name in form)
    return {key: values[0] if len(values) == 1 else values for key, values in form.items() if values}


class _Text(HTMLParser):
    SILENT = ("script", "style", "title")
    VOID = ("input", "br", "meta", "link", "img", "hr", "path", "circle", "rect")

    def __init__(self, place):
        super().__init__()
        self.place, self.open, self.silent, self.words = place, [], 0, []

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            self.words.append(" ")
        if tag in self.VOID:
            return
        if self.open or dict(attrs).get("id") == self.place:
            self.open.append(tag)
        self.silent += tag in self.SILENT

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        if self.open:
            self.open.pop()
        self.silent -= tag in self.SILENT

    def handle_data(self, data):
        if self.open and not self.silent:
            self.words.append(data)


def text_of(response, place: str = "main") -> str:
    """The words inside the element with this id, its spaces folded."""
    parser = _Text(place)
    parser.feed(response.content.decode())
    assert parser.words, f"nothing on the page has the id {place}"
    return re.sub(r"\s+", " ", "".join(parser.words)).strip()


BLOCK = re.compile(r"</?(?:p|li|td|th|tr|dt|dd|dl|div|h\d|ul|ol|table|section|summary|details|br)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")


def words_of(response) -> str:
    """The words of the page's main part, with a space wherever one block ends and the next begins."""
    main = response.content.decode().partition('id="main"')[2].partition("</main>")[0].partition(">")[2]
    return " ".join(unescape(TAG.sub("", BLOCK.sub(" ", main))).split())


def size_of(response) -> int:
    """Bytes of a page whose rows have ids of six digits, as those of a large council have."""
    return len(re.sub(rb"/\d+/", b"/123456/", response.content))
