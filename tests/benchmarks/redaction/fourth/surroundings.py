"""Harmless code and configuration that stands around a case, so that it is met in a file and not in a line of its own."""

from __future__ import annotations

from .drawing import Rng

_PYTHON = (
    "from __future__ import annotations\n\nimport logging\nfrom dataclasses import dataclass\nfrom pathlib import Path\n\nlogger = logging.getLogger(__name__)\nMAX_TOKENS = 500\n",
    '@dataclass(frozen=True)\nclass Order:\n    number: str\n    total: float\n    key: int = 0\n\n    def is_open(self) -> bool:\n        return self.total > 0 and not self.number.endswith("X")\n',
    'def load(path: Path) -> list[Order]:\n    """Read the orders of a day; a missing file gives none."""\n    if not path.exists():\n        logger.warning("no file %s", path.name)\n        return []\n    rows = path.read_text().splitlines()\n    return [Order(*row.split(";", 1)) for row in rows if row]\n',
    'def test_sum() -> None:\n    orders = [Order("A-1", 2.5), Order("A-2", 4.0)]\n    assert sum(o.total for o in orders) == 6.5\n    assert {o.number for o in orders} == {"A-1", "A-2"}\n',
    "class Store:\n    def __init__(self, size: int = 128) -> None:\n        self._items: dict[str, Order] = {}\n        self.size = size\n\n    def get(self, key: str) -> Order | None:\n        return self._items.get(key)\n",
)
_JAVASCRIPT = (
    "import fs from 'node:fs';\nimport path from 'node:path';\nimport { useMemo, useState } from 'react';\n\nconst PAGE_SIZE = 20;\n",
    "export function total(rows) {\n  return rows.filter((row) => row.open).reduce((sum, row) => sum + row.price, 0);\n}\n",
    "async function load(file) {\n  const text = await fs.promises.readFile(path.join(process.cwd(), file), 'utf8');\n  return text.split('\\n').map((line) => line.trim());\n}\n",
    "describe('total', () => {\n  it('adds open rows', () => {\n    expect(total([{ open: true, price: 3 }])).toBe(3);\n  });\n});\n",
    "app.get('/items/:id', (req, res) => {\n  const item = items.get(req.params.id);\n  if (!item) return res.status(404).end();\n  res.json(item);\n});\n",
)
_JAVA = (
    "package io.acme.orders;\n\nimport java.util.List;\nimport java.util.Map;\nimport org.slf4j.Logger;\n",
    "    public int total(List<Item> items) {\n        return items.stream().filter(Item::open).mapToInt(Item::price).sum();\n    }\n",
    '    @Override\n    public String toString() {\n        return "Order{" + "number=" + number + ", key=" + key + "}";\n    }\n',
    "    @Test\n    void emptyListGivesZero() {\n        assertEquals(0, service.total(List.of()));\n    }\n",
)
_GO = (
    'package orders\n\nimport (\n\t"context"\n\t"fmt"\n\t"os"\n)\n',
    "func Total(items []Item) int {\n\tsum := 0\n\tfor _, item := range items {\n\t\tsum += item.Price\n\t}\n\treturn sum\n}\n",
    'type Item struct {\n\tID    string `json:"id"`\n\tPrice int    `json:"price"`\n\tKey   string `json:"key,omitempty"`\n}\n',
    'func (s *Store) Get(ctx context.Context, key string) (*Item, error) {\n\titem, ok := s.items[key]\n\tif !ok {\n\t\treturn nil, fmt.Errorf("no item %q", key)\n\t}\n\treturn item, nil\n}\n',
)
_RUST = (
    "use std::collections::HashMap;\nuse std::path::Path;\n\nuse serde::Deserialize;\n",
    "#[derive(Debug, Clone, Deserialize)]\npub struct Item {\n    pub id: String,\n    pub price: u64,\n}\n",
    "pub fn total(items: &[Item]) -> u64 {\n    items.iter().map(|item| item.price).sum()\n}\n",
    "#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn empty_is_zero() {\n        assert_eq!(total(&[]), 0);\n    }\n}\n",
)
_RUBY = (
    "# frozen_string_literal: true\n\nrequire 'json'\nrequire 'net/http'\n",
    "class Order < ApplicationRecord\n  belongs_to :customer\n  validates :number, presence: true, uniqueness: true\n\n  def total\n    items.sum(&:price)\n  end\nend\n",
    "RSpec.describe Order do\n  subject(:order) { build(:order, number: 'A-1') }\n\n  it { is_expected.to be_valid }\nend\n",
)
_PHP = (
    "<?php\n\nnamespace Acme\\Orders;\n\nuse Psr\\Log\\LoggerInterface;\n",
    "function total(array $items): int\n{\n    return array_sum(array_map(fn ($item) => $item->price, $items));\n}\n",
    "foreach ($rows as $key => $row) {\n    if ($row['open']) {\n        $logger->info('open', ['id' => $row['id']]);\n    }\n}\n",
)
_CSHARP = (
    "using System;\nusing System.Collections.Generic;\nusing System.Linq;\n\nnamespace Acme.Orders;\n",
    "    public int Total(IEnumerable<Item> items) => items.Where(i => i.Open).Sum(i => i.Price);\n",
    "    [Fact]\n    public void EmptyGivesZero()\n    {\n        Assert.Equal(0, new Service().Total(Array.Empty<Item>()));\n    }\n",
    "    public record Item(string Id, int Price, bool Open);\n",
)
_SWIFT = (
    "import Foundation\nimport UIKit\n",
    "struct Item: Codable {\n    let id: String\n    let price: Int\n}\n",
    "func total(_ items: [Item]) -> Int {\n    items.map(\\.price).reduce(0, +)\n}\n",
)
_C = (
    "#include <stdio.h>\n#include <string.h>\n\n#define MAX_ITEMS 64\n",
    "int total(const struct item *items, size_t count)\n{\n    int sum = 0;\n    for (size_t i = 0; i < count; i++)\n        sum += items[i].price;\n    return sum;\n}\n",
    'static void usage(const char *name)\n{\n    fprintf(stderr, "usage: %s [-v] FILE\\n", name);\n}\n',
)
_SHELL = (
    '#!/usr/bin/env bash\nset -euo pipefail\n\ncd "$(dirname "$0")"\n',
    'log() {\n  printf "%s %s\\n" "$(date +%H:%M:%S)" "$*"\n}\n',
    'for file in build/*.tar.gz; do\n  [ -e "$file" ] || continue\n  log "found $file"\n  tar -tzf "$file" > /dev/null\ndone\n',
    'if [ "${1:-}" = "--help" ]; then\n  log "usage: $0 [stage]"\n  exit 0\nfi\n',
)
_POWERSHELL = (
    "param(\n    [string]$Stage = 'prod',\n    [switch]$DryRun\n)\n\n$ErrorActionPreference = 'Stop'\n",
    "Get-ChildItem -Path .\\build -Filter *.zip | ForEach-Object {\n    Write-Host $_.Name\n}\n",
)
_YAML = (
    "# settings of the orders service\nlogging:\n  level: info\n  format: json\n",
    "server:\n  port: 8080\n  workers: 4\n  timeout_seconds: 30\n",
    "features:\n  - search\n  - export\n  - max_tokens: 500\n",
    "image:\n  repository: acme/orders\n  tag: 1.4.2\n  digest: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n",
)
_JSON = (
    '"name": "orders",\n"version": "1.4.2",\n"private": true,\n',
    '"compilerOptions": {\n  "target": "es2022",\n  "strict": true,\n  "outDir": "dist"\n},\n',
    '"dependencies": {\n  "express": "^4.19.2",\n  "zod": "3.23.8"\n},\n',
)
_INI = (
    "[server]\nport = 8080\nworkers = 4\n",
    "[logging]\nlevel = info\nformat = %(levelname)s %(message)s\n",
    "; changed in March\n[paths]\ndata = /var/lib/orders\n",
)
_PROPERTIES = (
    "# orders\nserver.port=8080\nserver.servlet.context-path=/orders\n",
    "logging.level.root=INFO\nspring.jpa.hibernate.ddl-auto=validate\n",
)
_TOML = (
    '[project]\nname = "orders"\nversion = "1.4.2"\nrequires-python = ">=3.11"\n',
    '[tool.ruff]\nline-length = 100\nselect = ["E", "F", "I"]\n',
)
_DOTENV = (
    "STAGE=prod\nPORT=8080\nLOG_LEVEL=info\n",
    "# mail\nSMTP_HOST=mail.acme.internal\nSMTP_PORT=587\n",
    "FEATURE_SEARCH=true\nTZ=Europe/Berlin\n",
)
_XML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!-- orders -->\n',
    "<modules>\n  <module>core</module>\n  <module>web</module>\n</modules>\n",
    '<logger name="io.acme" level="INFO"/>\n<appender-ref ref="console"/>\n',
)
_TERRAFORM = (
    'terraform {\n  required_version = ">= 1.6"\n}\n',
    'resource "aws_instance" "web" {\n  ami           = "ami-0c55b159cbfafe1f0"\n  instance_type = "t3.micro"\n  tags = {\n    Name = "web"\n  }\n}\n',
)
_DOCKERFILE = (
    "FROM node:20-alpine AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\n",
    "COPY . .\nRUN npm run build\nEXPOSE 8080\n",
    "USER node\n",
)
_SQL = (
    "CREATE TABLE items (\n  id bigint PRIMARY KEY,\n  name text NOT NULL,\n  price integer DEFAULT 0\n);\n",
    "SELECT i.name, sum(i.price) AS total\nFROM items i\nJOIN orders o ON o.item = i.id\nGROUP BY i.name;\n",
)
_MAKE = (".PHONY: all test\nall: build test\n", "test:\n\tgo test ./...\n")
_NGINX = (
    "server {\n    listen 80;\n    server_name app.acme.internal;\n",
    "    location / {\n        proxy_pass http://app:8080;\n    }\n",
)
_DOCUMENT = (
    "# Orders\n\nKeeps orders and prints invoices. See the wiki for the architecture.\n",
    "## Install\n\nClone the repository, run the installer and start the service.\nThe first start takes a minute.\n",
    "Notes of the meeting: we move the export to the night, Carla looks at the index,\nthe search waits for version 1.5.\n",
)
_LOG = (
    "2026-03-02 11:41:58,002 INFO [main] started in 3.2 s (pid 211)\n2026-03-02 11:41:58,120 INFO [main] listening on port 8080\n",
    "2026-03-02 11:42:01,514 WARN [pool-1] slow query took 812 ms\n2026-03-02 11:42:03,777 INFO [pool-1] 42 rows\n",
)
_HTTP = ("### health\nGET https://app.acme.internal/health\nAccept: application/json\n",)
_LISP = (";; settings\n(defn total [items]\n  (reduce + (map :price items)))\n",)
_HASH = ("# settings of the orders service\nverbose = 1\n", "limit = 500\nnames = 3\n")
_SLASH = ("// orders\n", "// sums the open items\n")

