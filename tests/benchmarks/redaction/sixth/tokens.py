"""Kinds with a shape of their own and kinds that only a name tells, from the reference's facts."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

from tests.benchmarks.redaction.sixth.drawing import ALNUM, BASE32, BASE64, HEX, URLSAFE, Dice

Draw = Callable[[Dice], str]


def _an(prefix: str, size: int, tail: str = "") -> Draw:
    return lambda dice: prefix + dice.mixed(ALNUM, size) + tail


def _u(prefix: str, size: int, tail: str = "") -> Draw:
    return lambda dice: prefix + dice.mixed(URLSAFE, size) + tail


def _hex(prefix: str, size: int, tail: str = "") -> Draw:
    return lambda dice: prefix + dice.mixed(HEX, size) + tail


def uuid(dice: Dice) -> str:
    return "-".join(dice.mixed(HEX, size) for size in (8, 4, 4, 4, 12))


def jwt(dice: Dice, **claims: object) -> str:
    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")

    payload = {"sub": dice.text("0123456789", 8), "iat": 1_760_000_000 + dice.randint(1, 9_000_000), **claims}
    return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(payload)}.{dice.mixed(URLSAFE, 43)}"


def _discord(dice: Dice) -> str:
    head = base64.b64encode(dice.text("123456789", 18).encode()).decode().rstrip("=")
    return f"{head}.G{dice.mixed(ALNUM, 5)}.{dice.mixed(URLSAFE, 38)}"


SHAPED: dict[str, Draw] = {
    "xai": _an("xai-", 80),
    "openai_legacy": lambda d: f"sk-{d.mixed(ALNUM, 20)}T3BlbkFJ{d.mixed(ALNUM, 20)}",
    "openai_project": lambda d: (
        f"sk-{d.choice(['proj', 'svcacct', 'admin'])}-{d.mixed(URLSAFE, 74)}T3BlbkFJ{d.mixed(URLSAFE, 74)}"
    ),
    "anthropic": lambda d: f"sk-ant-{d.choice(['api03', 'admin01', 'oat01'])}-{d.mixed(URLSAFE, 93)}AA",
    "openrouter": _hex("sk-or-v1-", 64),
    "groq": _an("gsk_", 52),
    "huggingface": lambda d: "hf_" + d.text(ALNUM[:52], 34),
    "replicate": _an("r8_", 37),
    "perplexity": _an("pplx-", 48),
    "cerebras": _an("csk-", 48),
    "fireworks": _an("fw_", 24),
    "deepseek": _hex("sk-", 32),
    "nvidia": _u("nvapi-", 64),
    "langsmith": lambda d: f"lsv2_pt_{d.mixed(HEX, 32)}_{d.mixed(HEX, 10)}",
    "pinecone": lambda d: f"pcsk_{d.mixed(ALNUM, 6)}_{d.mixed(ALNUM, 60)}",
    "elevenlabs": _hex("sk_", 48),
    "tavily": _an("tvly-", 32),
    "google_api": _u("AIza", 35),
    "aws_session": lambda d: "IQoJb3JpZ2lu" + d.blob(180),
    "aws_bedrock": lambda d: "ABSK" + d.blob(80),
    "google_oauth_secret": _u("GOCSPX-", 28),
    "google_access": _u("ya29.", 120),
    "google_refresh": _u("1//0", 60),
    "azure_client_secret": lambda d: f"{d.mixed(ALNUM, 3)}8Q~{d.mixed(ALNUM + '_.~', 34)}",
    "digitalocean": lambda d: d.choice(["dop_v1_", "doo_v1_", "dor_v1_"]) + d.mixed(HEX, 64),
    "heroku": _u("HRKU-", 60),
    "fly": lambda d: f"FlyV1 fm2_{d.blob(90)}",
    "netlify": _an("nfp_", 36),
    "alibaba": _an("LTAI", 20),
    "databricks": _hex("dapi", 32),
    "planetscale": lambda d: d.choice(["pscale_tkn_", "pscale_pw_", "pscale_oauth_"]) + d.mixed(URLSAFE, 43),
    "supabase": lambda d: d.choice([_hex("sbp_", 40), _u("sb_secret_", 31)])(d),
    "terraform_cloud": lambda d: f"{d.mixed(ALNUM, 14)}.atlasv1.{d.mixed(URLSAFE, 67)}",
    "vault": lambda d: d.choice([_u("hvs.", 90), _u("hvb.", 130)])(d),
    "pulumi": _hex("pul-", 40),
    "doppler": _an("dp.pt.", 43),
    "onepassword": lambda d: "ops_eyJ" + d.mixed(URLSAFE, 250),
    "age": lambda d: "AGE-SECRET-KEY-1" + d.text("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58),
    "github": lambda d: d.choice(["ghp_", "gho_", "ghu_", "ghs_", "ghr_"]) + d.mixed(ALNUM, 36),
    "github_fine": lambda d: f"github_pat_{d.mixed(ALNUM, 22)}_{d.mixed(ALNUM, 59)}",
    "gitlab": lambda d: d.choice(["glpat-", "gldt-", "glptt-", "glrt-", "glsoat-"]) + d.mixed(URLSAFE, 20),
    "gitlab_routable": lambda d: f"glpat-{d.mixed(URLSAFE, 27)}.01.{d.mixed(HEX, 9)}",
    "bitbucket": _an("ATBB", 32),
    "atlassian": _u("ATATT3xFfGF0", 180),
    "npm": _an("npm_", 36),
    "pypi": _u("pypi-AgEIcHlwaS5vcmc", 150),
    "rubygems": _hex("rubygems_", 48),
    "crates": _an("cio", 32),
    "nuget": lambda d: "oy2" + d.mixed(ALNUM[:26] + "0123456789", 43),
    "docker_pat": _u("dckr_pat_", 27),
    "artifactory": _an("AKCp8", 68),
    "sourcegraph": lambda d: f"sgp_{d.mixed(HEX, 16)}_{d.mixed(HEX, 40)}",
    "slack": lambda d: f"xox{d.choice('bpa')}-{d.text('123456789', 12)}-{d.text('123456789', 13)}-{d.mixed(ALNUM, 24)}",
    "slack_app": lambda d: f"xapp-1-A0{d.mixed(BASE32, 9)}-{d.text('123456789', 13)}-{d.mixed(HEX, 64)}",
    "discord": _discord,
    "telegram": lambda d: f"{d.text('123456789', 10)}:AA{d.mixed(URLSAFE, 33)}",
    "twilio": _hex("SK", 32),
    "sendgrid": lambda d: f"SG.{d.mixed(URLSAFE, 22)}.{d.mixed(URLSAFE, 43)}",
    "mailgun": _hex("key-", 32),
    "mailchimp": lambda d: f"{d.mixed(HEX, 32)}-us{d.randint(1, 21)}",
    "brevo": lambda d: f"xkeysib-{d.mixed(HEX, 64)}-{d.mixed(ALNUM, 16)}",
    "resend": lambda d: f"re_{d.mixed(ALNUM, 8)}_{d.mixed(ALNUM, 24)}",
    "stripe": lambda d: d.choice(["sk_live_", "sk_test_", "rk_live_"]) + d.mixed(ALNUM, d.choice([24, 99])),
    "stripe_webhook": _an("whsec_", 32),
    "square": lambda d: d.choice([_u("EAAA", 60), _u("sq0csp-", 43)])(d),
    "shopify": lambda d: d.choice(["shpat_", "shpss_", "shpca_"]) + d.mixed(HEX, 32),
    "newrelic": lambda d: "NRAK-" + d.mixed(BASE32, 27),
    "grafana": lambda d: d.choice(
        [lambda: f"glsa_{d.mixed(ALNUM, 32)}_{d.mixed(HEX, 8)}", lambda: "glc_" + d.blob(90)]
    )(),
    "sentry": lambda d: d.choice(
        [_hex("sntryu_", 64), lambda d: f"sntrys_eyJ{d.mixed(ALNUM, 80)}_{d.mixed(ALNUM, 43)}"]
    )(d),
    "posthog": _an("phx_", 43),
    "sonar": _hex("squ_", 40),
    "dynatrace": lambda d: f"dt0c01.{d.mixed(BASE32, 24)}.{d.mixed(BASE32, 64)}",
    "launchdarkly": lambda d: "sdk-" + uuid(d),
    "notion": lambda d: d.choice([_an("ntn_", 46), _an("secret_", 43)])(d),
    "linear": _an("lin_api_", 40),
    "airtable": lambda d: f"pat{d.mixed(ALNUM, 14)}.{d.mixed(HEX, 64)}",
    "figma": _u("figd_", 40),
    "postman": lambda d: f"PMAK-{d.mixed(HEX, 24)}-{d.mixed(HEX, 34)}",
    "hubspot": lambda d: "pat-na1-" + uuid(d),
    "facebook": _an("EAA", 170),
    "twitter_bearer": lambda d: f"AAAAAAAAAAAAAAAAAAAAA{d.mixed(ALNUM, 25)}%3D{d.mixed(ALNUM, 50)}",
    "mapbox": lambda d: f"sk.eyJ{d.mixed(ALNUM, 80)}.{d.mixed(URLSAFE, 22)}",
    "contentful": _u("CFPAT-", 43),
    "buildkite": _hex("bkua_", 40),
    "tailscale": lambda d: f"tskey-auth-k{d.mixed(ALNUM, 11)}CNTRL-{d.mixed(ALNUM, 32)}",
    "jwt": jwt,
    "supabase_service": lambda d: jwt(d, iss="supabase", role="service_role"),
    "slack_webhook": lambda d: (
        f"https://hooks.slack.com/services/T{d.mixed(BASE32, 8)}/B{d.mixed(BASE32, 10)}/{d.mixed(ALNUM, 24)}"
    ),
    "discord_webhook": lambda d: f"https://discord.com/api/webhooks/{d.text('123456789', 18)}/{d.mixed(URLSAFE, 68)}",
    "teams_webhook": lambda d: (
        f"https://kestrel.webhook.office.com/webhookb2/{uuid(d)}@{uuid(d)}/IncomingWebhook/{d.mixed(HEX, 32)}/{uuid(d)}"
    ),
    "bcrypt": lambda d: f"$2b$12${d.mixed(ALNUM + './', 53)}",
    "sha512_crypt": lambda d: f"$6${d.mixed(ALNUM, 12)}${d.mixed(ALNUM + './', 86)}",
    "argon2": lambda d: f"$argon2id$v=19$m=65536,t=3,p=4${d.blob(16).rstrip('=')}${d.blob(32).rstrip('=')}",
    "django_hash": lambda d: f"pbkdf2_sha256$600000${d.mixed(ALNUM, 22)}${d.blob(32)}",
}
"""Found wherever it stands: the contexts need not tell."""

NAMED: dict[str, tuple[tuple[str, ...], Draw]] = {
    "aws_secret": (("aws_secret_access_key", "secretAccessKey", "AWS_SECRET_KEY"), lambda d: d.mixed(BASE64, 40)),
    "azure_openai": (("AZURE_OPENAI_API_KEY", "azure_openai_key", "azureOpenAiKey"), _hex("", 32)),
    "mistral": (("MISTRAL_API_KEY", "mistral_api_key", "mistralApiKey"), _an("", 32)),
    "cohere": (("COHERE_API_KEY", "cohereApiKey", "co_api_key"), _an("", 40)),
    "together": (("TOGETHER_API_KEY", "together_api_key"), _hex("", 64)),
    "wandb": (("WANDB_API_KEY", "wandb_key", "wandbApiKey"), _hex("", 40)),
    "azure_devops": (("AZURE_DEVOPS_PAT", "devops_pat", "azureDevOpsToken"), lambda d: d.mixed(BASE32.lower(), 52)),
    "heroku_uuid": (("HEROKU_API_KEY", "heroku_api_key", "herokuKey"), uuid),
    "cloudflare": (("CLOUDFLARE_API_TOKEN", "cloudflare_api_token", "cfApiToken"), _u("", 40)),
    "datadog": (("DD_API_KEY", "datadog_api_key", "datadogAppKey"), _hex("", 32)),
    "algolia": (("ALGOLIA_ADMIN_KEY", "algoliaAdminKey", "algolia_api_key"), _hex("", 32)),
    "okta": (("OKTA_API_TOKEN", "oktaToken", "okta_api_token"), _u("00", 40)),
    "auth0": (("AUTH0_CLIENT_SECRET", "auth0ClientSecret", "auth0_client_secret"), _u("", 64)),
    "jenkins": (("JENKINS_API_TOKEN", "jenkinsToken", "jenkins_api_token"), _hex("11", 32)),
    "plaid": (("PLAID_SECRET", "plaidSecret", "plaid_secret"), _hex("", 30)),
    "paypal": (("PAYPAL_CLIENT_SECRET", "paypalSecret", "paypal_client_secret"), _u("E", 79)),
    "spotify": (("SPOTIFY_CLIENT_SECRET", "spotifyClientSecret", "spotify_secret"), _hex("", 32)),
    "postmark": (("POSTMARK_SERVER_TOKEN", "postmarkToken", "postmark_api_token"), uuid),
    "vercel": (("VERCEL_TOKEN", "vercelToken", "vercel_token"), _an("", 24)),
    "twilio_auth": (("TWILIO_AUTH_TOKEN", "twilioAuthToken", "twilio_auth_token"), _hex("", 32)),
    "signing_hex": (("SIGNING_KEY", "encryptionKey", "session_signing_key", "hmac_key"), _hex("", 64)),
    "signing_base64": (("JWT_SIGNING_KEY", "cookieEncryptionKey", "master_key", "hmacSecret"), lambda d: d.blob(32)),
    "wallet": (("PRIVATE_KEY", "deployerPrivateKey", "wallet_private_key"), _hex("0x", 64)),
    "rails": (("secret_key_base", "SECRET_KEY_BASE"), _hex("", 128)),
    "laravel": (("APP_KEY", "app_key"), lambda d: "base64:" + d.blob(32)),
    "generic_secret": (("client_secret", "clientSecret", "OAUTH_CLIENT_SECRET", "consumerSecret"), _an("", 36)),
    "generic_token": (("access_token", "refreshToken", "BOT_TOKEN", "deploy_token", "webhookToken"), _an("", 32)),
    "generic_api_key": (("api_key", "apiKey", "WEATHER_API_KEY", "mapsApiKey", "serviceKey"), _an("", 28)),
}
"""Only the name tells."""
