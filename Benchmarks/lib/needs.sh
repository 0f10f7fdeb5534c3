# What the measurements need from Debian and PyPI, and the tools built from this folder.

# need COMMAND PACKAGE: installs the package when the command is missing.
need() {
    command -v "$1" >/dev/null 2>&1 || install_package "$2"
}

install_package() {
    if [ "$(id -u)" != 0 ]; then
        echo "run.sh: missing: apt-get install $1" >&2
        exit 69
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$1" >>"$LOGS/apt.log" 2>&1 || {
        echo "run.sh: could not install $1; see $LOGS/apt.log" >&2
        exit 69
    }
}

build_tools() {
    need go golang-go
    need nginx nginx-light
    need curl curl
    mkdir -p "$BIN"
    (cd "$HERE" && go build -o "$BIN/" ./load ./provider ./report) || exit 70
}

# need_contender NAME: what only this one needs; called only when it takes part.
need_contender() {
    case $1 in
    go*)
        # Debian keeps the sources of Go's packages where GOPATH finds them.
        [ -d /usr/share/gocode/src/github.com/mattn/go-sqlite3 ] || install_package golang-github-mattn-go-sqlite3-dev
        (cd "$HERE/comparators/go" && GO111MODULE=off GOPATH=/usr/share/gocode go build -tags "sqlite libsqlite3" -o "$BIN/relay-go") || exit 70 ;;
    php)
        need php-fpm8.2 php8.2-fpm
        php-fpm8.2 -m | grep -qx curl || install_package php8.2-curl ;;
    node) need node nodejs ;;
    fastapi) need_packages fastapi "$VENV" ;;
    litellm) need_packages litellm "$LITELLM_VENV" ;;
    esac
}

# need_packages NAME FOLDER: what comparators/NAME/requirements.txt lists, in a virtual environment there.
need_packages() {
    [ -x "$2/bin/uvicorn" ] && return
    python3 -c 'import ensurepip' 2>/dev/null || install_package python3-venv
    python3 -m venv "$2" && "$2/bin/pip" install -q -r "$HERE/comparators/$1/requirements.txt" \
        >>"$LOGS/pip.log" 2>&1 || { echo "run.sh: could not install $1; see $LOGS/pip.log" >&2; exit 69; }
}
