from plans.forms.areas import AreaForm, MoveAreaForm, NewAreaForm
from plans.forms.base import TidyForm
from plans.models import Area
from plans.services.actions import arrange_actions
from plans.services.areas import create_area, edit_area, move_area, remove_area
from plans.views.editing import AreaPage, NewInPlanPage
from plans.views.places import PlacesMixin


class AreaNewView(NewInPlanPage):
    button = "Add the area"
    form_class = NewAreaForm

    @property
    def title(self):
        return f"Add an area: {' or '.join(name.lower() for name in self.plan.level_names)}"

    def get_initial(self):
        return {"parent": self.area_in_address("inside")}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"plan": self.plan, "instance": Area(plan=self.plan)}

    def write(self, form):
        fields = {name: form.cleaned_data[name] for name in form._meta.fields}
        parent = form.cleaned_data.get("parent")
        self.area = create_area(self.plan, by=self.request.user, parent=parent, **fields)
        return f"“{self.area}” is added."

    def get_success_url(self):
        return self.plan_url(f"#area-{self.area.pk}")


class AreaEditView(AreaPage):
    title = "Edit the area"
    template_name = "plans/area_form.html"
    form_class = AreaForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.area}

    def write(self, form):
        fields = {name: form.cleaned_data[name] for name in form._meta.fields}
        edit_area(self.area, by=self.request.user, **fields)
        return "The area is saved."


class AreaMoveView(AreaPage):
    title = "Move the area"
    button = "Move"
    form_class = MoveAreaForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"area": self.area}

    def write(self, form):
        parent = form.cleaned_data["parent"]
        move_area(self.area, parent=parent, after=form.after, by=self.request.user)
        return "The area has moved, with all inside it."


class AreaRemoveView(AreaPage):
    title = "Remove the area"
    button = "Remove"
    template_name = "plans/remove.html"
    form_class = TidyForm

    def write(self, form):
        words = str(self.area)
        remove_area(self.area, by=self.request.user)
        return f"“{words}” is removed."

    def get_success_url(self):
        return self.plan_url()


class ActionReorderView(PlacesMixin, AreaPage):
    """The actions of one area: their places and references, a row each."""

    title = "Reorder and renumber actions"
    numbered = "reference"

    def rows(self):
        return list(self.area.actions.current())

    def write(self, form):
        withdrawn = list(self.area.actions.filter(withdrawn_on__isnull=False))
        order = form.in_new_order() + withdrawn
        arrange_actions(self.area, order, form.renumbered(), by=self.request.user)
        return "The order and the references are saved."
