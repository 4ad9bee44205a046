"""Secrets that only their name tells: keys of services without a prefix, passwords, framework keys, hashes of passwords."""

from __future__ import annotations

from collections.abc import Callable

from .drawing import B32, B64, DIGIT, HEX, LOWER, LOWER_NUM, URL, WORD, Rng, b64_bytes, password, some, uuid, word
from .tokens import Kind


def _named(name: str, names: str, draw: Callable[[Rng], str]) -> Kind:
    return Kind(name, tuple(names.split("|")), draw, shaped=False)


SERVICES = (
    _named(
        "aws_secret", "aws secret access key|secret access key|aws secret key|s3 secret", lambda r: some(r, B64, 40)
    ),
    _named("azure_openai", "azure openai api key|azure openai key|cognitive services key", lambda r: some(r, HEX, 32)),
    _named("azure_devops", "azure devops pat|ado token|system access token", lambda r: some(r, B32.lower(), 52)),
    _named("azure_storage_key", "storage account key|azure storage key|account key", lambda r: b64_bytes(r, 64)),
    _named("azure_bus_key", "service bus key|shared access key|event hub key", lambda r: b64_bytes(r, 32)),
    _named("mistral", "mistral api key", lambda r: some(r, WORD, 32)),
    _named("cohere", "cohere api key|co api key", lambda r: some(r, WORD, 40)),
    _named("together", "together api key", lambda r: some(r, HEX, 64)),
    _named("wandb", "wandb api key|wandb key", lambda r: some(r, HEX, 40)),
    _named("deepgram", "deepgram api key", lambda r: some(r, HEX, 40)),
    _named("cloudflare_token", "cloudflare api token|cf api token", lambda r: some(r, URL, 40)),
    _named("cloudflare_global", "cloudflare api key|cf global key", lambda r: some(r, HEX, 37)),
    _named("linode", "linode token|linode api token", lambda r: some(r, HEX, 64)),
    _named("hetzner", "hcloud token|hetzner api token", lambda r: some(r, WORD, 64)),
    _named("vercel", "vercel token", lambda r: some(r, WORD, 24)),
    _named("heroku_uuid", "heroku api key|heroku auth token", uuid),
    _named("snyk", "snyk token|snyk api key", uuid),
    _named("postmark", "postmark server token|postmark api token", uuid),
    _named("scaleway", "scw secret key|scaleway secret key", uuid),
    _named("datadog_api", "datadog api key|dd api key", lambda r: some(r, HEX, 32)),
    _named("datadog_app", "datadog app key|dd application key", lambda r: some(r, HEX, 40)),
    _named("algolia", "algolia admin api key|algolia api key", lambda r: some(r, HEX, 32)),
    _named("okta", "okta api token|okta token", lambda r: "00" + some(r, URL, 40)),
    _named("auth0", "auth0 client secret|client secret", lambda r: some(r, URL, 64)),
    _named("jenkins", "jenkins api token|jenkins token", lambda r: "11" + some(r, HEX, 32)),
    _named("plaid_secret", "plaid secret|plaid client secret", lambda r: some(r, HEX, 30)),
    _named("paypal", "paypal client secret|paypal secret", lambda r: "E" + some(r, URL, 79)),
    _named("spotify", "spotify client secret", lambda r: some(r, HEX, 32)),
    _named("twilio_auth", "twilio auth token|auth token", lambda r: some(r, HEX, 32)),
    _named("codecov", "codecov token", uuid),
    _named("travis", "travis token|travis api token", lambda r: some(r, WORD, 22)),
    _named("trello_key", "trello api key|trello key", lambda r: some(r, HEX, 32)),
    _named("twitch", "twitch client secret", lambda r: some(r, LOWER_NUM, 30)),
    _named("reddit", "reddit client secret|reddit secret", lambda r: some(r, URL, 30)),
    _named("binance", "binance secret key|binance api secret", lambda r: some(r, WORD, 64)),
    _named("kraken", "kraken private key|kraken api secret", lambda r: b64_bytes(r, 64)),
    _named("infura", "infura project secret|infura api key", lambda r: some(r, HEX, 32)),
    _named("bugsnag", "bugsnag api key", lambda r: some(r, HEX, 32)),
    _named("rollbar", "rollbar access token|rollbar post server item", lambda r: some(r, HEX, 32)),
    _named("zendesk", "zendesk api token|zendesk token", lambda r: some(r, WORD, 40)),
    _named("pagerduty", "pagerduty api key|pagerduty token", lambda r: some(r, URL, 20)),
    _named("opsgenie", "opsgenie api key", uuid),
    _named("asana", "asana client secret", lambda r: some(r, HEX, 32)),
    _named("linkedin", "linkedin client secret", lambda r: some(r, WORD, 16)),
    _named("twitter_secret", "twitter api secret|twitter consumer secret", lambda r: some(r, WORD, 50)),
    _named("facebook_secret", "facebook app secret|fb app secret", lambda r: some(r, HEX, 32)),
    _named("openweather", "openweather api key|owm appid|weather api key", lambda r: some(r, HEX, 32)),
    _named(
        "rapidapi",
        "rapidapi key|x rapidapi key",
        lambda r: f"{some(r, HEX, 10)}msh{some(r, HEX, 15)}p{some(r, HEX, 6)}jsn{some(r, HEX, 12)}",
    ),
    _named("recaptcha", "recaptcha secret key|recaptcha secret", lambda r: "6L" + some(r, URL, 38)),
    _named("fcm", "fcm server key|firebase server key", lambda r: f"AAAA{some(r, URL, 7)}:APA91b{some(r, URL, 134)}"),
    _named("mapquest", "mapquest key|consumer key", lambda r: some(r, WORD, 32)),
)

