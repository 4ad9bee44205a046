"""Tokens of providers: exact formats, and those that only a name tells."""

from __future__ import annotations

import base64
import json
import random
import string
from collections.abc import Callable

from tests.benchmarks.redaction.twelfth.drawing import AN, B64, BASE32, HEX, URLSAFE, b64, github, pick, uuid

Draw = Callable[[random.Random], str]


def _of(head: str, alphabet: str, count: int, tail: str = "") -> Draw:
    return lambda rng: head + pick(rng, alphabet, count) + tail


def _segment(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


def jwt(rng: random.Random, role: str = "") -> str:
    claims = {"iss": "supabase", "role": role} if role else {"sub": str(rng.randint(1000, 9**9)), "scope": "read:all"}
    claims["iat"] = str(rng.randint(1_600_000_000, 1_790_000_000))
    return f"{_segment({'alg': 'HS256', 'typ': 'JWT'})}.{_segment(claims)}.{pick(rng, URLSAFE, 43)}"


def _discord(rng: random.Random) -> str:
    number = base64.b64encode(str(rng.randint(10**17, 10**18 - 1)).encode()).decode().rstrip("=")
    return f"{number}.{pick(rng, URLSAFE, 6)}.{pick(rng, URLSAFE, 38)}"


def _discord_hook(rng: random.Random) -> str:
    return f"https://discord.com/api/webhooks/{rng.randint(10**17, 10**18)}/{pick(rng, URLSAFE, 68)}"


def _slack_hook(rng: random.Random) -> str:
    upper = string.ascii_uppercase + string.digits
    return f"https://hooks.slack.com/services/T{pick(rng, upper, 10)}/B{pick(rng, upper, 10)}/{pick(rng, AN, 24)}"


def _digits(rng: random.Random, count: int) -> str:
    return str(rng.randint(10 ** (count - 1), 10**count - 1))


TOKENS: dict[str, tuple[str, Draw]] = {
    "xai": ("XAI_API_KEY", _of("xai-", AN, 80)),
    "openai": ("OPENAI_API_KEY", lambda r: f"sk-{pick(r, AN, 20)}T3BlbkFJ{pick(r, AN, 20)}"),
    "openai-project": ("OPENAI_API_KEY", lambda r: f"sk-proj-{pick(r, URLSAFE, 74)}T3BlbkFJ{pick(r, URLSAFE, 74)}"),
    "anthropic": ("ANTHROPIC_API_KEY", _of("sk-ant-api03-", URLSAFE, 93, "AA")),
    "openrouter": ("OPENROUTER_KEY", _of("sk-or-v1-", HEX, 64)),
    "groq": ("GROQ_API_KEY", _of("gsk_", AN, 52)),
    "huggingface": ("HF_TOKEN", _of("hf_", string.ascii_letters, 34)),
    "replicate": ("REPLICATE_API_TOKEN", _of("r8_", AN, 37)),
    "perplexity": ("PPLX_API_KEY", _of("pplx-", AN, 48)),
    "deepseek": ("DEEPSEEK_API_KEY", _of("sk-", HEX, 32)),
    "nvidia": ("NVIDIA_API_KEY", _of("nvapi-", URLSAFE, 64)),
    "langsmith": ("LANGSMITH_API_KEY", lambda r: f"lsv2_pt_{pick(r, HEX, 32)}_{pick(r, HEX, 10)}"),
    "elevenlabs": ("XI_API_KEY", _of("sk_", HEX, 48)),
    "tavily": ("TAVILY_API_KEY", _of("tvly-", AN, 32)),
    "google": ("GOOGLE_MAPS_KEY", _of("AIza", URLSAFE, 35)),
    "aws-id": ("AWS_ACCESS_KEY_ID", lambda r: r.choice(("AKIA", "ASIA")) + pick(r, BASE32, 16)),
    "aws-secret": ("AWS_SECRET_ACCESS_KEY", _of("", B64, 40)),
    "aws-session": ("AWS_SESSION_TOKEN", _of("IQoJb3JpZ2luX2Vj", B64, 300)),
    "google-oauth": ("GOOGLE_CLIENT_SECRET", _of("GOCSPX-", URLSAFE, 28)),
    "google-access": ("GCP_TOKEN", _of("ya29.", URLSAFE, 150)),
    "azure-client": ("AZURE_CLIENT_SECRET", lambda r: f"{pick(r, AN, 3)}{r.randint(1, 9)}Q~{pick(r, AN + '_.~-', 34)}"),
    "azure-storage": ("AZURE_STORAGE_KEY", lambda r: b64(r, 64)),
    "azure-openai": ("AZURE_OPENAI_API_KEY", _of("", HEX, 32)),
    "azure-devops": ("AZURE_DEVOPS_PAT", _of("", BASE32.lower(), 52)),
    "digitalocean": ("DIGITALOCEAN_TOKEN", _of("dop_v1_", HEX, 64)),
    "heroku": ("HEROKU_API_KEY", uuid),
    "cloudflare": ("CLOUDFLARE_API_TOKEN", _of("", URLSAFE, 40)),
    "fly": ("FLY_API_TOKEN", _of("FlyV1 fm2_", B64, 120)),
    "netlify": ("NETLIFY_AUTH_TOKEN", _of("nfp_", AN, 36)),
    "alibaba": ("ALIBABA_ACCESS_KEY", _of("LTAI", AN, 20)),
    "databricks": ("DATABRICKS_TOKEN", _of("dapi", HEX, 32)),
    "planetscale": ("PLANETSCALE_TOKEN", _of("pscale_tkn_", URLSAFE, 43)),
    "supabase": ("SUPABASE_ACCESS_TOKEN", _of("sbp_", HEX, 40)),
    "supabase-role": ("SUPABASE_SERVICE_ROLE", lambda r: jwt(r, "service_role")),
    "terraform": ("TFE_TOKEN", lambda r: f"{pick(r, AN, 14)}.atlasv1.{pick(r, AN, 67)}"),
    "vault": ("VAULT_TOKEN", _of("hvs.", URLSAFE, 90)),
    "pulumi": ("PULUMI_ACCESS_TOKEN", _of("pul-", HEX, 40)),
    "doppler": ("DOPPLER_TOKEN", _of("dp.pt.", AN, 43)),
    "onepassword": ("OP_SERVICE_ACCOUNT_TOKEN", lambda r: "ops_eyJ" + pick(r, AN, 200)),
    "age": ("SOPS_AGE_KEY", _of("AGE-SECRET-KEY-1", "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)),
    "github": ("GITHUB_TOKEN", lambda r: github(r, r.choice(("ghp_", "gho_", "ghs_", "ghu_")))),
    "github-fine": ("GH_PAT", lambda r: f"github_pat_{pick(r, AN, 22)}_{pick(r, AN, 59)}"),
    "gitlab": ("GITLAB_TOKEN", lambda r: r.choice(("glpat-", "gldt-", "glrt-")) + pick(r, URLSAFE, 20)),
    "bitbucket": ("BITBUCKET_APP_PASSWORD", _of("ATBB", AN, 32)),
    "atlassian": ("JIRA_API_TOKEN", lambda r: f"ATATT3xFfGF0{pick(r, URLSAFE, 170)}={pick(r, HEX.upper(), 8)}"),
    "npm": ("NPM_TOKEN", _of("npm_", AN, 36)),
    "pypi": ("TWINE_PASSWORD", _of("pypi-AgEIcHlwaS5vcmc", URLSAFE, 120)),
    "rubygems": ("GEM_HOST_API_KEY", _of("rubygems_", HEX, 48)),
    "crates": ("CARGO_REGISTRY_TOKEN", _of("cio", AN, 32)),
    "nuget": ("NUGET_API_KEY", _of("oy2", string.ascii_lowercase + string.digits, 43)),
    "docker": ("DOCKERHUB_TOKEN", _of("dckr_pat_", URLSAFE, 27)),
    "artifactory": ("ARTIFACTORY_API_KEY", _of("AKCp", AN, 69)),
    "slack-bot": ("SLACK_BOT_TOKEN", lambda r: f"xoxb-{_digits(r, 12)}-{_digits(r, 13)}-{pick(r, AN, 24)}"),
    "slack-app": ("SLACK_APP_TOKEN", lambda r: f"xapp-1-A{pick(r, BASE32, 10)}-{_digits(r, 13)}-{pick(r, HEX, 64)}"),
    "slack-hook": ("SLACK_WEBHOOK_URL", _slack_hook),
    "discord": ("DISCORD_TOKEN", _discord),
    "discord-hook": ("DISCORD_WEBHOOK", _discord_hook),
    "telegram": ("TELEGRAM_BOT_TOKEN", lambda r: f"{_digits(r, 10)}:AA{pick(r, URLSAFE, 33)}"),
    "twilio-key": ("TWILIO_API_KEY", _of("SK", HEX, 32)),
    "twilio-auth": ("TWILIO_AUTH_TOKEN", _of("", HEX, 32)),
    "sendgrid": ("SENDGRID_API_KEY", lambda r: f"SG.{pick(r, URLSAFE, 22)}.{pick(r, URLSAFE, 43)}"),
    "mailgun": ("MAILGUN_API_KEY", _of("key-", HEX, 32)),
    "mailchimp": ("MAILCHIMP_API_KEY", lambda r: f"{pick(r, HEX, 32)}-us{r.randint(1, 21)}"),
    "brevo": ("BREVO_API_KEY", lambda r: f"xkeysib-{pick(r, HEX, 64)}-{pick(r, AN, 16)}"),
    "resend": ("RESEND_API_KEY", lambda r: f"re_{pick(r, AN, 8)}_{pick(r, AN, 24)}"),
    "stripe": (
        "STRIPE_SECRET_KEY",
        lambda r: r.choice(("sk_live_", "sk_test_", "rk_live_")) + pick(r, AN, r.choice((24, 99))),
    ),
    "stripe-hook": ("STRIPE_WEBHOOK_SECRET", _of("whsec_", AN, 32)),
    "square": ("SQUARE_ACCESS_TOKEN", _of("EAAA", URLSAFE, 60)),
    "shopify": ("SHOPIFY_ACCESS_TOKEN", lambda r: r.choice(("shpat_", "shpss_", "shpca_")) + pick(r, HEX, 32)),
    "newrelic": ("NEW_RELIC_API_KEY", _of("NRAK-", string.ascii_uppercase + string.digits, 27)),
    "grafana": ("GRAFANA_TOKEN", lambda r: f"glsa_{pick(r, AN, 32)}_{pick(r, HEX, 8)}"),
    "sentry": ("SENTRY_AUTH_TOKEN", _of("sntryu_", HEX, 64)),
    "posthog": ("POSTHOG_PERSONAL_KEY", _of("phx_", AN, 43)),
    "sonar": ("SONAR_TOKEN", _of("squ_", HEX, 40)),
    "dynatrace": ("DT_API_TOKEN", lambda r: f"dt0c01.{pick(r, BASE32, 24)}.{pick(r, BASE32, 64)}"),
    "launchdarkly": ("LAUNCHDARKLY_SDK_KEY", lambda r: f"sdk-{uuid(r)}"),
    "notion": ("NOTION_TOKEN", lambda r: f"ntn_{_digits(r, 11)}{pick(r, AN, 35)}"),
    "linear": ("LINEAR_API_KEY", _of("lin_api_", AN, 40)),
    "airtable": ("AIRTABLE_TOKEN", lambda r: f"pat{pick(r, AN, 14)}.{pick(r, HEX, 64)}"),
    "figma": ("FIGMA_TOKEN", _of("figd_", URLSAFE, 40)),
    "postman": ("POSTMAN_API_KEY", lambda r: f"PMAK-{pick(r, HEX, 24)}-{pick(r, HEX, 34)}"),
    "hubspot": ("HUBSPOT_TOKEN", lambda r: f"pat-na1-{uuid(r)}"),
    "facebook": ("FB_PAGE_TOKEN", _of("EAA", AN, 170)),
    "twitter": ("TWITTER_BEARER", lambda r: f"{'A' * 22}{pick(r, AN, 30)}%3D{pick(r, AN, 50)}"),
    "mapbox": ("MAPBOX_SECRET", lambda r: f"sk.eyJ{pick(r, AN, 80)}.{pick(r, URLSAFE, 22)}"),
    "tailscale": ("TS_AUTHKEY", lambda r: f"tskey-auth-{pick(r, AN, 17)}-{pick(r, AN, 32)}"),
    "datadog": ("DD_API_KEY", _of("", HEX, 32)),
    "algolia": ("ALGOLIA_ADMIN_KEY", _of("", HEX, 32)),
    "okta": ("OKTA_API_TOKEN", _of("00", URLSAFE, 40)),
    "auth0": ("AUTH0_CLIENT_SECRET", _of("", URLSAFE, 64)),
    "plaid": ("PLAID_SECRET", _of("", HEX, 30)),
    "spotify": ("SPOTIFY_CLIENT_SECRET", _of("", HEX, 32)),
    "postmark": ("POSTMARK_SERVER_TOKEN", uuid),
    "vercel": ("VERCEL_TOKEN", _of("", AN, 24)),
}
"""Kind: the name it goes by, and a value."""

NAMELESS = frozenset(
    "aws-secret azure-storage azure-openai azure-devops heroku cloudflare twilio-auth datadog algolia okta auth0 plaid spotify "
    "postmark vercel alibaba crates nuget azure-client square facebook".split()
)
"""Kinds whose value is a secret by its name alone, or has a head too short to stand free in a log."""
CUTTABLE = frozenset(
    kind for kind in TOKENS if kind not in NAMELESS and kind not in ("mailchimp", "discord", "telegram", "deepseek")
)
"""Kinds whose head still tells when the end is cut off."""
