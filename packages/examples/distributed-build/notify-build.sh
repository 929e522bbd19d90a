#!/bin/sh
# notify-build.sh <task> <claimed|completed|failed> <worker> [en|de]: tells everybody how a build goes.
set -eu
task=${1:?the id of a task is missing}
status=${2:?claimed, completed or failed is missing}
worker=${3:?the name of the worker is missing}
language=${4:-${NOTIFY_LANGUAGE:-en}}
stamp=$(date '+%Y-%m-%d %H:%M:%S')

case $language-$status in
  en-claimed) text="🔨 [$stamp] Build $task was taken by $worker" ;;
  en-completed) text="✅ [$stamp] Build $task was completed successfully by $worker" ;;
  en-failed) text="❌ [$stamp] Build $task failed on $worker" ;;
  de-claimed) text="🔨 [$stamp] Build $task wurde von $worker übernommen" ;;
  de-completed) text="✅ [$stamp] Build $task erfolgreich von $worker abgeschlossen" ;;
  de-failed) text="❌ [$stamp] Build $task ist auf $worker fehlgeschlagen" ;;
  *)
    echo "notify-build: $status in $language is not known: claimed, completed or failed, in en or de" >&2
    exit 2
    ;;
esac
exec gityard message send --from "${NOTIFY_FROM:-NotificationBot}" --to all --subject "Build $task $status" --body "$text"
