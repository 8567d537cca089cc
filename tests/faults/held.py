"""What a database holds, to see that nothing or all of a thing was done."""

from django.apps import apps

# Written at every step by whoever is signed in, and no part of what they do.
BESIDE = frozenset({"sessions.Session"})


def held():
    """Every row of every model but sessions, by model, in the order of keys."""
    models = [
        model for model in apps.get_models(include_auto_created=True) if model._meta.label not in BESIDE
    ]
    return {model._meta.label: list(map(plain, rows_of(model))) for model in models}


def rows_of(model):
    return model._base_manager.order_by("pk").values_list(
        *(one.attname for one in model._meta.concrete_fields)
    )


def plain(row):
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