_BLOCKS: dict[str, tuple[str, ...]] = {
    "python": _PYTHON, "starlark": _PYTHON, "javascript": _JAVASCRIPT, "java": _JAVA, "kotlin": _JAVA, "scala": _JAVA, "groovy": _JAVA,
    "go": _GO, "rust": _RUST, "zig": _RUST, "ruby": _RUBY, "elixir": _RUBY, "php": _PHP, "csharp": _CSHARP, "fsharp": _SLASH, "swift": _SWIFT,
    "dart": _JAVASCRIPT, "c": _C, "shell": _SHELL, "powershell": _POWERSHELL, "yaml": _YAML, "json": _JSON, "ini": _INI,
    "properties": _PROPERTIES, "toml": _TOML, "dotenv": _DOTENV, "xml": _XML, "terraform": _TERRAFORM, "dockerfile": _DOCKERFILE,
    "sql": _SQL, "make": _MAKE, "nginx": _NGINX, "document": _DOCUMENT, "log": _LOG, "http": _HTTP, "clojure": _LISP, "elisp": _LISP,
    "lua": _HASH, "perl": _HASH, "r": _HASH, "julia": _HASH, "nix": _HASH, "solidity": _SLASH,
}  # fmt: skip

_SUFFIX = {
    "python": ".py", "javascript": ".ts", "java": ".java", "go": ".go", "rust": ".rs", "ruby": ".rb", "php": ".php", "csharp": ".cs",
    "swift": ".swift", "c": ".c", "shell": ".sh", "yaml": ".yml", "json": ".json", "ini": ".ini", "properties": ".properties",
    "toml": ".toml", "xml": ".xml", "terraform": ".tf", "sql": ".sql", "document": ".md", "log": ".log",
}  # fmt: skip

_INDENTED = frozenset({"javascript", "java", "kotlin", "csharp", "swift", "c", "go", "rust", "ruby", "php", "python"})


def path_of(language: str) -> str:
    return f"app/settings{_SUFFIX.get(language, '.txt')}"


def surrounded(rng: Rng, language: str, snippet: str) -> str:
    """`snippet` between harmless blocks of its language, 10 to 80 lines; now and then indented as in a function."""
    blocks = _BLOCKS.get(language, _SLASH)
    if language in _INDENTED and rng.random() < 0.4 and '"""' not in snippet and "-----" not in snippet:
        snippet = "\n".join("    " + line if line else line for line in snippet.split("\n"))
    before = [rng.choice(blocks) for _ in range(rng.randint(1, 4))]
    after = [rng.choice(blocks) for _ in range(rng.randint(0, 4))]
    text = "\n".join([blocks[0], *before, snippet, "", *after])
    return text.replace("\n", "\r\n") if rng.random() < 0.05 else text
