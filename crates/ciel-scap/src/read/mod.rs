//! Reading a capture.

pub(crate) mod block;
mod cursor;
mod error;
mod event;
mod input;
mod lists;
mod reader;
mod window;

pub(crate) use cursor::{Cursor, Flaw};
pub use error::ReadError;
pub(crate) use event::code_of;
pub use event::{Header, RawEvent};
pub(crate) use reader::Found;
pub use reader::{Item, Reader, Section, Skipped};
