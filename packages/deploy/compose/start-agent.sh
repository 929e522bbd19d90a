#!/bin/sh
# Starts the agent of a container: takes its secrets from files, says once what may be built here, and becomes the agent.
# GITYARD_ALLOW: addresses of repositories, with spaces between them. With a policy in /etc/gityard (policy.Dockerfile) leave it empty.
set -eu

if [ -r /run/secrets/redis-password ]; then
  GITYARD_CACHE_REDIS="redis://:$(cat /run/secrets/redis-password)@redis:6379"
  export GITYARD_CACHE_REDIS
fi
if [ -r /run/secrets/azurite-key ]; then
  AZURE_STORAGE_KEY="$(cat /run/secrets/azurite-key)"
  export AZURE_STORAGE_KEY
fi

# Words, and none of them a pattern of files.
set -f
# shellcheck disable=SC2086
[ -z "${GITYARD_ALLOW:-}" ] || gityard agent allow ${GITYARD_ALLOW}
exec gityard agent run
