from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "clawguard.ui"
    label = "ui"
