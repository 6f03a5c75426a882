"""Packs a program with its manual page and its completions: `archive.py TARGET PROGRAM FOLDER`.

Writes `copydesk-VERSION-TARGET.tar.gz` (`.zip` for Windows) and its checksum beside it, `….sha256`, in the form that
`sha256sum --check` reads. The same program gives the same bytes. The program is run, so it must be one for this machine.
"""

import gzip
import hashlib
import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import project

COMPLETIONS = {
    "bash": "copydesk.bash",
    "elvish": "copydesk.elv",
    "fish": "copydesk.fish",
    "powershell": "_copydesk.ps1",
    "zsh": "_copydesk",
}
# No clock: 1980-01-01, the first day that a zip can name, in seconds since 1970.
TIME = 315532800


def contents(target: str, program: Path) -> dict:
    """The files by their names in the archive, as bytes."""

    def output(*words: str) -> bytes:
        return subprocess.run([program.resolve(), *words], check=True, stdout=subprocess.PIPE).stdout

    files = {project.program(target): program.read_bytes(), "man/man1/copydesk.1": output("man")}
    for shell, name in COMPLETIONS.items():
        files[f"completions/{name}"] = output("completions", shell)
    for name in ("README.md", "CHANGELOG.md", *project.LICENCES):
        files[name] = (project.ROOT / name).read_bytes()
    return dict(sorted(files.items()))


def mode(name: str, target: str) -> int:
    return 0o755 if name == project.program(target) else 0o644


def tar(files: dict, top: str, target: str) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", filename="", mtime=TIME) as stream:
        with tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            for name, data in files.items():
                entry = tarfile.TarInfo(f"{top}/{name}")
                entry.size, entry.mode, entry.mtime = len(data), mode(name, target), TIME
                archive.addfile(entry, io.BytesIO(data))
    return packed.getvalue()


def zipped(files: dict, top: str, target: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(f"{top}/{name}")
            entry.external_attr = (0o100000 | mode(name, target)) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return packed.getvalue()


def main() -> None:
    if len(sys.argv) != 4:
        raise SystemExit("usage: archive.py TARGET PROGRAM FOLDER")
    target, program, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    top = f"copydesk-{project.cargo('version')}-{target}"
    windows = project.platform(target)["os"] == "win32"
    data = (zipped if windows else tar)(contents(target, program), top, target)
    folder.mkdir(parents=True, exist_ok=True)
    name = top + (".zip" if windows else ".tar.gz")
    (folder / name).write_bytes(data)
    (folder / f"{name}.sha256").write_text(f"{hashlib.sha256(data).hexdigest()}  {name}\n", encoding="utf-8", newline="\n")
    print(folder / name)


if __name__ == "__main__":
    main()
