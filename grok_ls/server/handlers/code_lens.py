"""``textDocument/codeLens``: keep and discard above each hunk that is under review."""

from __future__ import annotations

from lsprotocol import types

from grok_ls.server import wire
from grok_ls.server.documents import Document
from grok_ls.server.pending import Waiting
from grok_ls.server.review import Review
from grok_ls.server.session import Session


def code_lenses(session: Session, params: types.CodeLensParams) -> list[types.CodeLens]:
    document = session.document(params.text_document.uri)
    return [] if document is None else decisions(session, document)


def decisions(session: Session, document: Document) -> list[types.CodeLens]:
    """Keep and discard for every hunk of the document that is undecided, and for all of a review at its first one."""
    lenses: list[types.CodeLens] = []
    for review in session.reviews.of(document.uri):
        places = review.places(document.source.text)
        for position, (number, offset) in enumerate(sorted(places.items(), key=lambda item: item[1])):
            line = document.source.line_of(min(max(offset, 0), len(document.source.text)))
            if position == 0 and len(places) > 1:
                lenses += _pair(review, None, line, f"all {len(places)} changes")
            lenses += _pair(review, number, line, review.what)
    return lenses


def _pair(review: Review | Waiting, hunk: int | None, line: int, what: str) -> list[types.CodeLens]:
    start = types.Position(line, 0)
    # A change that is not in yet is made or dropped, one that is in is kept or discarded.
    verbs = (
        {"keep": "Make", "discard": "Drop"} if isinstance(review, Waiting) else {"keep": "Keep", "discard": "Discard"}
    )
    return [
        types.CodeLens(
            range=types.Range(start, start),
            command=types.Command(
                title=f"Grok: {verb} {what}",
                command=wire.REVIEW,
                arguments=[{"jobId": review.job_id, "hunk": hunk, "decision": decision}],
            ),
        )
        for decision, verb in verbs.items()
    ]
