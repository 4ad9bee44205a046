"""Whole files for lines to stand in, one or more a language; ``@BODY@`` keeps the indentation of its line."""

from __future__ import annotations

import re

from tests.benchmarks.redaction.sixth.drawing import Dice, filled

HOSTS: dict[str, tuple[str, ...]] = {
    "python": (
        'from __future__ import annotations\n\nimport logging\n\nfrom .@W@ import @C@\n\nlog = logging.getLogger(__name__)\n\n\nclass @C1@:\n    def __init__(self, limit: int = @D@) -> None:\n        self.limit = limit\n\n    def @N@(self, items: list[str]) -> int:\n        return sum(len(item) for item in items)\n\n\ndef @N2@(path: str) -> str:\n    with open(path, encoding="utf-8") as stream:\n        return stream.read()\n\n\n@BODY@\n\n\ndef @N3@(count: int) -> bool:\n    log.info("@W@ %s", count)\n    return count > @D1@\n',
        'import pytest\n\nfrom app.@W@ import @N@\n\n\n@pytest.fixture\ndef @W1@():\n    return {"id": @D@}\n\n\ndef test_@N2@(@W1@):\n    @BODY@\n    result = @N@(@W1@)\n    assert result is not None\n    assert result.total == @D1@\n',
    ),
    "javascript": (
        "import express from 'express';\nimport { @L@ } from './@W@.js';\n\nconst app = express();\n\napp.get('/@W@/:id', async (req, res) => {\n  const found = await @L@(req.params.id);\n  if (!found) return res.status(404).end();\n  res.json(found);\n});\n\n@BODY@\n\nexport function @L2@(rows) {\n  return rows.filter((row) => row.total > @D@).map((row) => row.id);\n}\n\napp.listen(@P@);\n",
    ),
    "typescript": (
        "import { Injectable } from '@angular/core';\n\nexport interface @C@ {\n  id: number;\n  name: string;\n}\n\n@Injectable({ providedIn: 'root' })\nexport class @C1@Service {\n  private cache = new Map<number, @C@>();\n\n  async @L@(id: number): Promise<@C@ | undefined> {\n    return this.cache.get(id);\n  }\n}\n\n@BODY@\n\nexport type @C2@ = Partial<@C@>;\n",
    ),
    "java": (
        "package com.kestrel.@W@;\n\nimport java.util.List;\n\npublic class @C@Service {\n    private final List<String> names;\n\n    public @C@Service(List<String> names) {\n        this.names = names;\n    }\n\n    void @L@() {\n        @BODY@\n    }\n\n    public int @L2@(int limit) {\n        return names.stream().mapToInt(String::length).filter(n -> n < limit).sum();\n    }\n}\n",
    ),
    "kotlin": (
        "package io.kestrel.@W@\n\nimport kotlinx.coroutines.flow.Flow\n\ndata class @C@(val id: Int, val name: String)\n\nobject @C1@ {\n    @BODY@\n\n    fun @L@(items: List<@C@>): Int = items.sumOf { it.id }\n}\n",
    ),
    "go": (
        'package @W@\n\nimport (\n\t"context"\n\t"fmt"\n)\n\ntype @C@ struct {\n\tID   int\n\tName string\n}\n\nfunc @L@(ctx context.Context, id int) (*@C@, error) {\n\t@BODY@\n\tif id < 0 {\n\t\treturn nil, fmt.Errorf("bad id %d", id)\n\t}\n\treturn &@C@{ID: id}, nil\n}\n',
    ),
    "rust": (
        'use std::collections::HashMap;\n\n#[derive(Debug, Clone)]\npub struct @C@ {\n    id: u64,\n    name: String,\n}\n\nimpl @C@ {\n    pub fn @N@(&self) -> usize {\n        self.name.len()\n    }\n}\n\nfn main() {\n    @BODY@\n    let mut seen: HashMap<u64, String> = HashMap::new();\n    seen.insert(@D@, "x".into());\n}\n',
    ),
    "csharp": (
        "using System;\nusing System.Linq;\n\nnamespace Kestrel.@C@;\n\npublic class @C1@Controller\n{\n    private readonly int limit = @D@;\n\n    public void Configure()\n    {\n        @BODY@\n    }\n\n    public int @L@(int[] rows) => rows.Where(r => r > limit).Sum();\n}\n",
    ),
    "ruby": (
        "require 'json'\n\nmodule @C@\n  class @C1@\n    attr_reader :limit\n\n    def initialize(limit: @D@)\n      @limit = limit\n    end\n\n    def @N@(rows)\n      rows.select { |r| r[:total] > limit }\n    end\n  end\nend\n\n@BODY@\n",
    ),
    "php": (
        "<?php\n\nnamespace App\\@C@;\n\nuse App\\Models\\@C1@;\n\nclass @C2@Controller\n{\n    public function @L@(int $id): ?@C1@\n    {\n        return @C1@::find($id);\n    }\n}\n\n@BODY@\n",
    ),
    "swift": (
        'import Foundation\n\nstruct @C@: Codable {\n    let id: Int\n    let name: String\n}\n\nfinal class @C1@Client {\n    @BODY@\n\n    func @L@(_ id: Int) async throws -> @C@ {\n        @C@(id: id, name: "")\n    }\n}\n',
    ),
    "c": (
        '#include <stdio.h>\n#include <string.h>\n\n@BODY@\n\nstatic int @N@(const char *name, size_t limit)\n{\n    if (strlen(name) > limit)\n        return -1;\n    return 0;\n}\n\nint main(void)\n{\n    return @N@("@W@", @D@);\n}\n',
    ),
    "cpp": (
        "#include <string>\n#include <vector>\n\nnamespace @W@ {\n\n@BODY@\n\nclass @C@ {\npublic:\n    explicit @C@(int limit) : limit_(limit) {}\n    int @L@(const std::vector<int>& rows) const { return static_cast<int>(rows.size()) - limit_; }\n\nprivate:\n    int limit_;\n};\n\n}  // namespace\n",
    ),
    "dart": (
        "import 'package:flutter/material.dart';\n\n@BODY@\n\nclass @C@ extends StatelessWidget {\n  const @C@({super.key, required this.title});\n  final String title;\n\n  @override\n  Widget build(BuildContext context) => Text(title);\n}\n",
    ),
    "scala": (
        "package io.kestrel.@W@\n\nobject @C@ extends App {\n  @BODY@\n\n  def @L@(rows: Seq[Int]): Int = rows.filter(_ > @D@).sum\n}\n",
    ),
    "elixir": (
        "import Config\n\nconfig :@W@, @C@.Repo,\n  pool_size: @D@\n\nconfig :@W@,\n    @BODY@\n    port: @P@\n",
    ),
    "lua": (
        "local M = {}\n\n@BODY@\n\nfunction M.@N@(rows)\n  local total = 0\n  for _, row in ipairs(rows) do\n    total = total + row.count\n  end\n  return total\nend\n\nreturn M\n",
    ),
    "perl": (
        "#!/usr/bin/perl\nuse strict;\nuse warnings;\nuse DBI;\n\n@BODY@\n\nsub @N@ {\n    my ($rows) = @_;\n    return scalar grep { $_->{total} > @D@ } @$rows;\n}\n\n1;\n",
    ),
    "r": (
        "library(DBI)\nlibrary(dplyr)\n\n@BODY@\n\n@N@ <- function(df, limit = @D@) {\n  df %>% filter(total > limit) %>% summarise(n = n())\n}\n",
    ),
    "shell": (
        '#!/usr/bin/env bash\nset -euo pipefail\n\ncd "$(dirname "$0")/.."\nlimit=@D@\n\n@N@() {\n  local file=$1\n  wc -l < "$file"\n}\n\n@BODY@\n\necho "done: $limit"\n',
    ),
    "powershell": (
        'param(\n    [int]$Limit = @D@\n)\n\nImport-Module ActiveDirectory\n\nfunction Get-@C@ {\n    param([string]$Name)\n    return $Name.Length\n}\n\n@BODY@\n\nWrite-Host "done $Limit"\n',
    ),
    "sql": (
        "-- @N@ migration, @T@\nBEGIN;\n\nCREATE TABLE IF NOT EXISTS @W@s (\n    id bigint PRIMARY KEY,\n    total numeric(10, 2) NOT NULL,\n    created_at timestamptz DEFAULT now()\n);\n\n@BODY@\n\nCREATE INDEX @N@_idx ON @W@s (created_at);\nCOMMIT;\n",
    ),
    "yaml": (
        "# @W@ service\nversion: '3.8'\nname: @W@\nreplicas: @D@\nenvironment:\n@BODY@\nresources:\n  limits:\n    memory: 512Mi\n    cpu: 250m\n",
    ),
    "json": ('{\n  "name": "@W@",\n  "version": "1.@D@.0",\n  "settings": {\n@BODY@\n    "retries": @D1@\n  }\n}\n',),
    "toml": ('[package]\nname = "@W@"\nversion = "0.@D@.1"\n\n[@W1@]\n@BODY@\nretries = @D1@\n',),
    "ini": ("[general]\nlimit = @D@\nname = @W@\n\n[@W1@]\n@BODY@\nhost = @H@\n",),
    "properties": ("# @W@ settings\nserver.port=@P@\nspring.application.name=@W@\n@BODY@\nlogging.level.root=INFO\n",),
    "xml": (
        '<?xml version="1.0" encoding="utf-8"?>\n<configuration>\n  <appSettings>\n@BODY@\n    <add key="Limit" value="@D@" />\n  </appSettings>\n</configuration>\n',
    ),
    "html": (
        '<!DOCTYPE html>\n<html lang="en">\n<head><title>@C@</title></head>\n<body>\n  <main id="@W@">\n@BODY@\n  </main>\n</body>\n</html>\n',
    ),
    "dockerfile": (
        'FROM python:3.12-slim AS build\nWORKDIR /srv/@W@\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n@BODY@\nEXPOSE @P@\nCMD ["python", "-m", "@W@"]\n',
    ),
    "terraform": (
        'terraform {\n  required_version = ">= 1.6"\n}\n\nresource "aws_instance" "@W@" {\n  instance_type = "t3.micro"\n  count         = @D@\n}\n\nlocals {\n@BODY@\n}\n',
    ),
    "makefile": (
        ".PHONY: build test\n\nLIMIT := @D@\n@BODY@\n\nbuild:\n\tgo build ./...\n\ntest: build\n\tgo test ./... -count=1\n",
    ),
    "groovy": (
        "pipeline {\n    agent any\n    stages {\n        stage('@W@') {\n            steps {\n                sh 'make build'\n            }\n        }\n    }\n    @BODY@\n}\n",
    ),
    "markdown": (
        "# @C@\n\nA small service that keeps the @W@s of the warehouse.\n\n## Getting started\n\nInstall the tools and start the stack:\n\n    docker compose up -d\n\n@BODY@\n\n## Tests\n\nRun `make test`. The suite takes @D@ seconds.\n",
    ),
    "log": (
        "@T@ 10:22:29 INFO  @W@ started on port @P@\n@T@ 10:22:30 INFO  @W1@ connected to @H@\n@BODY@\n@T@ 10:22:33 INFO  @W@ took @D@ ms\n",
    ),
    "text": ("@BODY@\n",),
}


def hosted(language: str, body: str, dice: Dice) -> str:
    """``body`` (already filled) inside a whole file of its language, at the depth of its place."""
    host = dice.choice(HOSTS[language])

    def placed(match: re.Match[str]) -> str:
        indent = match[1]
        return "\n".join(indent + line if line else line for line in body.split("\n"))

    around, mark = filled(host.replace("@BODY@", "\x00"), dice, lambda _: ""), "\x00"
    return re.sub(rf"(?m)^([ \t]*){mark}", placed, around)
