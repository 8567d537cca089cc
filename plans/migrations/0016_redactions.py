import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0015_feed_tokens"),
    ]

    operations = [
        migrations.CreateModel(
            name="Redaction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(choices=[("text", "Words"), ("file", "File")], max_length=10)),
                ("marker", models.CharField(max_length=60)),
                ("reason", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("places", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(kind__in=["text", "file"]), name="redaction_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=~Q(reason=""),
                        name="redaction_has_a_reason",
                        violation_error_message="Say why it is taken out.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RedactedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "redaction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="plans.redaction",
                    ),
                ),
                ("what", models.CharField(max_length=150)),
                (
                    "pack",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="redactions",
                        to="plans.pack",
                    ),
                ),
                ("old_sha256", models.CharField(max_length=64)),
                ("new_sha256", models.CharField(blank=True, max_length=64)),
            ],
            options={"ordering": ["redaction", "id"]},
        ),
    ]
