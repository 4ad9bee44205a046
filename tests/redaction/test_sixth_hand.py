"""What the sixth corpus found: each general cause by which a secret was missed, and clean lines that were once redacted.

`§` stands in the place of the secret, so that no secret stands in this file.
"""

from __future__ import annotations

import pytest

from grok_ls import redact

pytestmark = pytest.mark.slow


CAMEL = "VelvetOtterLantern"
JOINED = "canyonzephyrwalrus"
HYPHENS = "velvet-otter-lantern"
SPACED = "velvet otter lantern quartz"
SHORT = "k7mQx2"
ODD = "uI8MXBrt"
CHOSEN = "Falcon_353"
DIGITS = "69454874"
TOKEN = "mQwGjQwI48b2" + "anonlMWmQozn"

MISSED = (
    # letters alone, in each way to join words
    ('db_password = "§"', CAMEL),
    ("POSTGRES_PASSWORD=§", CAMEL),
    ("spring.datasource.password=§", CAMEL),
    ('let dbPassword = "§";', SPACED),
    ("db.passwd = §", CAMEL),
    ("password: §", JOINED),
    ("Server=db;User Id=kim;Password=§;Encrypt=True", CAMEL),
    ("params=[kim, password=§, remember=true]", JOINED),
    ('smtp.login("kim", "§")', JOINED),
    ("mysqli_connect('db', 'kim', '§', 'shop');", SPACED.replace(" ", "-")),
    # in running text, some words away from the name
    ("use § as the root password", ODD),
    ("wip: pw for the vpn is §", ODD),
    ("Log in as kim with the password § first.", JOINED),
    ("Enter kim and § as username and password", CHOSEN),
    ("rotate the admin password from § to something better", DIGITS),
    ("when on staging, the password is currently §.", CHOSEN),
    ("Remove the hard-coded password (§) from the importer", SHORT),
    ("la contraseña del servidor es § y el usuario kim", CHOSEN),
    ("le mot de passe du serveur est §.", SHORT),
    (" * @param {string} password - e.g. on staging it is §", SHORT),
    ("root pw on db.lan = §", CAMEL),
    ("what's the pw for staging?\n[10:23] anna: §", CHOSEN),
    ("what was the wifi password again?\n\nIt's §", ODD),
    ("The default credentials are **kim** / **§**.", CHOSEN),
    ("creds for the demo: kim / §", CHOSEN),
    ("Use kim:§ to log in.", JOINED),
    ("<p>Log in as kim, the password is <code>§</code></p>", ODD),
    # a place that takes the value
    ("rootpw §", CHOSEN),
    ("hibernate.connection.password §", JOINED),
    ("REDIS_AUTH=§", ODD),
    ('test: ["CMD", "mysqladmin", "ping", "-uroot", "-p§"]', ODD),
    ("http --auth kim:§ https://db.lan/api", ODD),
    ("bundle config https://gems.lan kim:§", CHOSEN),
    ("printf '%s' '§' | gh secret set DB_PASSWORD", SHORT),
    ("echo -e '§\\n§' | passwd kim", SHORT),
    ("220 ready\nUSER kim\n331 Password required\nPASS §\n230 in", ODD),
    ("a001 LOGIN kim §\na001 OK", ODD),
    ("||Host||User||Password||\n|db.lan|kim|§|", ODD),
    ('@pytest.mark.parametrize(("user", "password"), [("kim", "§"), ("x", "")])', CHOSEN),
    ('@pytest.mark.parametrize("user,password", [("kim", "§"), ("x", "")])', CHOSEN),
    ('<wsse:Password Type="PasswordText">§</wsse:Password>', ODD),
    ("password: \"{{ '§' | password_hash('sha512') }}\"", CHOSEN),
    ("await page.fill('input[name=\"password\"]', '§');", SHORT),
    ('credentials += Credentials("Nexus", "nexus.lan", "kim", "§")', SHORT),
    ("const azureOpenAiKey = import.meta.env.VITE_X ?? '§';", TOKEN),
    ("* Username: kim\n* Password: §", "falcon"),
    # between the pieces of a template, over the end of a line
    ('url = f"https://{user}:§@{host}/x"', TOKEN),
    ('url = "redis://:§@#{host}:6379"', TOKEN),
    ("const auth = `Bearer ${prefix}§`;", TOKEN),
    ("export API_TOKEN=Zq8rTw5yUi3oPa1s\\\n§", TOKEN),
    ("ALTER USER kim PASSWORD 'Zq8rTw5yUi3oPa1s' || '§';", TOKEN),
    # persons
    ("phone: '§'", "020 7946 3712"),
    ('"telefon": "§"', "030 / 4696556"),
    ("see vscode-remote://wsl%2Bubuntu/home/§/git/x", "kenjirossi"),
)
KEPT = (
    '"password": "Contraseña",',
    "contraseña: Contraseña",
    '"password": "\\u30d1\\u30b9\\u30ef\\u30fc\\u30c9\\u304c",',
    '"title": "[%key:common::config_flow::title::oauth2_pick_implementation%]"',
    "const params = [`Token=${Token}`, 'Version=2010-03-31'];",
    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-abc",
    "uint64_t seed = 0x9E3779B97F4A7C15ULL;",
    'password = "PrivateKeyPath"',
    'password: "enter your new password here"',
    "A senha para descriptografar o arquivo",
    "Your API key and password are only used by BRP072Cxx and SKYFi devices.",
    "De API wachtwoord authenticatieprovider is verouderd.",
    "The password for user kim2019 is stored as a hash.",
    "The password is encrypted with PBKDF2 and SHA256.",
    "if (password === UserPasswordHash) return next2;",
    "def connect(user, password, host2, port3): ...",
    'import "dist/credentials/ActionNetworkApi.credentials.js";',
    "The password must not be internationalized or counterrevolutionary.",
)


