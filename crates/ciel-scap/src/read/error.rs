//! Why a capture, or the rest of it, was not read.

use thiserror::Error;

/// Why a capture, or the rest of it, was not read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// It is something else.
    #[error("this is no capture: it does not begin with a section header")]
    NotACapture,
    /// It was written on a machine of the other byte order.
    #[error("the capture comes from a big-endian machine; only little-endian ones can be read")]
    ByteOrder,
    /// It was written by a later version of the format.
    #[error(
        "the capture has version {major}.{minor} of the format; versions up to 1.x can be read: use a newer Ciel"
    )]
    Version {
        /// The version that old readers must not read.
        major: u16,
        /// The version that old readers may read.
        minor: u16,
    },
    /// It ends in the middle of something. All that is whole before it was given.
    #[error("the capture is cut off: it ends in the middle of {what}, at byte {offset}")]
    Truncated {
        /// Bytes of the capture, unpacked, up to its end.
        offset: u64,
        /// What is cut off.
        what: &'static str,
    },
    /// What stands there cannot be. All before it was given; what follows it cannot be found.
    #[error("the capture is damaged at byte {offset}: {what}")]
    Damaged {
        /// Bytes of the capture, unpacked, up to the block that cannot be.
        offset: u64,
        /// What is wrong.
        what: String,
    },
    /// The input could not be read.
    #[error("cannot read on at byte {offset}: {source}")]
    Io {
        /// Bytes of the capture, unpacked, up to the failure.
        offset: u64,
        /// What the system said.
        source: std::io::Error,
    },
}

impl ReadError {
    /// Whether what came before it may be used: the rest is missing, no more.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        matches!(
            self,
            Self::Truncated { .. } | Self::Damaged { .. } | Self::Io { .. }
        )
    }
}
