//! Events of the kernel as Falco and Sysdig name them, and the state of the machine that they tell of.
//!
//! [`schema`] is the table of events; [`Event`] is one event whose parameters lie in the bytes of the one who brought it
//! (a capture file, the kernel's ring buffer) and are read without allocation; [`Machine`] is what the events so far tell
//! of threads, descriptors and users. Adapters bring events of the current schema; `ciel-scap` makes such of old ones.
//!
//! Architecture invariant: nothing here fails on any bytes. A parameter that is missing, cut off or of a wrong length is
//! absent; what an event claims is believed only as far as limits allow. No I/O, no clock.

#![forbid(unsafe_code)]

mod event;
pub mod machine;
pub mod net;
pub mod schema;
pub mod text;

pub use event::{Event, Params, read_signed, read_unsigned, until_nul};
pub use machine::{Context, Fd, Machine, Seen, Thread};
pub use schema::{EventCode, EventInfo, ParamInfo, ParamType};

/// Bytes that many share: names, paths, arguments. Not always UTF-8.
pub type Text = std::sync::Arc<[u8]>;
