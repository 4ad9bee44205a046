"""What the fifth corpus found: each general cause by which a secret was missed, and clean lines that were once redacted.

`§` stands in the place of the secret, so that no secret stands in this file; values are drawn or joined here.
"""

from __future__ import annotations

import base64
import random
import string

import pytest

from grok_ls import redact

pytestmark = pytest.mark.slow


_WORD = string.ascii_letters + string.digits


def _drawn(alphabet: str, size: int) -> str:
    dice = random.Random(f"fifth {alphabet} {size}")
    value = "".join(dice.choices(alphabet, k=size))
    return f"{value[:3]}7{value[4:7]}{'Kq' if 'K' in alphabet else 'a9'}{value[9:]}"


HEX = _drawn("0123456789abcdef", 40)
TOKEN = _drawn(_WORD, 44)
CHOSEN = "Falcon1987!"
PLAIN = "marble9021"
PHRASE = "walnut-planet-garden-copper"
LETTERS = "graniteolive"
DIGITS = "83019264"
NOISE = "d5)j8*1o_-8vyb_^0k@x)+w!o##zr7xslz#fvmm!u@^_xp"
RANDOM = "kPobBbHSPD8K"
CODE = "4vb4a-z1jw5"
SEED = "copper planet garden walnut river maple otter silver amber lemon tiger heron"

MISSED = (
    # words joined, digits alone, letters alone
    ('DB_PASSWORD = "§"', PHRASE),
    ("ENV BACKUP_PASSPHRASE §", PHRASE),
    ("heroku config:set BACKUP_PASSPHRASE=§ -a acme", PHRASE),
    ('.backup_passphrase(Some("§"))', PHRASE),
    ('USER_PASSWORD = "§"', DIGITS),
    ('props.setProperty("admin.password", "§");', DIGITS),
    ("ENV USER_PASSWORD §", DIGITS),
    ("DB_PASSWORD=§", LETTERS),
    ("db:\n  password: §\n  pool: 5", LETTERS),
    ("<password>§</password>", LETTERS),
    ('readonly DB_PASSWORD="${DB_PASSWORD:-§}"', LETTERS),
    # codes
    ('#define PIN "§"', "7498"),
    ("'unlock_pin' => env('UNLOCK_PIN', '§'),", "6997"),
    ("RUN PIN=§ make install", "8425"),
    ('var backupCode = []byte("§")', CODE),
    ("access_code = §", "8ZgfsJex2oi"),
    ('telegramApiHash = "§"', _drawn("0123456789abcdef", 32)),
    ('t.Setenv("MNEMONIC", "§")', SEED),
    ('request.setValue("§", forHTTPHeaderField: "X-seed-phrase")', SEED),
    # lists and tables
    ("passwords = ['§', 'x']", PHRASE + "5"),
    ('PASSWORDS = {\n    "kim": "§",\n}', CHOSEN),
    ("passwords:\n  - first-one\n  - §\n", CHOSEN),
    ('users = {"kim": "§"}  # passwords', PLAIN),
    ("user;password;role\nkim;§;admin", "sunset_willow_hazel7"),
    ("  | user | password |\n  | kim | § |\n", CHOSEN),
    (" user | password \n------+----------\n kim  | §\n", CHOSEN),
    # split, continued, encoded
    ('password := "§" +\n\t"le-island8"', "bronze-eag"),
    ('let secret_key = concat!("§", "fe461e3a7caa507a0440");', "7681cde865724b8d5ea6"),
    ('String apiKey = new StringBuilder().append("§").append("x9").toString();', HEX),
    ("token: >-\n  §\n  hV5tkJcVm2VzH1ez\n", "JTXtCXIO97NfNPSu"),
    ("password=$(echo § | xxd -r -p)", b"Falcon-1987x".hex()),
    ("echo '§' | base64 -d | docker login", base64.b64encode(b"Falcon-1987x!").decode()),
    ('String password = unhex("§");', "67696e67657235363738"),
    # what signs a value holds
    ("SECRET_KEY=§", NOISE),
    ("ENV SECRET_KEY §", NOISE),
    ("define( 'AUTH_KEY', '§' );", ")Rj7KOiUz*w6,~7cz)+*~&JGSdnR1TeOH:!V!-]HonycJ[*5<sS~8+s>Lrq5gVH"),
    ('{"password": "§"}', "Meadow32081\\\\yiWF"),
    ("requests.get(url, auth=('app', '§'))", "EL.YS7@Uiz.w"),
    ("Authorization: Basic §", "YXBwOlBlcHBlcjIwMTlf"),
    # places
    ('<meta-data android:name="com.acme.SHARED_KEY"\n  android:value="§" />', HEX),
    ('<p name="Argument.name">password</p>\n<p name="Argument.value">§</p>', CHOSEN),
    ("jdbc:oracle:thin:app/§@10.0.3.7:1521:orcl", PLAIN),
    ("connect app/§@orcl", CHOSEN),
    ("<auth-user-pass>\nkim\n§\n</auth-user-pass>", CHOSEN),
    ('BUNDLE_GEMS__ACME__IO: "kim:§"', CHOSEN),
    ("socks5 10.0.0.1 1080 kim §", PLAIN),
    ('"app" "§"', CHOSEN),
    ("xfreerdp /u:kim /p:§ /v:host", PLAIN),
    ("rsync --password-file=<(echo §) a b", CHOSEN),
    ("chpasswd <<< 'admin:§'", CHOSEN),
    ("username cisco password 0 §", CHOSEN),
    ('creds = ("app", "§")', CHOSEN),
    ('bcrypt.CompareHashAndPassword(hash, []byte("§"))', "p87WIoHa1uyaeQE3OFAr"),
    ("if (hash_equals('§', $_POST['password']))", CHOSEN),
    ("password.should eq '§'", CHOSEN),
    ("password = input('Password: ') or '§'", PLAIN),
    ("password = os.environ['PW'] if 'PW' in os.environ else '§'", CHOSEN),
    ('val token: String by lazy { "§" }', TOKEN),
    ("https://app.acme.io/reset-password/§", HEX),
    # sentences, logs
    ("Rotate password (old: §)", CHOSEN),
    ("The new password will be §.", CHOSEN),
    ("A temporary password is generated for root@localhost: §", PLAIN),
    ("Please use the following password to proceed:\n\n§\n", PLAIN),
    ("Password for 'kim': §", PLAIN),
    ("New password: §", "jasper_yellow_comet3"),
    ("Default credentials: admin / §", RANDOM),
    ("Password has been reset to §.", RANDOM),
    ("hotfix: hardcode pass §", CHOSEN),
    ("user admin pass §", CHOSEN),
    ("**Password:** §", CHOSEN),
    ("<p>Password: <b>§</b></p>", PLAIN),
    ("what's the api key?\n[10:03] lee: it's §", HEX),
    ("starting with args: [--port 80 --client-secret §]", HEX),
    ("console.log('password:', '§');", PLAIN),
    ('array(2) { ["password"]=> string(9) "§" }', PLAIN),
    ("LoginRequest(username=kim, password=§)", "amber4100"),
    ("パスワード：§", "R5c7C3X0v3brN1"),
    # tokens of vendors, known and unknown
    ("call(`AQ.Ab8§`)", "R" + _drawn(_WORD, 44)),
    ("x = 'e2b_§'", HEX),
    ("- newvendor_live_§", TOKEN),
    ("DEPLOY=b3BlbnNzaC1rZXktdjEAAAAA§", TOKEN),
    ("k = 'MIIEpAIBAAKC§'", _drawn(_WORD, 90)),
    ("new Client('+§==')", "+" + _drawn(_WORD, 84)),
)

