#!/bin/sh
# Runs a program on every file of a folder, WORKERS at a time.
# usage: each-file.sh SRC OUT WORKERS JOB COMMAND...      COMMAND is given IN OUT JOB
export SRC="$1" OUT="$2" JOB="$4"
workers=$3
shift 4
ls "$SRC" | grep '\.csv$' | xargs -P "$workers" -n 4 sh -c '
  command=$0
  for name do sh "$command" "$SRC/$name" "$OUT/cleaned_$name" "$JOB" || exit 255; done' "$@"
