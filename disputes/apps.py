from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "disputes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from clawguard.events.sweeps import register_sweep
        from disputes import plugs, services

        register_sweep("disputes.lapse", services.sweep)
        plugs.register()
