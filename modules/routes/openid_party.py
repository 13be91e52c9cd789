"""This site as a client of one provider of OpenID Connect: what it asks, and what it makes sure of in the answer."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authlib.integrations.starlette_client import OAuth

from modules.actions.openid_providers import Provider

SECONDS = 10.0
"""How long a provider may take to answer."""


@dataclass(frozen=True, slots=True)
class Party:
    provider: Provider
    client: Any

    async def begin(self, back: str) -> tuple[str, dict[str, str]]:
        """Where to send the browser, and the state, nonce and verifier to keep meanwhile (PKCE S256, RFC 7636)."""
        made = await self.client.create_authorization_url(back, **dict(self.provider.asked))
        return str(made["url"]), {name: str(made[name]) for name in ("state", "nonce", "code_verifier")}

    async def finish(self, asked: Mapping[str, str], back: str, *, nonce: str, verifier: str) -> Mapping[str, Any]:
        """The signed claims, with the e-mail from userinfo where the ID token does not say that it is verified.

        Raises whatever does not hold: signature, issuer, audience, age, nonce (OpenID Connect Core 3.1.3.7), another
        issuer in the answer (RFC 9207), another subject in userinfo (5.3.2).
        """
        metadata = await self.client.load_server_metadata()
        _signed_only(metadata)
        named = metadata.get("authorization_response_iss_parameter_supported") or "iss" in asked
        if named and not hmac.compare_digest(asked.get("iss", "").encode(), str(metadata["issuer"]).encode()):
            raise ValueError("the answer names another issuer")
        token = await self.client.fetch_access_token(back, code=asked.get("code", ""), code_verifier=verifier)
        claims = await self.client.parse_id_token(token, nonce=nonce)
        if claims is None:
            raise ValueError("the answer holds no ID token")
        said = dict(claims)
        if "email_verified" not in said and metadata.get("userinfo_endpoint"):
            more = dict(await self.client.userinfo(token=token))
            if more.get("sub") != said["sub"]:
                raise ValueError("userinfo is about somebody else")
            said |= {name: more[name] for name in ("email", "email_verified") if name in more}
        return said


def party(provider: Provider) -> Party:
    wanted = {"scope": provider.scope, "code_challenge_method": "S256", "timeout": SECONDS}
    client = OAuth().register(
        provider.name,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=provider.metadata_url,
        client_kwargs=wanted,
    )
    return Party(provider, client)


def _signed_only(metadata: dict[str, Any]) -> None:
    """A provider may list "none" among its algorithms; an unsigned token is never taken."""
    listed = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [name for name in listed if name != "none"] or ["RS256"]
