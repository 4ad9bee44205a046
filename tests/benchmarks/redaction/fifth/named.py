"""Secrets that only their name tells: values by kind, and the names that people give them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks.redaction.fifth.drawing import ALNUM, BASE32, LOWER, UPPER, WORDS, Draw


@dataclass(frozen=True, slots=True)
class Named:
    """``names`` are words, written in the style of each place; ``plain`` values need no escape in any format."""

    names: tuple[str, ...]
    make: Callable[[Draw], str]


def _hex(size: int) -> Callable[[Draw], str]:
    return lambda d: d.hex(size)


def _an(size: int) -> Callable[[Draw], str]:
    return lambda d: d.an(size)


def _u(size: int) -> Callable[[Draw], str]:
    return lambda d: d.u(size)


def _uuid(d: Draw) -> str:
    return d.uuid()


def _phrase(d: Draw) -> str:
    return "-".join(d.word() for _ in range(d.int(3, 5)))


def _seed(d: Draw) -> str:
    return " ".join(d.choice(WORDS) for _ in range(12))


PASSWORD_NAMES = (
    "db password",
    "database password",
    "password",
    "passwd",
    "pwd",
    "db pass",
    "admin password",
    "root password",
    "smtp password",
    "redis password",
    "mysql root password",
    "postgres password",
    "user password",
    "ldap bind password",
    "keystore password",
    "ssl key password",
    "sudo password",
    "ftp password",
    "proxy password",
    "email host password",
    "rabbitmq default pass",
    "mongo initdb root password",
    "sa password",
    "wifi password",
    "login password",
    "default password",
    "service account password",
    "jdbc password",
    "spring datasource password",
    "truststore password",
    "pgpassword",
    "key pass",
    "store pass",
    "imap pass",
    "vnc password",
    "backup passphrase",
    "gpg passphrase",
    "passphrase",
    "wpa psk",
    "vault password",
    "ansible become pass",
    "master password",
    "initial password",
    "new password",
    "old password",
    "test password",
    "kennwort",
    "passwort",
    "contrasena",
    "senha",
    "mot de passe",
    "wachtwoord",
    "haslo",
    "parola",
    "losenord",
)

NAMED: dict[str, Named] = {
    "password": Named(PASSWORD_NAMES, lambda d: d.password("!#%*-_.@+=?")),
    "password plain": Named(PASSWORD_NAMES, lambda d: d.password("")),
    "password letters": Named(PASSWORD_NAMES, lambda d: d.word() + d.word()),
    "password phrase": Named(
        ("db password", "passphrase", "backup passphrase", "admin password", "encryption password"), _phrase
    ),
    "password short": Named(
        PASSWORD_NAMES[:24],
        lambda d: d.one(d.word()[:4] + d.digits(2), d.word() + d.digits(1), d.an(6), d.word() + "!"),
    ),
    "password digits": Named(
        ("db password", "password", "admin password", "user password", "pwd"), lambda d: d.digits(d.int(6, 10))
    ),
    "pin": Named(
        ("pin", "pin code", "sim pin", "card pin", "door code", "otp code", "user pin", "unlock pin"),
        lambda d: d.digits(d.choice([4, 6])),
    ),
    "generic secret hex": Named(
        (
            "secret",
            "client secret",
            "app secret",
            "shared secret",
            "webhook secret",
            "signing secret",
            "hmac secret",
            "api secret",
        ),
        _hex(40),
    ),
    "generic secret url": Named(
        (
            "client secret",
            "oauth client secret",
            "consumer secret",
            "auth secret",
            "session secret",
            "cookie secret",
            "jwt secret",
        ),
        _u(43),
    ),
    "generic token": Named(
        (
            "access token",
            "auth token",
            "api token",
            "bearer token",
            "refresh token",
            "bot token",
            "deploy token",
            "ci token",
            "id token",
        ),
        _an(40),
    ),
    "generic key": Named(
        (
            "api key",
            "apikey",
            "access key",
            "secret key",
            "private key",
            "service key",
            "license key",
            "encryption key",
            "master key",
        ),
        _an(32),
    ),
    "generic key uuid": Named(("api key", "api token", "client secret", "auth token", "access token", "secret"), _uuid),
    "generic short": Named(("api key", "auth key", "secret", "token", "access code"), lambda d: d.an(d.int(10, 16))),
    "key base64": Named(
        ("encryption key", "signing key", "aes key", "cookie key", "master key", "data protection key", "fernet key"),
        lambda d: d.b64(32),
    ),
    "key hex": Named(("encryption key", "signing key", "hmac key", "session key", "aes key", "app key"), _hex(64)),
    "laravel": Named(("app key",), lambda d: "base64:" + d.b64(32)),
    "django": Named(("secret key",), lambda d: "django-insecure-" + d.of(LOWER + "!@#%^*(-_=+)", 50)),
    "django plain": Named(("secret key", "django secret key"), lambda d: d.of(LOWER + "!@#%^*(-_=+)", 50)),
    "rails": Named(("secret key base", "rails master key"), lambda d: d.hex(d.choice([32, 128]))),
    "aws secret": Named(
        ("aws secret access key", "aws secret key", "s3 secret key", "secret access key"),
        lambda d: d.of(ALNUM + "+/", 40),
    ),
    "azure openai": Named(
        ("azure openai api key", "openai api key", "azure search key", "cognitive services key"), _hex(32)
    ),
    "azure devops": Named(
        ("azure devops pat", "azure devops ext pat", "system accesstoken"), lambda d: d.of(BASE32.lower(), 52)
    ),
    "azure storage": Named(("azure storage account key", "storage account key", "account key"), lambda d: d.b64(64)),
    "azure service bus": Named(("shared access key", "service bus key", "event hub key"), lambda d: d.b64(32)),
    "mistral": Named(("mistral api key",), _an(32)),
    "cohere": Named(("cohere api key", "co api key"), _an(40)),
    "together old": Named(("together api key", "togetherai api key"), _hex(64)),
    "wandb": Named(("wandb api key",), _hex(40)),
    "assemblyai": Named(("assemblyai api key", "deepgram api key"), _hex(32)),
    "datadog api": Named(("dd api key", "datadog api key"), _hex(32)),
    "datadog app": Named(("dd app key", "datadog app key"), _hex(40)),
    "algolia": Named(("algolia admin key", "algolia api key", "algolia admin api key"), _hex(32)),
    "okta": Named(("okta api token", "okta client token"), lambda d: "00" + d.u(40)),
    "auth0": Named(("auth0 client secret",), _u(64)),
    "jenkins": Named(("jenkins api token", "jenkins token"), lambda d: "11" + d.hex(32)),
    "paypal": Named(("paypal client secret", "paypal secret"), lambda d: "E" + d.u(79)),
    "spotify": Named(("spotify client secret",), _hex(32)),
    "postmark": Named(("postmark server token", "postmark api token"), _uuid),
    "vercel": Named(("vercel token", "vercel api token"), _an(24)),
    "heroku": Named(("heroku api key",), _uuid),
    "cloudflare": Named(("cloudflare api token", "cf api token"), _u(40)),
    "cloudflare global": Named(("cloudflare api key", "cf global api key"), lambda d: d.hex(37)),
    "twilio": Named(("twilio auth token",), _hex(32)),
    "hetzner": Named(("hcloud token", "hetzner api token"), _an(64)),
    "linode": Named(("linode token", "linode api token"), _hex(64)),
    "telegram hash": Named(("telegram api hash",), _hex(32)),
    "pusher": Named(("pusher app secret", "pusher secret"), _hex(20)),
    "plaid secret": Named(("plaid secret",), _hex(30)),
    "binance": Named(("binance api secret", "binance secret key"), _an(64)),
    "coinbase": Named(("coinbase api secret",), lambda d: d.b64(64)),
    "discord secret": Named(("discord client secret",), _u(32)),
    "facebook secret": Named(("facebook app secret", "fb app secret"), _hex(32)),
    "github secret": Named(("github client secret", "github webhook secret"), _hex(40)),
    "linkedin": Named(("linkedin client secret",), _an(16)),
    "twitter": Named(("twitter consumer secret", "twitter access token secret", "twitter api secret"), _an(50)),
    "upstash": Named(("upstash redis rest token", "kv rest api token"), lambda d: "A" + d.b64(46)),
    "snyk": Named(("snyk token",), _uuid),
    "codecov": Named(("codecov token",), _uuid),
    "rollbar": Named(("rollbar access token", "rollbar post server item"), _hex(32)),
    "openweather": Named(("openweather api key", "owm api key", "weather api key"), _hex(32)),
    "maps": Named(("here api key", "mapquest key"), _u(43)),
    "freshdesk": Named(("freshdesk api key",), _an(20)),
    "zendesk": Named(("zendesk api token",), _an(40)),
    "confluent": Named(("confluent api secret", "kafka sasl password"), lambda d: d.of(ALNUM + "+/", 64)),
    "scaleway": Named(("scw secret key", "scaleway secret key"), _uuid),
    "ovh": Named(("ovh application secret", "ovh consumer key"), _an(32)),
    "yandex": Named(("yandex secret key", "yc storage secret key"), lambda d: "YC" + d.u(38)),
    "wallet key": Named(
        ("private key", "wallet private key", "deployer private key", "eth private key"), lambda d: "0x" + d.hex(64)
    ),
    "wif": Named(
        ("btc private key", "wallet wif", "wif"),
        lambda d: d.one("K", "L", "5") + d.of("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 51),
    ),
    "seed phrase": Named(("mnemonic", "seed phrase", "wallet mnemonic", "recovery phrase"), _seed),
    "totp": Named(
        ("totp secret", "otp secret", "mfa secret", "two factor secret"), lambda d: d.of(BASE32, d.choice([16, 32]))
    ),
    "licence": Named(
        ("license key", "licence key", "product key", "serial key"),
        lambda d: "-".join(d.of(UPPER, 5) for _ in range(5)),
    ),
    "recovery code": Named(("recovery code", "backup code"), lambda d: f"{d.of(LOWER, 5)}-{d.of(LOWER, 5)}"),
    "session id": Named(("session id", "session token", "session cookie"), _an(32)),
    "csrf": Named(("csrf secret", "csrf token", "xsrf token"), _u(43)),
    "salt": Named(("password salt", "hash salt", "pepper"), _hex(32)),
    "basic auth": Named(("basic auth token", "registry auth", "auth basic"), lambda d: d.b64(d.int(15, 30))),
    "snowflake": Named(("snowflake password",), lambda d: d.password("!@#%")),
    "encryption iv": Named(("encryption secret", "crypto secret", "data encryption key"), lambda d: d.an(16)),
    "invite": Named(("reset token", "invite token", "verification token", "magic link token"), lambda d: d.u(22)),
}
