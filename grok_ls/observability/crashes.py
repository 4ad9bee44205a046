"""Errors of the program itself, to a Sentry that the user named. Off by default; only importer of ``sentry_sdk``.

What is sent is a type, where in our own code it happened, and the redacted message if it is a sentence of ours. Everything
else that the SDK collects by itself (local variables, source lines, breadcrumbs, environment, host, arguments, paths) is left
out, and what is not known here is not let through.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from grok_ls.errors import ConfigError, GrokError

if TYPE_CHECKING:
    import sentry_sdk
    from sentry_sdk.transport import Transport

DSN_VARIABLE = "GROK_LS_SENTRY_DSN"
_OURS = "grok_ls"
_CLOSE_S = 2.0


class Crashes:
    """``clean`` takes secrets and personal data out of a text; an event it fails on is not sent. ``transport`` is for
    tests.
    """

    def __init__(
        self, dsn: str, version: str, clean: Callable[[str], str], *, transport: Transport | None = None
    ) -> None:
        try:
            import sentry_sdk
        except ImportError as error:
            raise ConfigError(f"{DSN_VARIABLE} needs `pip install grok-ls[sentry]`.") from error
        from sentry_sdk.utils import BadDsn

        def before_send(event: Any, _hint: Any) -> Any:
            return scrubbed(event, clean)

        try:
            # A client and a scope of our own: nothing is hooked into other libraries, and nothing is global.
            self._client: sentry_sdk.Client = sentry_sdk.Client(
                dsn=dsn,
                release=version,
                transport=transport,
                before_send=before_send,
                default_integrations=False,
                auto_enabling_integrations=False,
                include_local_variables=False,
                include_source_context=False,
                max_breadcrumbs=0,
                server_name="",
                auto_session_tracking=False,
                send_client_reports=False,
            )
        except BadDsn as error:
            raise ConfigError(f"{DSN_VARIABLE} is no address of a Sentry project.") from error

    def see(self, error: BaseException) -> None:
        from sentry_sdk.utils import event_from_exception

        event, hint = event_from_exception(error, client_options=self._client.options)
        self._client.capture_event(event, hint)

    def close(self) -> None:
        """Send what is waiting, for two seconds at most."""
        self._client.close(timeout=_CLOSE_S)


def scrubbed(event: dict[str, Any], clean: Callable[[str], str]) -> dict[str, Any] | None:
    """The event with nothing in it but what is named here; ``None`` (= not sent) if it cannot be redacted."""
    try:
        values = event.get("exception", {}).get("values", [])
        kept = {
            name: event[name] for name in ("event_id", "timestamp", "level", "platform", "release") if name in event
        }
        return kept | {"exception": {"values": [_exception(value, clean) for value in values]}}
    except Exception:
        return None


def _exception(value: dict[str, Any], clean: Callable[[str], str]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames", [])
    # Any other message may quote what was worked on.
    is_ours = value.get("module") == GrokError.__module__
    return {
        "type": str(value.get("type", "")),
        "value": clean(str(value.get("value", ""))) if is_ours else "",
        "stacktrace": {"frames": [_frame(frame) for frame in frames]},
    }


def _frame(frame: dict[str, Any]) -> dict[str, Any]:
    """Module, function and line of our code; of any other, no more than that it is another's."""
    module = str(frame.get("module") or "")
    if module != _OURS and not module.startswith(f"{_OURS}."):
        return {"module": "(other)", "in_app": False}
    return {"module": module, "function": str(frame.get("function", "")), "lineno": frame.get("lineno"), "in_app": True}
