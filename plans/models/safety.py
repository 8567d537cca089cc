from django.db import models

from plans.models.people import User

# Among a kept form's fields: the names of the files that had been chosen, which are not kept themselves.
FILES = "files chosen"


class KeptForm(models.Model):
    """What somebody sent after their session had ended, offered back to that person alone for a day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="kept_forms")
    path = models.CharField(max_length=500)
    fields = models.JSONField()
    kept_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"{self.user}: {self.path}"

    @property
    def files(self):
        return self.fields.get(FILES, [])


class SpentToken(models.Model):
    """A form's one-time token: a second press or a reload finds it here and is harmless."""

    token = models.CharField(max_length=64, unique=True)
    # Where the first press led.
    url = models.CharField(max_length=500, blank=True)
    spent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self):
        return self.token
