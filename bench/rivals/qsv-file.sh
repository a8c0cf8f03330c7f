#!/bin/sh
# usage: qsv-file.sh IN OUT seed
keep='v ~= nil and v <= 500'
names=$(head -n 1 "$1" | awk -F, -f "$(dirname "$0")/clean-names.awk")
largest=$(qsv luau filter -g -B 'm = 0' \
  "local v = tonumber(col.value); if $keep and v > m then m = v end; return false" \
  -E 'return m' "$1" 2>&1 > /dev/null | tail -n 1)
qsv luau map -g normalized_value \
  "local v = tonumber(col.value); if not ($keep) then qsv_skip() return '' end
   return v / ($largest + 0.000000001)" "$1" |
  qsv rename "$names,normalized_value" > "$2"
