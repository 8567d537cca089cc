from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from improvement.health import is_healthy


@method_decorator([login_not_required, never_cache], name="dispatch")
class HealthView(View):
    def get(self, request):
        answers = is_healthy()
        return JsonResponse(answers, status=200 if all(answers.values()) else 503)
