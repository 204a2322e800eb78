//! How much is remembered of a machine.

/// How much is remembered of a machine. What goes past it is forgotten, the longest unused first, and counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MachineLimits {
    /// Threads at once. Falco remembers 262,144.
    pub threads: usize,
    /// Descriptors of one process.
    pub descriptors: usize,
    /// Descriptors of all processes together: past it, those that have many get no more.
    pub all_descriptors: usize,
    /// Users and groups together, of the host and of all containers.
    pub users: usize,
    /// Nanoseconds of the capture after which a thread that was not seen is forgotten; 0 for never, as Falco reads captures.
    pub idle: u64,
}

impl MachineLimits {
    /// Those of a machine that is watched while it runs: threads of which the end was lost go after five minutes.
    #[must_use]
    pub fn live() -> Self {
        Self {
            idle: 300_000_000_000,
            all_descriptors: 1_048_576,
            ..Self::default()
        }
    }
}

impl Default for MachineLimits {
    fn default() -> Self {
        Self {
            threads: 262_144,
            descriptors: 65_536,
            all_descriptors: 4_194_304,
            users: 262_144,
            idle: 0,
        }
    }
}
