//! Kubernetes objects as lenient, typed views over a tree: metadata, pods, selectors, quantities, API lifecycle.
