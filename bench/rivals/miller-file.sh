#!/bin/sh
# usage: miller-file.sh IN OUT seed|rewrite
# Miller renames by pairs: old,new,old,new.
renames=$(head -n 1 "$1" | tr -d '"' | awk -F, '{
  for (i = 1; i <= NF; i++) {
    name = tolower($i)
    gsub(/^ +| +$/, "", name)
    gsub(/ /, "_", name)
    if (name != $i) printf "%s%s,%s", (count++ ? "," : ""), $i, name
  }
}')
if [ "$3" = rewrite ] && [ -z "$renames" ]; then
  exec mlr --csv cat "$1" > "$2"
elif [ "$3" = rewrite ]; then
  exec mlr --csv rename "$renames" "$1" > "$2"
fi
keep='is_not_empty($value) && $value <= 500'
largest=$(mlr --icsv --onidx filter "$keep" then stats1 -a max -f value "$1")
mlr --csv filter "$keep" \
  then put "\$normalized_value = \$value / ($largest + 0.000000001)" \
  then rename "$renames" "$1" > "$2"
