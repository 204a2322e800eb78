//! Events of old schemas made events of the current one.
//!
//! Rows of the table say what becomes of an event by its code and number of parameters, until no row fits: parameters are
//! appended, or another event is made of it. What the beginning of a system call tells is kept for its end, which has it in
//! the current schema. Facts are those of falcosecurity/libs' converter.
//!
//! More is read than there: where libscap gives up the capture (the end of a system call whose beginning was lost and
//! another's was kept instead; a number of parameters that no row has), the event goes on with what it has.

mod container;
mod fate;
mod scratch;
mod table;
mod waiting;

use ciel_event::{Event, EventCode, Params, schema::codes};

use crate::{limits::CONVERSIONS, read::RawEvent};
use fate::{Fates, Need};
use scratch::Scratch;
use waiting::Waiting;

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

/// What became of an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Converted {
    /// It is of the current schema as it is.
    AsIs,
    /// Another was made of it.
    Anew,
    /// Nobody sees it: it is kept for another event, or tells nothing that the current schema has.
    Dropped,
}

/// Makes events of the current schema. One for each capture: it keeps what the beginnings of system calls tell.
#[derive(Debug)]
pub(crate) struct Converter {
    fates: Fates,
    waiting: Waiting,
    /// The event made last.
    made: Scratch,
    /// The one that it is made of, in a chain.
    spare: Scratch,
}

impl Converter {
    pub(crate) fn new() -> Self {
        Self {
            fates: Fates::new(),
            waiting: Waiting::default(),
            made: Scratch::default(),
            spare: Scratch::default(),
        }
    }

    /// Forgets what was kept: what follows comes from another machine.
    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }

    /// What becomes of the event. Where another is made of it, [`Converter::event`] gives that one.
    #[inline]
    pub(crate) fn convert(&mut self, raw: &RawEvent<'_>) -> Converted {
        match self.fates.need(raw.header.code, raw.header.count) {
            Need::None => {
                if matches!(raw.header.code, codes::PROCEXIT_E | codes::PROCEXIT_1_E) {
                    self.waiting.remove(raw.header.tid);
                }
                Converted::AsIs
            }
            Need::Drop => Converted::Dropped,
            Need::Convert => self.chain(raw),
        }
    }

    /// The event that was made of `raw`.
    pub(crate) fn event<'a>(&'a self, raw: &RawEvent<'a>) -> Event<'a> {
        Event {
            time: raw.header.time,
            tid: raw.header.tid,
            cpu: raw.header.cpu,
            code: self.made.code,
            params: self.made.params(),
        }
    }

    /// The event that waited for the one converted last and was used for it: all of its block.
    pub(crate) fn enter_block(&self) -> Option<&[u8]> {
        self.waiting.used()
    }

    /// Applies one row after the other.
    fn chain(&mut self, raw: &RawEvent<'_>) -> Converted {
        self.waiting.forget_used();
        let mut code = raw.header.code;
        let mut count = raw.header.count as usize;
        let mut step = 0;
        while let Some(conversion) = fate::row(code, count) {
            step += 1;
            if step > CONVERSIONS {
                return Converted::Dropped;
            }
            let old = if step == 1 {
                raw.params()
            } else {
                std::mem::swap(&mut self.made, &mut self.spare);
                self.spare.params()
            };
            let sources = match conversion.action {
                Action::Pass => return self.through(step),
                Action::Store => {
                    self.waiting.store(raw, code, (step > 1).then_some(&old));
                    return Converted::Dropped;
                }
                Action::StoreAndPass => {
                    self.waiting.store(raw, code, (step > 1).then_some(&old));
                    return self.through(step);
                }
                Action::AddParams(sources) => {
                    self.made.begin(code);
                    old.iter().for_each(|bytes| self.made.push(bytes));
                    sources
                }
                Action::ChangeType(next, sources) => {
                    self.made.begin(next);
                    sources
                }
            };
            fill(
                &mut self.made,
                &mut self.waiting,
                raw.header.tid,
                code,
                &old,
                sources,
            );
            code = self.made.code;
            count = self.made.params().len();
            match self
                .fates
                .need(code, u32::try_from(count).unwrap_or(u32::MAX))
            {
                Need::None => return Converted::Anew,
                Need::Drop => return Converted::Dropped,
                Need::Convert => {}
            }
        }
        self.leftover(code, step)
    }

    /// What passes is the event itself, or what was made of it before the last row.
    fn through(&mut self, step: usize) -> Converted {
        if step == 1 {
            return Converted::AsIs;
        }
        std::mem::swap(&mut self.made, &mut self.spare);
        Converted::Anew
    }

    /// No row fits. An event of a current code goes on with the parameters that it has; others tell nothing that can be
    /// used.
    fn leftover(&self, code: EventCode, step: usize) -> Converted {
        if fate::is_old(code) {
            Converted::Dropped
        } else if step == 0 {
            Converted::AsIs
        } else {
            Converted::Anew
        }
    }
}

/// Appends parameters as the sources say.
fn fill(
    made: &mut Scratch,
    waiting: &mut Waiting,
    tid: i64,
    code: EventCode,
    old: &Params<'_>,
    sources: &[Source],
) {
    let asks = |source: &Source| matches!(source, Source::Enter(_) | Source::EnterOrEmpty(_));
    // The beginning of the same system call has the number before.
    let enter = if sources.iter().any(asks) {
        let enter = code.0.checked_sub(1).map(EventCode);
        enter.and_then(|enter| waiting.get(tid, enter))
    } else {
        None
    };
    let told = enter.map_or(Params::EMPTY, |enter| enter.params());
    for source in sources {
        match *source {
            Source::Old(index) => made.push(old.get(usize::from(index)).unwrap_or_default()),
            Source::Empty => made.push(&[]),
            Source::Default => made.push_default(),
            Source::ContainerJson => made.push_with(|out| container::json(old, out)),
            Source::Enter(index) | Source::EnterOrEmpty(index) => {
                match told.get(usize::from(index)) {
                    Some(bytes) => made.push(bytes),
                    None if matches!(source, Source::Enter(_)) => made.push_default(),
                    None => made.push(&[]),
                }
            }
        }
    }
    if enter.is_some() {
        waiting.use_up(tid);
    }
}

#[cfg(test)]
mod tests;
