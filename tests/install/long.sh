# The hook as most will run it: pre-commit builds copydesk from its repository. The profile of the release takes minutes
# for each build, so this one is set to what `cargo build` does.
. "$ROOT/tests/install/shared.sh"
export PRE_COMMIT_HOME="$CLEAN/cache" PATH="$TOOLS:$PATH"
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1
export CARGO_TARGET_DIR="$ROOT/target/install/build"
git init --quiet "$CLEAN/desk"
cd "$CLEAN/desk"
printf 'After three winters the the ferry sails again.\n' >ferry.md
printf 'lang = "en"\n' >copydesk.toml
git add .
code_of pre-commit try-repo "$ROOT" copydesk --all-files
equal "the exit code for a finding" "$code" 1
case $output in *"warning[repeated-word]"*) ;; *) say "it says: $output" ;; esac
code_of pre-commit try-repo "$ROOT" copydesk-fix --all-files
equal "the mended article" "$(cat ferry.md)" "After three winters the ferry sails again."
