# A wheel: built with maturin, installed with pip into an environment of its own, which knows no index.
. "$ROOT/tests/install/shared.sh"
cd "$ROOT"
"$TOOLS/maturin" build --locked --profile dev --out "$CLEAN/wheels" >"$CLEAN/log" 2>&1 || say "$(cat "$CLEAN/log")"
python3 -m venv "$CLEAN/venv"
cd "$CLEAN"
"$CLEAN/venv/bin/pip" install --quiet --disable-pip-version-check --no-index "$CLEAN"/wheels/copydesk-*.whl
tried "$CLEAN/venv/bin/copydesk"
tried "$CLEAN/venv/bin/python" -m copydesk
# Beside a package that is not in the environment of the interpreter, the program stands in `bin`.
python3 -m venv "$CLEAN/other"
"$CLEAN/other/bin/pip" install --quiet --disable-pip-version-check --no-index --target "$CLEAN/aside" "$CLEAN"/wheels/copydesk-*.whl
PYTHONPATH="$CLEAN/aside" tried "$CLEAN/other/bin/python" -m copydesk
rm "$CLEAN/aside/bin/copydesk"
code_of env PYTHONPATH="$CLEAN/aside" "$CLEAN/other/bin/python" -m copydesk --version
equal "the exit code without a program" "$code" 1
case $output in *"copydesk is in none of these"*) ;; *) say "it says: $output" ;; esac
# What pip builds from is whole, too.
(cd "$ROOT" && "$TOOLS/maturin" sdist --out "$CLEAN/wheels") >"$CLEAN/log" 2>&1 || say "$(cat "$CLEAN/log")"
tar tzf "$CLEAN"/wheels/copydesk-*.tar.gz >"$CLEAN/files"
for file in pyproject.toml Cargo.lock lints/repeated-word.toml packaging/python/copydesk/__main__.py; do
    grep -q "^copydesk-[^/]*/$file\$" "$CLEAN/files" || say "the source package has no $file"
done
