//! The machine itself.

use ciel_event::machine::MachineInfo;

use crate::read::{Cursor, Flaw};

/// Bytes of its name.
const HOSTNAME: usize = 128;

/// Reads what is known of the machine. Writers before 0.10 leave out what follows the name, or set it to 0.
pub(crate) fn parse(body: &[u8]) -> Result<MachineInfo, Flaw> {
    let mut cursor = Cursor::new(body);
    let cpus = cursor.u32()?;
    let memory = cursor.u64()?;
    let max_pid = cursor.u64()?;
    let hostname = cursor.array::<HOSTNAME>()?;
    Ok(MachineInfo {
        cpus,
        memory,
        max_pid,
        hostname: hostname
            .split(|byte| *byte == 0)
            .next()
            .unwrap_or_default()
            .to_vec(),
        boot_time: cursor.u64().unwrap_or(0),
        flags: cursor.u64().unwrap_or(0),
    })
}

/// Writes what [`parse`] reads.
pub(crate) fn write(out: &mut Vec<u8>, info: &MachineInfo) {
    out.extend_from_slice(&info.cpus.to_le_bytes());
    out.extend_from_slice(&info.memory.to_le_bytes());
    out.extend_from_slice(&info.max_pid.to_le_bytes());
    let mut hostname = [0; HOSTNAME];
    // The last byte stays NUL: other readers take it for text that ends.
    for (slot, byte) in hostname.iter_mut().take(HOSTNAME - 1).zip(&info.hostname) {
        *slot = *byte;
    }
    out.extend_from_slice(&hostname);
    out.extend_from_slice(&info.boot_time.to_le_bytes());
    out.extend_from_slice(&info.flags.to_le_bytes());
    // Two numbers are kept for later.
    out.extend_from_slice(&[0; 16]);
}
