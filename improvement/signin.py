from allauth.account.adapter import DefaultAccountAdapter


class ClosedSignupAdapter(DefaultAccountAdapter):
    """People are invited by a board's administrator; nobody signs up."""

    def is_open_for_signup(self, request):
        return False
