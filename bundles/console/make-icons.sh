#!/bin/sh
# Draws the icons of the installed page from web/icon.svg, with Chromium. To be run by hand when the drawing changes.
set -eu
cd "$(dirname "$0")/web"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for size in 192 512; do
    # A device may cut a maskable icon to any shape: the ground goes to the edges then.
    for kind in any maskable; do
        sed -e "s/<svg /<svg width=\"$size\" height=\"$size\" /" icon.svg >"$work/icon.svg"
        if [ "$kind" = maskable ]; then
            sed -i -e 's/ rx="14"//' -e 's#<path #<path transform="translate(9.6 9.6) scale(.7)" #' "$work/icon.svg"
        fi
        printf '<!doctype html><style>*{margin:0;background:transparent}svg{display:block}</style>' >"$work/icon.html"
        cat "$work/icon.svg" >>"$work/icon.html"
        name=icon-$size; [ "$kind" = any ] || name=icon-maskable-$size
        chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --default-background-color=00000000 \
            --window-size="$size,$size" --screenshot="$PWD/$name.png" "file://$work/icon.html" >/dev/null 2>&1
    done
done
