# The seed job in two passes over the same file: the first finds the largest kept value, the second
# writes. Fields are split at commas; only records with a quote are split with care.
BEGIN { FS = "," }

FNR == 1 && pass == 0 { pass = 1; header = clean_header(); next }
FNR == 1 { pass = 2; print header; divisor = largest + 1e-9; open = ""; next }
open == "" && !index($0, "\"") { take($0, $value_at); next }
{
  open = open == "" ? $0 : open "\n" $0
  rest = open
  # An odd number of quotes: the line end was inside a quoted field, and the record goes on.
  if (gsub(/"/, "", rest) % 2) next
  split_quoted(open)
  take(open, field[value_at])
  open = ""
}

function clean_header(   i, names, name) {
  for (i = 1; i <= NF; i++) {
    name = tolower($i)
    gsub(/^[ \t]+|[ \t]+$/, "", name)
    gsub(/ /, "_", name)
    if (name == "value") value_at = i
    names = names (i > 1 ? "," : "") name
  }
  return names ",normalized_value"
}

function take(record, value) {
  if (value == "" || value + 0 > 500) return
  if (pass == 2) printf "%s,%.17g\n", record, value / divisor
  else if (value + 0 > largest) largest = value + 0
}

# The fields as they stand in the record, into `field`: every second piece between quotes is inside.
function split_quoted(record,   i, j, count, pieces, commas, text, inside, outside) {
  count = 1
  text = ""
  pieces = split(record, inside, "\"")
  for (i = 1; i <= pieces; i++) {
    if (i % 2 == 0) { text = text inside[i]; continue }
    commas = split(inside[i], outside, ",")
    if (commas == 0) continue
    text = text outside[1]
    for (j = 2; j <= commas; j++) { field[count++] = text; text = outside[j] }
  }
  field[count] = text
}
