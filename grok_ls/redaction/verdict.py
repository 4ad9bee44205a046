"""Whether a literal that was given to a secret's name is the secret, or a name, a path, a pattern, a sentence."""

from __future__ import annotations

import re

from grok_ls.redaction.made_up import is_gibberish, is_made_up
from grok_ls.redaction.names import PASSWORD, PIN, SECRET, WEAK, Announced, words_of
from grok_ls.redaction.phrases import TYPE_WORDS, is_passphrase, is_phrase, is_phrased
from grok_ls.redaction.values import (
    classes,
    entropy,
    has_digit,
    has_letter,
    is_named,
    is_random,
    is_scrambled,
    is_stand_in,
    is_words,
)

_SPACE = re.compile(r"\s")
_REGEX = re.compile(
    r"\[\^?[^\]\s]{0,20}\w-\w|\\[dDwWsSbB](?![A-Za-z0-9]{4})|\(\?[:P=!<]|\]\{\d+|\)\{\d+|\\d\{|\\\(|[\])][+*]|\.[*+]\??[)\]$]|\^.*\$\Z|\A\^[\[(\\]|\\(?:033|x1[bB]|u001[bB]|e)\["
    r"|(?i:abcdefghijklmnopqrstuvwxyz)|\A[-+]?[\d_.]+(?:[eE][-+]?\d{1,3})?[fFdDlLuU]?\Z|\A0[xX][0-9a-fA-F]{1,16}[uU]?[lL]{1,2}\Z|\A0[xX][0-9a-fA-F]{1,8}\Z"
)
# What only patterns hold; a random value may have the other signs of one by chance.
_CLASS = re.compile(r"\\[dDwWsSbB]|\(\?|\[\^|[aA0]-[zZ9]")
# Between two strings of minified code stands no string.
_CODE = re.compile(r"\)\{|\}\)|&&|\|\||=>|\(\)|\),|\(\w{0,20},")
# A literal of the language, and what follows it in minified code or a query: ``null;let``, ``!1,this``, ``#ccc9;--x``, ``1&page=2``.
_LITERAL = re.compile(
    r"(?:null|[tT]rue|[fF]alse|undefined|void 0|![01]|#[0-9a-f]{3,8})(?:[,;)}].*|&(?:\w+=.*)?)?\Z|\d{1,4}(?:\.\d{1,4})?&\w+=.*\Z"
)
_CALL = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*\(")
# The name of an environment variable.
_CONSTANT = re.compile(r"[A-Z][A-Z\d]{0,20}(?:_[A-Z]{2,20}\d{0,2}){1,6}")
_CODEC = re.compile(
    r"(?i)utf-?(?:8|16|32)\w{0,4}|latin-?1|ascii|cp\d{3,4}|iso-?8859-?\d+|base64|hex|(?:\\x[0-9a-f]{2}|\\[0-7]{1,3}|\\[rntabfv]){1,6}"
    r"|sha-?\d{1,3}(?:-\d+)?|sha3-\d+|md[45]|blake2[bs]|scram-sha-\d+(?:-plus)?|aes-?\d{3}(?:-\w{2,8})?|[rhep]s\d{3}|a\d{3}(?:cbc|gcm|kw|gcmkw)(?:-hs\d{3})?|rsa-oaep(?:-\d+)?|rsaes-pkcs1-v1_5|rsa-sha2-\d+|x5t#s256"
)
_TECH = re.compile(
    r"(?i)(?:u?int|float|bytes?|string|varchar|char|utf|base|sha|md|hmac|pbkdf|aes|rsa|rs|hs|es|ec|p|x|v|ver|version|oauth|http|tls|ssl|ipv|python|py|java|es|web|argon|bcrypt|step|"
    r"rfc|iso|cp|latin|ascii|win|line|page|part|level|tier|chapter|issue|pr|col|row|arg|param|test|user|node|host|server|db|app|srv|k8s|i18n|s3|ec2|vue|utf8mb|h|g|n|md5crypt)"
    r"[-_]?\d{1,5}(?:[-_.]\w{1,8})?"
)
_NAMES = frozenset(
    "password passwords passwd pwd pass passphrase token tokens secret secrets key keys credential credentials cred creds auth pin passcode username v hash".split()
)
_PIN = re.compile(r"\d{4,10}")
# ``GPIO21``: a pin of another kind.
_PORT = re.compile(r"[A-Z]{2,6}_?\d{1,3}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_RECOVERY = re.compile(
    r"(?=[A-Za-z-]*\d)(?=[\d-]*[A-Za-z])[A-Za-z0-9]{4,8}(?:-[A-Za-z0-9]{4,8}){1,5}|(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{6,24}"
)
# ``package.module:Name``
_MODULE = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+:[A-Za-z_]\w*")
# The place of a match (``keyword.$0``), a file (``/Encoder/X.php``), a class (``core\\\\encoder``).
_PLACE = re.compile(
    r"[\w.-]+[.-]\$\d|[\w./-]+\.(?:der|pem|crt|cer|csr|key|json|txt|ya?ml|p12|jks|js|ts|py|go|rs|rb|php|html?|css|xml|conf|cfg|ini|sh|bin|dat|log|md)|\$\{[^{}]*\}/.*|-{1,2}[a-z-]+|[@:&]{1,2}[a-z_]+|"
    r"/[\w./-]+\.[a-z]{1,5}|\{?\w+\}?(?:\\{1,4}[\w{}]*){2,}|(?:S-)?\d+(?:-\d+)+|[a-z]\w*@[\w-]+(?:\.[a-z][\w-]*)+|[a-z]+(?:/[a-z]+\d{0,4}){1,4}|%?\w+(?:::\w+)+%?|[A-Za-z]{1,20}=[\d-]{1,12}"
)
# A variable of Ruby or Perl.
_SIGIL = re.compile(r"[@$:&*.]{1,2}[A-Za-z_]+[?!]?")
_FILLED = re.compile(
    r"(?i)[\[{(,;:})\]].*[:{(\[,]|[a-z]{2,10}://[^@]*|[a-z]{2,}(?:password|passwd|passwort|passphrase)|\W+|[\W_]*\{\w*\}[\W_]*"
)
"""``rolepassword``, ``'{}'``: says what belongs here."""
_WORD_AND_NUMBER = re.compile(r"[A-Z]?[a-z]+(?:[A-Z][a-z]+)?\d{2,}")
_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}")
_LONG_WORD = re.compile(r"[a-z]{6}")
_SEGMENT = re.compile(r"[a-z]+\d{0,3}|\d{1,3}|v\d+")


