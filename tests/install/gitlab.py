"""`gitlab.py ROOT CLEAN TOOLS`: reads templates/copydesk.yml as GitLab does and runs its script."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from ruamel.yaml import YAML

root, clean, tools = map(Path, sys.argv[1:])
spec, jobs = YAML(typ="safe").load_all((root / "templates/copydesk.yml").read_text(encoding="utf-8"))
INPUTS = spec["spec"]["inputs"]


def interpolated(value, inputs):
    """The jobs with inputs put in: GitLab does that in the values, after it has read the YAML."""
    if isinstance(value, dict):
        return {interpolated(key, inputs): interpolated(item, inputs) for key, item in value.items()}
    if isinstance(value, list):
        return [interpolated(item, inputs) for item in value]
    if isinstance(value, str):
        return re.sub(r"\$\[\[ inputs\.([a-z-]+) \]\]", lambda found: inputs[found[1]], value)
    return value


def configured(**given):
    inputs = {name: row.get("default") for name, row in INPUTS.items()}
    inputs.update({name.replace("_", "-"): value for name, value in given.items()})
    return interpolated(jobs, inputs)


def run(shell, folder, path, **inputs):
    """Runs the job, and returns its exit code and what it says."""
    (job,) = configured(**inputs).values()
    for row in job["variables"].values():
        assert row["expand"] is False, "GitLab would put variables into what an article's author chose"
    environment = {name: row["value"] for name, row in job["variables"].items()}
    environment["PATH"] = path
    script = "\n".join(job["script"])
    done = subprocess.run([shell, "-c", script], cwd=folder, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def check(what, given, expected):
    if given != expected:
        raise SystemExit(f"{what} is {given!r}, should be {expected!r}")


# What GitLab publishes of its format, as check-jsonschema ships it.
for number, inputs in enumerate([{}, {"job_name": "prose", "source": "https://example.org/copydesk.git", "revision": "a1"}]):
    path = clean / f"configured-{number}.json"
    path.write_text(json.dumps(configured(**inputs)), encoding="utf-8")
    subprocess.run([tools / "check-jsonschema", "--quiet", "--builtin-schema", "vendor.gitlab-ci", path], check=True)
for name, row in INPUTS.items():
    assert row["description"].endswith("."), f"the input {name} is not described"
text = (root / "templates/copydesk.yml").read_text(encoding="utf-8")
for name in re.findall(r"inputs\.([a-z-]+)", text):
    assert name in INPUTS, f"there is no input {name}"
(job,) = jobs.values()
assert "$[[" not in "".join(job["script"]), "an input stands in the script"

with_copydesk = f"{root / 'target/debug'}:/usr/bin:/bin"
for shell in [shell for shell in ("bash", "dash") if shutil.which(shell)]:
    folder = clean / shell
    folder.mkdir()
    (folder / "a b.md").write_text("After three winters the the ferry sails.\n", encoding="utf-8")
    code, said = run(shell, folder, with_copydesk, paths="a b.md\n", args="--isolated\n--lang=en")
    check("the exit code for a finding", code, 1)
    assert "warning[repeated-word]" in said, said
    report = json.loads((folder / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8"))
    check("the paths of the report", [found["location"]["path"] for found in report], ["a b.md"])
    check("the exit code for a finding that is let pass", run(shell, folder, with_copydesk, args="--exit-zero")[0], 0)
    for hostile in ["$(touch ran)", "`touch ran`", "x; touch ran", 'x" && touch ran #', "--report=csv=ran", "*", "$PATH"]:
        code, said = run(shell, folder, with_copydesk, paths=hostile)
        check(f"the exit code for {hostile}", code, 2)
        assert not (folder / "ran").exists(), hostile
    # An image without copydesk, and none to build.
    code, said = run(shell, folder, "/usr/bin:/bin")
    check("the exit code without copydesk", code, 2)
    assert "name the inputs source and revision" in said, said
    # Where there is one to build, cargo gets its address whole.
    stand_in = folder / "stand-in"
    stand_in.mkdir()
    (stand_in / "cargo").write_text(
        '#!/bin/sh\nprintf "%s\\n" "$@" >asked\nmkdir -p .copydesk-program/bin\n'
        f'ln -s "{root / "target/debug/copydesk"}" .copydesk-program/bin/copydesk\n'
    )
    (stand_in / "cargo").chmod(0o755)
    address = "https://example.org/$(touch ran) copydesk.git"
    path = f"{stand_in}:/usr/bin:/bin"
    code, said = run(shell, folder, path, source=address, revision="a1", paths="a b.md", args="--lang=en")
    check("the exit code after a build", code, 1)
    asked = (folder / "asked").read_text().splitlines()
    assert address in asked and "a1" in asked and ".copydesk-program" in asked, asked
    assert not (folder / "ran").exists()
print("the component is valid")
