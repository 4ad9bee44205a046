"""What the client can do, resolved once into plain booleans. Decisions look here, and only here at the client's name."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types

from grok_ls.text import Encoding


@dataclass(frozen=True, slots=True)
class Capabilities:
    encoding: Encoding = "utf-16"
    apply_edit: bool = False
    document_changes: bool = False
    change_annotations: bool = False
    create_files: bool = False
    delete_files: bool = False
    code_action_literals: bool = False
    disabled_actions: bool = False
    llm_tag: bool = False
    work_done_progress: bool = False
    freezes_in_commands: bool = True
    show_document: bool = False
    text_document_content: bool = False
    configuration: bool = False
    register_configuration: bool = False
    register_watched_files: bool = False
    code_lens: bool = False
    code_lens_refresh: bool = False


def choose_encoding(client: types.ClientCapabilities) -> Encoding:
    """The first of the client's encodings that we know; utf-16 if it names none (LSP 3.17, ``positionEncodings``)."""
    for encoding in (client.general and client.general.position_encodings) or ():
        name = str(getattr(encoding, "value", encoding))
        if name == "utf-8":
            return "utf-8"
        if name == "utf-16":
            return "utf-16"
        if name == "utf-32":
            return "utf-32"
    return "utf-16"


# No capability tells: eglot (Emacs 30) and lsp-mode wait for a command with a frozen screen for ten seconds at most, and
# send no change of a document meanwhile, yet both declare progress.
_FREEZING = frozenset({"Eglot", "emacs"})


def resolve(client: types.ClientCapabilities, name: str = "") -> Capabilities:
    """``name``: the client's own, `clientInfo.name`."""
    workspace, window, text = client.workspace, client.window, client.text_document
    edit = workspace.workspace_edit if workspace else None
    action = text.code_action if text else None
    tags = action.tag_support if action else None
    configuration = workspace.did_change_configuration if workspace else None
    watched = workspace.did_change_watched_files if workspace else None
    show = window.show_document if window else None
    lens = workspace.code_lens if workspace else None
    content = workspace.text_document_content if workspace else None
    return Capabilities(
        encoding=choose_encoding(client),
        apply_edit=bool(workspace and workspace.apply_edit),
        document_changes=bool(edit and edit.document_changes),
        change_annotations=bool(edit and edit.document_changes and edit.change_annotation_support),
        create_files=bool(edit and types.ResourceOperationKind.Create in (edit.resource_operations or ())),
        delete_files=bool(edit and types.ResourceOperationKind.Delete in (edit.resource_operations or ())),
        code_action_literals=bool(action and action.code_action_literal_support),
        disabled_actions=bool(action and action.disabled_support),
        llm_tag=bool(tags and types.CodeActionTag.LlmGenerated in tags.value_set),
        work_done_progress=bool(window and window.work_done_progress),
        freezes_in_commands=name in _FREEZING or not (window and window.work_done_progress),
        show_document=bool(show and show.support),
        # Without registering there is no way to name the scheme that pygls would announce.
        text_document_content=bool(content and content.dynamic_registration),
        configuration=bool(workspace and workspace.configuration),
        register_configuration=bool(configuration and configuration.dynamic_registration),
        register_watched_files=bool(watched and watched.dynamic_registration),
        code_lens=bool(text and text.code_lens),
        code_lens_refresh=bool(lens and lens.refresh_support),
    )
