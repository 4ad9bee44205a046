"""Tokens that a program puts together: cut anywhere, behind their prefix above all, and joined as each language joins strings."""

from __future__ import annotations

import random
import string

import pytest

from grok_ls import redact

_ALPHABET = string.ascii_letters + string.digits
_TOKENS = {
    "ghp_": (_ALPHABET, 36),
    "sk_live_": (_ALPHABET, 24),
    "xai-": (_ALPHABET, 80),
    "AKIA": ("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16),
    "glpat-": (_ALPHABET, 20),
    "npm_": (_ALPHABET, 36),
    "AIza": (_ALPHABET, 35),
    "hf_": (string.ascii_letters, 34),
    "dapi": ("0123456789abcdef", 32),
}
_JOINED = [
    'x = "{0}" + "{1}"',
    "const k = `{0}` + `{1}`;",
    '["{0}", "{1}"].join("")',
    'v = f"{0}" f"{1}"',
    's := "{0}" +\n\t"{1}"',
    'z = ("{0}"\n     "{1}")',
    '$k = "{0}" . "{1}";',
    'k = "{0}" .. "{1}"',
    'p = "{0}".concat("{1}")',
    'builder.append("{0}").append("{1}");',
    '"x = \\"{0}\\" + \\"{1}\\"\\n",',
]


def _token(prefix: str) -> str:
    alphabet, size = _TOKENS[prefix]
    draw = random.Random(prefix)
    return prefix + "".join(draw.choice(alphabet) for _ in range(size))


@pytest.mark.parametrize("template", _JOINED)
@pytest.mark.parametrize("prefix", _TOKENS)
@pytest.mark.parametrize("behind", [0, 3])
def test_a_token_is_found_when_it_is_cut_at_or_behind_its_prefix(template: str, prefix: str, behind: int) -> None:
    token = _token(prefix)
    cut = len(prefix) + behind
    text = template.format(token[:cut], token[cut:]) + "\n"
    clean = redact(text)
    assert token[cut:] not in clean.text
    assert clean.restore(clean.text) == text


def test_a_token_in_three_pieces_is_found() -> None:
    token = _token("ghp_")
    clean = redact(f'x = "{token[:4]}" + "{token[4:20]}" + "{token[20:]}"').text
    assert token[4:20] not in clean
    assert token[20:] not in clean


@pytest.mark.parametrize(
    "line",
    [
        'Environment="CF_API_TOKEN={0}" "TZ=UTC" "PORT=8080"',
        '"{0}" "label"',
        'name = "ghp_" + "prefixes"',
        'f("sk_", "live_mode_1")',
    ],
)
def test_what_stands_beside_a_token_is_no_piece_of_it(line: str) -> None:
    text = line.format(_token("ghp_"))
    clean = redact(text).text
    for word in ("TZ=UTC", "PORT=8080", "label", "prefixes", "live_mode_1"):
        assert (word in clean) == (word in text)
