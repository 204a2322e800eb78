//! How long threads run on CPUs.

use super::{Machine, Seen};
use crate::{
    Event,
    schema::codes::{PROCINFO_E, SCHEDSWITCH_6_E},
};

/// CPUs that times are kept of.
const CPUS: usize = 8192;

/// Keeps the times that an event tells of.
#[inline]
pub(super) fn apply(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    match event.code {
        SCHEDSWITCH_6_E => switch(machine, event, seen),
        PROCINFO_E => ticks(machine, event, seen),
        _ => {}
    }
}

/// The thread of a switch is the one that leaves the CPU, which it had since the switch before.
fn switch(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    let cpu = usize::from(event.cpu);
    if cpu >= CPUS {
        return;
    }
    if machine.switches.len() <= cpu {
        machine.switches.resize(cpu + 1, 0);
    }
    let Some(last) = machine.switches.get_mut(cpu) else {
        return;
    };
    let before = std::mem::replace(last, event.time);
    if before != 0 {
        seen.since_switch = event.time.saturating_sub(before);
    }
    if let Some(thread) = machine.threads.get_mut(event.tid) {
        thread.on_cpu = thread.on_cpu.saturating_add(seen.since_switch);
    }
}

fn ticks(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    let (Some(user), Some(system)) = (event.unsigned(0), event.unsigned(1)) else {
        return;
    };
    let Some(thread) = machine.threads.get_mut(event.tid) else {
        return;
    };
    if let Some((user_before, system_before)) = thread.ticks.replace((user, system)) {
        seen.cpu = (
            user.saturating_sub(user_before),
            system.saturating_sub(system_before),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Params,
        machine::{MachineLimits, Thread},
        schema::EventCode,
    };

    fn event<'a>(code: EventCode, time: u64, cpu: u16, tid: i64, data: &'a [u8]) -> Event<'a> {
        Event {
            time,
            tid,
            cpu,
            code,
            params: Params::new(data, [8, 8]),
        }
    }

    #[test]
    fn time_between_switches_of_one_cpu() {
        let mut machine = Machine::new(MachineLimits::default());
        let mut seen = Vec::new();
        for (time, cpu, tid) in [(100, 0, 1), (130, 1, 2), (150, 0, 1), (190, 0, 3)] {
            let event = event(SCHEDSWITCH_6_E, time, cpu, tid, &[]);
            seen.push(machine.observe(&event).since_switch);
        }
        assert_eq!(seen, [0, 0, 50, 40]);
    }

    #[test]
    fn ticks_since_the_last_timer() {
        let mut machine = Machine::new(MachineLimits::default());
        machine.threads.insert(Thread::unknown(7));
        let mut seen = Vec::new();
        for (user, system) in [(10_u64, 5_u64), (14, 6)] {
            let data = [user.to_le_bytes(), system.to_le_bytes()].concat();
            seen.push(machine.observe(&event(PROCINFO_E, 1, 0, 7, &data)).cpu);
        }
        assert_eq!(seen, [(0, 0), (4, 1)]);
    }
}