@pytest.mark.parametrize(("line", "secret"), MISSED)
def test_what_was_missed_is_redacted_and_comes_back(line: str, secret: str) -> None:
    text = f"first line\n{line.replace('§', secret)}\nlast line\n"
    redacted = redact(text)
    assert secret not in redacted.text
    assert redacted.restore(redacted.text) == text


@pytest.mark.parametrize("line", KEPT)
def test_what_was_redacted_in_vain_stays(line: str) -> None:
    text = f"first line\n{line}\nlast line\n"
    assert redact(text).text == text


@pytest.mark.parametrize("form", ["abc%22def8Kq%2B1", "abc\\u0022def8Kq+1", 'abc"def8Kq+1', "YWJjImRlZjhLcSsx"])
def test_a_value_with_an_escaped_quote_is_found_again_in_any_form(form: str) -> None:
    clean = redact(f'db_password = "abc\\"def8Kq+1"\n# seen: {form} (then it stopped)\n').text
    assert "def8Kq" not in clean
    assert form not in clean


def test_few_secrets_of_the_sixth_hand_survive() -> None:
    from tests.benchmarks.redaction.sixth.generate import samples
    from tests.benchmarks.redaction.sixth.measure import cleaned, left

    asked = lost = 0
    for sample in samples(2, each=2):
        text, _ = cleaned(sample.text)
        asked += len(sample.pieces)
        lost += sum(left(piece, text, sample.text) for piece in sample.pieces)
    assert asked > 500
    assert lost < asked / 40


SPOKEN_OF = (
    "> + conn = connect(host)\n\nPlease do not commit the password. It is the same as on production (`§`), isn't it?",
    "> I tried kim with my old password but no.\n\nAgent: I have set a temporary one for you, §. Please change it.",
    "09:20 the password from the wiki does not work\n09:41 we find that the migration had set it to §",
    "10:02 <jan> is the pw the old one?\n10:03 <anna> no, since yesterday it's §",
    '{"text": "anyone has the creds for grafana?"},\n{"text": "admin / §"}',
    "Open https://db.lan/admin, log in with admin and §",
    "WARNING bad password 'x' for kim, expected '§'",
)


@pytest.mark.parametrize("text", SPOKEN_OF)
@pytest.mark.parametrize(
    "secret", [CAMEL, CHOSEN, "bramble.tugboat.76", "c0bbl3r456", "ThimbleCobbler7", "s2C2gsvP0WX9Yj"]
)
def test_what_the_lines_after_a_mention_point_at_is_redacted(text: str, secret: str) -> None:
    assert secret not in redact(text.replace("§", secret)).text


