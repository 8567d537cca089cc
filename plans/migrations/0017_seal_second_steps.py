from django.conf import settings
from django.db import migrations

from plans.sealing import is_sealed, seal, unseal

SECRETS = ("secret", "seed")


def seal_all(apps, schema_editor):
    change(apps, lambda text: text if is_sealed(text) else seal(text, settings.MFA_KEYS))


def unseal_all(apps, schema_editor):
    change(apps, lambda text: unseal(text, settings.MFA_KEYS))


def change(apps, make):
    for row in apps.get_model("mfa", "Authenticator").objects.exclude(type="webauthn"):
        row.data |= {name: make(row.data[name]) for name in SECRETS if name in row.data}
        row.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0016_redactions"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal_all, unseal_all)]
