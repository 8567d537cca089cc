"""The leads and recommendations that an import made: they go with it, unless something else uses them now."""

from collections.abc import Iterable, Mapping

from django.db.models import Model, Q

from plans.imports.undo_rows import KEPT, title_of
from plans.models import (
    ActionLead,
    ActionRecommendation,
    Holding,
    Import,
    ImportState,
    Lead,
    Recommendation,
    User,
)
from plans.services.history import remove_all
from plans.wording.phrases import taken_back

LINKS: Mapping[type[Model], type[Model]] = {Lead: ActionLead, Recommendation: ActionRecommendation}
USES = {
    ActionLead: "an action names it",
    ActionRecommendation: "an action answers it",
    Holding: "somebody holds it",
}


class Made:
    """What an import made, once its own actions are withdrawn."""

    def __init__(self, imported: Import, *, by: User | None, reason: str):
        self.imported, self.by, self.reason = imported, by, reason
        self.is_mine = Q(action__withdrawn_reason=taken_back(imported.pk))

    def take_away(self, model: type[Lead] | type[Recommendation], entries: Iterable[Mapping]) -> list[dict]:
        """Those of the entries that are in use stay: returns them as rows of the undo's report."""
        # Locked: nobody can begin to use what is about to go.
        rows = model.objects.select_for_update().in_bulk([entry["id"] for entry in entries])
        if not rows:
            return []
        uses = self._uses(model, rows)
        gone = [row for pk, row in rows.items() if pk not in uses]
        field = model._meta.model_name
        links = LINKS[model]._base_manager.filter(self.is_mine, **{f"{field}__in": gone})
        remove_all(list(links), by=self.by, reason=self.reason)
        remove_all(gone, by=self.by, reason=self.reason)
        return [
            {
                "sheet": entry["sheet"],
                "row": entry["row"],
                "title": title_of(field, rows[entry["id"]]),
                "outcome": KEPT,
                "reasons": [f"Kept, because {uses[entry['id']]}."],
            }
            for entry in entries
            if entry["id"] in uses
        ]

    def _uses(self, model: type[Model], pks: Iterable[int]) -> dict[int, str]:
        """By id why it is to stay; the links of the import's own withdrawn actions are no use."""
        edited = model.history.filter(id__in=pks).exclude(history_change_reason=f"import {self.imported.pk}")
        uses = dict.fromkeys(edited.values_list("id", flat=True), "somebody has edited it since")
        for relation in model._meta.related_objects:
            if relation.many_to_many:
                continue
            user, field = relation.related_model, relation.field.name
            found = user._base_manager.filter(**{f"{field}__in": pks})
            if user is LINKS[model]:
                found = found.exclude(self.is_mine)
            words = USES.get(user, f"the board’s {user._meta.verbose_name_plural} name it")
            uses |= dict.fromkeys(found.values_list(field, flat=True), words)
        return (
            dict.fromkeys(self._replaced(model) & set(pks), "undoing a later import would put it back") | uses
        )

    def _replaced(self, model: type[Model]) -> set[int]:
        """The ids that stood in actions before other imports, which may be undone in their turn."""
        others = Import.objects.filter(board=self.imported.board_id, state=ImportState.APPLIED)
        told = others.exclude(pk=self.imported.pk).values_list("undo__plan__actions", flat=True)
        befores = [entry["before"] for entries in told for entry in entries or () if "before" in entry]
        if model is Lead:
            return {pk for before in befores for pk in before.get("leads", ("", ()))[1]}
        return {pk for before in befores for pk in before.get("recommendations", ())}
