//! Writing a capture.

mod copy;
mod sink;
mod writer;

pub use copy::Copier;
pub use sink::Compression;
pub use writer::Writer;
