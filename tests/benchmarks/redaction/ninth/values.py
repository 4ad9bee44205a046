"""What the ninth corpus hides: tokens by their format, keys that only their name tells, passwords as people choose them."""

from __future__ import annotations

import base64
import json
import re

from tests.benchmarks.redaction.fourth import drawing
from tests.benchmarks.redaction.sixth.drawing import ALNUM, BASE32, BASE64, HEX, URLSAFE, Dice

_SETS = {
    "a": ALNUM,
    "u": URLSAFE,
    "h": HEX,
    "b": BASE64,
    "2": BASE32,
    "d": "0123456789",
    "l": ALNUM[:26],
    "3": BASE32.lower(),
    "U": ALNUM[26:52],
    "k": ALNUM[26:],
}
"""Alphabets of the patterns below: ``{a36}`` is 36 letters and digits."""

TOKENS: dict[str, str] = {
    "xai": "xai-{a80}", "openai": "sk-{a20}T3BlbkFJ{a20}", "openai_project": "sk-proj-{u74}T3BlbkFJ{u74}", "anthropic": "sk-ant-api03-{u93}AA",
    "openrouter": "sk-or-v1-{h64}", "groq": "gsk_{a52}", "hugging_face": "hf_{a34}", "replicate": "r8_{a37}", "perplexity": "pplx-{a48}",
    "cerebras": "csk-{a48}", "fireworks": "fw_{a24}", "deepseek": "sk-{h32}", "nvidia": "nvapi-{u64}", "langsmith": "lsv2_pt_{h32}_{h10}",
    "pinecone": "pcsk_{a5}_{a63}", "elevenlabs": "sk_{h48}", "tavily": "tvly-dev-{a32}", "google_api": "AIza{u35}", "aws_id": "AKIA{216}", "aws_sts": "ASIA{216}",
    "google_oauth": "GOCSPX-{u28}", "google_access": "ya29.a0{u120}", "azure_client": "{a3}8Q~{a34}", "azure_devops": "{352}", "digitalocean": "dop_v1_{h64}",
    "heroku": "HRKU-AA{u58}", "netlify": "nfp_{a36}", "alibaba": "LTAI5t{a18}", "databricks": "dapi{h32}", "planetscale": "pscale_pw_{u43}", "supabase": "sbp_{h40}",
    "terraform_cloud": "{a14}.atlasv1.{u67}", "vault": "hvs.{u90}", "pulumi": "pul-{h40}", "doppler": "dp.pt.{a43}", "age": "AGE-SECRET-KEY-1{U58}",
    "github": "ghp_{a36}", "github_oauth": "gho_{a36}", "github_fine": "github_pat_{a22}_{a59}", "gitlab": "glpat-{u20}", "gitlab_deploy": "gldt-{u20}", "bitbucket": "ATBB{a32}",
    "atlassian": "ATATT3xFfGF0{u180}", "npm": "npm_{a36}", "pypi": "pypi-AgEIcHlwaS5vcmc{u120}", "rubygems": "rubygems_{h48}", "crates": "cio{a32}", "nuget": "oy2{l43}",
    "docker": "dckr_pat_{u27}", "artifactory": "AKCp{a69}", "slack_bot": "xoxb-{d12}-{d12}-{a24}", "slack_app": "xapp-1-A{k10}-{d13}-{h64}", "slack_hook": "https://hooks.slack.com/services/T{k8}/B{k10}/{a24}",
    "discord": "MT{a22}.G{a5}.{u38}", "telegram": "{d10}:AA{u33}", "twilio": "SK{h32}", "sendgrid": "SG.{u22}.{u43}", "mailgun": "key-{h32}", "mailchimp": "{h32}-us12",
    "brevo": "xkeysib-{h64}-{a16}", "stripe": "sk_live_{a24}", "stripe_restricted": "rk_live_{a99}", "stripe_hook": "whsec_{a32}", "square": "sq0csp-{u43}", "shopify": "shpat_{h32}",
    "newrelic": "NRAK-{k27}", "grafana": "glsa_{a32}_{h8}", "sentry": "sntrys_{a80}", "posthog": "phx_{a43}", "sonar": "squ_{h40}", "dynatrace": "dt0c01.{224}.{264}",
    "notion": "ntn_{a46}", "linear": "lin_api_{a40}", "airtable": "pat{a14}.{h64}", "figma": "figd_{u40}", "postman": "PMAK-{h24}-{h34}", "facebook": "EAA{a150}",
    "mapbox": "sk.eyJ{u80}.{u22}", "contentful": "CFPAT-{u43}", "tailscale": "tskey-auth-{a16}CNTRL-{a32}", "flutterwave": "FLWSECK-{h32}-X", "razorpay": "rzp_live_{a14}",
}  # fmt: skip

