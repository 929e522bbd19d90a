#!/bin/sh
# Watches the tasks of a yard and tells everybody of each that is taken or ends from now on:
# notification-bot.sh [seconds between two looks]
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
    const text = require("node:fs").readFileSync(0, "utf8");
    // Nothing at all: the yard could not be looked at, and gityard said why.
    if (text.trim() === "") process.exit(1);
    const tasks = JSON.parse(text);
    for (const { id, status, worker } of tasks) if (said[status]) console.log(id, said[status], worker);
  '
}

pause() {
  sleep "$interval" &
  wait $!
}

# What the first look finds is the past: it was told when it happened, by whoever watched then.
until past=$(tasks); do pause; done
printf '%s\n' "$past" | while read -r id status _; do
  [ -n "$id" ] && printf '%s claimed\n%s %s\n' "$id" "$id" "$status"
done >"$known"
echo 'notification-bot: watching'

while :; do
  pause
  tasks | while read -r id status worker; do
    grep -qx "$id $status" "$known" && continue
    # A short task may have ended before we saw it taken.
    if [ "$status" != claimed ] && ! grep -qx "$id claimed" "$known"; then
      sh "$here/notify-build.sh" "$id" claimed "$worker" && echo "$id claimed" >>"$known"
    fi
    sh "$here/notify-build.sh" "$id" "$status" "$worker" && echo "$id $status" >>"$known"
  done
done
