"""What reads as made up by somebody, and what a line that speaks of secrets gives away."""

from __future__ import annotations

import pytest

from grok_ls import redact
from grok_ls.redaction.made_up import is_made_up
from grok_ls.redaction.phrases import is_phrase

MADE_UP = """hammer_monkey_3073 Hammer.Mirror.8869 WonderTicket! m1rr0r8211 pl@n3t4567 castle-summer-purple-puppet DqpuAf9s
zD6JUtum 9vX!kq2LmT Passw0rd#1660 KuchenWombat53 velvet-arrow-walnut9 5401BUBBLE$ Timber2024. CARPET-297-RABBIT coffee8082 RfzCIIRK FaofXaySBUfoIuwpaiTpsMUN ykxzZUVaSVTbf""".split()  # fmt: skip
NAMES = """max_tokens_256 sha512-9lpSSU4Mly ed25519.Ed25519PrivateKey PKCS12KeyAndCertificates SCRAM-SHA-256 v1beta2 match1to2 get0_group_name
uint_least64_t CrtS3SigV4QueryAuth mlflow.protos.databricks_pb2 GPL-2.0-only @ipaddress1 keyv$1 pp$8.isUsingKeyword #6C5A05 U+029A4
0x01a7f return!0 e.keyCode!==229 %3E%0A%3C%2Fsvg%3E%0A 1537th arcfour128 Base64urlUInt 0H0V16H16V0Z password_field ubuntu-22.04 PATH_ABEMPTY$ motDePasse getURLForXML kSecAttrAccount NSURLCredential""".split()  # fmt: skip


@pytest.mark.parametrize("value", MADE_UP)
def test_a_word_that_somebody_made_up_is_told_by_its_look(value: str) -> None:
    assert is_made_up(value)


@pytest.mark.parametrize("value", NAMES)
def test_a_name_a_term_and_a_piece_of_code_are_not_made_up(value: str) -> None:
    assert not is_made_up(value)


@pytest.mark.parametrize(
    "text",
    [
        "AssertionError: '@' != '' : password mismatch",
        "| okafor | @ | api key of the test account |",
        "Default credentials: okafor / @",
        'var signingSecret: String { "@" }',
        "CryptoJS.AES.encrypt(text, '@')",
        "revert: set the token back to @",
        "users = [('kim', '@')]",
        "kind: Secret\nstringData:\n  dsn: @\n",
        '#[arg(long, default_value = "@")]\npassword: String,',
        "# the password of the box\nx = '@'",
        "sshd: api key for kim changed to @",
        'std::string pw = R"(@)";  // password',
    ],
)
def test_it_is_redacted_in_any_line_that_speaks_of_secrets(text: str) -> None:
    for value in ("hammer_monkey_3073", "Timber2024!", "p3pp3r8518", "DqpuAf9s"):
        assert value not in redact(text.replace("@", value)).text


@pytest.mark.parametrize("value", ["RfzCIIRK", "eKCiqrIW", "ZEKBKiabvOCIAN"])
@pytest.mark.parametrize(
    "line",
    [
        'val dbPassword = "@"',
        "[db]\npassword = @",
        "INFO login user=bob password=@ ok",
        "vault kv put secret/app pw=@",
        "db.corp:5432:shop:app:@",
        "// test account bob password @",
    ],
)
def test_letters_that_are_no_words_are_no_name_of_a_variable(line: str, value: str) -> None:
    assert value not in redact(line.replace("@", value) + "\n").text


@pytest.mark.parametrize(
    "line",
    [
        "const keyv$1 = new keyv.Keyv({ secret })",
        "ChaChaPolyCipher* cipher = new ChaChaPolyCipher();",
        'a table of tokens by box: {"hammer_monkey_3073": {}}',
        "login(hammer_monkey_3073); free(hammer_monkey_3073)",
        "secret sha256: 3f42fd875edf380a8408d616a2048572",
        "the token of session 3f42fd875edf380a8408d616a2048572",
        "no cue here, Timber2024! it is",
    ],
)
def test_keys_variables_pointers_and_digests_of_such_a_line_stay(line: str) -> None:
    assert redact(line + "\n").text == line + "\n"


@pytest.mark.parametrize(
    "text",
    [
        "I reset your password, it's now 3cba949d-8a30-47ed-ac5c-20a6a80365dd",
        "use 3f42fd875edf380a8408d616a2048572 as the api key",
    ],
)
def test_hexadecimal_digits_count_where_nothing_is_counted_in_them(text: str) -> None:
    assert "GROKLS_" in redact(text).text


def test_base64_of_a_user_and_a_password_is_redacted_wherever_it_stands() -> None:
    assert "YXBpOncxekByZDEwNjA=" not in redact('base64.b64decode("YXBpOncxekByZDEwNjA=")').text


def test_an_address_after_the_word_server_is_no_version() -> None:
    assert "31.125.241.123" not in redact("server 31.125.241.123:443;").text
    assert redact("ver 31.125.241.123").text == "ver 31.125.241.123"


def test_what_another_layer_found_keeps_its_bounds_and_kind() -> None:
    found = redact("curl -F 'token=ghp_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6' https://x.example").findings
    assert [one.kind for one in found] == ["GITHUB_TOKEN"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("send(3, '@')", True),
        ('String s = "@"', True),
        ("rows = ['a', '@']", True),
        ("datasource_uid = '@'", False),
        ('{"chunk": {"@": 1}}', False),
        ("checksum('@')", False),
    ],
)
def test_a_literal_at_random_needs_no_name_unless_another_one_has_it(line: str, found: bool) -> None:
    text = line.replace("@", "rfz6m2XN3aUXjhq4ctPsO1dk") + "\n"
    assert ("GROKLS_SECRET" in redact(text).text) is found


def test_the_command_that_a_password_is_given_to_is_none() -> None:
    clean = redact('$password = ConvertTo-SecureString "Sommer!2031x" -AsPlainText -Force\n').text
    assert clean.startswith('$password = ConvertTo-SecureString "GROKLS_')


@pytest.mark.parametrize("count", range(10, 27))
def test_a_wallets_phrase_has_a_number_of_words_that_wallets_have(count: int) -> None:
    assert is_phrase(" ".join(["walnut", "garden"] * 13)[: 7 * count - 1]) == (count in {12, 15, 18, 21, 24})


@pytest.mark.parametrize(
    ("lead", "told"),
    [("run --password ", True), ("run -password ", True), ("enter the password ", True), ("run password ", False)],
)
def test_digits_are_a_password_where_something_is_told_to_take_one(lead: str, told: bool) -> None:
    number = str(48_291_075)
    assert (number not in redact(f"{lead}{number} x\n").text) == told


@pytest.mark.parametrize("key", ["value", "Value", "default", "secret", "plain", "plainText", "literal", "raw"])
def test_what_a_name_holds_under_a_key_that_says_value_is_its_value(key: str) -> None:
    value = "-".join(("Blue", "Kettle", "7719"))
    assert value not in redact(f'{{"password": {{"{key}": "{value}"}}}}').text
