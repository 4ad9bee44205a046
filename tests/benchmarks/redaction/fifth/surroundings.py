"""What stands around a secret in a real file, by language: harmless lines, none of which is a secret."""

from __future__ import annotations

from tests.benchmarks.redaction.fifth.drawing import Draw

BEFORE: dict[str, tuple[str, ...]] = {
    "py": (
        "import os\nimport logging\nfrom datetime import timedelta\n\nlog = logging.getLogger(__name__)\nTIMEOUT_S = 30\nMAX_TOKENS = 4096\n",
        "from __future__ import annotations\n\nimport json\nfrom dataclasses import dataclass\n\n\n@dataclass\nclass Retry:\n    attempts: int = 3\n    backoff: float = 1.5\n",
        '#!/usr/bin/env python3\n"""Copies new orders to the warehouse."""\nimport sys\nimport requests\n\nBASE = "https://api.example.com/v2"\n',
    ),
    "js": (
        "const express = require('express');\nconst axios = require('axios');\nconst app = express();\nconst PORT = process.env.PORT || 3000;\n",
        "import { createClient } from './client';\nimport type { Config } from './types';\n\nexport const RETRIES = 3;\nconst version = '2.4.1';\n",
    ),
    "java": (
        "package com.acme.orders;\n\nimport java.util.List;\nimport org.slf4j.Logger;\n\n",
        "package io.acme.billing;\n\nimport java.time.Duration;\n\n",
    ),
    "kt": ("package com.acme.app\n\nimport android.os.Bundle\nimport okhttp3.OkHttpClient\n\n",),
    "cs": (
        "using System;\nusing System.Net.Http;\nusing Microsoft.Extensions.Logging;\n\nnamespace Acme.Billing;\n\n",
    ),
    "go": (
        'package main\n\nimport (\n\t"fmt"\n\t"net/http"\n\t"time"\n)\n\nconst timeout = 30 * time.Second\n\n',
        'package store\n\nimport "database/sql"\n\n',
    ),
    "rs": (
        "use std::time::Duration;\nuse reqwest::Client;\n\nconst RETRIES: u32 = 3;\n\n",
        "//! Talks to the billing service.\nuse serde::Deserialize;\n\n",
    ),
    "rb": ("require 'net/http'\nrequire 'json'\n\nTIMEOUT = 30\n\n", "# frozen_string_literal: true\n\n"),
    "php": (
        "<?php\n\ndeclare(strict_types=1);\n\nnamespace Acme\\Billing;\n\nuse GuzzleHttp\\Client;\n\n",
        "<?php\nrequire_once __DIR__ . '/vendor/autoload.php';\n\n",
    ),
    "c": (
        '#include <stdio.h>\n#include <string.h>\n#include "config.h"\n\n#define RETRIES 3\n\n',
        "#include <WiFi.h>\n#include <PubSubClient.h>\n\nconst int ledPin = 13;\n\n",
    ),
    "swift": ("import Foundation\nimport UIKit\n\nlet timeout: TimeInterval = 30\n\n",),
    "scala": ("package acme.jobs\n\nimport scala.concurrent.duration._\n\n",),
    "dart": ("import 'package:flutter/material.dart';\nimport 'package:http/http.dart' as http;\n\n",),
    "lua": ("local http = require('socket.http')\nlocal M = {}\nM.timeout = 30\n\n",),
    "ex": ("defmodule Acme.Mailer do\n  require Logger\n  @timeout 30_000\n\n",),
    "pl": ("#!/usr/bin/perl\nuse strict;\nuse warnings;\nuse DBI;\n\n",),
    "r": ("library(httr)\nlibrary(DBI)\n\n",),
    "sh": (
        '#!/usr/bin/env bash\nset -euo pipefail\ncd "$(dirname "$0")"\n\nREGION=eu-central-1\n',
        "#!/bin/sh\n# Nightly copy of the shop's orders.\n\nDAYS=${1:-7}\n",
    ),
    "ps1": ("param([string]$Environment = 'dev')\n$ErrorActionPreference = 'Stop'\n\n",),
    "sql": ("-- Sets up the reporting user.\nBEGIN;\nCREATE SCHEMA IF NOT EXISTS reporting;\n\n",),
    "yaml": (
        "# Settings of the order service\nserver:\n  port: 8080\n  timeout: 30s\n",
        "version: 2\nlogging:\n  level: info\n",
    ),
    "none": ("",),
}

AFTER: dict[str, tuple[str, ...]] = {
    "py": (
        '\n\ndef main() -> int:\n    log.info("started")\n    return 0\n',
        '\n\nif __name__ == "__main__":\n    sys.exit(main())\n',
    ),
    "js": (
        "\napp.listen(PORT, () => console.log(`listening on ${PORT}`));\n",
        "\nexport default { RETRIES, version };\n",
    ),
    "go": ('\n\nfunc main() {\n\tfmt.Println("ready")\n}\n',),
    "rs": ('\n\nfn main() {\n    println!("ready");\n}\n',),
    "sh": ('\necho "done in $SECONDS s"\n', "\nexit 0\n"),
    "sql": ("\nGRANT USAGE ON SCHEMA reporting TO reader;\nCOMMIT;\n",),
    "yaml": ("\nfeatures:\n  dark_mode: true\n  max_items: 50\n", ""),
}


def around(d: Draw, language: str, body: str) -> str:
    """``body`` in a file of ``language``."""
    return d.choice(BEFORE.get(language, ("",))) + body + d.choice(AFTER.get(language, ("\n",)))
