from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "disputes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from clawguard.events.sweeps import register_sweep
        from disputes import plugs, services
        from disputes.services import remittances

        register_sweep("disputes.lapse", services.sweep)
        register_sweep("disputes.match_claims", remittances.match_waiting)
        register_sweep("disputes.packs", services.expire_packs)
        plugs.register()
