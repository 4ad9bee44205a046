from grok_ls.context.pieces import Context, Piece
from grok_ls.prompts.build import Draft, Task, build, seal
from grok_ls.prompts.preview import Placeholder, placeholders_in, render_preview
from grok_ls.redaction.placeholder import PLACEHOLDER, TYPES, kind_of, spoken
from grok_ls.redaction.redact import Vocabulary

KEY = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
CODE = f'TOKEN = "{KEY}"\nMAIL = "jane.doe@shop-of-jane.org"\nPASTED = "GROKLS_JWT_77_zz"\n'


def draft() -> Draft:
    context = Context((Piece("a.py", 1, 3, CODE),), True, 3)
    return build(Task("fix", "edit", "diff", "a.py", "python", context, 1, 1, instruction=f"why {KEY}?"))


def test_preview_shows_exactly_what_is_sent() -> None:
    prompt = seal(draft(), Vocabulary(b"seed"))
    preview = render_preview(prompt)
    for message in prompt.messages:
        assert message.content.text in preview
    assert KEY not in preview
    assert prompt.version in preview
    assert "````\n" in preview, "the prompt has a fence of its own"


def test_what_stands_for_something_is_told_by_kind_above_the_request() -> None:
    vocabulary = Vocabulary(b"seed")
    prompt = seal(draft(), vocabulary)
    found = placeholders_in(prompt, vocabulary.issued)
    assert [(each.kind, each.places, each.personal) for each in found] == [
        ("GitHub token", 2, False),
        ("e-mail address", 1, True),
    ]
    token, mail = (each.word for each in found)
    above = render_preview(prompt, placeholders=found).partition("## system")[0]
    assert f"- e-mail address (1): `{mail}`\n- GitHub token (1): `{token}` in 2 places\n" in above


def test_a_word_that_stood_in_the_file_stands_for_nothing() -> None:
    vocabulary = Vocabulary(b"seed")
    prompt = seal(draft(), vocabulary)
    assert any("GROKLS_JWT_77_zz" in message.content.text for message in prompt.messages)
    assert "GROKLS_JWT_77_zz" not in {each.word for each in placeholders_in(prompt, vocabulary.issued)}


def test_a_request_without_placeholders_lists_none() -> None:
    assert "Placeholders" not in render_preview(seal(draft(), Vocabulary(b"seed")))


def test_every_kind_has_words_of_its_own() -> None:
    vocabulary = Vocabulary(b"seed")
    issued = [vocabulary.learn(kind, f"value-of-{kind}") for kind in TYPES]
    assert [kind_of(word) for word in issued] == list(TYPES)
    assert all(PLACEHOLDER.fullmatch(word) for word in issued)
    assert len({spoken(kind) for kind in TYPES}) == len(TYPES)
    assert not any("_" in Placeholder(word, 1).kind for word in issued)
