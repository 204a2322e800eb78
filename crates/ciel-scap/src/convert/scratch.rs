//! An event that is being made, in memory that is used again.

use ciel_event::{
    EventCode, ParamType, Params,
    schema::{EventFlags, MAX_PARAMS},
};

/// An event that is being made.
#[derive(Debug)]
pub(super) struct Scratch {
    pub(super) code: EventCode,
    lengths: [u32; MAX_PARAMS],
    count: usize,
    data: Vec<u8>,
}

impl Default for Scratch {
    fn default() -> Self {
        Self {
            code: EventCode(0),
            lengths: [0; MAX_PARAMS],
            count: 0,
            data: Vec::new(),
        }
    }
}

impl Scratch {
    /// Begins an event of this code, without parameters.
    pub(super) fn begin(&mut self, code: EventCode) {
        self.code = code;
        self.count = 0;
        self.data.clear();
    }

    pub(super) fn params(&self) -> Params<'_> {
        let lengths = self.lengths.get(..self.count).unwrap_or_default();
        Params::new(&self.data, lengths.iter().copied())
    }

    /// Appends a parameter.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.push_with(|out| out.extend_from_slice(bytes));
    }

    /// Appends a parameter that `write` writes. What is longer than the parameter may be is cut off.
    pub(super) fn push_with(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        let Some(length) = self.lengths.get_mut(self.count) else {
            return;
        };
        let start = self.data.len();
        write(&mut self.data);
        let most = if self.code.info().flags.contains(EventFlags::LARGE_PAYLOAD) {
            u32::MAX
        } else {
            u32::from(u16::MAX)
        };
        *length = u32::try_from(self.data.len() - start)
            .unwrap_or(u32::MAX)
            .min(most);
        self.data.truncate(start + *length as usize);
        self.count += 1;
    }

    /// Appends the default of the parameter's type.
    pub(super) fn push_default(&mut self) {
        let kind = self
            .code
            .info()
            .params
            .get(self.count)
            .map(|param| param.kind);
        self.push(kind.map(default).unwrap_or_default());
    }
}

/// What stands for a parameter of this type that is not known.
fn default(kind: ParamType) -> &'static [u8] {
    match kind {
        ParamType::Uid | ParamType::Gid => &[0xff; 4],
        ParamType::Int8
        | ParamType::Uint8
        | ParamType::Flags8
        | ParamType::EnumFlags8
        | ParamType::SigType => &[0],
        ParamType::Int16
        | ParamType::Uint16
        | ParamType::Flags16
        | ParamType::EnumFlags16
        | ParamType::SyscallId => &[0; 2],
        ParamType::Int32
        | ParamType::Uint32
        | ParamType::Flags32
        | ParamType::EnumFlags32
        | ParamType::Mode
        | ParamType::SigSet
        | ParamType::Fd32
        | ParamType::Pid32
        | ParamType::Bool => &[0; 4],
        ParamType::Int64
        | ParamType::Uint64
        | ParamType::RelTime
        | ParamType::AbsTime
        | ParamType::Errno
        | ParamType::Fd
        | ParamType::Pid => &[0; 8],
        _ => &[],
    }
}
