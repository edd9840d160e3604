from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "clawguard.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
