#!/bin/sh
# A PostgreSQL of one's own, for tests and benches: nothing of a system's cluster is used or changed.
#
#   .ci/postgresql.sh run COMMAND...   with a new server in a temporary folder and DATABASE_URL set; the server and
#                                      the folder are gone afterwards, also after a failure; COMMAND's exit status
#   .ci/postgresql.sh start FOLDER     makes a cluster in FOLDER, or starts the one that is there; prints DATABASE_URL
#   .ci/postgresql.sh stop FOLDER      stops it and leaves FOLDER; `start FOLDER` finds all as it was
#   .ci/postgresql.sh try COMMAND...   as `run`; where there is no PostgreSQL it says so in a line and leaves it at that
#
# The server listens on a socket in FOLDER alone, which only its own user and root may enter. As root it runs as the
# user postgres, who must be able to reach FOLDER; else as oneself. It forgoes safety on a power cut for speed, unless
# DURABLE=1. It sorts as an English council's server would: words by the locale, not by bytes.
set -eu

find_programs() {
    if command -v initdb >/dev/null; then dirname "$(command -v initdb)"; return; fi
    ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t / -k 5 -n | tail -n 1
}

programs=$(find_programs)
missing="PostgreSQL is not installed, so nothing is run on it. To install: sudo apt-get install postgresql"

as_server() {
    if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else (cd / && "$@"); fi
}

found() {
    [ -n "$programs" ] && [ -x "$programs/initdb" ] && { [ "$(id -u)" != 0 ] || id postgres >/dev/null 2>&1; }
}

make_cluster() {
    mkdir -p "$1" && chmod 700 "$1"
    [ "$(id -u)" != 0 ] || chown postgres "$1"
    locale="--locale=C.UTF-8"
    "$programs/initdb" --help | grep -q locale-provider && locale="$locale --locale-provider=icu --icu-locale=en-GB"
    # shellcheck disable=SC2086
    as_server "$programs/initdb" --pgdata="$1/data" --username=postgres --auth=trust --encoding=UTF8 $locale \
        --no-instructions --no-sync >/dev/null
    printf "listen_addresses = ''\nunix_socket_permissions = 0700\n" | add_settings "$1"
}

add_settings() {
    as_server tee -a "$1/data/postgresql.conf" >/dev/null
}

start() {
    folder=$(mkdir -p "$1" && cd "$1" && pwd)
    [ -d "$folder/data" ] || make_cluster "$folder"
    options="-k '$folder'"
    [ "${DURABLE:-}" = 1 ] || options="$options -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    as_server "$programs/pg_ctl" start --pgdata="$folder/data" --log="$folder/log" --options="$options" \
        --wait --silent >/dev/null </dev/null || { as_server tail -n 5 "$folder/log" >&2; exit 1; }
    echo "postgres://postgres@$(echo "$folder" | sed 's:/:%2F:g')/postgres"
}

stop() {
    folder=$(cd "$1" && pwd)
    as_server "$programs/pg_ctl" stop --pgdata="$folder/data" --mode=fast --wait --silent
}

run() {
    temporary=$(mktemp -d)
    trap 'stop "$temporary" || true; rm -rf "$temporary"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    DATABASE_URL=$(start "$temporary")
    export DATABASE_URL
    "$@"
}

action=${1:-}
case $action in
    run | start | stop)
        found || { echo "$missing" >&2; exit 1; }
        shift
        "$action" "$@" ;;
    try)
        found || { echo "$missing" >&2; exit 0; }
        shift
        run "$@" ;;
    *) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
