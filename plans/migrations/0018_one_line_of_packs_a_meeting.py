from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0017_seal_second_steps"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="pack",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaces__isnull", True)),
                fields=("meeting", "plan"),
                name="pack_closed_once_a_meeting",
                violation_error_message="The papers of this plan are closed for this meeting already.",
            ),
        ),
    ]
