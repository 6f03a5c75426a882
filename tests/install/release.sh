# The release: its workflow is sound, and packs what it should, each time the same.
. "$ROOT/tests/install/shared.sh"
cd "$ROOT"
"$TOOLS/actionlint" .github/workflows/*.yml
"$TOOLS/zizmor" --offline --no-progress --quiet .github/workflows action.yml
"$TOOLS/check-jsonschema" --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
"$TOOLS/check-jsonschema" --quiet --builtin-schema vendor.github-actions action.yml

# Each platform is built, and none that npm does not know.
sed -n 's/.*"target": "\([^"]*\)".*/\1/p' packaging/platforms.json | sort >"$CLEAN/platforms"
sed -n 's/.*{ target: \([^,]*\),.*/\1/p' .github/workflows/release.yml | sort >"$CLEAN/built"
diff "$CLEAN/platforms" "$CLEAN/built" || say "packaging/platforms.json and release.yml name other targets"

for target in x86_64-unknown-linux-gnu x86_64-pc-windows-msvc; do
    mkdir -p "$CLEAN/$target"
    cp target/debug/copydesk "$CLEAN/$target/"
    [ "$target" = x86_64-unknown-linux-gnu ] || mv "$CLEAN/$target/copydesk" "$CLEAN/$target/copydesk.exe"
    for time in first second; do
        packaging/all "$target" "$CLEAN/$target" "$CLEAN/$time" >/dev/null
    done
done
cd "$CLEAN"
diff -r first/archives second/archives || say "the same program makes other archives"
(cd first/archives && sha256sum --check --quiet ./*.sha256)
mkdir unpacked
(cd unpacked && tar xzf ../first/archives/*.tar.gz && python3 -m zipfile -e ../first/archives/*.zip .)
cd unpacked
linux=$(echo copydesk-*-x86_64-unknown-linux-gnu)
tried "$CLEAN/unpacked/$linux/copydesk"
bash -n "$linux/completions/copydesk.bash"
for name in _copydesk _copydesk.ps1 copydesk.elv copydesk.fish; do
    grep -q -- "--output-format\|output-format" "$linux/completions/$name" || say "$name does not complete flags"
done
grep -q '^\.TH copydesk 1' "$linux/man/man1/copydesk.1" || say "the manual page has no head"
for file in README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT man/man1/copydesk.1 copydesk.exe; do
    [ -s "$(echo copydesk-*-msvc)/$file" ] || say "the archive for Windows has no $file"
done
tar tzf ../first/npm/copydesk-win32-x64-*.tgz >"$CLEAN/files"
grep -qx "package/bin/copydesk.exe" "$CLEAN/files" || say "the package for Windows has no program"
