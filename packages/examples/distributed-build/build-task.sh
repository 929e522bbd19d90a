#!/bin/sh
# Processor of a task: gets one argument, the path of the task's JSON file; clones what its parameters name, and builds it.
# Prints the result; exit code 0 is success, 1 is failure. The parameters come from whoever may send tasks: they are only ever
# used as single words, never as code.
set -u

# The value of one of the parameters. Node is there wherever Gityard is.
parameter() {
  node -e '
    const [, file, name, otherwise = ""] = process.argv;
    try {
      const { Task } = JSON.parse(require("node:fs").readFileSync(file, "utf8"));
      process.stdout.write(String(Task.Parameters[name] ?? otherwise));
    } catch (error) {
      console.error(`build-task: ${file} is no file of a task: ${error.message.split("\n")[0]}`);
      process.exit(1);
    }
  ' "$taskFile" "$1" "${2-}"
}

taskFile=${1:?the path of a task file is missing}
repoUrl=$(parameter url) || exit 1
branch=$(parameter branch main) || exit 1
buildType=$(parameter buildType dotnet) || exit 1

tempDir=$(mktemp -d "${TMPDIR:-/tmp}/build-XXXXXX") || exit 1
cleanup() {
  cd / && rm -rf -- "$tempDir"
}
trap cleanup EXIT
trap 'exit 143' TERM
trap 'exit 130' INT
trap 'exit 129' HUP

fail() {
  echo "Build failed: $1"
  exit 1
}

# A step of the build; what it prints goes into the log.
step() {
  "$@" || fail "$* ended with exit code $?"
}

echo "Starting build for $repoUrl (branch: $branch)"
[ -n "$repoUrl" ] || fail 'the parameter url is missing'

# No transport that runs a program of the sender's.
GIT_ALLOW_PROTOCOL=file:git:http:https:ssh git clone --quiet -b "$branch" -- "$repoUrl" "$tempDir" || fail "git clone ended with exit code $?"
cd "$tempDir" || fail 'the clone cannot be entered'

case $buildType in
  dotnet)
    step dotnet restore
    step dotnet build --configuration Release
    step dotnet test
    ;;
  npm)
    step npm install
    step npm run build
    step npm test
    ;;
  maven)
    step mvn clean install
    ;;
  *)
    fail "there is no build type $buildType"
    ;;
esac

echo 'Build completed successfully!'
