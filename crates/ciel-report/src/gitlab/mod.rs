//! `gitlab` and `codequality`: the two reports of GitLab that a scanner of manifests can feed.

pub(crate) mod codequality;
pub(crate) mod sast;
