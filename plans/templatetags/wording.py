"""Small words of templates: `{% load wording %}`."""

from django import template

from plans.wording.phrases import sentence

register = template.Library()
register.filter("sentence", sentence)
