"""Lays out the packages for npm, to be packed or published from their folders.

- `npm.py launcher FOLDER` writes the package `copydesk`: a launcher, and one optional dependency for each platform.
- `npm.py platform TARGET PROGRAM FOLDER` writes `@copydesk/PLATFORM`: the program for one platform, and nothing else.
"""

import json
import shutil
import sys
from pathlib import Path

import project

LAUNCHER = project.ROOT / "packaging/npm"


def package(name: str, **more) -> dict:
    """What all of the packages say."""
    return {
        "name": name,
        "version": project.cargo("version"),
        "description": project.cargo("description"),
        "license": project.cargo("license"),
        **more,
    }


def write(folder: Path, manifest: dict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / "package.json").write_text(text, encoding="utf-8", newline="\n")
    for name in project.LICENCES:
        shutil.copyfile(project.ROOT / name, folder / name)
    print(folder)


def launcher(folder: Path) -> None:
    version = project.cargo("version")
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("launcher.js", "README.md"):
        shutil.copyfile(LAUNCHER / name, folder / name)
    (folder / "launcher.js").chmod(0o755)
    shutil.copyfile(project.ROOT / "packaging/platforms.json", folder / "platforms.json")
    manifest = package(
        "copydesk",
        keywords=["linter", "prose", "text", "articles", "translation"],
        bin={"copydesk": "launcher.js"},
        files=["launcher.js", "platforms.json", *project.LICENCES],
        engines={"node": ">=18"},
        optionalDependencies={f"@copydesk/{row['name']}": version for row in project.PLATFORMS},
    )
    write(folder, manifest)


def platform(target: str, program: Path, folder: Path) -> None:
    row = project.platform(target)
    (folder / "bin").mkdir(parents=True, exist_ok=True)
    path = folder / "bin" / project.program(target)
    shutil.copyfile(program, path)
    path.chmod(0o755)
    fits = {key: [row[key]] for key in ("os", "cpu", "libc") if key in row}
    write(folder, package(f"@copydesk/{row['name']}", files=["bin", *project.LICENCES], preferUnplugged=True, **fits))


def main() -> None:
    words = sys.argv[1:]
    if len(words) == 2 and words[0] == "launcher":
        launcher(Path(words[1]))
    elif len(words) == 4 and words[0] == "platform":
        platform(words[1], Path(words[2]), Path(words[3]))
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
