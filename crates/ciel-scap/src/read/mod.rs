//! Reading a capture.

pub(crate) mod block;
mod cursor;
mod error;
mod event;
mod input;
mod reader;
mod window;

pub(crate) use cursor::{Cursor, Flaw};
pub use error::ReadError;
pub use event::RawEvent;
pub(crate) use event::code_of;
pub(crate) use reader::Found;
pub use reader::{Item, Reader, Section, Skipped};
