"""Prints, as shell exports, the settings that make uv look where this machine's pip looks.

uv does not read pip's configuration. Where an administrator gave pip another index, a folder of wheels or a
certificate, a plain uv would miss them, and fetch gigabytes of torch although a wheel for it lies in that folder.
"""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping

# pip's option: uv's variable, and what uv wants between several values (None: the value is passed on whole).
VARIABLES: Mapping[str, tuple[str, str | None]] = {
    "index-url": ("UV_DEFAULT_INDEX", None),
    "extra-index-url": ("UV_EXTRA_INDEX_URL", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "constraint": ("UV_CONSTRAINT", " "),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "timeout": ("UV_HTTP_TIMEOUT", None),
    "default-timeout": ("UV_HTTP_TIMEOUT", None),
    "cert": ("SSL_CERT_FILE", None),
    "proxy": ("ALL_PROXY", None),
}
SECTIONS = ("global", "install", ":env:")  # the last one wins, as in pip


def pip_options(listing: str) -> dict[str, str]:
    """Reads the output of ``pip config list``: lines of ``section.option='value'``, the value as Python writes it."""
    options: dict[str, dict[str, str]] = {section: {} for section in SECTIONS}
    for line in listing.splitlines():
        if match := re.fullmatch(r"(global|install|:env:)\.([a-z-]+)=(['\"].*['\"])", line):
            section, option, value = match.groups()
            options[section][option.strip("-")] = str(ast.literal_eval(value))
    return {option: value for section in SECTIONS for option, value in options[section].items()}


def uv_variables(options: Mapping[str, str]) -> dict[str, str]:
    """The environment variables for uv that correspond to pip's ``options``."""
    # pip trusts the system's certificates. uv must be told to, by this name or, in older versions, the other.
    variables = {"UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true"}
    for option, (variable, separator) in VARIABLES.items():
        if option in options:
            variables[variable] = options[option] if separator is None else separator.join(options[option].split())
    if "UV_EXTRA_INDEX_URL" in variables:
        # pip takes the best version of all indexes; uv by default stops at the first index that has the package.
        variables["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return variables


def main() -> None:
    listing = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], check=True, capture_output=True, text=True
    ).stdout
    for variable, value in uv_variables(pip_options(listing)).items():
        if variable not in os.environ:
            print(f"export {variable}={shlex.quote(value)}")


if __name__ == "__main__":
    main()
