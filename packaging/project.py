"""What the packages say of the project: taken from Cargo.toml, so that it stands in one place."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LICENCES = ("LICENSE-APACHE", "LICENSE-MIT")
PLATFORMS = json.loads((ROOT / "packaging/platforms.json").read_text(encoding="utf-8"))


def cargo(key: str) -> str:
    """A key of the package, such as `version`."""
    text = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    package = text.split("[package]", 1)[1].split("\n[", 1)[0]
    found = re.search(rf'^{re.escape(key)} = "(.*)"$', package, re.MULTILINE)
    if not found:
        raise SystemExit(f"Cargo.toml: the package has no {key}")
    return found[1]


def platform(target: str) -> dict:
    """The platform of a target of Rust."""
    for row in PLATFORMS:
        if row["target"] == target:
            return row
    raise SystemExit(f"packaging/platforms.json has no target {target}")


def program(target: str) -> str:
    """The file name of the program there."""
    return "copydesk.exe" if platform(target)["os"] == "win32" else "copydesk"
