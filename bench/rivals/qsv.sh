#!/bin/sh
# qsv with its luau feature: a pipeline a file, with a pass before it for the largest value.
# usage: qsv.sh SRC OUT WORKERS seed
exec sh "$(dirname "$0")/each-file.sh" "$@" "$(dirname "$0")/qsv-file.sh"
