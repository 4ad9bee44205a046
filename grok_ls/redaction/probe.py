"""A self-test of an installation: one made-up secret for each layer goes in, none may come out, and all must come back."""

from __future__ import annotations

from collections.abc import Callable

from grok_ls.redaction.redact import Redacted

_TOKEN = "xai-" + "Aq7" * 26 + "Zz"
_PASSWORD = "tiger" + "1960!x"
_BODY = "MIIEvQ" + "IBADANBgkqhkiG9w0BAQEFAASC" * 2

PROBES: tuple[tuple[str, str, str], ...] = (
    ("keys by their form", f"client = Client('{_TOKEN}')\n", _TOKEN),
    ("passwords by their name", f'{{"adminPasswort": "{_PASSWORD}"}}\n', _PASSWORD),
    ("passwords in connection strings", f"postgres://app:{_PASSWORD}@db.corp.io/app\n", _PASSWORD),
    ("private keys", f"-----BEGIN PRIVATE KEY-----\n{_BODY}\n-----END PRIVATE KEY-----\n", _BODY),
    ("personal data", "# ask jo.smith@corp" + "-mail.io\n", "jo.smith"),
    ("values that are known", f'token = "{_TOKEN}"\nurl = "/x/{_TOKEN.replace("-", "%2D")}"\n# {_TOKEN}\n', _TOKEN),
)
"""What is looked for, a text, and what must not be left of it."""


def failed_probes(redact: Callable[[str], Redacted]) -> list[str]:
    """What ``redact`` let through or did not give back, in the words of ``PROBES``; whatever it raises goes through."""
    failed = []
    for name, text, secret in PROBES:
        done = redact(text)
        if secret in done.text or done.restore(done.text) != text:
            failed.append(name)
    return failed
