"""The forms of a new password, with labels as this site writes them."""

from allauth.account import forms


class SentenceCase:
    """Of "New Password (again)" it makes "New password (again)"."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = str(field.label).capitalize()


class ChangeForm(SentenceCase, forms.ChangePasswordForm):
    pass


class ResetKeyForm(SentenceCase, forms.ResetPasswordKeyForm):
    pass
