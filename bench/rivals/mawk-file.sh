#!/bin/sh
# usage: mawk-file.sh IN OUT seed
LC_ALL=C exec mawk -f "$(dirname "$0")/seed.awk" "$1" "$1" > "$2"
