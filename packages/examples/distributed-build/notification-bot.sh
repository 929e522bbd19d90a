#!/bin/sh
# Watches the tasks of a yard and tells everybody of each that is taken or ends: notification-bot.sh [seconds between two looks]
set -u
interval=${1:-10}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
known=$(mktemp) || exit 1
trap 'rm -f -- "$known"' EXIT
trap 'exit 0' TERM INT HUP

# One line for each task: its id, what is told of its status, its worker.
tasks() {
  gityard task list --tags build --json | node -e '
    const said = { claimed: "claimed", running: "claimed", succeeded: "completed", failed: "failed" };
    const tasks = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
    for (const { id, status, worker } of tasks) if (said[status]) console.log(id, said[status], worker);
  '
}

while :; do
  tasks | while read -r id status worker; do
    grep -qx "$id $status" "$known" && continue
    # A short task may have ended before we saw it taken.
    if [ "$status" != claimed ] && ! grep -qx "$id claimed" "$known"; then
      sh "$here/notify-build.sh" "$id" claimed "$worker" && echo "$id claimed" >>"$known"
    fi
    sh "$here/notify-build.sh" "$id" "$status" "$worker" && echo "$id $status" >>"$known"
  done
  sleep "$interval" &
  wait $!
done
