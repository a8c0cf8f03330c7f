#!/bin/sh
# Miller: a pipeline a file; the seed job finds the largest value in a pass before it.
# usage: miller.sh SRC OUT WORKERS seed|rewrite
exec sh "$(dirname "$0")/each-file.sh" "$@" "$(dirname "$0")/miller-file.sh"
