# Packages for npm, from a registry on this machine: `npm install copydesk` takes the program for this platform and no
# other, `npx copydesk` starts it.
. "$ROOT/tests/install/shared.sh"
host=$(rustc -vV | sed -n 's/^host: //p')
mkdir -p "$CLEAN/laid" "$CLEAN/packed" "$CLEAN/project"
cd "$CLEAN/packed"
python3 "$ROOT/packaging/npm.py" launcher "$CLEAN/laid/copydesk" >/dev/null
npm pack --silent "$CLEAN/laid/copydesk" >/dev/null
# The other platforms get a file that cannot be run: nobody may come to start it.
printf '#!/no/such/loader\n' >"$CLEAN/foreign"
for target in $(sed -n 's/.*"target": "\([^"]*\)".*/\1/p' "$ROOT/packaging/platforms.json"); do
    program=$CLEAN/foreign
    [ "$target" != "$host" ] || program=$ROOT/target/debug/copydesk
    python3 "$ROOT/packaging/npm.py" platform "$target" "$program" "$CLEAN/laid/$target" >/dev/null
    npm pack --silent "$CLEAN/laid/$target" >/dev/null
done

node "$ROOT/tests/install/registry.js" "$CLEAN/packed" >"$CLEAN/address" &
registry=$!
trap 'kill "$registry"' EXIT
while [ ! -s "$CLEAN/address" ]; do sleep 0.1; done
export npm_config_registry="$(cat "$CLEAN/address")" npm_config_cache="$CLEAN/cache" npm_config_audit=false \
    npm_config_fund=false npm_config_update_notifier=false npm_config_prefer_offline=false

cd "$CLEAN/project"
npm init -y >/dev/null
npm install --silent copydesk
equal "the number of programs that were installed" "$(ls node_modules/@copydesk | wc -l | tr -d ' ')" 1
tried npx --no-install copydesk
tried node_modules/.bin/copydesk

# `npx copydesk` where nothing was installed.
mkdir "$CLEAN/empty"
cd "$CLEAN/empty"
tried npx --yes copydesk

# A signal to the launcher reaches the program, and both end by it.
cd "$CLEAN/project"
mkfifo "$CLEAN/never"
node node_modules/copydesk/launcher.js check --lang en - <"$CLEAN/never" &
launcher=$!
exec 3>"$CLEAN/never"
while ! pgrep -P "$launcher" >/dev/null; do sleep 0.1; done
program=$(pgrep -P "$launcher")
kill -TERM "$launcher"
code=0
wait "$launcher" || code=$?
# The program takes away what is half written and ends as after Ctrl-C; before it listens, the signal itself ends it.
case $code in
130 | 143) ;;
*) equal "the exit code after a signal" "$code" 130 ;;
esac
! kill -0 "$program" 2>/dev/null || say "the program outlives its launcher"
exec 3>&-

# Where there is a program for another C library beside the right one, the one that runs is found.
case $host in x86_64-unknown-linux-gnu)
    mv node_modules/@copydesk/linux-x64-gnu node_modules/@copydesk/linux-x64-musl
    mkdir -p node_modules/@copydesk/linux-x64-gnu/bin
    cp "$CLEAN/foreign" node_modules/@copydesk/linux-x64-gnu/bin/copydesk
    chmod +x node_modules/@copydesk/linux-x64-gnu/bin/copydesk
    tried npx --no-install copydesk
    ;;
esac

# Where none fits, that is said.
rm -rf node_modules/@copydesk
code_of npx --no-install copydesk --version
equal "the exit code without a program" "$code" 2
case $output in *"is missing: none of @copydesk/"*"npm install --include=optional"*) ;; *) say "it says: $output" ;; esac
printf '[]' >node_modules/copydesk/platforms.json
code_of npx --no-install copydesk --version
equal "the exit code where there is no program" "$code" 2
case $output in *"there is no program for "*"cargo install"*) ;; *) say "it says: $output" ;; esac
