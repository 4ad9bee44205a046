"""One table from status and text to the error class and the sentence for the user.

xAI publishes no error contract: 400 may mean a wrong key, 403 the safety check, 429 no credits, 200 an outage. So
status first, then words of the text, never the code alone. What the endpoint said goes to ``detail`` (the log): it
may hold team ids and parts of keys.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grok_ls.errors import (
    AuthFailed,
    BadRequest,
    CreditsExhausted,
    NotFound,
    ProviderError,
    ProviderTimeout,
    ProviderUnavailable,
    RateLimited,
    Refused,
    Truncated,
)
from grok_ls.usage import Usage

_DETAIL_CHARS = 2000
# What xAI charges on the Responses API for a request that its guideline check stopped before generation (pricing
# page, Oct 2026).
SAFETY_FEE_USD = 0.05


class Blocked(ProviderUnavailable):
    """Something in between answered, or the way there is shut: trying again does not help."""

    retryable = False


class Silent(ProviderTimeout):
    """The request was taken, then nothing came: it may be billed, and the user has waited long enough."""

    retryable = False


@dataclass(frozen=True, slots=True)
class Said:
    """What an endpoint answered instead of an answer. ``status`` 200 for errors inside a stream or a JSON body."""

    status: int
    code: str = ""
    text: str = ""
    html: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Who was asked for what, as sentences name it. ``secret`` is taken out of everything that is kept."""

    endpoint: str
    model: str
    key_env: str
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """First match wins. ``statuses`` empty = any, ``words`` a pattern on lower-cased text and code, empty = any."""

    error: type[ProviderError]
    sentence: str
    statuses: tuple[int, ...] = ()
    words: str = ""
    html: bool | None = None

    def matches(self, said: Said) -> bool:
        if self.statuses and said.status not in self.statuses:
            return False
        if self.html is not None and said.html is not self.html:
            return False
        return not self.words or re.search(self.words, f"{said.text}\n{said.code}".lower()) is not None


_CREDITS = (
    r"\bcredits?\b|spending[ -]limit|licenses yet|insufficient_quota|insufficient[ _](?:funds|balance)"
    r"|billing_hard_limit"
)
_CONTEXT = (
    r"maximum prompt length|context[ _-]?(?:length|size|window)|exceed_context_size|prompt is too long"
    r"|exceeds the available context"
)
_WRONG_KEY = r"incorrect api key|invalid api[ _-]?key|invalid_api_key|api key not valid|unauthenticated"
_SAFETY = r"^content violates usage guidelines|safety_check_type|content[_ ]policy|content[_ ]filter"
_RATE = r"resource[ _-]exhausted|rate[ _-]?limit|too many requests"

_KEY_REFUSED = (
    "{endpoint} did not accept the key in {key_env}: check that it is whole and valid, set it again and restart the"
    " editor."
)
_SLOW_DOWN = "{endpoint} limits the rate of requests for {model}: try again in a minute."

