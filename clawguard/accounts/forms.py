"""What people type to sign in and to change their password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from clawguard.accounts.models import User

MAIL = {"autocomplete": "username", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}


class SignInForm(forms.Form):
    email = forms.EmailField(label="E-mail address", max_length=254, widget=forms.EmailInput(MAIL))
    password = forms.CharField(
        label="Password", max_length=256, strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class LinkForm(forms.Form):
    email = forms.EmailField(label="E-mail address", max_length=254, widget=forms.EmailInput(MAIL))


class PasswordForm(forms.Form):
    """``current`` is asked for only where there is one: people who always used e-mailed links have none."""

    current = forms.CharField(
        label="Current password",
        max_length=256,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="New password", max_length=256, strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label="New password, once more",
        max_length=256,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.rules = password_validators_help_texts()
        if not user.has_usable_password():
            del self.fields["current"]

    def clean_current(self) -> str:
        value: str = self.cleaned_data["current"]
        if not self.user.check_password(value):
            raise ValidationError("This is not your current password.")
        return value

    def clean_new(self) -> str:
        value: str = self.cleaned_data["new"]
        validate_password(value, self.user)
        return value

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("new") and given.get("again") and given["new"] != given["again"]:
            self.add_error("again", "The two new passwords differ.")
        return given
