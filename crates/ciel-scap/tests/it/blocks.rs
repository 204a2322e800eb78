//! Blocks, as a test makes them.

/// The types of blocks.
pub(crate) mod kind {
    pub(crate) const SECTION: u32 = 0x0a0d_0d0a;
    pub(crate) const EVENT: u32 = 0x216;
    pub(crate) const EVENT_FLAGS: u32 = 0x217;
    pub(crate) const OLD_EVENT: u32 = 0x204;
}

/// A block of a type.
pub(crate) fn block(kind: u32, body: &[u8]) -> Vec<u8> {
    let mut padded = body.to_vec();
    padded.resize(body.len().next_multiple_of(4), 0);
    let total = (padded.len() + 12) as u32;
    [
        kind.to_le_bytes().as_slice(),
        &total.to_le_bytes(),
        &padded,
        &total.to_le_bytes(),
    ]
    .concat()
}

/// A section header of version 1.2.
pub(crate) fn section() -> Vec<u8> {
    section_with(0x1a2b_3c4d, 1, 2)
}

/// A section header with this magic number and version.
pub(crate) fn section_with(magic: u32, major: u16, minor: u16) -> Vec<u8> {
    let body = [
        magic.to_le_bytes().as_slice(),
        &major.to_le_bytes(),
        &minor.to_le_bytes(),
        &[0xff; 8],
    ]
    .concat();
    block(kind::SECTION, &body)
}

/// The parameters of an event, with their lengths before them.
pub(crate) fn parameters(params: &[&[u8]]) -> Vec<u8> {
    let mut body = Vec::new();
    for param in params {
        body.extend_from_slice(&(param.len() as u16).to_le_bytes());
    }
    body.extend_from_slice(&params.concat());
    body
}

/// The body of an event block: CPU, flags where there are, header, and what follows it.
pub(crate) fn event(code: u16, flags: Option<u32>, count: Option<u32>, rest: &[u8]) -> Vec<u8> {
    let header = if count.is_some() { 26 } else { 22 };
    let mut body = 3_u16.to_le_bytes().to_vec();
    if let Some(flags) = flags {
        body.extend_from_slice(&flags.to_le_bytes());
    }
    body.extend_from_slice(&1_000_u64.to_le_bytes());
    body.extend_from_slice(&42_i64.to_le_bytes());
    body.extend_from_slice(&((header + rest.len()) as u32).to_le_bytes());
    body.extend_from_slice(&code.to_le_bytes());
    if let Some(count) = count {
        body.extend_from_slice(&count.to_le_bytes());
    }
    body.extend_from_slice(rest);
    body
}

/// A whole event block: `close` with its result and descriptor.
pub(crate) fn close() -> Vec<u8> {
    let rest = parameters(&[&[0; 8], &[5, 0, 0, 0, 0, 0, 0, 0]]);
    block(kind::EVENT, &event(5, None, Some(2), &rest))
}

/// A string with its length before it.
pub(crate) fn text(text: &str) -> Vec<u8> {
    [&(text.len() as u16).to_le_bytes(), text.as_bytes()].concat()
}

/// What a capture holds, and how its reading ended.
pub(crate) fn read(capture: &[u8]) -> (Vec<String>, Result<(), ciel_scap::ReadError>) {
    let mut reader = ciel_scap::Reader::new(capture);
    let mut items = Vec::new();
    loop {
        match reader.next() {
            Ok(None) => return (items, Ok(())),
            Ok(Some(item)) => items.push(format!("{item:?}")),
            Err(error) => return (items, Err(error)),
        }
    }
}
