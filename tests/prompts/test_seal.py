from grok_ls.context.pieces import Context, Piece
from grok_ls.prompts.build import Draft, Failure, Task, build, repair, seal
from grok_ls.redaction.redact import Policy, Vocabulary

KEY = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
CODE = f'TOKEN = "{KEY}"\nMAIL = "jane.doe@shop-of-jane.org"\n'


def draft() -> Draft:
    context = Context((Piece("a.py", 1, 3, CODE),), True, 3)
    return build(Task("fix", "edit", "diff", "a.py", "python", context, 1, 1, instruction=f"why {KEY}?"))


def test_no_message_of_a_sealed_prompt_holds_a_secret() -> None:
    prompt = seal(draft(), Vocabulary(b"seed"))
    assert [message.role for message in prompt.messages] == ["system", "user"]
    assert all(KEY not in message.content.text for message in prompt.messages)
    assert all("jane.doe" not in message.content.text for message in prompt.messages)
    assert prompt.messages[1].content.text.count("GROKLS_") == 3, "the same secret twice, and a mail address"


def test_same_secret_is_the_same_word_in_every_message() -> None:
    vocabulary = Vocabulary(b"seed")
    first = seal(draft(), vocabulary)
    second = seal(repair(draft(), "an answer", [Failure("Hunk 1 has no place.", f"TOKEN = '{KEY}'")]), vocabulary)
    assert [message.content.text for message in second.messages[:2]] == [
        message.content.text for message in first.messages
    ]


def test_sealing_twice_changes_nothing() -> None:
    vocabulary = Vocabulary(b"seed")
    once = seal(draft(), vocabulary)
    again = Draft("v", tuple((message.role, message.content.text) for message in once.messages))
    assert [message.content.text for message in seal(again, vocabulary).messages] == [
        message.content.text for message in once.messages
    ]


def test_policy_decides_what_is_replaced() -> None:
    prompt = seal(draft(), Vocabulary(b"seed"), Policy(personal=False))
    assert "jane.doe@shop-of-jane.org" in prompt.messages[1].content.text
    assert KEY not in prompt.messages[1].content.text
