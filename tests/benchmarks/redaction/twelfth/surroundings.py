"""What else stands in the file: lines of the same sort, nothing of it secret."""

from __future__ import annotations

import random
import re

from tests.benchmarks.redaction.twelfth.drawing import HEX, WORDS, pick

BLOCKS: dict[str, tuple[str, ...]] = {
    "python": (
        "import logging\nfrom pathlib import Path\n\nlog = logging.getLogger(__name__)\n",
        "\n\ndef total(rows):\n    return sum(row.amount for row in rows if row.open)\n",
        "\n\nclass {W}Store:\n    max_tokens = 500\n\n    def get(self, key):\n        return self._rows.get(key)\n",
        'API_KEY = os.environ["API_KEY"]\nBUILD = "{H40}"\n',
    ),
    "script": (
        "// build {H40}\nfunction clamp(n, low, high) {{\n  return Math.min(high, Math.max(low, n));\n}}\n",
        "for (let i = 0; i < rows.length; i++) {{\n  total += rows[i].amount;\n}}\n",
        "/* {W} {w} */\nif (count > 10) {{\n  flush();\n}}\n",
        'const color = "#3fa9f5";\nconst id = "{U}";\n',
    ),
    "yaml": (
        "# {w}\nversion: '3'\nreplicas: 2\n",
        "limits:\n  cpu: 500m\n  memory: 256Mi\n",
        "labels:\n  app: {w}\n  commit: {H40}\n",
        "passwordSecretRef: {w}-credentials\n",
    ),
    "env": (
        "# {w}\nLOG_LEVEL=info\nWORKERS=4\n",
        "TOKEN_TTL=3600\nCACHE_DIR=/var/cache/{w}\n",
        "REGION=eu-west-1\nGIT_SHA={H40}\n",
        "API_KEY=${{API_KEY}}\n",
    ),
    "text": (
        "The {w} service keeps the {w} rows in one table.\n\n",
        "See the notes of the last release ({H40}).\n\n",
        "It restarts in {n} seconds and reads {n} rows.\n\n",
        "- {w}\n- {w}\n\n",
    ),
    "shell": (
        '# {w}\nset -eu\ncd "$(dirname "$0")"\n',
        'for f in *.tar.gz; do\n  sha256sum "$f"\ndone\n',
        'echo "$API_TOKEN" | wc -c\nsleep {n}\n',
        "mkdir -p build/{w}\n",
    ),
}


def sort(text: str) -> str | None:
    """The sort of file ``text`` stands in; None when nothing may stand beside it."""
    first = text.lstrip().splitlines()[0]
    if first.startswith(("{", "[", "<", "diff", "FROM", "-----", "PuTTY", "resource", "GET", "id,", "+-")):
        return None
    if re.match(
        r"(import \w+$|def |from |class |self\.|DB = \{|if form|with |\w+ = (\w+\.|\"|'|\(|\[|bytes)|conn|smtp|    assert|Traceback)",
        first,
    ) and not first.endswith(";"):
        return "python"
    if first.endswith((";", "{", "}")) or first.startswith(("const", "//", "export", "var ", "func", "/*", "package")):
        return "script"
    if first.startswith(
        (
            "curl",
            "$ ",
            "git ",
            "docker",
            "mysql",
            "PGPASS",
            "sshpass",
            "./",
            "helm",
            "#!",
            "echo",
            "redis-cli",
            "openssl",
            "ldap",
        )
    ):
        return "shell"
    if re.match(r"(export )?[A-Z_]+=\S", first):
        return "env"
    if re.match(r"\s*-? ?[\w.-]+:( |$)", first):
        return "yaml"
    return "text"


def around(text: str, rng: random.Random, cut: bool = False) -> str:
    """``text`` in a file of its sort; with ``cut`` the file ends where it ends."""
    kind = sort(text)
    if kind is None:
        return text

    def block() -> str:
        filled = rng.choice(BLOCKS[kind])
        words = {
            "W": rng.choice(WORDS).title(),
            "w": rng.choice(WORDS),
            "H40": pick(rng, HEX, 40),
            "n": str(rng.randint(2, 90)),
        }
        unique = "-".join(pick(rng, HEX, count) for count in (8, 4, 4, 4, 12))
        return filled.format(**words, U=unique)

    before = "".join(block() for _ in range(rng.randint(0, 3)))
    after = "" if cut else "".join(block() for _ in range(rng.randint(0, 3)))
    return before + text + after
