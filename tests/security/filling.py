"""Fills any form until it is accepted, knowing of it only what its page and its own errors say."""

from contextlib import contextmanager

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.forms import BaseForm
from django.test import Client

# Tried in turn for a field that its form complains of.
TRIES = ("Words to read", "5/1/2026", "2", "https://www.example.org/report", "new.person@example.org", "")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TYPED = ("text", "textarea", "search", "email", "url", "tel", "number", "date", "password")


def client_of(user, **options):
    client = Client(**options)
    client.force_login(user, backend=BACKEND)
    return client


@contextmanager
def taken_back():
    """Whatever is written inside is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def first_filling(form):
    """As a browser would send it once somebody has filled in each empty field with the first that comes."""
    data = form.sent()
    for name, field in form.fields.items():
        if field.kind in TYPED and not "".join(field.values):
            data[name] = [TRIES[0]]
        elif field.kind in ("select", "radio") and not "".join(field.values):
            data[name] = [value for value in field.choices if value][:1]
        elif field.kind == "button":
            data.setdefault(name, field.choices[:1])
    return data


def errors_of(response):
    """The names of the fields that the forms on the page complain of, as the page calls them."""
    if response.context is None:
        return set()
    values = [value for part in response.context for layer in part for value in layer.values()]
    forms = [value for value in values if isinstance(value, BaseForm) and value.is_bound]
    return {form.add_prefix(name) for form in forms for name in form.errors}


def files_of(data, form):
    """A page in plain text for each file that the form asks for, where the data says to send one."""
    named = [name for name, field in form.fields.items() if field.kind == "file" and data.get(name)]
    return {name: SimpleUploadedFile("notes.txt", b"What we found") for name in named}


def post(client, path, form, data):
    return client.post(form.action or path, {**data, **files_of(data, form)})


def learn(client, path, form) -> dict | None:
    """Data that the form accepts, or None where no try is; writes nothing."""
    data, tried = first_filling(form), {}
    for _ in TRIES:
        with taken_back():
            response = post(client, path, form, data)
        if response.status_code in (302, 303):
            return data
        wrong = errors_of(response) & set(form.fields)
        if not wrong:
            return None
        for name in wrong:
            tried[name] = tried.get(name, 0) + 1
            data[name] = next_try(form.fields[name], tried[name])
    return None


def next_try(field, turn):
    if field.kind in TYPED:
        return [TRIES[turn % len(TRIES)]]
    if field.kind == "file":
        return ["file"]
    choices = [value for value in field.choices if value]
    return choices[turn % len(choices) :][:1] if choices else []
