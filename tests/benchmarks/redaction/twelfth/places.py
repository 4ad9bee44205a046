"""Where a token stands. ``NAME`` is the variable it goes by, ``name`` the same in camel case, ``VALUE`` the token."""

from __future__ import annotations

import re

NAMED = {
    "python": 'import os\n\nTIMEOUT = 30\nNAME = "VALUE"\n\n\ndef client():\n    return Client(NAME, timeout=TIMEOUT)\n',
    "python-default": 'settings = {\n    "name": os.environ.get("NAME", "VALUE"),\n    "retries": 3,\n}\n',
    "javascript": "const axios = require('axios');\nconst name = 'VALUE';\nmodule.exports = { name, region: 'eu-west-1' };\n",
    "typescript": 'export const config: Config = {\n  baseUrl: "https://api.internal",\n  name: process.env.NAME ?? "VALUE",\n};\n',
    "go": 'package main\n\nconst (\n\tmaxRetries = 5\n\tname = "VALUE"\n)\n\nfunc main() { run(name) }\n',
    "java": 'public final class Settings {\n    private static final String NAME = "VALUE";\n    static final int PORT = 8080;\n}\n',
    "rust": 'const MAX: usize = 10;\nconst NAME: &str = "VALUE";\n\nfn main() { connect(NAME); }\n',
    "ruby": "require 'net/http'\n\nNAME = 'VALUE'.freeze\nputs fetch(NAME)\n",
    "php": "<?php\nreturn [\n    'debug' => false,\n    'name' => env('NAME', 'VALUE'),\n];\n",
    "csharp": 'namespace App;\ninternal static class Keys\n{\n    public const string NAME = @"VALUE";\n}\n',
    "kotlin": 'object Keys {\n    const val NAME = "VALUE"\n    val retries = 3\n}\n',
    "swift": 'import Foundation\nstruct Keys {\n    static let name: String = "VALUE"\n    let retries = 3\n}\n',
    "c": '#include <stdio.h>\n#define RETRIES 3\n#define NAME "VALUE"\nint main(void) { return call(NAME); }\n',
    "scala": 'object Conf {\n  val region = "eu-west-1"\n  lazy val name: String = sys.env.getOrElse("NAME", "VALUE")\n}\n',
    "elixir": 'import Config\n\nconfig :app, App.Client,\n  region: "eu",\n  name: "VALUE"\n',
    "shell": '#!/bin/sh\nset -eu\nexport NAME="VALUE"\n./deploy.sh --env prod\n',
    "powershell": '$ErrorActionPreference = "Stop"\n$env:NAME = "VALUE"\nInvoke-Build -Task Deploy\n',
    "env": "LOG_LEVEL=info\nNAME=VALUE\nPORT=8080\n",
    "yaml": "service:\n  port: 8080\n  env:\n    - name: LOG_LEVEL\n      value: info\n    - name: NAME\n      value: VALUE\n",
    "compose": "services:\n  web:\n    image: web:1.4\n    environment:\n      - LOG_LEVEL=info\n      - NAME=VALUE\n",
    "json": '{\n  "logLevel": "info",\n  "name": "VALUE",\n  "port": 8080\n}\n',
    "json-in-json": '{"event": "put", "body": "{\\"name\\": \\"VALUE\\", \\"port\\": 8080}"}\n',
    "toml": '[client]\nretries = 3\nname = "VALUE"\n\n[log]\nlevel = "info"\n',
    "dockerfile": 'FROM python:3.12-slim\nENV LOG_LEVEL=info \\\n    NAME=VALUE\nCMD ["app"]\n',
    "dockerfile-arg": "FROM node:22\nARG NAME=VALUE\nRUN npm ci\n",
    "actions": "jobs:\n  build:\n    runs-on: ubuntu-latest\n    env:\n      NAME: VALUE\n    steps:\n      - uses: actions/checkout@v4\n",
    "gitlab-ci": 'variables:\n  GIT_DEPTH: "1"\n  NAME: "VALUE"\nbuild:\n  script: make\n',
    "terraform": 'resource "app_service" "web" {\n  name = "web"\n  app_settings = {\n    NAME = "VALUE"\n  }\n}\n',
    "tfvars": 'region = "eu-west-1"\nNAME   = "VALUE"\ncount  = 2\n',
    "k8s": "apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\nstringData:\n  NAME: VALUE\n",
    "diff": 'diff --git a/conf.py b/conf.py\n@@ -1,3 +1,3 @@\n DEBUG = False\n-NAME = "VALUE"\n+NAME = os.environ["NAME"]\n PORT = 1\n',
    "notebook": '{"cells": [{"cell_type": "code", "source": ["import os\\n", "os.environ[\\"NAME\\"] = \\"VALUE\\"\\n", "run()"]}]}\n',
    "ini": "[client]\nretries = 3\nNAME = VALUE\n\n[log]\nlevel = info\n",
    "xml": '<configuration>\n  <appSettings>\n    <add key="NAME" value="VALUE" />\n  </appSettings>\n</configuration>\n',
    "properties": "server.port=8080\nname=VALUE\nlogging.level.root=INFO\n",
    "curl": 'curl -s https://api.internal/v2/items \\\n  -d "name=VALUE" | jq .items\n',
    "helm": "helm upgrade web ./chart --set image.tag=1.4 --set env.NAME=VALUE --wait\n",
    "docker-run": "docker run --rm -p 8080:8080 -e NAME=VALUE registry.internal/web:1.4\n",
    "comment": "// rotated in May\n// NAME: VALUE\nexport function start() {}\n",
    "ansible": '- hosts: web\n  vars:\n    retries: 3\n    name: "VALUE"\n  tasks: []\n',
    "nix": '{ pkgs, ... }: {\n  services.web.environment = {\n    LOG_LEVEL = "info";\n    NAME = "VALUE";\n  };\n}\n',
    "sql": "INSERT INTO settings (key, value) VALUES ('log_level', 'info'), ('NAME', 'VALUE');\n",
    "systemd": '[Service]\nEnvironment=LOG_LEVEL=info\nEnvironment="NAME=VALUE"\nExecStart=/usr/bin/web\n',
}
FREE = {
    "log": "2026-03-02T10:11:12Z INFO  start port=8080\n2026-03-02T10:11:13Z WARN  upstream refused VALUE (attempt 2)\n",
    "url-query": "GET /v2/items?limit=20&t=VALUE&page=2 HTTP/1.1\nHost: api.internal\nAccept: */*\n",
    "bearer": 'curl -sS -H "Authorization: Bearer VALUE" https://api.internal/v2/me\n',
    "clone": "git clone https://oauth2:VALUE@git.internal/team/web.git\ncd web && make\n",
    "call": 'import client\n\nsession = client.connect("eu-west-1", "VALUE")\nprint(session.me())\n',
    "list": 'const POOL = [\n  "VALUE",\n];\nexport default POOL;\n',
    "markdown": "## Setup\n\nUse `VALUE` until ours is there, then run `make init`.\n",
    "traceback": 'Traceback (most recent call last):\n  File "app.py", line 3, in <module>\n    run("VALUE")\nValueError: denied\n',
    "output": '{"cells": [{"outputs": [{"text": ["connected\\n", "VALUE\\n"], "output_type": "stream"}]}]}\n',
    "chat": "# Tom: which one do we use on staging?\n# Ada: VALUE, but do not commit it\n",
    "go-test": 'func TestLogin(t *testing.T) {\n\tgot := login("VALUE")\n\tif got != nil {\n\t\tt.Fatal(got)\n\t}\n}\n',
    "csv": "id,owner,value,created\n17,ops,VALUE,2026-01-04\n18,ops,,2026-01-05\n",
    "shell-arg": "./deploy.sh prod VALUE --wait\n",
    "html": '<script>\n  window.boot("VALUE", { region: "eu" });\n</script>\n',
}
CUT = {
    "python": 'import os\n\nclient = make("VALUE',
    "json": '{\n  "region": "eu",\n  "name": "VALUE',
    "env": "LOG_LEVEL=info\nNAME=VALUE",
    "yaml": "env:\n  region: eu\n  name: VALUE",
    "log": "2026-03-02T10:11:13Z WARN upstream refused VALUE",
}
"""The file, or the window, ends within the token."""


def camel(name: str) -> str:
    first, *rest = name.lower().split("_")
    return first + "".join(part.title() for part in rest)


def put(place: str, name: str, value: str) -> str:
    """``place`` with its words replaced in one go: a value may hold them."""
    words = {"VALUE": value, "NAME": name, "name": camel(name)}
    return re.sub(
        r"VALUE|NAME|\bname(?=\b)(?!: (?:LOG_LEVEL|web|NAME)| = \"web\")", lambda found: words[found[0]], place
    )