SPLIT = (
    ('x = "npm_{0}" + "{1}"', 14, 36),
    ('["gsk_{0}",\n "{1}"].join("")', 12, 52),
    ("const x = 'dapi{0}' +\n  '{1}'", 9, 32),
)

KEPT = (
    'public_key = "9f86d081884c7d659a2feaa0c55ad0159f86d081884c7d659a2feaa0c55ad015"',
    "PUBLISHABLE_KEY = '9f86d081884c7d659a2feaa0c55ad015'",
    'secretName: db-credentials\nid="svg-b87b96c6" d="M12 2C6.48 2"',
    'label: "Enter your password",\nUUID("03bc8e7c-ec75-4bac-8790-ab152a827c09")',
    '"PasswordDataAvailable": {\n  "operation": "GetPasswordData",',
    "class CrtSigV4AsymAuth(BaseSigner):",
    "class CrtS3SigV4QueryAuth(CrtSigV4QueryAuth):",
    "USERNAME_PASSWORD: 0x02,",
    'msgid "Enter your login and password below"',
    "this.seed=Math.imul(48271,this.seed)",
    "create_engine('postgresql://scott:tiger@localhost/test')",
    "passphrase: 'incorrectpassphrase'",
    "'Authorization': 'Bearer dummy-token-for-extended-card'",
    "a Workspace ID (for example, `wrkspc_011CZkZaBF1tNoB5wlCeusgy`)",
    '"id": "to-delete-chap-credentials-1471375025612",',
    "the number of seconds since 1970-01-01T00:00:00Z",
    'password = "123456"',
    "PIN = 2024",
    "password: required",
    "password = plaintext\nstore(plaintext)",
    "error_code = 'E1024'",
    "max_tokens: 128000",
    "pin = GPIO21",
    "e.password=null;let i=1",
    "return this.flowKey=!1,this.flowLevel=1,`flow`;",
    '<a href="https://1password.com"><img alt="1Password" height="32"></a>',
    "encryptKeyInfoWithScheme(symmetricKey, options, 'RSAES-PKCS1-V1_5', callback);",
    "serverHostKey: [ 'rsa-sha2-256' ],",
)


@pytest.mark.parametrize(("template", "value"), MISSED)
def test_what_was_missed_is_found(template: str, value: str) -> None:
    clean = redact("first line\n" + template.replace("§", value) + "\nlast line\n").text
    assert value not in clean
    assert value[: len(value) * 2 // 3] not in clean


@pytest.mark.parametrize(("template", "head", "size"), SPLIT)
def test_a_token_is_told_by_its_pieces_together(template: str, head: int, size: int) -> None:
    value = _drawn("0123456789abcdef", size)
    clean = redact(template.format(value[:head], value[head:])).text
    assert value[:head] not in clean
    assert value[head:] not in clean


@pytest.mark.parametrize("line", KEPT)
def test_what_was_redacted_in_vain_stays(line: str) -> None:
    text = f"first line\n{line}\nlast line\n"
    assert redact(text).text == text


def test_few_secrets_of_the_fifth_hand_survive() -> None:
    from tests.benchmarks.redaction.fifth.generate import cases
    from tests.benchmarks.redaction.fifth.measure import survivors

    drawn = list(cases(8, 3))
    left = [(case.kind, case.text) for case in drawn if survivors(case)]
    assert len(drawn) > 900
    assert len(left) < len(drawn) / 50, left[:20]


def test_lines_that_only_look_like_secrets_stay() -> None:
    from tests.benchmarks.redaction.fifth.drawing import Draw
    from tests.benchmarks.redaction.fifth.negatives import drawn

    for number in range(8):
        text = drawn(Draw(f"1/{number}"))
        assert redact(text).text == text
