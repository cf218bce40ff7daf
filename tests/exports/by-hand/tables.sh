# Opens the tables of hostile requests with LibreOffice, cells separated by commas, semicolons and either, and looks
# for formulas. From the root of the repository, after cargo build and hostile.py:
# sh tests/exports/by-hand/tables.sh FOLDER
set -e
for request in "$1"/hostile-*.json; do
    # Status 3: the plan needs a confirmation, as one that the same person entered twice does.
    target/debug/osteodose plan "$request" --format csv --with-name > "${request%.json}.csv" || [ $? -eq 3 ]
done
cd "$1"
# Cells separated by a comma (44), by a semicolon (59), by either, and numbers and formulas looked for (the last "true").
for separators in 44 59 44/59; do
    soffice --headless --infilter="CSV:$separators,34,76,1,,0,false,true,false,false,false,-1,true" \
        --convert-to fods --outdir "fods-${separators%/*}-${#separators}" hostile-*.csv >/dev/null 2>&1
done
ls fods-*/*.fods | wc -l
grep -l "table:formula" fods-*/*.fods || echo "no formula"
# The same reader does find a formula where there is one.
printf 'a,b\r\n1,=1+1\r\n' > formula.csv
soffice --headless --infilter="CSV:44,34,76,1,,0,false,true,false,false,false,-1,true" --convert-to fods formula.csv >/dev/null 2>&1
grep -c "table:formula" formula.fods
