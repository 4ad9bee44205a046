"""Which languages there are: data only.

A language is one row here and one query file, ``tags/<name>.scm``, whose captures say what a definition is
(``@function``, ``@class``, ``@value``, ``@field``, each with its ``@name``) and what an import is (``@import``).
Grammars are the individual packages ``tree-sitter-<name>`` of PyPI: the language pack downloads parsers at run time.
A row whose grammar is not installed works by lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

Layout = Literal["indent", "braces", "end"]

_DECORATED = ("decorated_definition",)
_SCRIPT = (
    "export_statement",
    "lexical_declaration",
    "variable_declaration",
    "expression_statement",
    "ambient_declaration",
)
_C = ("template_declaration", "declaration", "type_definition", "field_declaration", "linkage_specification")


@dataclass(frozen=True, slots=True)
class Language:
    """One language. ``id`` is the LSP language id (LSP 3.18, "Text Document Language Identifiers").

    ``module`` and ``function`` give the grammar; ``tags`` the query file if it is not named like the id; ``wrappers``
    are the nodes that belong to the one definition they hold (decorators, ``export``); ``bodies`` the node types of a
    definition's body where the grammar has no field ``body``; ``extra`` says that its grammar comes with the extra
    ``grammars``; ``layout`` how blocks look when the tree is of no use; ``script`` the id of the language in its
    ``<script>`` elements.
    """

    id: str
    module: str
    suffixes: tuple[str, ...] = ()
    function: str = "language"
    tags: str = ""
    aliases: tuple[str, ...] = ()
    filenames: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()
    wrappers: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    layout: Layout = "braces"
    extra: bool = False
    line_comment: str = "//"
    script: str = ""


LANGUAGES: tuple[Language, ...] = (
    Language(
        "python",
        "tree_sitter_python",
        (".py", ".pyi", ".pyw"),
        interpreters=("python", "python3", "pypy3", "uv"),
        wrappers=_DECORATED,
        layout="indent",
        line_comment="#",
    ),
    Language(
        "javascript",
        "tree_sitter_javascript",
        (".js", ".mjs", ".cjs", ".jsx"),
        aliases=("javascriptreact", "js", "jsx"),
        interpreters=("node", "nodejs", "bun"),
        wrappers=_SCRIPT,
    ),
    Language(
        "typescript",
        "tree_sitter_typescript",
        (".ts", ".mts", ".cts"),
        function="language_typescript",
        aliases=("ts",),
        interpreters=("deno", "ts-node", "tsx"),
        wrappers=_SCRIPT,
    ),
    Language(
        "typescriptreact",
        "tree_sitter_typescript",
        (".tsx",),
        function="language_tsx",
        tags="typescript",
        aliases=("tsx",),
        wrappers=_SCRIPT,
    ),
    Language("go", "tree_sitter_go", (".go",)),
    Language("rust", "tree_sitter_rust", (".rs",)),
    Language("java", "tree_sitter_java", (".java",)),
    Language("c", "tree_sitter_c", (".c", ".h"), wrappers=_C),
    Language(
        "cpp",
        "tree_sitter_cpp",
        (".cc", ".cpp", ".cxx", ".c++", ".hpp", ".hh", ".hxx", ".h++", ".ipp", ".inl", ".cu", ".cuh", ".ino"),
        aliases=("c++", "cuda-cpp", "cuda"),
        wrappers=_C,
    ),
    Language("csharp", "tree_sitter_c_sharp", (".cs", ".csx"), tags="c_sharp", aliases=("c#", "cs")),
    Language(
        "ruby",
        "tree_sitter_ruby",
        (".rb", ".rake", ".gemspec", ".ru"),
        filenames=("Rakefile", "Gemfile", "Vagrantfile"),
        interpreters=("ruby",),
        layout="end",
        line_comment="#",
    ),
    Language("php", "tree_sitter_php", (".php", ".phtml"), function="language_php", interpreters=("php",)),
    Language(
        "shellscript",
        "tree_sitter_bash",
        (".sh", ".bash", ".zsh", ".ksh", ".bats"),
        tags="bash",
        aliases=("bash", "sh", "zsh"),
        filenames=(".bashrc", ".bash_profile", ".profile", ".zshrc", "PKGBUILD"),
        interpreters=("bash", "sh", "zsh", "dash", "ksh"),
        line_comment="#",
    ),
    Language("html", "tree_sitter_html", (".html", ".htm", ".xhtml"), line_comment="", script="javascript"),
    # A component of Vue is a page of three elements to the grammar of HTML.
    Language("vue", "tree_sitter_html", (".vue",), tags="html", line_comment="", script="typescript"),
    Language("css", "tree_sitter_css", (".css",), line_comment=""),
    Language(
        "json",
        "tree_sitter_json",
        (".json", ".jsonc", ".webmanifest", ".geojson"),
        aliases=("jsonc", "jsonl"),
        filenames=(".prettierrc", ".eslintrc"),
        line_comment="",
    ),
    Language(
        "yaml", "tree_sitter_yaml", (".yaml", ".yml"), aliases=("dockercompose",), layout="indent", line_comment="#"
    ),
    Language(
        "toml", "tree_sitter_toml", (".toml",), filenames=("Pipfile", "poetry.lock", "Cargo.lock"), line_comment="#"
    ),
    Language("lua", "tree_sitter_lua", (".lua",), interpreters=("lua", "luajit"), layout="end", line_comment="--"),
    Language("kotlin", "tree_sitter_kotlin", (".kt", ".kts"), bodies=("function_body", "class_body"), extra=True),
    Language("swift", "tree_sitter_swift", (".swift",), extra=True),
    Language("scala", "tree_sitter_scala", (".scala", ".sc", ".sbt"), extra=True),
    Language(
        "elixir",
        "tree_sitter_elixir",
        (".ex", ".exs"),
        bodies=("do_block",),
        layout="end",
        line_comment="#",
        extra=True,
    ),
    Language("julia", "tree_sitter_julia", (".jl",), layout="end", line_comment="#", extra=True),
    Language("haskell", "tree_sitter_haskell", (".hs",), layout="indent", line_comment="--", extra=True),
    Language("ocaml", "tree_sitter_ocaml", (".ml",), function="language_ocaml", line_comment="", extra=True),
    Language("zig", "tree_sitter_zig", (".zig",), extra=True),
    Language("sql", "tree_sitter_sql", (".sql",), line_comment="--", extra=True),
    Language("markdown", "tree_sitter_markdown", (".md", ".markdown"), line_comment="", extra=True),
    Language(
        "dockerfile",
        "tree_sitter_containerfile",
        (".dockerfile", ".containerfile"),
        tags="containerfile",
        filenames=("Dockerfile", "Containerfile"),
        line_comment="#",
        extra=True,
    ),
    Language(
        "hcl", "tree_sitter_hcl", (".hcl", ".tf", ".tfvars"), aliases=("terraform",), line_comment="#", extra=True
    ),
    Language(
        "makefile",
        "tree_sitter_make",
        (".mk", ".mak"),
        tags="make",
        aliases=("make",),
        filenames=("Makefile", "GNUmakefile"),
        line_comment="#",
        extra=True,
    ),
    Language(
        "cmake",
        "tree_sitter_cmake",
        (".cmake",),
        bodies=("body",),
        filenames=("CMakeLists.txt",),
        line_comment="#",
        extra=True,
    ),
    Language("svelte", "tree_sitter_svelte", (".svelte",), line_comment="", extra=True, script="typescript"),
)

_BY_ID = {name: language for language in LANGUAGES for name in (language.id, *language.aliases)}
_BY_SUFFIX = {suffix: language for language in LANGUAGES for suffix in language.suffixes}
_BY_FILENAME = {name.lower(): language for language in LANGUAGES for name in language.filenames}
_BY_INTERPRETER = {name: language for language in LANGUAGES for name in language.interpreters}
_SHEBANG = re.compile(r"^\ufeff?#!\s*(?:\S*/)?env\s+(?:-\S+\s+|\w+=\S*\s+)*(\S+)|^\ufeff?#!\s*(\S+)")


def language_of(path: str = "", language_id: str = "", first_line: str = "") -> Language | None:
    """The row for a document: by what the editor calls it, else by the file's name, else by its ``#!`` line. ``None``
    works by lines.

    An id that is known wins over the name, except that editors call every ``.tsx`` file and ``.jsx`` file what they
    like: the suffix ``.tsx`` is a grammar of its own.
    """
    name = PurePosixPath(path.replace("\\", "/")).name.lower()
    suffix = PurePosixPath(name).suffix
    if suffix == ".tsx" and language_id in ("typescript", "typescriptreact", ""):
        return _BY_SUFFIX[suffix]
    found = _BY_ID.get(language_id.lower()) or _BY_FILENAME.get(name) or _BY_SUFFIX.get(suffix)
    return found or _by_shebang(first_line)


def _by_shebang(line: str) -> Language | None:
    match = _SHEBANG.match(line[:200])
    if match is None:
        return None
    program = (match[1] or match[2]).rsplit("/", 1)[-1]
    return _BY_INTERPRETER.get(program) or _BY_INTERPRETER.get(program.rstrip("0123456789."))
