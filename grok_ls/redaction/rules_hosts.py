"""Shapes of the tokens of code hosts, registries and builds; see ``rule`` for how to read them."""

from __future__ import annotations

from grok_ls.redaction.rule import AN, HEX, Rule, U

HOSTS: tuple[Rule, ...] = (
    # Code hosts and registries
    Rule(
        "github",
        "GITHUB_TOKEN",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
        rf"gh[pousr]_{AN}{{16,}}",
        "ghp_{an36}",
        "ghp_import",
    ),
    Rule(
        "github-fine",
        "GITHUB_TOKEN",
        ("github_pat_",),
        r"github_pat_[A-Za-z0-9_]{20,}",
        "github_pat_{an22}_{an59}",
        "github_pat_name",
    ),
    Rule(
        "gitlab",
        "TOKEN",
        (
            "glpat-",
            "gldt-",
            "glptt-",
            "glrt-",
            "glcbt-",
            "glsoat-",
            "glimt-",
            "glft-",
            "glagent-",
            "gloas-",
            "glffct-",
            "glwt-",
            "GR1348941",
        ),
        r"(?:gl(?:pat|dt|ptt|rt|rtr|cbt|soat|imt|ft|agent|oas|ffct|wt)-|GR1348941)[A-Za-z0-9_.-]{14,}[A-Za-z0-9_-]",
        "glpat-{u20}",
        "glpat-name",
    ),
    Rule(
        "bitbucket",
        "TOKEN",
        ("ATBB", "ATCTT3x", "ATATT3x"),
        r"AT(?:BB|CTT3x|ATT3x)[A-Za-z0-9_=-]{20,}",
        "ATBB{an32}",
        "ATBBx",
    ),
    Rule("npm", "TOKEN", ("npm_",), rf"npm_{AN}{{20,}}", "npm_{an36}", "npm_config_registry"),
    Rule("pypi", "TOKEN", ("pypi-AgE",), rf"pypi-AgE{U}{{20,}}", "pypi-AgEIcHlwaS5vcmc{u80}", "pypi-AgE"),
    Rule("rubygems", "TOKEN", ("rubygems_",), rf"rubygems_{HEX}{{20,}}", "rubygems_{hex48}", "rubygems_version"),
    Rule("crates", "TOKEN", ("cio",), rf"cio{AN}{{32}}(?![A-Za-z0-9])", "cio{an32}", "cioName"),
    Rule("nuget", "API_KEY", ("oy2",), r"oy2[a-z0-9]{43}(?![A-Za-z0-9])", "oy2{lo43}", "oy2name"),
    Rule("docker", "TOKEN", ("dckr_pat_", "dckr_oat_"), rf"dckr_[po]at_{U}{{16,}}", "dckr_pat_{u27}", "dckr_pat_x"),
    Rule(
        "artifactory",
        "API_KEY",
        ("AKCp", "cmVmdGtu"),
        rf"(?:AKCp{AN}{{20,}}|cmVmdGtu[A-Za-z0-9+/=]{{40,}})",
        "AKCp{an69}",
        "AKCpName",
    ),
    Rule(
        "sourcegraph",
        "TOKEN",
        ("sgp_", "slk_"),
        rf"(?:sgp_(?:(?:{HEX}{{16}}|local)_)?|slk_){HEX}{{20,}}",
        "sgp_{hex40}",
        "sgp_name",
    ),
    Rule(
        "circleci",
        "TOKEN",
        ("CCIPAT_", "CCIPRJ_"),
        rf"CCIP(?:AT|RJ)_{AN}{{16,}}_{HEX}{{20,}}",
        "CCIPAT_{an22}_{hex40}",
        "CCIPAT_x",
    ),
    Rule(
        "buildkite", "TOKEN", ("bkua_", "bkct_", "bkat_"), rf"bk(?:ua|ct|at)_{AN}{{20,}}", "bkua_{hex40}", "bkua_name"
    ),
    Rule(
        "codecov-snyk",
        "TOKEN",
        ("snyk_",),
        rf"snyk_(?:uat|sat)\.{AN}{{4,}}\.{U}{{16,}}[\w.-]*",
        "snyk_uat.{an8}.{u40}",
        "snyk_uat",
    ),
    Rule("clojars", "TOKEN", ("CLOJARS_",), r"CLOJARS_[a-z0-9]{40,}", "CLOJARS_{lo60}", "CLOJARS_USERNAME"),
    Rule("jfrog-pub", "TOKEN", ("pub_",), r"pub_[a-z0-9]{64}(?![A-Za-z0-9])", "pub_{lo64}", "pub_date"),
)
