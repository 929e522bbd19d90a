#!/bin/sh
# The whole scenario on this machine: a yard, a build master, three specialised workers, a notification bot, and a developer
# who asks for three builds by chat. run.sh [folder]; leaves everything in the folder when one is named.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
if ! command -v gityard >/dev/null; then
  echo 'gityard is not on the PATH: npm link --workspace packages/cli puts it there' >&2
  exit 2
fi
if [ $# -gt 0 ]; then
  work=$1
  mkdir -p "$work"
  work=$(CDPATH='' cd -- "$work" && pwd)
  remove=''
else
  work=$(mktemp -d)
  remove=$work
fi
running=''
# A program in the background, and its name: whether it lives is looked at while we wait.
start() { # name, command…
  name=$1
  shift
  "$@" >"$work/$name.log" 2>&1 &
  running="$running $!"
  eval "name_$!=\$name"
}
unless_ended() {
  for pid in $running; do
    kill -0 "$pid" 2>/dev/null && continue
    eval "name=\$name_$pid"
    echo "$name ended, which it should not; the end of its log:" >&2
    tail -n 20 "$work/$name.log" >&2
    exit 1
  done
}
cleanup() {
  for pid in $running; do kill "$pid" 2>/dev/null || true; done
  for pid in $running; do wait "$pid" 2>/dev/null || true; done
  [ -z "$remove" ] || rm -rf -- "$remove"
}
trap cleanup EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

export GITYARD_HOME="$work/home"
git_() { git -c user.name=Example -c user.email=example@localhost -c commit.gpgSign=false "$@"; }

echo '== a yard'
if [ -z "${GITYARD_YARD:-}" ]; then
  export GITYARD_YARD="$work/yard.git"
  gityard init "$GITYARD_YARD" --name distributed-build >/dev/null
  # Settings are a file like any other: quick looks for a demonstration, and the language of what agents tell. Only of a yard
  # that was made here: one that was there belongs to a team, and keeps its own.
  git_ clone --quiet --branch yard "$GITYARD_YARD" "$work/settings"
  cat >"$work/settings/yard.json" <<SETTINGS
{
  "name": "distributed-build",
  "language": "${NOTIFY_LANGUAGE:-en}",
  "heartbeat": { "intervalSeconds": 5 },
  "poll": { "seconds": 0.5 }
}
SETTINGS
  git_ -C "$work/settings" commit --quiet --all --message 'settings of the demonstration'
  git_ -C "$work/settings" push --quiet origin yard
fi

echo '== three projects'
project() { # name, file, content
  mkdir -p "$work/projects/$1"
  printf '%s\n' "$3" >"$work/projects/$1/$2"
  [ -d "$work/projects/$1/.git" ] || git_ init --quiet --initial-branch main "$work/projects/$1"
  git_ -C "$work/projects/$1" add --all
  git_ -C "$work/projects/$1" commit --quiet --message "add $2"
}
project npm-app package.json '{ "name": "npm-app", "version": "1.0.0", "scripts": { "build": "node -e \"console.log(1+1)\"", "test": "node -e \"process.exit(0)\"" } }'
project dotnet-app app.csproj '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>'
project dotnet-app Code.cs 'public class Code { public int Two => 1 + 1; }'
project maven-app pom.xml '<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>a</artifactId><version>1</version><packaging>pom</packaging></project>'

echo '== a build master, who runs two scripts when asked'
mkdir -p "$GITYARD_HOME/scripts"
cp "$here/create-build-task.sh" "$here/priority-queue.sh" "$GITYARD_HOME/scripts/"
gityard agent allow --scripts create-build-task.sh,priority-queue.sh >/dev/null
start BuildMasterBot gityard agent run --agent BuildMasterBot

echo '== three workers'
worker() { # name, tags
  start "$1" gityard task receive --name "$1" --tags "$2" --processor "$here/build-task.sh"
}
worker BuildWorker1 build,dotnet
worker BuildWorker2 build,npm
worker BuildWorker3 build,maven

echo '== a notification bot'
start notification-bot sh "$here/notification-bot.sh" 1
# What ended before its first look is the past, of which it tells nothing.
seconds=0
until grep -q watching "$work/notification-bot.log"; do
  unless_ended
  seconds=$((seconds + 1))
  [ "$seconds" -lt 60 ] || { echo 'the notification bot cannot look at the yard' >&2; exit 1; }
  sleep 1
done

# The ids of the tasks that build our projects, with how they stand; others may have tasks in the same yard.
ours() {
  gityard task list --tags build --json | node -e '
    const [projects, ...before] = process.argv.slice(1);
    const tasks = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
    const own = tasks.filter((it) => String(it.parameters.url).startsWith(projects) && !before.includes(it.id));
    for (const { id, status } of own) console.log(id, status);
  ' "$work/projects/" "$@"
}
# Of an earlier run in the same folder.
before=$(ours | cut -d ' ' -f 1)

echo '== the developer asks for three builds'
ask() { gityard message send --from Developer --to BuildMasterBot --body "$1" >/dev/null; }
for type in dotnet npm maven; do
  ask "/msg BuildMasterBot exec create-build-task.sh $work/projects/$type-app main $type"
done

seconds=0
# shellcheck disable=SC2086 # ids are words
until [ "$(ours $before | grep -Ec ' (succeeded|failed|cancelled|expired)$')" -ge 3 ]; do
  unless_ended
  seconds=$((seconds + 1))
  [ "$seconds" -lt "${PATIENCE:-300}" ] || { echo 'the builds did not end in time' >&2; gityard task list; exit 1; }
  sleep 1
done

echo '== what came of it'
gityard task list --tags build
gityard task stats --tags build --file "$work/metrics.json"
echo '== what was told'
told() {
  gityard message search --query Build --json | node -e '
    const messages = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
    for (const { from, body } of messages.filter((it) => it.from === "NotificationBot").reverse()) console.log(`${from}: ${body}`);
  '
}
# Of each build the bot tells that it was taken, and how it ended; it looks once a second.
seconds=0
# shellcheck disable=SC2086
until [ "$(told | grep -cF "$(ours $before | cut -d ' ' -f 1)")" -ge 6 ]; do
  unless_ended
  seconds=$((seconds + 1))
  [ "$seconds" -lt "${PATIENCE:-300}" ] || { echo 'the notification bot does not tell of the builds' >&2; exit 1; }
  sleep 1
done
told
echo '== the history keeps every rule'
gityard audit
# shellcheck disable=SC2086
[ "$(ours $before | grep -c ' succeeded$')" -eq 3 ]
