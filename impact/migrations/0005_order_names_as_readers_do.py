from django.db import migrations

import plans.models.ordering


class Migration(migrations.Migration):
    dependencies = [
        ("impact", "0004_challenges_of_measures"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="measure",
            options={"ordering": ["position", plans.models.ordering.Alphabetical("name"), "id"]},
        ),
    ]
