from django.db.models import CharField, Func, Value
from django.db.models.functions import Collate

from plans.wording.alphabet import LISTED, WRITTEN


class Alphabetical(Func):
    """Names in the order of `plans.wording.alphabet`, on each database the same."""

    # Every connection to SQLite knows it by the app's configuration.
    function = "alphabetical"
    arity = 1
    output_field = CharField()

    def as_postgresql(self, compiler, connection, **context):
        listed = Func(*self.source_expressions, Value(WRITTEN), Value(LISTED), function="translate")
        return compiler.compile(Collate(listed, "C"))
