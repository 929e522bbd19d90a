#!/bin/sh
# create-build-task.sh <url> [branch] [type]: prints the command that asks for a build. Sent as a message, it becomes a task.
set -eu
url=${1:?the address of a repository is missing}
branch=${2:-main}
type=${3:-dotnet}

# A text as it stands between double quotes, in a command as well as in JSON.
quoted() {
  printf '%s' "$1" | sed 's/[\\"]/\\&/g'
}
url=$(quoted "$url")
branch=$(quoted "$branch")
type=$(quoted "$type")

printf '/task "Build %s branch %s" tags:build,%s params:{"url":"%s","branch":"%s","buildType":"%s"}\n' \
  "$url" "$branch" "$type" "$url" "$branch" "$type"
