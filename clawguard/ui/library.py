"""The one template library that templates load as ``ui``."""

from django import template

register = template.Library()
