//! What events and rules cost: `ciel watch --stats`.

use std::{ops::AddAssign, time::Duration};

use ciel_event::{EventCode, schema};

/// Events that are measured from the start on, all of them.
const FIRST: u64 = 10_000;

/// Of the others one in so many is: a prime, lest it beat in time with what a program does over and over.
const ONE_IN: u64 = 31;

/// Readings of the clock that say what one costs.
const READINGS: u32 = 1_000;

/// What something cost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// How often it happened.
    pub times: u64,
    /// How often of those it was measured.
    pub measured: u64,
    /// What it took when it was measured.
    pub time: Duration,
}

impl Cost {
    /// What it takes once; `None` where it was never measured.
    #[must_use]
    pub fn each(&self) -> Option<Duration> {
        let nanoseconds = self.time.as_nanos() / u128::from(self.measured).max(1);
        let nanoseconds = u64::try_from(nanoseconds).unwrap_or(u64::MAX);
        (self.measured > 0).then(|| Duration::from_nanos(nanoseconds))
    }

    /// What it took in all, by what it took when it was measured.
    #[must_use]
    pub fn total(&self) -> Duration {
        if self.measured == 0 {
            return Duration::ZERO;
        }
        self.time.mul_f64(self.times as f64 / self.measured as f64)
    }

    fn count(&mut self, took: Option<Duration>) {
        self.times += 1;
        if let Some(took) = took {
            self.measured += 1;
            self.time += took;
        }
    }
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        self.times += other.times;
        self.measured += other.measured;
        self.time += other.time;
    }
}

/// What rules cost.
#[derive(Clone, Copy, Debug, Default)]
pub struct RuleCost {
    /// How often the rule was asked, and what that took. What several rules share is counted with the first that asks for it.
    pub asked: Cost,
    /// How often it matched.
    pub matched: u64,
}

/// The time since something that stays the same.
pub type Clock = fn() -> Duration;

/// Counts what is done with events, and measures a part of it: to ask the clock costs as much as a simple rule.
#[derive(Debug)]
pub struct Costs {
    clock: Clock,
    /// What it costs to ask the clock.
    overhead: Duration,
    /// Reading events and following the machine's state, by code.
    reading: Vec<Cost>,
    /// Asking rules, by code.
    asking: Vec<Cost>,
    /// By the rule's place in the program.
    rules: Vec<RuleCost>,
    events: u64,
    /// Whether this event is measured.
    is_measured: bool,
    code: EventCode,
    last: Duration,
}

impl Costs {
    /// Nothing so far, for this number of rules.
    #[must_use]
    pub fn new(rules: usize, clock: Clock) -> Self {
        let begun = clock();
        let last = (0..READINGS).fold(begun, |_, _| clock());
        Self {
            clock,
            overhead: last.saturating_sub(begun) / READINGS,
            reading: vec![Cost::default(); schema::EVENTS],
            asking: vec![Cost::default(); schema::EVENTS],
            rules: vec![RuleCost::default(); rules],
            events: 0,
            is_measured: false,
            code: EventCode(0),
            last,
        }
    }

    /// The next event is about to be read.
    pub fn begin(&mut self) {
        self.is_measured = self.events < FIRST || self.events.is_multiple_of(ONE_IN);
        self.events += 1;
        if self.is_measured {
            self.last = (self.clock)();
        }
    }

    /// The event has been read.
    pub fn read(&mut self, code: EventCode) {
        self.code = code;
        let took = self.lap();
        if let Some(cost) = self.reading.get_mut(usize::from(code.0)) {
            cost.count(took);
        }
    }

    /// What the events of each code cost that there were: reading, asking rules.
    pub fn by_code(&self) -> impl Iterator<Item = (EventCode, Cost, Cost)> {
        let costs = self.reading.iter().zip(&self.asking);
        let costs = EventCode::all().zip(costs);
        costs
            .filter(|(_, (reading, _))| reading.times > 0)
            .map(|(code, (reading, asking))| (code, *reading, *asking))
    }

    /// What each rule costs, by its place in the program.
    #[must_use]
    pub fn by_rule(&self) -> &[RuleCost] {
        &self.rules
    }

    /// The time since the last lap, without that of the clock itself; `None` if this event is not measured.
    fn lap(&mut self) -> Option<Duration> {
        if !self.is_measured {
            return None;
        }
        let now = (self.clock)();
        let took = now.saturating_sub(self.last).saturating_sub(self.overhead);
        self.last = now;
        Some(took)
    }
}

/// Looks on while rules are asked about an event.
pub(super) trait Onlooker {
    /// Rules are about to be asked.
    fn begin_asking(&mut self);
    /// A rule has been asked.
    fn asked(&mut self, rule: u32, matches: bool);
}

/// Nobody looks on.
impl Onlooker for () {
    #[inline]
    fn begin_asking(&mut self) {}

    #[inline]
    fn asked(&mut self, _: u32, _: bool) {}
}

impl Onlooker for Costs {
    fn begin_asking(&mut self) {
        // What was done since the event was read is done once for all events of the code.
        self.lap();
        if let Some(cost) = self.asking.get_mut(usize::from(self.code.0)) {
            cost.times += 1;
            cost.measured += u64::from(self.is_measured);
        }
    }

    fn asked(&mut self, rule: u32, matches: bool) {
        let took = self.lap();
        if let Some(cost) = self.rules.get_mut(rule as usize) {
            cost.asked.count(took);
            cost.matched += u64::from(matches);
        }
        if let Some(took) = took
            && let Some(cost) = self.asking.get_mut(usize::from(self.code.0))
        {
            cost.time += took;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_measured_stands_for_all() {
        let cost = Cost {
            times: 100,
            measured: 10,
            time: Duration::from_nanos(5_000),
        };
        assert_eq!(cost.each(), Some(Duration::from_nanos(500)));
        assert_eq!(cost.total(), Duration::from_nanos(50_000));
        assert_eq!(Cost::default().each(), None);
        assert_eq!(Cost::default().total(), Duration::ZERO);
    }

    #[test]
    fn all_is_counted_and_a_part_is_measured() {
        // Each look at the clock costs nothing, each event a microsecond.
        thread_local!(static NOW: std::cell::Cell<u64> = const { std::cell::Cell::new(0) });
        let mut costs = Costs::new(2, || Duration::from_micros(NOW.get()));
        let events = FIRST + 10 * ONE_IN;
        for number in 0..events {
            costs.begin();
            costs.read(EventCode(3));
            costs.begin_asking();
            NOW.set(NOW.get() + 1);
            costs.asked(1, number % 2 == 0);
        }
        let (_, reading, asking) = costs.by_code().next().expect("events");
        assert_eq!((reading.times, asking.times), (events, events));
        assert_eq!(reading.measured, FIRST + 10);
        let [first, second] = costs.by_rule() else {
            panic!("two rules");
        };
        assert_eq!((first.asked.times, first.matched), (0, 0));
        assert_eq!((second.asked.times, second.matched), (events, events / 2));
        assert_eq!(second.asked.measured, reading.measured);
        assert_eq!(second.asked.each(), Some(Duration::from_micros(1)));
        assert_eq!(reading.each(), Some(Duration::ZERO));
    }
}
