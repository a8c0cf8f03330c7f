#!/usr/bin/env bash
# Installs what the benchmark compares csvclean with, below bench/.rivals (which git ignores).
#
#   bash bench/install-rivals.sh            every rival but qsv
#   bash bench/install-rivals.sh python npm xan system qsv      only these
#
# Each part stands alone: one that fails is named at the end and the others are installed. The
# benchmark names every rival that is missing, so nothing here is needed to run it.
set -uo pipefail
cd "$(dirname "$0")"
RIVALS=$PWD/.rivals

PYTHON_PACKAGES='pandas==3.1.1 numpy==2.4.6 pyarrow==26.0.1 polars==2.1.0 duckdb==2.0.0'
NPM_PACKAGES='udsv@0.7.3 csv-parse@7.0.3 csv-stringify@6.9.0 papaparse@5.7.1'
XAN_VERSION=0.61.0
QSV_VERSION=16.1.0
# qsv is large, and does not build everywhere: it is given up after this long.
QSV_SECONDS=2400

# pandas, Polars, DuckDB: needs python3 (3.11 or later) with venv.
install_python() {
  python3 -m venv "$RIVALS/venv" &&
    "$RIVALS/venv/bin/pip" install --quiet --disable-pip-version-check $PYTHON_PACKAGES
}

# uDSV, csv-parse, csv-stringify, Papa Parse.
install_npm() {
  echo '{ "private": true }' > "$RIVALS/package.json" &&
    npm install --prefix "$RIVALS" --no-package-lock --no-audit --no-fund --save-exact $NPM_PACKAGES
}

# Builds for some minutes; the machine stays usable.
install_xan() {
  nice cargo install xan --version "$XAN_VERSION" --locked --root "$RIVALS"
}

# Miller and mawk, where packages are Debian's; elsewhere install them by hand.
install_system() {
  apt-get install --yes --no-install-recommends miller mawk
}

install_qsv() {
  timeout "$QSV_SECONDS" nice cargo install qsv --version "$QSV_VERSION" --locked \
    --root "$RIVALS" --features feature_capable,luau --bin qsv
}

mkdir -p "$RIVALS"
failed=
for part in "${@:-python npm xan system}"; do
  for one in $part; do
    echo "== $one"
    case $one in
      python | npm | xan | system | qsv) "install_$one" || failed="$failed $one" ;;
      *) echo "no such part: $one (python, npm, xan, system, qsv)" >&2; exit 2 ;;
    esac
  done
done
if [ -n "$failed" ]; then
  echo "NOT INSTALLED:$failed. The benchmark will leave their rivals out, and say so." >&2
  exit 1
fi
