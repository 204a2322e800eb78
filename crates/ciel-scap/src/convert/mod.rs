//! Events of old schemas made events of the current one.

mod table;

use ciel_event::EventCode;

/// What becomes of an event of this code and number of parameters.
#[derive(Debug)]
pub(crate) struct Conversion {
    /// The code of the old event.
    pub(crate) code: u16,
    /// How many parameters it has.
    pub(crate) params: u8,
    /// What becomes of it.
    pub(crate) action: Action,
}

/// What a conversion does.
#[derive(Debug)]
pub(crate) enum Action {
    /// Keeps the enter event of the thread for the exit event; nobody sees it.
    Store,
    /// Keeps it, and lets it through.
    StoreAndPass,
    /// Lets it through as it is.
    Pass,
    /// Appends parameters.
    AddParams(&'static [Source]),
    /// Makes an event of another code from these parameters.
    ChangeType(EventCode, &'static [Source]),
}

/// Where a parameter of the new event comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source {
    /// The old event's parameter of this index.
    Old(u8),
    /// The stored enter event's parameter of this index.
    Enter(u8),
    /// The same; empty where no enter event was stored.
    EnterOrEmpty(u8),
    /// Empty.
    Empty,
    /// The default of the parameter's type.
    Default,
    /// The fields of an old container event as the JSON of a newer one.
    ContainerJson,
}
