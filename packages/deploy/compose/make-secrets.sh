#!/bin/sh
# Makes what compose.yaml wants to know, at random, in secrets/; what is there already stays. Nothing of it is in Git.
#
# Docker mounts the files as they are, and programs in containers are other users: readable for all, in a folder that only you enter.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
chmod 700 secrets

random() { head -c 32 /dev/urandom | base64 | tr -d '\n'; }
# Where a password stands in an address, base64 would have to be written otherwise.
simple() { head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }
put() {
  [ -e "secrets/$1" ] || "$2" >"secrets/$1"
  chmod 444 "secrets/$1"
}

put redis-password simple
put grafana-password simple
put azurite-key random
# For a yard behind HTTPS: machine git.example.com login <user> password <token>
put netrc true
