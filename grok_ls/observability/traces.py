"""One OpenTelemetry span for each request, made from its record when it is over. Only importer of ``opentelemetry``.

On only where the standard variables of OpenTelemetry name a collector, which makes it the machine's decision and never
a workspace's. A span has names, counts and times after the conventions for generative AI; no prompt, no answer, no
path, no session.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from grok_ls.errors import ConfigError
from grok_ls.record import Record

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter

ENDPOINT_VARIABLES = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_CLOSE_S = 2.0


def is_wanted(environment: Mapping[str, str]) -> bool:
    """Whether a collector is configured and OpenTelemetry is not switched off."""
    off = environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true"
    return not off and any(environment.get(name, "").strip() for name in ENDPOINT_VARIABLES)


class Traces:
    """Sends spans from a thread of the SDK. ``exporter`` is for tests; else OTLP over HTTP as ``OTEL_*`` says."""

    def __init__(self, version: str, exporter: SpanExporter | None = None) -> None:
        try:
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor

            if exporter is None:
                from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

                exporter = OTLPSpanExporter()
        except ImportError as error:
            raise ConfigError("Traces (OTEL_EXPORTER_OTLP_ENDPOINT) need `pip install grok-ls[otel]`.") from error
        about = Resource.create({"service.name": "grok-ls", "service.version": version})
        # Nothing is registered globally: spans of libraries could hold addresses and headers.
        self._processor = BatchSpanProcessor(exporter)
        self._provider = TracerProvider(resource=about, shutdown_on_exit=False)
        self._provider.add_span_processor(self._processor)
        self._tracer = self._provider.get_tracer("grok_ls", version)

    def see(self, record: Record) -> None:
        from opentelemetry.trace import SpanKind, Status, StatusCode

        start = round(record.at * 1e9)
        span = self._tracer.start_span(
            f"chat {record.served_model or record.model}",
            kind=SpanKind.CLIENT,
            start_time=start,
            attributes=_attributes(record),
        )
        if record.first_token_ms is not None:
            span.add_event("first token", timestamp=start + record.first_token_ms * 1_000_000)
        if record.status in ("failed", "lost"):
            span.set_status(Status(StatusCode.ERROR, record.code or record.status))
        span.end(end_time=start + (record.total_ms or 0) * 1_000_000)

    def close(self) -> None:
        """Send what is waiting, for two seconds at most: the SDK by itself waits ten for a collector that is away."""
        closing = threading.Thread(target=self._provider.shutdown, name="grok-ls-traces", daemon=True)
        closing.start()
        closing.join(timeout=_CLOSE_S)


def _attributes(record: Record) -> dict[str, str | int | float | bool]:
    used = record.usage
    found = {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": record.model,
        "gen_ai.response.model": record.served_model,
        "gen_ai.usage.input_tokens": used.input_tokens,
        "gen_ai.usage.output_tokens": used.output_tokens,
        "server.address": record.endpoint,
        "error.type": record.code,
        "grok_ls.job": record.job,
        "grok_ls.action": record.action,
        "grok_ls.status": record.status,
        "grok_ls.cache": record.cache,
        "grok_ls.retries": record.retries,
        "grok_ls.estimated": used.estimated,
        "grok_ls.usage.cached_tokens": used.cached_tokens,
        "grok_ls.usage.reasoning_tokens": used.reasoning_tokens,
        "grok_ls.cost_usd": used.cost_usd,
        "grok_ls.prompt_version": record.prompt_version,
    }
    return {name: value for name, value in found.items() if value is not None and value != ""}
