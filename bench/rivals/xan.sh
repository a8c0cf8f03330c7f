#!/bin/sh
# xan: a pipeline a file; the seed job finds the largest value in a pass before it.
# usage: xan.sh SRC OUT WORKERS seed|rewrite
exec sh "$(dirname "$0")/each-file.sh" "$@" "$(dirname "$0")/xan-file.sh"
