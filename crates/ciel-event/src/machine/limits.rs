//! How much is remembered of a machine.

/// How much is remembered of a machine. What goes past it is forgotten, the longest unused first, and counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MachineLimits {
    /// Threads at once. Falco remembers 262,144.
    pub threads: usize,
    /// Descriptors of one process.
    pub descriptors: usize,
    /// Nanoseconds of the capture after which a thread that was not seen is forgotten.
    pub idle: u64,
}

impl Default for MachineLimits {
    fn default() -> Self {
        Self {
            threads: 262_144,
            descriptors: 65_536,
            idle: 300_000_000_000,
        }
    }
}
