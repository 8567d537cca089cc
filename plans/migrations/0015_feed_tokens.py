import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0014_close_boards"),
    ]

    operations = [
        migrations.CreateModel(
            name="FeedToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feed_tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="what reads with it")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("second_step", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(condition=~Q(name=""), name="feed_token_has_a_name"),
                    models.CheckConstraint(condition=Q(ends_at__gt=F("made_at")), name="feed_token_ends"),
                ],
            },
        ),
    ]
