"""``textDocument/codeAction``: the menu. No network, no disk beyond a cached look at ignore files, a few milliseconds.

Every action is a command, never an edit: choosing is what costs money, and some clients resolve every action unasked
(microsoft/live-share#5293, golang/go#75442).
"""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from grok_ls.actions import Offer, Situation, asked_for, is_within, offers, recipe_offers
from grok_ls.context.languages import language_of
from grok_ls.server import compat, wire
from grok_ls.server.convert import finding_of, range_of, span_of
from grok_ls.server.documents import Document
from grok_ls.server.handlers.code_lens import decisions
from grok_ls.server.session import Session
from grok_ls.text import Source, Span


def code_actions(session: Session, params: types.CodeActionParams) -> list[types.CodeAction | types.Command] | None:
    document = session.document(params.text_document.uri)
    if document is None:
        return None
    context = params.context
    location = session.locate(document.uri)
    if location.refusal is not None and not session.client.can.disabled_actions:
        return None
    encoding = session.documents.encoding
    source = document.source.named(location.relative, document.language_id)
    span = span_of(document.source, _range(params.range), encoding)
    automatic = context.trigger_kind == types.CodeActionTriggerKind.Automatic
    only = [str(getattr(kind, "value", kind)) for kind in context.only or ()]
    found = offers(
        session.actions(),
        Situation(
            span=span,
            language=document.language_id,
            definition=None if automatic or _fixes_only(only) else _definition(session, document, source, span),
            findings=[
                finding_of(document.source, wire.parse_diagnostic(compat.as_sent(item)), encoding)
                for item in context.diagnostics
            ],
            automatic=automatic,
            only=only,
        ),
    )
    menu = [
        _code_action(session, document, params, offer, location.refusal)
        for offer in (*found, *_recipes(session, document, source, span, [] if automatic else only))
    ]
    if not automatic and not session.client.can.code_lens:
        menu += _review_actions(session, document, params.range, only)
    return menu


def _recipes(session: Session, document: Document, source: Source, span: Span, only: list[str]) -> list[Offer]:
    """Named refactorings, for those who ask for their kinds by name."""
    if not asked_for(only):
        return []
    definition = session.trees.definition(document.uri, document.revision, source, span)
    if session.trees.behind(document.uri, document.revision):
        session.parse_behind(document.uri, source.path)
    language = language_of(source.path, document.language_id)
    name = language.id if language is not None else document.language_id
    return list(recipe_offers(source, span, name, definition, only))


def _review_actions(
    session: Session, document: Document, range_: types.Range, only: list[str]
) -> list[types.CodeAction | types.Command]:
    """What lenses offer, for clients that have none (eglot): the decisions about the changes on these lines."""
    if only and not any(is_within("refactor.rewrite.grok", kind) for kind in only):
        return []
    commands = [
        lens.command
        for lens in decisions(session, document)
        if lens.command is not None and range_.start.line <= lens.range.start.line <= range_.end.line
    ]
    if not session.client.can.code_action_literals:
        return [*commands]
    return [
        types.CodeAction(title=command.title, kind="refactor.rewrite.grok", command=command) for command in commands
    ]


def _fixes_only(only: list[str]) -> bool:
    return bool(only) and all(is_within("quickfix.grok", kind) and kind for kind in only)


def _definition(session: Session, document: Document, source: Source, span: Span) -> str | None:
    """The name of the definition around ``span``; only a cursor needs one, a selection speaks for itself."""
    if len(span):
        return None
    name = session.trees.definition_name(document.uri, document.revision, source, span)
    if session.trees.behind(document.uri, document.revision):
        session.parse_behind(document.uri, source.path)
    return name


def _code_action(
    session: Session, document: Document, params: types.CodeActionParams, offer: Offer, refusal: str | None
) -> types.CodeAction | types.Command:
    diagnostics = [params.context.diagnostics[index] for index in offer.findings]
    span = range_of(document.source, offer.span, session.documents.encoding)
    argument: dict[str, Any] = {
        "action": offer.action.name,
        "uri": document.uri,
        "range": _plain_range(span),
        "version": document.version,
    }
    if offer.instruction:
        argument["instruction"] = offer.instruction
    if diagnostics:
        argument["diagnostics"] = [compat.as_sent(item) for item in diagnostics]
    command = types.Command(title=offer.title, command=wire.RUN, arguments=[argument])
    if not session.client.can.code_action_literals:
        return command
    return types.CodeAction(
        title=offer.title,
        kind=offer.kind or offer.action.kind,
        diagnostics=diagnostics or None,
        command=command,
        disabled=types.CodeActionDisabled(reason=refusal) if refusal else None,
        tags=[types.CodeActionTag.LlmGenerated] if session.client.can.llm_tag else None,
    )


def _range(range_: types.Range) -> wire.Range:
    return wire.Range(
        wire.Position(range_.start.line, range_.start.character), wire.Position(range_.end.line, range_.end.character)
    )


def _plain_range(range_: types.Range) -> dict[str, Any]:
    return {
        "start": {"line": range_.start.line, "character": range_.start.character},
        "end": {"line": range_.end.line, "character": range_.end.character},
    }
