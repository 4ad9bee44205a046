"""Is there a key, can it be one, and may it go to this endpoint? Asked before the first request; the key never
appears in a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from grok_ls.errors import AuthFailed
from grok_ls.provider.endpoint import Endpoint

# What local servers are sent: their clients need some key, they need none.
DUMMY = "none"
XAI_VARIABLE = "XAI_API_KEY"
_CONSOLE = "https://console.x.ai"


@dataclass(frozen=True, slots=True)
class Key:
    """``value`` goes into the header. ``warnings``: one sentence each, for the user, once."""

    value: str = field(repr=False)
    warnings: tuple[str, ...] = ()


def check(endpoint: Endpoint) -> Key:
    """The key to send, or ``AuthFailed`` with the next step. Looks at the form only; nothing is sent."""
    raw = endpoint.api_key or ""
    value = raw.strip()
    variable = endpoint.key_env
    if endpoint.is_loopback and not value:
        # Servers on this machine need none. A key in grok.apiKeyEnv is sent: both settings are the user's own, so it is meant for it.
        return Key(DUMMY)
    if not value:
        raise AuthFailed(_missing(endpoint))
    if not value.isascii() or not value.isprintable() or " " in value:
        raise AuthFailed(
            f"The key in {variable} holds a blank, a line break or another character that no key has:"
            f" copy it again and restart the editor."
        )
    if endpoint.is_xai and not value.startswith("xai-"):
        raise AuthFailed(
            f"The key in {variable} is not one of xAI's, which begin with xai-: create one at {_CONSOLE}, set"
            f" {variable} and restart the editor."
        )
    if endpoint.is_xai and not endpoint.base_url.lower().startswith("https://"):
        raise AuthFailed("The key is not sent to xAI in clear text: let grok.baseUrl begin with https://.")
    if endpoint.dialect.own_keys and value.startswith("xai-"):
        raise AuthFailed(
            f"The key in {variable} is xAI's and is not sent to {endpoint.name}: set grok.apiKeyEnv to the variable"
            f" that holds the key of {endpoint.name}."
        )
    blanks = f"The key in {variable} had blanks around it; they were left out."
    return Key(value, (blanks,) if raw != value else ())


def _missing(endpoint: Endpoint) -> str:
    if endpoint.is_xai:
        return f"There is no xAI key: create one at {_CONSOLE}, set {endpoint.key_env} and restart the editor."
    if not endpoint.key_env:
        return f"No key is configured for {endpoint.name}: name the variable that holds it in apiKeyEnv."
    return f"There is no key for {endpoint.name}: set {endpoint.key_env} and restart the editor."
