from impact.services.challenges import challenge_measure
from impact.views.editing import MeasurePage
from plans.views.challenges import RaiseMixin


class MeasureChallengeView(RaiseMixin, MeasurePage):
    def answerable(self):
        return self.measure.owner_id

    def ask(self, **fields):
        return challenge_measure(self.measure, **fields)
