//! Paths as the kernel would resolve them, without looking at any file.

/// Joins a path to the directory that it is relative to and takes out `.`, `..` and double slashes. An absolute path
/// stands for itself.
#[must_use]
pub fn join(directory: &[u8], path: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(directory.len() + path.len() + 1);
    let bases: [&[u8]; 2] = if path.starts_with(b"/") {
        [b"", path]
    } else {
        [directory, path]
    };
    for part in bases
        .iter()
        .flat_map(|base| base.split(|byte| *byte == b'/'))
    {
        match part {
            b"" | b"." => {}
            b".." => out.truncate(memchr::memrchr(b'/', &out).unwrap_or(0)),
            _ => {
                out.push(b'/');
                out.extend_from_slice(part);
            }
        }
    }
    if out.is_empty() {
        out.push(b'/');
    }
    out
}
