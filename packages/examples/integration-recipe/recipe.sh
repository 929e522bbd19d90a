#!/bin/sh
# A build by a script of one's own, known to the yard as if an agent had made it: a structured log, how long it took, a manifest
# of what came out of it, and a point to go back to. recipe.sh <job> <branch> <commit> <folder with the results> -- command…
set -eu
job=${1:?the name of the job is missing}
branch=${2:?the branch is missing}
commit=${3:?the commit is missing}
results=${4:?the folder with the results is missing}
shift 4
[ "${1:-}" = -- ] && shift
[ $# -gt 0 ] || { echo 'recipe: the command is missing' >&2; exit 2; }
server=${GITYARD_AGENT:-$(hostname)}

log=$(gityard logbook init "$job" "$branch" "$commit")
gityard logbook event "$log" info "Building $branch at $commit on $server"

began=$(date +%s)
exitCode=0
gityard logbook command "$log" build -- "$@" || exitCode=$?
seconds=$(($(date +%s) - began))

status=succeeded
level=success
if [ "$exitCode" -ne 0 ]; then
  status=failed
  level=error
fi
gityard logbook event "$log" "$level" "The build has $status after $seconds s"
gityard logbook finalize "$log" "$status" "$exitCode"

if [ "$status" = succeeded ]; then
  files=$(find "$results" -type f | wc -l)
  bytes=$(find "$results" -type f -exec cat {} + | wc -c)
  gityard predict record "$job" "$server" "$branch" "$commit" "$seconds" "$status" "$((files))" "$((bytes))"
  gityard artifact manifest "$results" "$job" "$branch" "$commit"
  gityard rollback tag "$job" "$branch" "$commit" "$job"
else
  gityard predict record "$job" "$server" "$branch" "$commit" "$seconds" "$status"
fi
exit "$exitCode"
