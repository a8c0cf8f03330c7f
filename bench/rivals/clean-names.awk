# The header's names as the job wants them, on one line.
{
  for (i = 1; i <= NF; i++) {
    name = tolower($i)
    gsub(/^ +| +$/, "", name)
    gsub(/ /, "_", name)
    printf "%s%s", (i > 1 ? "," : ""), name
  }
}
