//go:build tools

// Package cluster says which programs scripts/tools.sh builds from this module: the API server that tests ask, and the
// etcd that it was built with.
package cluster

import (
	_ "go.etcd.io/etcd/server/v3"
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
)
