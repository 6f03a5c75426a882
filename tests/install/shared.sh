# Read by the scripts of this folder.

say() {
    echo "$*" >&2
    exit 1
}

# `need PROGRAM PACKAGE…`: installs Debian's packages where the program is missing and that can be done.
need() {
    command -v "$1" >/dev/null && return
    program=$1
    shift
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        say "$program is missing: install it (Debian: apt-get install $*)"
    fi
    # Where there is no way to the packages, that must not take for ever.
    timeout 60 apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    command -v "$program" >/dev/null || say "$program is missing, and $* do not bring it"
}

# `equal WHAT IS SHOULD-BE`
equal() {
    [ "$2" = "$3" ] || say "$1 is “$2”, should be “$3”"
}

# `code_of COMMAND…`: sets $code to its exit code and $output to what it prints.
code_of() {
    code=0
    output=$("$@" 2>&1) || code=$?
}

# `tried COMMAND…`: tries copydesk as a user would.
tried() {
    version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$ROOT/Cargo.toml" | head -n 1)
    equal "the version" "$("$@" --version)" "copydesk $version"
    mkdir -p "$CLEAN/articles"
    printf 'The ferry is late.\n' >"$CLEAN/articles/clean.txt"
    printf 'After three winters the the ferry sails again.\n' >"$CLEAN/articles/ferry.txt"
    code_of "$@" check --lang en --output-format concise "$CLEAN/articles/clean.txt"
    equal "the exit code for a clean article" "$code" 0
    code_of "$@" check --lang en --output-format concise - <"$CLEAN/articles/ferry.txt"
    equal "the exit code for a finding" "$code" 1
    equal "what is said of standard input" "$output" \
        "stdin:1:21: warning repeated-word “the” is written twice"
    code_of "$@" check --no-such-flag
    equal "the exit code for a mistake" "$code" 2
}
