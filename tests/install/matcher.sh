# The problem matcher, on what `concise` prints: each finding is read as the JSON report tells it.
. "$ROOT/tests/install/shared.sh"
cd "$CLEAN"
mkdir "a:1:2: error b" ünter
printf 'The pier isn\303\242\342\202\254\342\204\242t ready yet.\n\nAfter three winters the the ferry sails.\n' | tee "a:1:2: error b/c d.md" ünter/x.md >/dev/null
printf '# Names\n\nA note  about spaces: warning x-y z.\n\n🙂🙂 This is is it.\n' >"::warning y.md"
"$ROOT/target/debug/copydesk" check --isolated --lang en --exit-zero --output-format concise --report json=found.json . >said.txt
node "$ROOT/tests/install/matcher.js" "$ROOT/.github/copydesk-matcher.json" said.txt found.json
