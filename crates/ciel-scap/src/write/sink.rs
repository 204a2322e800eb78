//! Where bytes go, packed or not.

use std::io::{self, BufWriter, Write};

use flate2::write::GzEncoder;

/// Whether a capture is packed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Compression {
    /// It is not.
    #[default]
    None,
    /// By gzip.
    Gzip,
}

impl Compression {
    /// As the name of a file says.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        let ending = name.rsplit('.').next().unwrap_or_default();
        if ending.eq_ignore_ascii_case("gz") || ending.eq_ignore_ascii_case("scapz") {
            Self::Gzip
        } else {
            Self::None
        }
    }
}

/// Where bytes go.
pub(super) enum Sink<W: Write> {
    Plain(BufWriter<W>),
    Gzip(Box<GzEncoder<BufWriter<W>>>),
}

impl<W: Write> Sink<W> {
    pub(super) fn new(out: W, compression: Compression) -> Self {
        let out = BufWriter::with_capacity(256 << 10, out);
        match compression {
            Compression::None => Self::Plain(out),
            Compression::Gzip => Self::Gzip(Box::new(GzEncoder::new(
                out,
                flate2::Compression::default(),
            ))),
        }
    }

    /// Writes what is still held, and the end of the packed stream.
    pub(super) fn finish(self) -> io::Result<W> {
        let out = match self {
            Self::Plain(out) => out,
            Self::Gzip(packed) => packed.finish()?,
        };
        out.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

impl<W: Write> Write for Sink<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(out) => out.write(bytes),
            Self::Gzip(packed) => packed.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.flush(),
            Self::Gzip(packed) => packed.flush(),
        }
    }
}
