# `vscode.sh ROOT FOLDER`: VS Code in a browser, by way of code-server, with the extension as it is packed. Screenshots go
# to FOLDER/screenshots.
root=$1 folder=$2
. "$root/tests/install/shared.sh"
need chromium chromium
need c++ g++
need make make

# code-server builds a few libraries from source; none of the others' scripts are run.
home=$folder/code-server
if [ ! -f "$home/installed" ]; then
    echo "   code-server is put together: this takes some minutes, once"
    rm -rf "$home"
    mkdir -p "$home"
    (
        cd "$home"
        headers=$(dirname "$(dirname "$(command -v node)")")
        [ ! -d "$headers/include/node" ] || export npm_config_nodedir="$headers"
        export npm_config_audit=false npm_config_fund=false npm_config_ignore_scripts=true
        echo '{"private": true}' >package.json
        npm install --silent code-server@4.100.3 playwright-core@1.55.0
        (cd node_modules/code-server/lib/vscode && npm install --silent --omit=dev)
        (cd node_modules/code-server/lib/vscode/extensions && npm install --silent --omit=dev)
        export npm_config_ignore_scripts=false npm_config_build_from_source=true
        npm rebuild --silent argon2
        cd node_modules/code-server/lib/vscode
        npm rebuild --silent @vscode/spdlog native-watchdog
    ) >"$folder/code-server.log" 2>&1 || say "$(tail -n 30 "$folder/code-server.log")"
    touch "$home/installed"
fi

clean=$(mktemp -d)
mkdir -p "$clean/desk/.vscode" "$clean/user/User" "$folder/screenshots"
cp "$root/tests/editors/article.md" "$clean/desk/ferry.md"
printf 'lang = "en"\n' >"$clean/desk/copydesk.toml"
# The folder is not trusted, and would have its own program run.
printf '#!/bin/sh\ntouch "%s/ran"\n' "$clean" >"$clean/desk/copydesk"
chmod +x "$clean/desk/copydesk"
printf '{ "copydesk.path": "%s/desk/copydesk" }\n' "$clean" >"$clean/desk/.vscode/settings.json"
code=0
CODE_SERVER="$home" VSIX="$(echo "$folder"/tree/editors/vscode/*.vsix)" CLEAN="$clean" ROOT="$root" \
    COPYDESK="${COPYDESK:-$root/target/debug/copydesk}" SCREENSHOTS="$folder/screenshots" \
    node "$root/tests/editors/vscode.mjs" || code=$?
[ "$code" = 0 ] || say "see $folder/screenshots and $clean"
rm -rf "$clean"
