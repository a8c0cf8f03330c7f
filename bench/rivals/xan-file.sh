#!/bin/sh
# usage: xan-file.sh IN OUT seed|rewrite
# A large file is read in parallel where xan can.
parallel=
[ "$(wc -c < "$1")" -gt 64000000 ] && parallel=-p
names=$(head -n 1 "$1" | tr -d '"' | awk -F, -f "$(dirname "$0")/clean-names.awk")
if [ "$3" = rewrite ]; then
  exec xan rename "$names" "$1" > "$2"
fi
keep='value ne "" and value <= 500'
largest=$(xan agg $parallel "max(if($keep, value, \"\")) as largest" "$1" | tail -n 1)
xan filter "$keep" "$1" |
  xan map "value / ($largest + 0.000000001) as normalized_value" |
  xan rename "$names,normalized_value" > "$2"
