"""Every fault by name: what the server does, and what the user of a client must get. The table behind
docs/reliability.md."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.fake_xai.reply import Cut, Fee, Hold, Reply, answer, failure, plain

TEAM = "3f2c1d7e-9a4b-4c6d-8e5f-0a1b2c3d4e5f"
_HTML = "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad gateway</h1>cloudflare</body></html>"
_CHALLENGE = (
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
)
_TEXT = "The quick brown fox jumps over the lazy dog. " * 4


@dataclass(frozen=True, slots=True)
class Fault:
    """``error``: name of the class in ``grok_ls.errors``; ``retries``: whether a patient client tries again;
    ``group``: of the table."""

    name: str
    group: str
    reply: Reply
    error: str
    retries: bool = False


_NO_CREDITS = (
    f"Your team {TEAM} has either used all available credits or reached its monthly spending limit."
    " To continue, purchase more credits."
)
_SAFETY = (
    f"Content violates usage guidelines. Team: {TEAM}, API key ID: 1f, Model: grok-4.3,"
    " Failed check: SAFETY_CHECK_TYPE_CYBER."
)

_STATUSES = (
    ("400 bad argument", failure(400, "invalid-argument", "Invalid value for max_output_tokens."), "BadRequest", False),
    (
        "400 wrong key",
        failure(
            400,
            "Client specified an invalid argument",
            "Incorrect API key provided: xa***hi. You can obtain an API key from https://console.x.ai.",
        ),
        "AuthFailed",
        False,
    ),
    (
        "400 effort not supported",
        failure(400, "invalid-argument", "Model grok-build-0.1 does not support parameter reasoningEffort."),
        "BadRequest",
        False,
    ),
    (
        "400 prompt too long",
        failure(
            400,
            "invalid-argument",
            "This model's maximum prompt length is 256000 but the request contains 300000 tokens.",
        ),
        "BadRequest",
        False,
    ),
    (
        "401 no credentials",
        failure(401, "unauthenticated:no-credentials", "No credentials presented."),
        "AuthFailed",
        False,
    ),
    ("401 expired credentials", failure(401, "unauthenticated", "Invalid or expired credentials"), "AuthFailed", False),
    (
        "402 spending limit",
        failure(
            402, "personal-team-blocked:spending-limit", "You have run out of credits or need a Grok subscription."
        ),
        "CreditsExhausted",
        False,
    ),
    (
        "403 no credits yet",
        failure(
            403,
            "The caller does not have permission",
            f"Your newly created team {TEAM} doesn't have any credits or licenses yet.",
        ),
        "CreditsExhausted",
        False,
    ),
    (
        "403 spending limit",
        failure(
            403, "personal-team-blocked:spending-limit", "You have run out of credits or need a Grok subscription."
        ),
        "CreditsExhausted",
        False,
    ),
    ("403 safety check", replace(failure(403, "permission-denied", _SAFETY), fee=Fee(0.05)), "Refused", False),
    (
        "403 key without access",
        failure(403, "permission-denied", "API key is missing ACLs required: api-key:model:grok-4.3"),
        "AuthFailed",
        False,
    ),
    ("403 blocked team", failure(403, "permission-denied", f"Team {TEAM} is blocked."), "AuthFailed", False),
    (
        "403 client certificate",
        failure(403, "permission-denied", "The client certificate is not registered for this team."),
        "AuthFailed",
        False,
    ),
    ("403 challenge page", plain(403, _CHALLENGE, content_type="text/html"), "ProviderUnavailable", False),
    (
        "404 unknown model",
        failure(404, "not-found", f"The model nope does not exist or your team {TEAM} does not have access to it."),
        "BadRequest",
        False,
    ),
    ("405 wrong method", failure(405, "method-not-allowed", "Method not allowed"), "BadRequest", False),
    ("410 gone", failure(410, "gone", "This model has been retired."), "BadRequest", False),
    (
        "413 too large",
        plain(413, "<html>413 Request Entity Too Large</html>", content_type="text/html"),
        "BadRequest",
        False,
    ),
    (
        "415 content type",
        failure(415, "unsupported", "Expected request with `Content-Type: application/json`"),
        "BadRequest",
        False,
    ),
    (
        "422 wrong shape",
        plain(422, "Failed to deserialize the JSON body into the target type: messages[0]", content_type="text/plain"),
        "BadRequest",
        False,
    ),
    (
        "429 requests a minute",
        failure(
            429,
            "resource-exhausted",
            f"Too many requests for team {TEAM} and model grok-4.3. Your team's rate limit is"
            " Requests per Minute (actual/limit): 2/2",
        ),
        "RateLimited",
        True,
    ),
    ("429 no credits", failure(429, "resource-exhausted", _NO_CREDITS), "CreditsExhausted", False),
    (
        "429 at capacity",
        failure(429, "resource-exhausted", "The model is at capacity. Please retry your request shortly."),
        "RateLimited",
        True,
    ),
    ("429 retry after", failure(429, "resource-exhausted", "Too many requests", retry_after="3"), "RateLimited", True),
    ("408 request timeout", failure(408, "timeout", "Request timeout"), "ProviderTimeout", True),
    ("500 internal", failure(500, "internal", "Internal server error"), "ProviderUnavailable", True),
    ("500 empty body", plain(500, b""), "ProviderUnavailable", True),
    ("502 proxy page", plain(502, _HTML, content_type="text/html"), "ProviderUnavailable", True),
    (
        "503 unavailable",
        failure(503, "unavailable", "The service is currently unavailable"),
        "ProviderUnavailable",
        True,
    ),
    (
        "504 gateway timeout",
        plain(504, "<html>504 Gateway Time-out</html>", content_type="text/html"),
        "ProviderUnavailable",
        True,
    ),
    (
        "529 overloaded",
        plain(529, '{"error":{"message":"Overloaded","type":"overloaded_error"}}'),
        "ProviderUnavailable",
        True,
    ),
    (
        "200 with a JSON error",
        plain(200, '{"code":"The service is currently unavailable","error":"The model is overloaded."}'),
        "ProviderUnavailable",
        True,
    ),
    (
        "307 redirect",
        plain(307, "", location="https://elsewhere.example/v1/responses"),
        "BadRequest",
        False,
    ),
    ("407 proxy login", plain(407, _HTML, content_type="text/html"), "ProviderUnavailable", False),
    ("451 of another kind", failure(451, "legal", "Unavailable for legal reasons"), "BadRequest", False),
    ("200 with HTML", plain(200, _CHALLENGE, content_type="text/html"), "ProviderUnavailable", True),
    ("200 with nothing", plain(200, b"", content_type="text/event-stream"), "ProviderUnavailable", True),
)

_STREAMS = (
    ("closed before headers", answer(_TEXT, cut=Cut(-1)), "ProviderUnavailable", True),
    ("reset before headers", answer(_TEXT, cut=Cut(-1, "reset")), "ProviderUnavailable", True),
    ("closed after headers", answer(_TEXT, cut=Cut(0)), "ProviderUnavailable", True),
    ("ended before the first event", answer(_TEXT, cut=Cut(0, "clean")), "ProviderUnavailable", True),
    ("closed mid-text", answer(_TEXT, cut=Cut(12)), "ProviderUnavailable", False),
    ("ended mid-text", answer(_TEXT, cut=Cut(12, "clean")), "ProviderUnavailable", False),
    ("ended mid-text without framing", answer(_TEXT, cut=Cut(12), chunked=False), "ProviderUnavailable", False),
    ("reset mid-text", answer(_TEXT, cut=Cut(12, "reset")), "ProviderUnavailable", False),
    ("no terminal event", answer(_TEXT, end="none"), "ProviderUnavailable", False),
    ("incomplete: output limit", answer(_TEXT, end="incomplete"), "Truncated", False),
    ("incomplete: content filter", answer(_TEXT, end="content_filter"), "Refused", False),
    ("failed", answer(_TEXT, end="failed"), "ProviderUnavailable", False),
    ("error event", answer(_TEXT, end="error"), "ProviderUnavailable", False),
    ("error frame", answer(_TEXT, end="sse_error"), "ProviderUnavailable", False),
    ("hang before headers", answer(_TEXT, holds=(Hold(-1),)), "ProviderTimeout", False),
    ("hang after headers", answer(_TEXT, holds=(Hold(0),)), "ProviderTimeout", False),
    ("hang mid-text", answer(_TEXT, holds=(Hold(12),)), "ProviderTimeout", False),
    ("hang before the terminal event", answer("abcd", holds=(Hold("terminal"),)), "ProviderTimeout", False),
    ("flood", answer("x" * 200_000, ignore_cap=True, token_chars=100), "Truncated", False),
    (
        "bad JSON",
        answer(
            _TEXT,
            mutate=lambda frames: [
                *frames[:8],
                b'data: {"type": "response.output_text.delta", "delta": \n\n',
                *frames[8:],
            ],
        ),
        "ProviderUnavailable",
        False,
    ),
    (
        "bad UTF-8",
        answer(_TEXT, mutate=lambda frames: [*frames[:8], b'data: "\xff\xfe"\n\n', *frames[8:]]),
        "ProviderUnavailable",
        False,
    ),
)

FAULTS: tuple[Fault, ...] = tuple(
    Fault(name, "status", reply, error, retries) for name, reply, error, retries in _STATUSES
) + tuple(Fault(name, "stream", reply, error, retries) for name, reply, error, retries in _STREAMS)
BY_NAME = {fault.name: fault for fault in FAULTS}
assert len(BY_NAME) == len(FAULTS)
__all__ = ["BY_NAME", "FAULTS", "TEAM", "Fault"]
