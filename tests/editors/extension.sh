# `extension.sh ROOT FOLDER`: builds and packs the extension in a folder of its own, and tries what needs no VS Code.
# `extension.sh ROOT FOLDER install` goes as far as to get what that needs.
root=$1 folder=$2
. "$root/tests/install/shared.sh"
mkdir -p "$folder/editors/vscode"
cd "$folder/editors/vscode"
cp "$root"/LICENSE-* "$folder/"
rm -rf src test dist ./*.vsix
cp -r "$root/editors/vscode/." .
if ! cmp -s package-lock.json node_modules/installed.json; then
    npm ci --silent --no-audit --no-fund --fetch-retries 1
    cp package-lock.json node_modules/installed.json
fi
[ "${3-}" != install ] || exit 0
npm run --silent pack >packed.log 2>&1 || say "$(cat packed.log)"
python3 -m zipfile -l ./*.vsix >files
for file in extension.js package.json readme.md LICENSE-MIT; do
    grep -q "extension/.*$file\|extension/$file" files || say "the extension has no $file"
done
! grep -q "node_modules\|/src/\|/test/" files || say "the extension holds too much"
npm --silent test >tests.log 2>&1 || say "$(cat tests.log)"
