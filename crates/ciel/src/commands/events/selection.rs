//! Which events are shown: from, to, how many, and of which the filter is true.

use anyhow::anyhow;
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
        let filter = args.filter.as_deref().map(filter).transpose()?;
        Ok(Self {
            from: args.from,
            to: args.to,
            filter,
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

/// Reads a condition; where it is wrong, the place is shown.
fn filter(text: &str) -> anyhow::Result<Filter> {
    Filter::new(text).map_err(|error| {
        let wrong = usize::try_from(error.position.offset).unwrap_or(usize::MAX);
        let start = text
            .get(..wrong)
            .and_then(|before| before.rfind(['\n', '\r']))
            .map_or(0, |end| end + 1);
        let line = text.get(start..).unwrap_or_default();
        let line = line.split(['\n', '\r']).next().unwrap_or_default();
        let before = text.get(start..wrong).unwrap_or(line).chars().count();
        let hint = if error.message.contains("nonexistent field") {
            "\n`ciel events --list-fields` names all fields"
        } else {
            ""
        };
        let line: String = line
            .chars()
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .collect();
        anyhow!(
            "--filter is no condition: {}\n  {line}\n  {}^{hint}",
            error.message,
            " ".repeat(before)
        )
    })
}