def is_secret(value: str, kind: Announced, *, quoted: bool) -> bool:
    """Whether ``value`` is a secret when a name of ``kind`` is given it for certain."""
    value = value.strip()
    if value.endswith(":") and is_words(value[:-1]):
        return False
    if kind == PIN:
        return _is_pin(value, quoted)
    if kind == PASSWORD and value.isdecimal():
        return 6 <= len(value) <= 40 and len(set(value)) > 2 and not is_sequence(value)
    if len(value) < 4 or is_stand_in(value) or value.lower() in TYPE_WORDS:
        return False
    if _REGEX.search(value) and (_CLASS.search(value) or not is_noise(value)):
        return False
    if (
        _CODEC.fullmatch(value)
        or (
            _PLACE.fullmatch(value)
            and not (kind == PASSWORD and quoted and (is_random(value) or sum(map(str.isdigit, value)) > 2))
        )
        or (_ESCAPE.search(value) and not has_digit(_ESCAPE.sub("a", value)))
        or _is_label(value)
    ):
        return False
    if kind == SECRET and (" " not in value or quoted) and is_made_up(value):
        return True
    if not quoted and (_is_reference(value) or _CALL.match(value) or _LITERAL.match(value)):
        return False
    wordy = kind != PASSWORD and is_named(value) and "-" not in value
    if wordy and (kind == WEAK or not _WORD_AND_NUMBER.fullmatch(value)):
        return False
    if kind == PASSWORD:
        return _is_password(value, quoted)
    if len(value) < 8 or _SPACE.search(value):
        return kind == SECRET and is_phrase(value)
    if kind == WEAK and (
        len(value) < 16
        or entropy(value) < (3.3 if len(value) < 32 else 3.0)
        or not (is_random(value) or is_scrambled(value))
    ):
        return False
    if any(c in value for c in "(){}[]<>") and not quoted and not is_noise(value):
        return False
    if _CONSTANT.fullmatch(value):
        return False
    if quoted and (("(" in value and value.endswith(")")) or _CODE.search(value)) and not is_noise(value):
        return False
    if _MODULE.fullmatch(value):
        return False
    if not has_digit(value):
        if quoted and classes(value) > 2 and is_chosen(value):
            return True
        return (
            len(value) >= 16
            and entropy(value) > 3.3
            and (is_scrambled(value) or is_shouted(value) or _is_unsayable(value) or _is_uneven(value))
        )
    return has_letter(value) and entropy(value) > 2.5 and not is_path(value)


