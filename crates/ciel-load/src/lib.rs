//! From paths to documents: files, folders, archives, Helm charts, Kustomize folders.
