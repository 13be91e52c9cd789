"""What the letters about an account say. Plain text; the one link in each goes to this site."""

from dataclasses import dataclass

from modules.records.mails import Letter
from modules.settings import Settings


@dataclass(frozen=True, slots=True)
class Sender:
    """`site`: its name; `base_url`: its public address, never taken from a request."""

    site: str
    base_url: str

    def confirm(self, email: str, token: str) -> Letter:
        body = (
            f"Somebody, probably you, made an account at {self.site} with this address.\n\n"
            f"To confirm it, open this link within three days and type the password you chose:\n\n"
            f"{self.base_url}/account/confirm/{token}\n\n"
            "If it was not you, do nothing: the account cannot be used.\n"
        )
        return Letter(email, f"Confirm your address for {self.site}", body)

    def known(self, email: str, token: str) -> Letter:
        body = (
            f"Somebody, probably you, tried to make an account at {self.site} with this address. There is one already, "
            "and nothing about it has changed.\n\n"
            f"Sign in here: {self.base_url}/account/sign-in\n\n"
            "If you have forgotten the password, choose a new one within two hours:\n\n"
            f"{self.base_url}/account/reset/{token}\n\n"
            "If it was not you, do nothing.\n"
        )
        return Letter(email, f"You already have an account at {self.site}", body)

    def reset(self, email: str, token: str) -> Letter:
        body = (
            f"Somebody, probably you, asked for a new password at {self.site}.\n\n"
            f"To choose one, open this link within two hours:\n\n"
            f"{self.base_url}/account/reset/{token}\n\n"
            "If it was not you, do nothing: your password stays as it is.\n"
        )
        return Letter(email, f"A new password for {self.site}", body)

    def unknown(self, email: str) -> Letter:
        body = (
            f"Somebody, probably you, asked for a new password at {self.site}. There is no account with this address. "
            "You may have used another one.\n\n"
            f"To make an account: {self.base_url}/account/register\n\n"
            "If it was not you, do nothing.\n"
        )
        return Letter(email, f"No account with this address at {self.site}", body)

    def new_email(self, email: str, token: str) -> Letter:
        body = (
            f"This address was given as the new one of an account at {self.site}.\n\n"
            f"To confirm it, open this link within three days:\n\n"
            f"{self.base_url}/account/email/{token}\n\n"
            "If it was not you, do nothing.\n"
        )
        return Letter(email, f"Confirm your new address for {self.site}", body)

    def told(self, email: str, what: str) -> Letter:
        """To the address that the account had when it happened."""
        body = (
            f"{what}\n\n"
            "If it was you, there is nothing to do. If it was not, choose a new password at once:\n\n"
            f"{self.base_url}/account/forgot\n"
        )
        return Letter(email, f"Your account at {self.site}", body)


def sender_of(settings: Settings, site: str = "Landmark") -> Sender | None:
    """None when no letters go out: without a mail server, or without an address for the links in them."""
    return None if settings.smtp is None or settings.base_url is None else Sender(site, settings.base_url)
