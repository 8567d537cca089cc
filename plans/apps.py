from django.apps import AppConfig
from django.db.backends.signals import connection_created

from plans.wording.alphabet import alphabetical


def know_the_alphabet(sender, connection, **kwargs):
    if connection.vendor == "sqlite":
        connection.connection.create_function("alphabetical", 1, alphabetical, deterministic=True)


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self):
        connection_created.connect(know_the_alphabet)
