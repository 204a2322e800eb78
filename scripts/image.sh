#!/usr/bin/env bash
# Builds the container image from Containerfile: a static binary, and nothing else. Usage: scripts/image.sh [TAG]
# Says so and ends well where there is no builder; CIEL_BUILDER names one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tag=${1:-localhost/ciel}

usable() { # A client without its engine is no builder.
    command -v "$1" >/dev/null && "$1" info >/dev/null 2>&1
}

builder=${CIEL_BUILDER:-}
if [ -z "$builder" ]; then
    for it in podman buildah docker; do
        usable "$it" && builder=$it && break
    done
fi
if [ -z "$builder" ]; then
    echo "no image built: neither podman, buildah nor docker can be used here"
    exit 0
fi

target=$(rustc --print host-tuple)
# With --target, build scripts and macros stay dynamic, as they must.
RUSTFLAGS="-C target-feature=+crt-static" cargo build --release --package ciel --target "$target" --target-dir target/static
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
cp LICENSE "target/static/$target/release/ciel" "$context/"
"$builder" build --file Containerfile --tag "$tag" "$context"
echo "$tag"
