//! Rule files: read one after the other, each on top of those before it.
//!
//! The facts come from Falco's rule loader (`userspace/engine/rule_loader_*.cpp`, 2026) and from what Falco 0.44 says of
//! its former regression cases (`suites/falco/legacy/validate.jsonl`). Falco reads with yaml-cpp, Ciel with its own
//! reader, which knows where the two differ.

mod code;
pub(crate) mod collect;
mod context;
pub(crate) mod item;
mod node;
mod priority;
mod read;
mod result;
mod version;

use std::sync::Arc;

pub use code::{ErrorCode, WarningCode};
pub use context::{Context, ItemType, Location, Mark};
pub use item::RequiredPlugin;
pub use priority::Priority;
pub use result::{LoadError, LoadResult, LoadWarning};
pub use version::{ENGINE, Version};

use crate::compile::{self, Program};
use collect::Collector;

/// Loads rule files.
#[derive(Debug, Default)]
pub struct Loader {
    collector: Collector,
    program: Program,
}

impl Loader {
    /// A loader that knows nothing yet. Rules for audit events are known from the first file on that requires the plugin
    /// which gives Falco such events, or after [`Loader::with_audit`].
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same, with audit events known from the start.
    #[must_use]
    pub fn with_audit(mut self) -> Self {
        self.collector.audit = true;
        self
    }

    /// Loads one more file. After an error the rules are those of the files before; Falco would not start.
    pub fn load(&mut self, name: &str, text: &Arc<str>) -> LoadResult {
        let mut result = LoadResult::new(name);
        let read = read::file(text, &mut self.collector, &mut result);
        let compiled = read.and_then(|()| compile::compile(&self.collector, &mut result));
        match compiled {
            Ok(program) => self.program = program,
            Err(error) => result.errors.push(error),
        }
        result
    }

    /// The rules of all files that loaded.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The rules of all files that loaded.
    #[must_use]
    pub fn into_program(self) -> Program {
        self.program
    }

    /// For each plugin that the files want, those that serve.
    #[must_use]
    pub fn required_plugins(&self) -> &[Vec<RequiredPlugin>] {
        &self.collector.plugins
    }

    /// The newest version of the engine that the files want.
    #[must_use]
    pub fn required_engine(&self) -> Version {
        self.collector.engine
    }
}
