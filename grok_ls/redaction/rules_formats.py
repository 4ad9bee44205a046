"""Shapes that belong to no vendor: signed tokens, password hashes, wallets, keys; see ``rule`` for how to read them."""

from __future__ import annotations

from grok_ls.redaction.rule import Rule

FORMATS: tuple[Rule, ...] = (
    # Password hashes
    Rule(
        "crypt",
        "PASSWORD_HASH",
        ("$2a$", "$2b$", "$2y$"),
        r"\$2[aby]\$\d\d\$[./A-Za-z0-9]{22,53}",
        "$2b$12${an53}",
        "$2b$ is bcrypt",
    ),
    Rule(
        "sha-crypt",
        "PASSWORD_HASH",
        ("$1$", "$5$", "$6$", "$y$", "$apr1$", "$7$"),
        r"\$(?:[1567y]|apr1)\$(?:[A-Za-z0-9./=]{1,20}\$){1,2}[./A-Za-z0-9]{20,}",
        "$6${an16}${an86}",
        "$1$2",
    ),
    Rule(
        "argon-scrypt",
        "PASSWORD_HASH",
        ("$argon2", "$scrypt$", "$pbkdf2"),
        r"\$(?:argon2(?:id?|d)|scrypt|pbkdf2(?:-sha\d+)?)\$[A-Za-z0-9=,$]{3,60}\$[A-Za-z0-9+/.$=-]{16,}",
        "$argon2id$v=19$m=65536,t=3,p=4${an22}${an43}",
        "$argon2id$",
    ),
    Rule(
        "django",
        "PASSWORD_HASH",
        ("pbkdf2_sha", "bcrypt_sha256$", "scrypt$"),
        r"(?:pbkdf2_sha\d+\$\d+\$[^$\s\"']{4,}\$[A-Za-z0-9+/=]{20,}|scrypt\$[^\s\"']{30,})",
        "pbkdf2_sha256$600000${an22}${b64_43}=",
        "pbkdf2_sha256",
    ),
    Rule(
        "werkzeug",
        "PASSWORD_HASH",
        ("pbkdf2:sha", "scrypt:"),
        r"(?:pbkdf2:sha\d+:\d+|scrypt:\d+:\d+:\d+)\$[A-Za-z0-9]{4,}\$[0-9a-f]{32,}",
        "scrypt:32768:8:1${an16}${hex128}",
        "scrypt:x",
    ),
    Rule(
        "ldap",
        "PASSWORD_HASH",
        ("{SSHA}", "{SHA}", "{SSHA256}", "{SSHA512}", "{MD5}"),
        r"\{(?:SSHA\d*|SHA\d*|MD5)\}[A-Za-z0-9+/=]{20,}",
        "{SSHA}{b64_32}",
        "{SSHA}",
    ),
    Rule(
        "laravel",
        "SECRET",
        ("base64:",),
        r"base64:(?P<v>[A-Za-z0-9+/]{42,}={0,2})(?![A-Za-z0-9+/=])",
        "base64:{b64_43}=",
        "base64:name",
    ),
    Rule(
        "wallet-extended",
        "PRIVATE_KEY",
        ("xprv9", "yprv", "zprv"),
        r"[xyz]prv[1-9A-HJ-NP-Za-km-z]{60,}",
        "xprv9{b58_106}",
        "xprv9name",
    ),
    Rule(
        "wireguard-nkey",
        "PRIVATE_KEY",
        ("SUA", "SAA", "SOA"),
        r"S[UAO]A[A-Z2-7]{55}(?![A-Z0-9])",
        "SUA{b32_55}",
        "SUANAME",
    ),
    Rule(
        "ssh-putty",
        "PRIVATE_KEY",
        ("openssh-key-v1",),
        r"openssh-key-v1\0.{20,}",
        "openssh-key-v1\0{an60}",
        "openssh-key-v1",
    ),
)