NAMED: dict[str, tuple[str, str]] = {
    "aws_secret": ("aws_secret_access_key", "{b40}"), "azure_openai": ("azure_openai_api_key", "{h32}"), "mistral": ("mistral_api_key", "{a32}"), "cohere": ("cohere_api_key", "{a40}"),
    "together": ("together_api_key", "{h64}"), "wandb": ("wandb_api_key", "{h40}"), "twilio_auth": ("twilio_auth_token", "{h32}"), "datadog": ("dd_api_key", "{h32}"),
    "algolia": ("algolia_admin_key", "{h32}"), "okta": ("okta_api_token", "00{u40}"), "cloudflare": ("cloudflare_api_token", "{u40}"), "vercel": ("vercel_token", "{a24}"),
    "spotify": ("spotify_client_secret", "{h32}"), "heroku_uuid": ("heroku_api_key", "{h8}-{h4}-4{h3}-a{h3}-{h12}"), "signing": ("jwt_signing_key", "{b43}="), "encryption": ("encryption_key", "{h64}"),
    "django": ("secret_key", "{a20}!{a12}#{a16}"), "oauth": ("client_secret", "{u40}"), "refresh": ("refresh_token", "{u64}"), "webhook": ("webhook_secret", "{h40}"), "session": ("session_id", "{h32}"),
}  # fmt: skip

NAMES = """password passwd pwd db_password admin_password smtp_pass user_pwd passphrase root_password default_password redis_password
api_key secret access_token auth_token client_secret private_key api_secret encryption_key ldap_bind_password keystore_password
basic_auth_password service_password mysql_root_password signing_secret proxy_pass vpn_psk""".split()
_WORDS = """coffee summer winter monkey dragon shadow purple silver hammer rocket wizard banana pirate castle forest mirror
orange guitar thunder sunset puppet ticket garage bubble cherry turtle pepper wonder rabbit planet""".split()


def drawn(pattern: str, dice: Dice) -> str:
    def piece(match: re.Match[str]) -> str:
        alphabet, size = _SETS[match[1]], int(match[2])
        return dice.mixed(alphabet, size) if match[1] in "auhb23k" and size > 7 else dice.text(alphabet, size)

    return re.sub(r"\{(\w)(\d+)\}", piece, pattern)


def password(dice: Dice, spaced: bool = False) -> str:
    """One of a dozen shapes; ``spaced``: also with blanks, for places that quote their value."""
    a, b, c, e = dice.sample(_WORDS, 4)
    number = dice.randint(1, 9999)
    shapes = [
        f"{a.capitalize()}{dice.randint(2015, 2026)}{dice.choice('!?$#')}", f"{a}{number}", f"{a}{b}{number}", f"{a.capitalize()}{b.capitalize()}{dice.choice('!@#&*')}",
        f"{a}-{b}-{c}-{e}", f"{a}_{b}_{number}", f"{dice.choice(['P@ssw0rd', 'Passw0rd', 'Adm1n', 'Welcome', 'Qwerty', 'S3cr3t'])}{dice.choice('!#@_')}{number}",
        a.translate(str.maketrans("aeio", "@310")) + str(number), dice.mixed(ALNUM, dice.randint(8, 12)), dice.mixed(ALNUM + "!#%^*+=-_.", dice.randint(12, 20)),
        dice.mixed(ALNUM + "!#%^*+=?", 8), dice.mixed(HEX, dice.choice([16, 24, 32])), base64.b64encode(dice.randbytes(dice.choice([12, 18, 24]))).decode(), drawing.uuid(dice),
        f"{a.capitalize()}.{b.capitalize()}.{number}", f"{number}{a.upper()}{dice.choice('!$%')}", f"{a}{dice.choice('!#$%')}{b}{dice.choice('!#$%')}{dice.randint(1, 9)}",
    ]  # fmt: skip
    return f"{a} {b} {c} {e}" if spaced and dice.random() < 0.08 else dice.choice(shapes)


def account(dice: Dice) -> tuple[str, tuple[str, ...]]:
    """A service account's JSON, and what of it is secret."""
    key, key_id, project = (
        drawing.pem(dice, "PRIVATE KEY", 26),
        dice.mixed(HEX, 40),
        f"{dice.choice(_WORDS)}-prod-{dice.randint(100, 999)}",
    )
    fields = {"type": "service_account", "project_id": project, "private_key_id": key_id, "private_key": key + "\n", "client_email": f"deployer@{project}.iam.gserviceaccount.com"}  # fmt: skip
    return json.dumps(fields, indent=dice.choice([None, 2, 4])), (*body(key), key_id)


def body(pem: str) -> tuple[str, ...]:
    return tuple(line for line in pem.split("\n") if "-----" not in line and len(line) > 15)
