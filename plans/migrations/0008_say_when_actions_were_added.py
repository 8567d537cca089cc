"""Actions recorded on a later day than their plan were added then, or on the day their first update counts from."""

from django.db import migrations
from django.db.models import Min
from django.utils import timezone

BATCH = 500


def say_when_added(apps, schema_editor):
    plans = dict(_first_days(apps.get_model("plans", "HistoricalPlan")))
    updates = apps.get_model("plans", "ProgressUpdate").objects.filter(withdrawn_at__isnull=True)
    counted = dict(updates.order_by().values_list("action").annotate(Min("on")))
    first = dict(_first_days(apps.get_model("plans", "HistoricalAction")))
    model = apps.get_model("plans", "Action")
    later = []
    for action in model.objects.filter(added_on__isnull=True).only("pk", "plan__ends").select_related("plan"):
        day, began = first.get(action.pk), plans.get(action.plan_id)
        if day and began and day > began:
            action.added_on = min(filter(None, (day, counted.get(action.pk), action.plan.ends)))
            later.append(action)
    model.objects.bulk_update(later, ["added_on"], batch_size=BATCH)


def _first_days(history):
    for pk, moment in history.objects.order_by().values_list("id").annotate(Min("history_date")):
        yield pk, timezone.localdate(moment)


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0007_what_was_asked_and_who_took_it_back"),
    ]

    operations = [migrations.RunPython(say_when_added, migrations.RunPython.noop)]
