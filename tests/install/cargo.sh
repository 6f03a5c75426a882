# From a checkout: `cargo install --path .`, here without optimisation, which finds everything built already.
. "$ROOT/tests/install/shared.sh"
cd "$ROOT"
cargo install --locked --quiet --debug --path . --root "$CLEAN/cargo"
cd "$CLEAN"
tried "$CLEAN/cargo/bin/copydesk"
# What goes to the registry holds all that a build needs, and nothing of the tests.
(cd "$ROOT" && cargo package --list --locked --allow-dirty --quiet) >"$CLEAN/files"
for file in Cargo.lock build.rs README.md LICENSE-MIT lints/repeated-word.toml lints/languages/en.toml; do
    grep -qx "$file" "$CLEAN/files" || say "the crate has no $file"
done
! grep -E '^(editors|fuzz|packaging|templates|tests/(cases|install))/' "$CLEAN/files" || say "the crate holds too much"
