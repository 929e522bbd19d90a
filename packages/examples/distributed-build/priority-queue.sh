#!/bin/sh
# priority-queue.sh add <project> [priority] · priority-queue.sh status: prints the command that does it. 1 goes first, 10 last.
set -eu
action=${1:?add or status is missing}

case $action in
  add)
    project=$(printf '%s' "${2:?the name of a project is missing}" | sed 's/[\\"]/\\&/g')
    priority=${3:-5}
    printf '/task "Build %s (Priority: %s)" tags:build,priority-%s\n' "$project" "$priority" "$priority"
    ;;
  status)
    echo '/tasklist tags:build'
    ;;
  *)
    echo "priority-queue: $action is not known: add or status" >&2
    exit 2
    ;;
esac