RULES: tuple[Rule, ...] = (
    Rule(
        Refused,
        "{endpoint}'s safety check declined this request to {model}:"
        " leave out what may look harmful, or do it by hand.",
        words=_SAFETY,
    ),
    Rule(
        CreditsExhausted,
        "The {endpoint} account has no credits left or reached its spending limit: top up or raise the limit there,"
        " then try again.",
        statuses=(200, 400, 402, 403, 429),
        words=_CREDITS,
    ),
    Rule(
        CreditsExhausted,
        "{endpoint} asks for payment: check the account's credits there, then try again.",
        statuses=(402,),
    ),
    Rule(
        Blocked,
        "A proxy or firewall on the way to {endpoint} answered with a web page (HTTP {status}): check network, VPN and"
        " HTTPS_PROXY.",
        statuses=(401, 403, 407),
        html=True,
    ),
    Rule(Blocked, "The proxy on the way to {endpoint} asks for a login: check HTTPS_PROXY.", statuses=(407,)),
    Rule(AuthFailed, _KEY_REFUSED, statuses=(401,)),
    Rule(AuthFailed, _KEY_REFUSED, statuses=(200, 400), words=_WRONG_KEY),
    Rule(
        AuthFailed,
        "{endpoint} did not accept the client certificate: check the certificate and the key together.",
        statuses=(403,),
        words=r"certificate",
    ),
    Rule(
        AuthFailed,
        "The key in {key_env} or its team may not use {model} at {endpoint}: allow the model and the endpoint for the"
        " key there, or use another key.",
        statuses=(403,),
    ),
    Rule(
        BadRequest,
        "The request is longer than {model} takes: lower grok.contextTokens or select less.",
        statuses=(200, 400, 413, 422, 500),
        words=_CONTEXT,
    ),
    Rule(
        BadRequest,
        "{model} takes no such reasoning effort: clear grok.reasoningEffort or choose another value.",
        statuses=(400, 422),
        words=r"reasoning[_ .]?effort",
    ),
    Rule(
        NotFound,
        "{endpoint} does not know the model {model}, or the key has no access to it: set grok.model to one that it"
        " serves.",
        statuses=(404, 410),
        words=r"\bmodels?\b",
    ),
    Rule(
        NotFound,
        "{endpoint} does not know the model {model}, or the key has no access to it: set grok.model to one that it"
        " serves.",
        statuses=(400,),
        words=r"model[ _](?:not[ _]found|does not exist)|unknown model|invalid model|not a valid model|no such model",
    ),
    Rule(
        NotFound,
        "There is no such API at {endpoint}: check grok.baseUrl (it usually ends in /v1) and grok.api.",
        statuses=(404, 405, 410, 501),
    ),
    Rule(
        BadRequest,
        "The request is too large for {endpoint} or a proxy on the way: lower grok.contextTokens or select less.",
        statuses=(413,),
    ),
    Rule(
        BadRequest,
        "{endpoint} sends requests on to another address, and grok-ls does not follow with the key: set grok.baseUrl to"
        " the final one.",
        statuses=tuple(range(300, 309)),
    ),
    Rule(ProviderTimeout, "{endpoint} gave up waiting for the request: try again.", statuses=(408,)),
    Rule(
        RateLimited,
        "{endpoint} has no room for {model} at the moment: try again in a minute.",
        statuses=(429,),
        words=r"at capacity|overloaded",
    ),
    Rule(RateLimited, _SLOW_DOWN, statuses=(429,)),
    Rule(RateLimited, _SLOW_DOWN, statuses=(200,), words=_RATE),
    Rule(
        BadRequest,
        "{endpoint} did not accept the request for {model}: choose another model or check the settings; the log has its"
        " words.",
        statuses=(200,),
        words=r"invalid[ _-](?:request|argument)|bad_request",
    ),
    Rule(
        ProviderUnavailable,
        "{endpoint} answered with a web page instead of the model's words: a proxy may be in between, or it is down;"
        " try again later.",
        statuses=(200,),
        html=True,
    ),
    Rule(
        ProviderUnavailable,
        "{endpoint} reported an error instead of an answer of {model}: try again later.",
        statuses=(200,),
    ),
)
_SERVER = Rule(ProviderUnavailable, "{endpoint} is not available (HTTP {status}): try again later.")
_CLIENT = Rule(
    BadRequest,
    "{endpoint} did not accept the request for {model} (HTTP {status}): choose another model or check the settings; the"
    " log has its words.",
)


def classify(
    said: Said,
    place: Place,
    *,
    retry_after_s: float | None = None,
    usage: Usage | None = None,
    billed: bool = False,
) -> ProviderError:
    """The error to raise for what an endpoint said. ``billed``: it said so in the middle of an answer."""
    fallback = _SERVER if said.status >= 500 or said.status < 300 else _CLIENT
    rule = next((rule for rule in RULES if rule.matches(said)), fallback)
    sentence = rule.sentence.format(
        endpoint=place.endpoint, model=place.model, key_env=place.key_env or "its variable", status=said.status
    )
    detail = scrubbed(f"HTTP {said.status} {said.code} {said.text}", place.secret)
    return rule.error(sentence, detail=detail, retry_after_s=retry_after_s, usage=usage, billed=billed)


def scrubbed(text: str, secret: str) -> str:
    """``text`` for the log: without the key, on one line, bounded."""
    hidden = text.replace(secret, "[key]") if len(secret) > 4 else text
    return " ".join(hidden.split())[:_DETAIL_CHARS]


def said_by(status: int, body: str, content_type: str = "") -> Said:
    """Read any body: xAI's flat shape, OpenAI's nested one, a bare string, a web page. Never raises."""
    html = "html" in content_type.lower() or body.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<head"))
    if html:
        title = re.search(r"<title>(.*?)</title>", body, re.IGNORECASE | re.DOTALL)
        return Said(status, "", title.group(1) if title else body, html=True)
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return Said(status, "", body)
    return said_in(value, status)


def said_in(value: Any, status: int = 200) -> Said:
    """The same for a decoded value, such as an error event."""
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, Mapping):
        return Said(status, "", value if isinstance(value, str) else "" if value is None else str(value))
    error = value.get("error")
    inner = error if isinstance(error, Mapping) else value
    code = inner.get("code") or value.get("code") or inner.get("type") or ""
    text = inner.get("message") or (error if isinstance(error, str) else "") or inner.get("detail") or ""
    return Said(status, str(code), str(text))


def broken(place: Place, what: str, detail: str = "") -> ProviderUnavailable:
    """A stream that ended, broke or held rubbish before its terminal event."""
    return ProviderUnavailable(
        f"The answer of {place.model} {what}, so nothing was changed: try again.",
        detail=scrubbed(detail, place.secret),
        billed=True,
    )


def truncated(place: Place, cap: int, usage: Usage | None = None, detail: str = "") -> Truncated:
    return Truncated(
        f"The answer of {place.model} did not fit into {cap} tokens and was cut, so nothing was changed:"
        " raise grok.maxOutputTokens or select less.",
        usage=usage,
        detail=detail,
        billed=True,
    )
