import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

COLUMNS = {
    "closed_on": models.DateField(blank=True, null=True),
    "closing_reason": models.TextField(blank=True),
    "keep_years": models.PositiveSmallIntegerField(
        default=10, verbose_name="years to keep it once it is closed"
    ),
}


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0013_count_tries_to_sign_in"),
    ]

    operations = [
        *(
            migrations.AddField(model, name, field.clone())
            for model in ("board", "historicalboard")
            for name, field in COLUMNS.items()
        ),
        migrations.AddConstraint(
            model_name="board",
            constraint=models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closing_reason="")
                | (Q(closed_on__isnull=False) & ~Q(closing_reason="")),
                name="board_closed_with_a_reason",
                violation_error_message="Say why the board is closed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="board",
            constraint=models.CheckConstraint(
                condition=Q(keep_years__gte=1, keep_years__lte=100),
                name="board_kept_some_years",
                violation_error_message="Give a number of years from 1 to 100.",
            ),
        ),
        migrations.CreateModel(
            name="BoardRemoval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("council", models.CharField(max_length=150)),
                ("name", models.CharField(max_length=150)),
                ("slug", models.SlugField()),
                ("closed_on", models.DateField()),
                ("keep_years", models.PositiveSmallIntegerField()),
                ("removed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("counts", models.JSONField(default=dict)),
            ],
            options={"ordering": ["-removed_at", "-id"]},
        ),
    ]
