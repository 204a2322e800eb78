//! An immutable, indexed set of Kubernetes objects.
