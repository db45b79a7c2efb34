#!/usr/bin/env bash
# Builds these pages as a site in target/book with mdBook: cargo install mdbook --locked
set -euo pipefail
cd "$(dirname "$0")/.."
mdbook build
# The gallery's pictures are outside docs/, where the README shows them too; the site takes them along.
mkdir -p target/book/gallery
cp output/gallery/*.png target/book/gallery/
for page in target/book/GALLERY.html target/book/print.html; do
    sed 's|\.\./output/gallery/|gallery/|g' "$page" >"$page.new"
    mv "$page.new" "$page"
done
echo "the site is target/book/index.html"
