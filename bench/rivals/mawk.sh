#!/bin/sh
# mawk: a program that knows quotes, two passes over each file. The seed job only.
# usage: mawk.sh SRC OUT WORKERS seed
exec sh "$(dirname "$0")/each-file.sh" "$@" "$(dirname "$0")/mawk-file.sh"