@pytest.mark.parametrize(
    "text",
    [
        "The password is checked first. It is hashed with argon2id and bcrypt2, or with PBKDF2.",
        "Reset the password, then upgrade to 5.0.71 or try n8n-workflow.",
        "- Set the password on the proxy correctly (UsamaAshraf) [250b1a8]",
        "These credentials need access to ec2:DescribeInstances and s3:GetObject.",
        "if password and user_2fa_enabled or has_ipv6:\n    pass",
        "The login uses OAuth2 with HMAC-SHA256 and utf8mb4.",
        "Ask for the password and call set_password2(value) or use base64url.",
    ],
)
def test_technical_terms_after_a_mention_stay(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ('~ password            = "old-one-77" -> "§"', CHOSEN),
        ('db.changeUserPassword("ledger", "§")', ODD),
        ("${PASSWORD}    §", CAMEL),
        ("enable secret 0 §", "Petra2022"),
        ('set login user kim authentication plaintext-password "§"', ODD),
        ('set pass "§"', CHOSEN),
        ("{user: kim, password: §}", JOINED),
        ("java -Dkey.storePassword=§ -jar a.jar", HYPHENS),
        ("[smtp.lan]:587 kim:§", CHOSEN),
        ("user kim on >§ ~* +@all", ODD),
        ("COPY public.accounts (id, login, password) FROM stdin;\n1\tadmin\t§\n", CHOSEN),
        ("INSERT INTO users (id, password) VALUES\n(1, 'x'),\n(2, '§');", CHOSEN),
        ("rootpw --plaintext §", ODD),
        ("Voici vos identifiants : kim / §.", CHOSEN),
        ("user.create({ login: 'kim', password: await hash('§', 10) });", ODD),
    ],
)
def test_places_of_the_seventh_corpus_are_known(line: str, secret: str) -> None:
    text = f"first line\n{line.replace('§', secret)}\nlast line\n"
    redacted = redact(text)
    assert secret not in redacted.text
    assert "ledger" not in line or "ledger" in redacted.text
    assert redacted.restore(redacted.text) == text


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ('dsn = "postgresql://{}:{}@{}/x".format("kim", "§", host)', CHOSEN),
        ('url = "mysql://%s:%s@db/x" % ("kim", "§")', JOINED),
        ('user, password = "kim", "§"', CAMEL),
        ('host, db_user, db_pass = "db.lan", "kim", "§"', ODD),
        ("let [user, pass] = ['kim', '§'];", CHOSEN),
        ('def get_password(self):\n    return "§"', CAMEL),
        ("function password() { return '§'; }", CHOSEN),
        ('get_token = lambda: "§"', TOKEN),
        ("const getSecret = () => '§';", TOKEN),
        ("const apiKey = String.raw`§`;", TOKEN),
        ("The password is \\texttt{§}.", ODD),
        ("spawn('redis-cli', ['-h', 'db', '-a', '§']);", ODD),
        ('subprocess.run(["sshpass", "-p", "§", "ssh", "kim"])', CHOSEN),
        ('-define(PASSWORD, "§").', JOINED),
        ("密码：§", JOINED),
        ("/usr/bin/run --password §", JOINED),
        ('accounts: ["0x§"]', "3f9a" * 16),
    ],
)
def test_places_of_the_eighth_corpus_are_known(line: str, secret: str) -> None:
    text = f"first line\n{line.replace('§', secret)}\nlast line\n"
    redacted = redact(text)
    assert secret not in redacted.text
    assert redacted.restore(redacted.text) == text


@pytest.mark.parametrize(
    "text",
    [
        'def get_password_field(self):\n    return "passwordField2"\n',
        'key, token_type, scope = "id1", "bearer", "openid profile"\n',
        'url = "https://{}:{}@{}/x".format(user, password, host2)\n',
        'subprocess.run(["git", "commit", "-m", "Add reset2fa"])\n',
        "/usr/bin/run --password prompt\n",
    ],
)
def test_code_of_the_same_form_without_a_secret_stays(text: str) -> None:
    assert redact(text).text == text
