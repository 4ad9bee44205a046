"""One endpoint as a value, and what is known of the well-known ones: which API they have, how they spell the output
limit.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urlsplit

Api = Literal["auto", "responses", "chat"]
XAI_URL = "https://api.x.ai/v1"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """``api_key`` is what the variable ``key_env`` holds, unchecked (``keys.check`` looks at it before the first
    request).
    """

    base_url: str = XAI_URL
    api: Api = "auto"
    api_key: str | None = field(default=None, repr=False)
    key_env: str = "XAI_API_KEY"

    @property
    def host(self) -> str:
        """Lower case, without port; empty if the URL has none."""
        try:
            return (urlsplit(self.base_url).hostname or "").rstrip(".")
        except ValueError:
            return ""

    @property
    def name(self) -> str:
        """How sentences for the user call it."""
        if self.is_xai:
            return "xAI"
        try:
            return urlsplit(self.base_url).netloc.rpartition("@")[2] or "the endpoint"
        except ValueError:
            return "the endpoint"

    @property
    def is_xai(self) -> bool:
        return self.host == "x.ai" or self.host.endswith(".x.ai")

    @property
    def is_loopback(self) -> bool:
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def dialect(self) -> Dialect:
        for host, dialect in _DIALECTS.items():
            if self.host == host or self.host.endswith(f".{host}"):
                return dialect
        return LOCAL if self.is_loopback or self.is_near else OTHER

    @property
    def is_near(self) -> bool:
        """On a private network: most likely a model server of one's own, such as an Ollama on the LAN."""
        try:
            return ipaddress.ip_address(self.host).is_private
        except ValueError:
            return "." not in self.host or self.host.endswith((".local", ".lan", ".internal", ".home.arpa"))


@dataclass(frozen=True, slots=True)
class Dialect:
    """What an OpenAI-compatible endpoint does differently (API fact sheet, section 12).

    ``first``: the API that ``auto`` tries first. ``cap``: names of Chat's output limit. ``cache_key``: takes a
    routing key for its prompt cache. ``own_keys``: has keys of its own, so xAI's must not go there. ``price_factor``:
    on the prices of the catalogue. ``lists_models``: may have ``/language-models`` with prices. ``store``: Responses
    takes ``store`` (xAI keeps answers for 30 days without it); ``usage_option``: Chat takes ``stream_options``;
    ``tiers``: takes ``service_tier``.
    """

    first: Literal["responses", "chat"] = "responses"
    cap: tuple[str, ...] = ("max_completion_tokens",)
    cache_key: bool = True
    own_keys: bool = False
    price_factor: float = 1.0
    lists_models: bool = True
    store: bool = True
    usage_option: bool = True
    tiers: bool = True

    def without(self, said: str) -> Dialect | None:
        """This dialect without what an endpoint said that it does not take; ``None``: it said nothing of the kind."""
        words = said.lower()
        named = _FIELDS.search(words) if _NOT_TAKEN.search(words) else None
        # The first name is the refused one; what to use instead may follow.
        match named and named[0]:
            case "max_completion_tokens" if "max_completion_tokens" in self.cap:
                return replace(self, cap=("max_tokens",))
            case "max_tokens" if "max_tokens" in self.cap:
                return replace(self, cap=("max_completion_tokens",)) if len(self.cap) > 1 else None
            case "prompt_cache_key" if self.cache_key:
                return replace(self, cache_key=False)
            case "store" if self.store:
                return replace(self, store=False)
            case "stream_options" if self.usage_option:
                return replace(self, usage_option=False)
            case "service_tier" if self.tiers:
                return replace(self, tiers=False)
        return None


_FIELDS = re.compile(r"\b(?:max_completion_tokens|max_tokens|prompt_cache_key|store|stream_options|service_tier)\b")
_NOT_TAKEN = re.compile(
    r"un(?:known|supported|recognized|expected)|not (?:supported|permitted|allowed|recognized)|extra|does not support"
)

XAI = Dialect()
OTHER = Dialect()
# Ollama reads max_tokens alone, llama.cpp either; both ignore what they do not know. What runs here or nearby has no price.
LOCAL = Dialect(cap=("max_completion_tokens", "max_tokens"), lists_models=False)
_DIALECTS = {
    # The US endpoint costs 10 % more on every token.
    "us.api.x.ai": Dialect(price_factor=1.1),
    "x.ai": XAI,
    # Its Responses API is a beta.
    "openrouter.ai": Dialect(
        first="chat", cap=("max_tokens",), cache_key=False, own_keys=True, lists_models=False, tiers=False
    ),
    "anthropic.com": Dialect(
        first="chat", cap=("max_tokens",), cache_key=False, own_keys=True, lists_models=False, tiers=False
    ),
    "openai.com": Dialect(own_keys=True, lists_models=False),
}
