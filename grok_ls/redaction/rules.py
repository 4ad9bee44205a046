"""All rules of shapes, in the order in which they are tried."""

from __future__ import annotations

from grok_ls.redaction.rule import Rule
from grok_ls.redaction.rules_cloud import CLOUD
from grok_ls.redaction.rules_formats import FORMATS
from grok_ls.redaction.rules_hosts import HOSTS
from grok_ls.redaction.rules_rare import RARE
from grok_ls.redaction.rules_services import SERVICES

COMMON: tuple[Rule, ...] = (*CLOUD, *HOSTS, *SERVICES, *FORMATS)
RULES: tuple[Rule, ...] = (*COMMON, *RARE)
