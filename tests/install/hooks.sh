# The hooks, by pre-commit itself, on a repository of its own: they stop a commit, mend, and pass over what is not theirs.
. "$ROOT/tests/install/shared.sh"
export PRE_COMMIT_HOME="$CLEAN/cache" PATH="$ROOT/target/debug:$TOOLS:$PATH"
export GIT_CONFIG_GLOBAL="$CLEAN/gitconfig" GIT_CONFIG_NOSYSTEM=1
git config --file "$CLEAN/gitconfig" user.name "A Sub-Editor"
git config --file "$CLEAN/gitconfig" user.email "desk@example.org"
git config --file "$CLEAN/gitconfig" init.defaultBranch main
pre-commit validate-manifest "$ROOT/.pre-commit-hooks.yaml"

# All that pre-commit reads of copydesk's repository where it need not build it.
git init --quiet "$CLEAN/copydesk"
cp "$ROOT/.pre-commit-hooks.yaml" "$CLEAN/copydesk/"
git -C "$CLEAN/copydesk" add .
git -C "$CLEAN/copydesk" commit --quiet -m "Hooks"

git init --quiet "$CLEAN/desk"
cd "$CLEAN/desk"
mkdir drafts
printf 'After three winters the the ferry sails again.\n' | tee ferry.md drafts/pier.md old.rs >/dev/null
printf 'lang = "en"\nexclude = ["drafts/"]\n' >copydesk.toml
config() {
    cat >.pre-commit-config.yaml <<EOF
repos:
  - repo: $CLEAN/copydesk
    rev: $(git -C "$CLEAN/copydesk" rev-parse HEAD)
    hooks:
      - id: $1
        language: system
EOF
    git add .
}

config copydesk
pre-commit install >/dev/null
code_of git commit -m "An article"
equal "the exit code of a commit with a finding" "$code" 1
case $output in *"warning[repeated-word]"*"ferry.md:1:21"*"1 warning in 1 file"*) ;; *) say "it says: $output" ;; esac

config copydesk-fix
code_of git commit -m "An article"
equal "the exit code of a commit that was mended" "$code" 1
case $output in *"files were modified by this hook"*) ;; *) say "it says: $output" ;; esac
equal "the mended article" "$(cat ferry.md)" "After three winters the ferry sails again."
equal "what is excluded" "$(cat drafts/pier.md)" "After three winters the the ferry sails again."
git add .
code_of git commit -m "An article"
equal "the exit code of a commit without findings" "$code" 0
equal "the commits" "$(git rev-list --count HEAD)" 1

# Articles are set against each other, so one process must get them all, however many there are.
config copydesk
for n in $(seq 1 60); do
    printf 'Report number %s tells of the the ferry.\n' "$n" >"report-$n.md"
done
git add .
code_of pre-commit run
equal "the exit code for many findings" "$code" 1
equal "the summaries" "$(echo "$output" | grep -c ' warnings in ')" 1
case $output in *"60 warnings in 60 files"*) ;; *) say "it says: $output" ;; esac
