"""Secrets of letters only: passphrases of several words, joined in any way, which no name of a program is made of."""

from __future__ import annotations

import re

from grok_ls.redaction.names import PASSWORD, secret_kind
from grok_ls.redaction.program_words import PROGRAM_WORDS
from grok_ls.redaction.values import is_stand_in, is_words

TYPE_WORDS = frozenset(
    "string str none null nil undefined true false bool boolean int integer number text password secret token bytes char varchar any object void"
    " hidden required optional env dynamic self this func function auto default yes no on off key value test prompt input type name username user"
    " basic bearer login email apikey disabled enabled passed failed passes fails skipped".split()
)
_TECHNICAL = frozenset(
    "secret secrets key keys token tokens name names password pass api app apps db database client server user users admin auth oauth session cookie jwt"
    " webhook signing shared private public access refresh config default test tests testing mock dummy fake sample example some other another invalid"
    " wrong bad new old current next your our the this not super very top prod production dev staging stage local internal external aws gcp azure google"
    " github gitlab slack stripe docker kubernetes vault tls ssl cert certs certificate credential credentials creds store storage value string data text"
    " type ref file path env var variable field header query param request response none null empty missing required optional generated random rotated"
    " encryption encrypted decrypt hash hmac salt change here replace with manager service account registry image pull push basic bearer digest code"
    " system web site http https url uri host port login logout register reset verify email mail phone state status error success failure id ids list"
    " item items entry map set get put post delete create update read write flag flags option options setting settings mode format version plain for"
    " from and but can must only that use using will any all one two three first second last main root base core custom generic global master long short"
    " enough valid very unsafe insecure safe secure please strong weak unique sealed opaque manual auto automatic provider grant flow scope issuer"
    " form input control label btn button group wrapper container icon row col card modal dialog toggle visible hidden show hide eye meter bar helper message hint page"
    " view screen link section footer active page title box panel tab tabs menu nav list table cell grid block content body toolbar tooltip popover dropdown select checkbox"
    " password passwd confirm confirmation forgot change changed expired expiration policy length min max match mismatch recovery protect protected check checker prompt"
    " property attr attribute element node class style theme plaintext cleartext incorrect forbidden mandatory unchanged encrypted undefined unknown anonymous notrequired protection postgresql mariadb yourname myname whatever something anything everything nothing supplied provided obtained generate entered given username environment interactive ignored deprecated sensitive masked obfuscated color colour size width height left right top bottom center inline fixed rule component widget module package".split()
)
_PASSPHRASE = re.compile(r"[a-z]{3,12}(?:[-_][a-z]{3,12}){1,7}")


def is_passphrase(value: str, parts: int = 2) -> bool:
    """At least ``parts`` words that name nothing of a program, joined to one secret."""
    if not _PASSPHRASE.fullmatch(value) or len(value) < 11:
        return False
    words = re.split(r"[-_]", value)
    return len(words) >= parts and not any(word in _TECHNICAL for word in words)


_JOINED = re.compile(r"(?:[A-Z][a-z]{2,14}|[a-z]{3,14})(?:[A-Z][a-z]{2,14}){1,7}|[a-z]{3,12}(?: [a-z]{3,12}){3,7}")
_PART = re.compile(r"[A-Z]?[a-z]+")
KNOWN = PROGRAM_WORDS | _TECHNICAL | TYPE_WORDS
# A sentence has one of these; a passphrase has none.
_OF_SENTENCES = frozenset(
    "are you was were has have had will would shall should could cannot its their they who which when where why how what into onto about because then than only also been being"
    " der die das den dem ein eine einen ist sind und oder nicht mit von zum zur bei auf aus sich muss bitte ihr ihre les des est une pour par sur avec dans votre vous que qui pas"
    " los las una con por para del que sus debe uma com dos das não seu sua deve che non per con della delle dei gli sono deve het een van voor met niet uw moet zijn och att inte med som".split()
)


def is_phrased(value: str, parts: int = 2) -> bool:
    """Words that mostly name nothing of a program: ``VelvetOtterLantern``, ``velvet otter lantern spoon``; ``PrivateKeyPath`` is none."""
    if len(value) < 11 or not _JOINED.fullmatch(value):
        return False
    words = [word.lower() for word in _PART.findall(value)]
    if secret_kind(value.replace(" ", "_")) == PASSWORD or not _OF_SENTENCES.isdisjoint(words):
        return False
    unknown = sum(word not in KNOWN for word in words)
    return len(words) >= parts and unknown > 1 and unknown * 3 >= len(words) * 2


_LONE = re.compile(r"[a-z]{5,200}")


def is_lone_word(value: str, shortest: int = 8) -> bool:
    """Lower-case letters that are no term and no name of a secret: ``graniteolive``."""
    return (
        len(value) >= shortest
        and _LONE.fullmatch(value) is not None
        and value not in (_TECHNICAL if len(value) > 7 else KNOWN)
        and value not in TYPE_WORDS
        and secret_kind(value) is None
        and not is_stand_in(value)
    )


_UNBROKEN = re.compile(r"[a-z]{14,200}")
# What long words of Europe's languages end with.
_ENDING = re.compile(
    r"(?:tions?|ments?|ings?|able|ible|ness|it(?:y|ies)|ally|i[sz]ed?|ously|ively|heit|keit|ung|ungen|lich|miento|cion|mente|ship|less|isch(?:e[nrms]?)?|ions?|ists?|isms?)\Z"
)
_SHORT_ENDING = re.compile(r"(?:ers?|ors?|[aei]r(?:se)?|[aei]ndo|ad[oa]s?)\Z")


_STEM = re.compile(
    r"authen|authori|oauth|pass(?:w|e|k)|provid|server|manag|system|servi|accoun|config|certif|regist|valid|inform|benutz|gebruik|anwend|applic|adminis|identi|internet|netw|netz|daten|protoc|protok|verbind|crypt|crypt|kennwort|wachtwoord"
)
"""What long words about such things are made of, in any language."""


def is_unbroken(value: str) -> bool:
    """Several words written as one, and longer than words are: ``canyonzephyrwalrus``."""
    if _UNBROKEN.fullmatch(value) is None or _ENDING.search(value) is not None or not is_lone_word(value):
        return False
    if _STEM.search(value) is not None:
        return False
    return len(value) > 17 or _SHORT_ENDING.search(value) is None


def is_wordy(value: str) -> bool:
    """A passphrase by its look alone, in any of these ways."""
    return is_unbroken(value) or is_passphrase(value, 3) or (is_phrased(value, 3) and value[0].isupper())


def is_phrase(value: str) -> bool:
    """A wallet's seed phrase."""
    return len(value.split()) in {12, 15, 18, 21, 24} and is_words(value) and value.islower()
