from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "sessions"
    label = "therapy_sessions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from clawguard.events.sweeps import register_sweep
        from sessions import plugs
        from sessions.services import findings, imports, later, patterns, unconfirmed

        plugs.register()
        register_sweep("sessions.dismissals", findings.end_dismissals)
        register_sweep("sessions.imports", imports.clear_abandoned)
        register_sweep("sessions.later", later.sweep)
        register_sweep("sessions.patterns", patterns.sweep)
        register_sweep("sessions.unconfirmed", unconfirmed.sweep, remembers=True)
