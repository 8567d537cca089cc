from django.db import migrations, models

import plans.models.ordering


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0019_forget_second_addresses"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="attendance",
            options={
                "ordering": [
                    models.OrderBy(plans.models.ordering.Alphabetical("user__name"), nulls_last=True),
                    plans.models.ordering.Alphabetical("guest"),
                    "id",
                ],
                "verbose_name_plural": "attendance",
            },
        ),
        migrations.AlterModelOptions(
            name="board",
            options={
                "ordering": [
                    plans.models.ordering.Alphabetical("council"),
                    plans.models.ordering.Alphabetical("name"),
                    "id",
                ]
            },
        ),
        migrations.AlterModelOptions(
            name="lead",
            options={"ordering": [plans.models.ordering.Alphabetical("name"), "id"]},
        ),
        migrations.AlterModelOptions(
            name="membership",
            options={"ordering": [plans.models.ordering.Alphabetical("user__name"), "id"]},
        ),
        migrations.AlterModelOptions(
            name="plan",
            options={
                "ordering": [models.OrderBy(models.F("starts"), descending=True, nulls_last=True), "-id"]
            },
        ),
        migrations.AlterModelOptions(
            name="user",
            options={"ordering": [plans.models.ordering.Alphabetical("name"), "id"]},
        ),
    ]