GENERIC = (
    _named(
        "api_key",
        "api key|apikey|service api key|internal api key|x api key",
        lambda r: r.choice([some(r, HEX, 32), some(r, WORD, 32), some(r, URL, 43), some(r, WORD, 20), uuid(r)]),
    ),
    _named(
        "client_secret",
        "client secret|oauth client secret|app secret|consumer secret",
        lambda r: r.choice([some(r, WORD, 40), some(r, URL, 32), some(r, HEX, 48), uuid(r)]),
    ),
    _named(
        "auth_token",
        "auth token|access token|bearer token|api token|deploy token|bot token",
        lambda r: r.choice([some(r, WORD, 40), some(r, HEX, 40), some(r, URL, 64), some(r, LOWER_NUM, 24)]),
    ),
    _named(
        "webhook_secret",
        "webhook secret|signing secret|hook secret|shared secret",
        lambda r: r.choice([some(r, HEX, 32), some(r, WORD, 24), f"{word(r)}-{word(r)}-{word(r)}"]),
    ),
    _named(
        "encryption_key",
        "encryption key|master key|aes key|signing key|hmac key|data key",
        lambda r: r.choice([some(r, HEX, 64), some(r, HEX, 32), b64_bytes(r, 32), some(r, WORD, 32)]),
    ),
    _named(
        "jwt_secret",
        "jwt secret|jwt signing key|token secret|nextauth secret|auth secret",
        lambda r: r.choice(
            [b64_bytes(r, 32), some(r, HEX, 64), some(r, WORD, 32), f"{word(r)}-{word(r)}-{word(r)}-{word(r)}"]
        ),
    ),
    _named(
        "session_secret",
        "session secret|cookie secret|session key|cookie signing secret",
        lambda r: r.choice([some(r, HEX, 64), some(r, WORD, 32), f"{word(r)} {word(r)}".replace(" ", "_")]),
    ),
    _named("django_key", "secret key", lambda r: some(r, LOWER + DIGIT + "!@#$%^&*(-_=+)", 50).replace("$", "s")),
    _named("rails_key", "secret key base", lambda r: some(r, HEX, 128)),
    _named("laravel_key", "app key", lambda r: "base64:" + b64_bytes(r, 32)),
    _named("wireguard", "private key|preshared key", lambda r: b64_bytes(r, 32)),
    _named("totp", "totp secret|otp secret|mfa secret|two factor secret", lambda r: some(r, B32, r.choice([16, 32]))),
    _named(
        "eth_key",
        "private key|deployer private key|wallet private key|eth private key",
        lambda r: r.choice(["0x", ""]) + some(r, HEX, 64),
    ),
    _named(
        "salt",
        "password salt|secret salt|hash salt|auth salt",
        lambda r: r.choice([some(r, HEX, 32), some(r, WORD, 22), b64_bytes(r, 16)]),
    ),
    _named(
        "license",
        "license key|licence key|product key|activation key",
        lambda r: "-".join(some(r, "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 5) for _ in range(5)),
    ),
    _named("pin", "pin code|card pin|unlock pin|sim pin", lambda r: some(r, DIGIT, r.choice([6, 8]))),
)

_PASSWORD_NAMES = "password|db password|passwd|pwd|admin password|smtp password|redis password|user password|root password|pass|passphrase|key passphrase|keystore password|ldap bind password|ftp pass|wifi psk|sudo password|postgres password|mysql root password|login password|proxy password|rabbitmq default pass|vnc password|default password"
_FOREIGN_NAMES = (
    "passwort|kennwort|mot de passe|motdepasse|contrasena|clave|senha|wachtwoord|haslo|losenord|parola|salasana|parol"
)

PASSWORDS = (
    _named("password", _PASSWORD_NAMES, password),
    _named("password_2", _PASSWORD_NAMES, password),
    _named("password_3", _PASSWORD_NAMES, password),
    _named("password_foreign", _FOREIGN_NAMES, password),
)

NAMED = SERVICES + GENERIC + PASSWORDS
