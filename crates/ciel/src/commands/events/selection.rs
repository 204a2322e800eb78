//! Which events are shown: from, to, how many, and of which the filter is true.

use anyhow::Context as _;
use ciel_event::Context;
use ciel_falco::engine::Filter;

use crate::cli::events::{EventsArgs, Moment};

/// Which events are shown.
pub(super) struct Selection {
    from: Option<Moment>,
    to: Option<Moment>,
    filter: Option<Filter>,
    limit: Option<u64>,
    taken: u64,
    /// The time of the first event of this capture.
    first: Option<u64>,
}

impl Selection {
    pub(super) fn new(args: &EventsArgs) -> anyhow::Result<Self> {
        let filter = args.filter.as_deref().map(Filter::new);
        Ok(Self {
            from: args.from,
            to: args.to,
            filter: filter.transpose().context("--filter is no condition")?,
            limit: args.limit,
            taken: 0,
            first: None,
        })
    }

    /// Another capture begins.
    pub(super) fn begin(&mut self) {
        self.first = None;
    }

    /// Whether no more events are wanted.
    pub(super) fn is_over(&self) -> bool {
        self.limit.is_some_and(|limit| self.taken >= limit)
    }

    /// Whether the event is one of them.
    pub(super) fn takes(&mut self, context: &Context<'_>) -> bool {
        let time = context.event.time;
        let first = *self.first.get_or_insert(time);
        let taken = self.from.is_none_or(|from| time >= from.since(first))
            && self.to.is_none_or(|to| time < to.since(first))
            && self
                .filter
                .as_mut()
                .is_none_or(|filter| filter.matches(context));
        self.taken += u64::from(taken);
        taken
    }
}
