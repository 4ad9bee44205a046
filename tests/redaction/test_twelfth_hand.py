"""What the first run of the twelfth corpus let through, by its causes."""

from __future__ import annotations

import pytest

from grok_ls.redaction.redact import Vocabulary, redact

pytestmark = pytest.mark.slow


def clean(text: str) -> str:
    result = redact(text, Vocabulary(b"twelfth"))
    assert result.restore(result.text) == text
    return result.text


@pytest.mark.parametrize(
    "text",
    [
        '{\n  "region": "eu",\n  "apiToken": "WVdLdRaqiioIjtcjY',
        "const deployToken = 'WVdLdRaqiioIjtcjY",
        'region = "eu"\n  mailKey: \\"WVdLdRaqiioIjtcjY',
    ],
)
def test_a_literal_that_the_end_of_the_text_cuts_short_is_found_by_its_name(text: str) -> None:
    assert "WVdLdRaqiioIjtcjY" not in clean(text)


@pytest.mark.parametrize(
    "text", ["api_token = 'settings_default_token", "token = names['deploy_token']", "key = 'a b c"]
)
def test_a_name_in_an_open_literal_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    "token",
    ["tvly-" + "q7Rz0bX4kP", "key-" + "f47faf6ba3d98782", "sdk-" + "763fbc4b-72dc-17be", "hf_" + "ZqXMwbTRkfLP"],
)
def test_the_beginning_of_a_token_at_the_end_of_the_text_is_found(token: str) -> None:
    assert token[4:] not in clean(f"2026-03-02 WARN upstream refused {token}")


@pytest.mark.parametrize(
    "word", ["sdk-generator", "key-value-store", "api-gateway-v2", "pat-development", "hf_transformers"]
)
def test_a_name_with_the_head_of_a_token_at_the_end_of_the_text_stays(word: str) -> None:
    assert clean(f"see the notes on {word}") == f"see the notes on {word}"


@pytest.mark.parametrize("row", ["17,089/8230417,true\n", "17;0171/3532751\n", "`030/4482913`\n"])
def test_a_telephone_number_with_a_slash_needs_no_name(row: str) -> None:
    assert "GROKLS_PHONE_" in clean(row)


def test_a_path_of_numbers_is_no_telephone_number() -> None:
    assert (
        clean("GET /0123/45678/ HTTP/1.1\ncp a/0171/3532751.txt b\n")
        == "GET /0123/45678/ HTTP/1.1\ncp a/0171/3532751.txt b\n"
    )


@pytest.mark.parametrize(
    "broken",
    ["uhwtpde5h25F=\n7rmJ50sJBLiO and on", '"uhwtpde5h25F" & _\n    "7rmJ50sJBLiO"', "uhwtpde5h25F^\n7rmJ50sJBLiO"],
)
def test_a_known_value_is_found_across_a_line_that_goes_on(broken: str) -> None:
    text = clean(f"password = 'uhwtpde5h25F7rmJ50sJBLiO'\n\ntext {broken}\n")
    assert "uhwtpde5h25F" not in text
    assert "7rmJ50sJBLiO" not in text


@pytest.mark.parametrize(
    "line",
    [
        'self.sshpass = kwargs.get("sshpass", False)',
        'dbpass = options["dbpass"]',
        'self._userpwd2 = args.pop("userpwd2")',
    ],
)
def test_a_value_that_is_asked_for_by_its_own_name_stays(line: str) -> None:
    assert clean(f"{line}\n") == f"{line}\n"


@pytest.mark.parametrize(
    "line",
    [
        '<glyph unicode="&#xe009;" d="M0 0v1100h1200v-1100h-1200zM100 100h100v100h-100v-100zM100 300h100v100z" />',
        '<path id="login" d="M237 122h231v694h-231v-694zM483 1030q-1 52 -36 86t-93 34t-94.5 -34" />',
        "get('/members?tag_key1=true&tag_key2=false&'\n    'tag_key3=1&tag_key4=1.4&tag_key5=RandomTag')",
        "if password_transport == 'environment':",
        "redacted.password = '(hidden)'",
        "connect(user, password=self.config['postgresql']['superuser'])",
        'dns = ["2001:4860:4860::8888", "2001:4860:4860:0:0:0:0:8844", "2606:4700:4700::1111"]',
        '{"key": "/service/batman5/1/initialize", "value": "2164261704"}',
    ],
)
def test_what_the_clean_packages_showed_stays(line: str) -> None:
    assert clean(f"{line}\n") == f"{line}\n"


@pytest.mark.parametrize("secret", ["(tR4vel9x)", "100h113q0", "/hunter22x", "1a&c=dQ7x9w"])
def test_a_password_that_looks_a_little_like_these_is_found(secret: str) -> None:
    assert secret not in clean(f'password = "{secret}"\n')


@pytest.mark.parametrize("form", ["| 0O^=Un)J\n| 5ItKmc3=\n| more\n", "x = 0O^=Un)J5ItKmc3=\nmore\n"])
def test_a_known_value_may_end_with_a_sign_that_continues_a_line(form: str) -> None:
    assert "5ItKmc3" not in clean(f"password = '0O^=Un)J5ItKmc3='\n\n{form}")


@pytest.mark.parametrize("gap", range(10, 60, 3))
def test_an_address_is_found_however_far_behind_a_time_of_day(gap: int) -> None:
    assert "354d" not in clean(f"08:30:12 {'x' * gap} addr=2a01:4f8:d2b5:354d::d2 accepted\n")
