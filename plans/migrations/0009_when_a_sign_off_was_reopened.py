from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0008_say_when_actions_were_added")]

    operations = [
        migrations.AddField(
            model_name="signoff",
            name="reopened_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        )
    ]
