from django.db import migrations

import plans.models.ordering


class Migration(migrations.Migration):
    dependencies = [
        ("audits", "0002_longer_words_in_the_register"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="assuranceproduct",
            options={"ordering": ["position", plans.models.ordering.Alphabetical("name"), "id"]},
        ),
        migrations.AlterModelOptions(
            name="gradescale",
            options={"ordering": [plans.models.ordering.Alphabetical("name"), "id"]},
        ),
    ]