def _is_label(value: str) -> bool:
    """A word of another language than English: ``Contraseña``."""
    if value.isascii():
        return False
    plain = "".join(c for c in value if c.isascii() and c not in " -'")
    if plain and not plain.isalpha():
        return False
    # Scripts without cases have marks that are no letters.
    return not plain or value[1:] == value[1:].lower() or value.istitle()


def _is_pin(value: str, quoted: bool) -> bool:
    """Digits that are no year and no row of numbers, or a code of blocks: ``4vb4a-z1jw5``."""
    value = value.strip("\\\"'")
    if not quoted and _PORT.fullmatch(value):
        return False
    if _PIN.fullmatch(value):
        return len(set(value)) > 1 and not is_sequence(value) and (quoted or _YEAR.fullmatch(value) is None)
    return _RECOVERY.fullmatch(value) is not None and entropy(value) > 2.5 and ("-" in value or not is_named(value))


def is_sequence(value: str) -> bool:
    """``123456``, ``987654``, ``123123``."""
    half = value[: len(value) // 2]
    return value in "012345678901234567890" or value in "98765432109876543210" or value == half + half


def is_noise(value: str) -> bool:
    """Letters, digits and signs as no code mixes them."""
    if _SPACE.search(value) or any(c in value for c in "\"'`"):
        return False
    digits = sum(c.isdigit() for c in value)
    signs = {c for c in value if not c.isalnum()}
    if len(value) < 24 or digits < (2 if len(signs) > 9 else 4) or classes(value) < 3 or entropy(value) < 3.8:
        return False
    return not _LONG_WORD.search(value) or (len(signs) > 4 and entropy(value) > 4.3)


def is_shouted(value: str) -> bool:
    """Upper-case letters, in no word's order: base32 without a digit, blocks of a licence key."""
    letters = re.sub(r"[-2-7]", "", value) if len(value) > 15 else value.replace("-", "")
    if not (letters.isalpha() and letters.isupper() and letters.isascii()):
        return False
    vowels = sum(c in "AEIOU" for c in letters) / len(letters)
    parts = value.split("-")
    return vowels < 0.3 and (len(parts) == 1 or (len(parts) > 2 and len({len(part) for part in parts}) == 1))


def is_strong(value: str) -> bool:
    """Whether ``value`` looks like a secret by itself: random, or of three kinds of characters and no name."""
    return (
        is_random(value)
        or (
            len(value) > 15
            and (
                is_scrambled(value)
                or is_shouted(value)
                or _is_unsayable(value)
                or _is_uneven(value)
                or _is_jumbled(value)
            )
        )
        or (classes(value) >= 3 and has_digit(value) and not value.isidentifier())
        or is_tangled(value)
    )


def is_chosen(value: str) -> bool:
    """Whether ``value`` looks like a password that a person chose: a word with digits or signs, and no technical term, no file, no name."""
    if (
        len(value) < 6
        or is_stand_in(value)
        or (is_words(value) and not is_scrambled(value))
        or _TECH.fullmatch(value)
        or _REGEX.search(value)
    ):
        return False
    if "/" in value or ("@" in value[1:-1] and "." in value) or any(c in value for c in "(){}[]<>|\\"):
        return False
    # Written so that a word can be read in one way only: else a long camelCase name takes for ever.
    if re.fullmatch(r"(?:[A-Z](?:\d[a-z]*(?:\d[a-z]*)?|[a-z]+(?:\d[a-z]*)?)?){3,}", value) and is_named(value):
        return False
    if _SIGIL.fullmatch(value) or (not has_digit(value) and _is_reference(value)):
        return False
    if (
        _CAMEL_DIGIT.fullmatch(value)
        and not _is_unsayable(value)
        and not is_tangled(value)
        and (len(value) > 9 or is_named(value))
        and set(value[:4]) & set("aeiouy")
    ) or is_name(value):
        return False
    if re.fullmatch(r"[\d.:-]+|[\w-]+\.[a-z]{1,5}\d?|\d+[a-z]{1,3}|[a-z]+\.[a-z.0-9]+", value):
        return is_dotted_phrase(value)
    if has_digit(value):
        return has_letter(value) or any(c in "!#$%^&*" for c in value)
    return is_scrambled(re.sub(r"[\W_]", "", value)) or (
        any(c in "!#$%^&*@" for c in value) and value.strip("!#$%^&*@.") != ""
    )


_REFERENCE = re.compile(r"!{0,2}[A-Za-z_$][\w$]{0,60}(?:\.[A-Za-z_$][\w$]{0,60}){1,6}")


def _is_reference(value: str) -> bool:
    """``v2.Password``, ``this._auth.oauth2``: names joined by dots, none of them random."""
    return _REFERENCE.fullmatch(value) is not None and not any(
        len(part) > 9 and not is_named(part) and (is_random(part) or is_scrambled(part)) for part in value.split(".")
    )


def is_tangled(value: str) -> bool:
    """Of both cases and digits at random, and no name: ``kPobBbHSPD8K``."""
    return len(value) > 9 and has_digit(value) and is_scrambled(value) and not is_named(value)


def is_name(value: str) -> bool:
    """Whether ``value`` is itself the name of such a thing (``password2``, ``access_token_v2``), a field rather than its content."""
    words = words_of(value) if value.replace("-", "_").isidentifier() else []
    return 0 < len(words) < 6 and (words[-1] in _NAMES or words[-1].endswith(("password", "passwd", "token")))


def _is_password(value: str, quoted: bool) -> bool:
    if is_gibberish(value) or (quoted and is_phrased(value)):
        return True
    if _FILLED.fullmatch(value):
        return False
    if (
        _SPACE.search(value)
        or value.startswith(("http://", "https://", "urn:", "./", "../"))
        or (_dotted(value) and not (quoted and is_dotted_phrase(value)))
        or _MODULE.fullmatch(value)
    ):
        return False
    if not quoted:
        if any(c in value for c in "(){}[]<>") or (
            is_words(value.replace(".", " ").strip()) and not is_scrambled(value)
        ):
            return False
        return (
            is_scrambled(value)
            or _is_unsayable(value)
            or _is_uneven(value)
            or (classes(value) >= 2 and (has_digit(value) or not value.replace("_", "").isalnum()))
        )
    return (
        not is_words(value)
        or (len(value) > 5 and value.islower() and value.isalpha())
        or is_scrambled(value)
        or _is_unsayable(value)
        or _is_uneven(value)
        or ("-" in value and is_passphrase(value, 3))
    )


def is_dotted_phrase(value: str) -> bool:
    """``willow.cedar.heron9``: words and a number, none of them a term of programs."""
    phrase = value.rstrip("0123456789")
    return len(value) - len(phrase) > (phrase[-1:] == ".") and is_passphrase(
        phrase.rstrip(".").replace(".", "-"), 2 if phrase[-1:] == "." else 3
    )


_CAMEL_WORD = re.compile(r"[A-Z]?[a-z]+")
_CAMEL_NAME = re.compile(
    r"[A-Za-z]?[a-z]*(?:[A-Z]{1,4}[a-z]{2,}|Id|Of|To|By|In|On|Is|At|As|Or|Go|Js|Db|Ui|Io|No|Up|My|Ip|Ok|It|An|Do|Be|Px|Ms|Ts|Tx|Rx)*[A-Z]{0,5}"
)


def _is_uneven(value: str) -> bool:
    """Letters of both cases that are no camelCase name: ``hTFTkUTTNJZGB``."""
    mixed = value.isascii() and value.isalpha() and not value.islower() and not value.isupper()
    return len(value) > 9 and mixed and not is_named(value) and _CAMEL_NAME.fullmatch(value) is None


_CAMEL_DIGIT = re.compile(r"[a-z]+\d?(?:[A-Z][a-z]*\d?)+")
_NUMBERED_NAME = re.compile(r"(?:[A-Za-z]?[a-z]+\d{0,3})?(?:[A-Z]{1,5}[a-z]+\d{0,3})*[A-Z]{0,5}\d{0,4}")


def _is_jumbled(value: str) -> bool:
    """Letters of both cases and digits in no name's order: ``b5xkuNQnOSASCTZc``."""
    return (
        value.isascii()
        and value.isalnum()
        and classes(value) > 2
        and not is_named(value)
        and _NUMBERED_NAME.fullmatch(value) is None
    )


_VOWELLESS = frozenset("http https html xhtml ctrl bcrypt scrypt crypt".split())


def _is_unsayable(value: str) -> bool:
    """Letters of both cases with a part that no word is: four letters without a vowel."""
    letters = re.sub(r"[\W\d_]", "", value)
    if len(letters) < 8 or letters.islower() or letters.isupper():
        return False
    words = [word.lower() for word in _CAMEL_WORD.findall(letters)]
    return any(len(word) > 3 and not set(word) & set("aeiouy") and word not in _VOWELLESS for word in words)


def _dotted(value: str) -> bool:
    """``django.contrib.auth.hashers.PBKDF2PasswordHasher``"""
    parts = value.split(".")
    return len(parts) > 2 and all(part.isidentifier() and not (len(part) > 7 and is_scrambled(part)) for part in parts)


_URL = re.compile(r"[a-z][a-z0-9+.-]{1,20}://")


def is_path(value: str) -> bool:
    if value.startswith(("./", "~/", "../")) or _URL.match(value):
        return True
    if len(value) > 19 and classes(value) > 2 and "." not in value and entropy(value) > 4.2:
        # base64 has slashes, too
        return False
    parts = [part for part in value.split("/") if part]
    if value.startswith("/") and len(parts) > 1 and all(_SEGMENT.fullmatch(part) for part in parts):
        return True
    return (
        "/" in value
        and len(value) < 200
        and sum(is_words(part.replace("_", "-")) and not _is_uncased(part) for part in parts) * 2 > len(parts)
    )


def _is_uncased(part: str) -> bool:
    """``MiKOrpa``, ``ODjp``: no word in any style."""
    return part.isalpha() and not (part.islower() or part.isupper()) and _CAMEL_NAME.fullmatch(part) is None


def is_plain_name(value: str) -> bool:
    """``my-app-secrets-v2``: lower-case words with a version, as resources are called."""
    parts = re.split(r"[-_.:]", value)
    return len(parts) > 1 and all(_SEGMENT.fullmatch(part) for part in parts)
