//! How much input is too much. Every loop over input that a stranger may have written ends at one of these, and
//! whoever reaches one says so in a [`Diagnostic`](crate::Diagnostic) and marks the source incomplete.

/// Bytes of one file, archive member, or standard input. Spans are 32-bit; this leaves room for a dump of a
/// large cluster.
pub const FILE_BYTES: u64 = 1 << 30;
/// Files of one run, archive members included.
pub const FILES: usize = 1_000_000;
/// Bytes that one archive may unfold to.
pub const ARCHIVE_BYTES: u64 = 4 << 30;
/// Members of one archive.
pub const ARCHIVE_MEMBERS: usize = 200_000;
/// Archives within archives.
pub const ARCHIVE_DEPTH: usize = 1;
/// Documents of one YAML stream.
pub const DOCUMENTS: usize = 200_000;
/// Nesting of one document. kubectl itself gives up at 10,000; nothing real goes past 100.
pub const DEPTH: usize = 200;
/// Nodes that one document may have after aliases are unfolded.
pub const NODES: usize = 50_000_000;
/// Nodes that aliases may add to one document.
pub const ALIAS_NODES: usize = 1_000_000;
/// Diagnostics kept for one source; more are counted in a last one.
pub const DIAGNOSTICS_PER_SOURCE: usize = 100;
/// Bytes of one string that is searched for signs of mining.
pub const SEARCHED_BYTES: usize = 1 << 20;
/// Seconds that a renderer (`helm`, `kustomize`) may take for one source.
pub const RENDER_SECONDS: u64 = 60;
/// Bytes that a renderer may print for one source.
pub const RENDER_BYTES: u64 = 256 << 20;
/// Seconds that `git` may take for one answer about a revision.
pub const GIT_SECONDS: u64 = 120;
/// Bytes of one file of a revision that is no manifest; larger ones are not looked at.
pub const REVISION_FILE_BYTES: u64 = 16 << 20;
/// Bytes of a baseline.
pub const BASELINE_BYTES: u64 = 1 << 30;
/// Pods that are compared one by one with selectors of network policies for which there is no index; more are not.
pub const SELECTOR_TRIALS: usize = 1_000_000;
/// Bytes of one configuration file that stands as text in another object; no real one is near.
pub const EMBEDDED_CONFIG_BYTES: usize = 1 << 18;
/// Ways from outside to pods, counted for each pod, that are followed; more is not looked at.
pub const EXPOSED_PODS: usize = 1_000_000;
/// Rules that all aggregated roles together gather from others; more is not looked at.
pub const AGGREGATED_RULES: usize = 1_000_000;
/// Pods that the selectors of Services and PodDisruptionBudgets are compared with, counted for each; more is not looked
/// at.
pub const SELECTED_PODS: usize = 2_000_000;
/// Comments of one source that suppress findings; more are not honoured.
pub const SUPPRESSION_COMMENTS: usize = 1_000;
/// Complaints about suppressions (without a reason, expired, unknown, for nothing) that are told; more are counted.
pub const SUPPRESSION_COMPLAINTS: usize = 100;
/// Bytes of one value of an audit log: an event, or a list of many. Falco takes events of 256 KiB.
pub const AUDIT_VALUE_BYTES: usize = 256 << 20;
