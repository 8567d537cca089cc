from django.core.management import call_command
from django.db import migrations

TABLE = "cache"


def create(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    """The table of the database cache, in which the limits on sign-in are counted."""

    dependencies = [("plans", "0012_ask_for_a_second_step")]

    operations = [migrations.RunPython(create, drop)]
