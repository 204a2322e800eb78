//! From bytes to text.

use ciel_core::Diagnostic;

/// Why bytes are no text, and what of them is.
#[derive(Debug)]
pub(crate) struct NotText {
    /// What can be said of it.
    pub(crate) diagnostic: Diagnostic,
    /// The bytes as text, with U+FFFD where they are none: only for looking whether they mean to be Kubernetes.
    pub(crate) lossy: String,
}

/// Reads bytes as UTF-8, or as UTF-16 where they begin with its byte order mark.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<String, NotText> {
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => decode_utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => decode_utf16(rest, u16::from_be_bytes),
        _ => String::from_utf8(bytes).map_err(|error| {
            let offset = error.utf8_error().valid_up_to();
            NotText {
                diagnostic: Diagnostic::error(format!(
                    "not UTF-8: the byte at offset {offset} is no part of a character"
                ))
                .with_help("save the file as UTF-8"),
                lossy: String::from_utf8_lossy(error.as_bytes()).into_owned(),
            }
        }),
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, NotText> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = || pairs.iter().map(|pair| unit(*pair));
    let decoded: Result<String, _> = char::decode_utf16(units()).collect();
    match decoded {
        Ok(text) if rest.is_empty() => Ok(text),
        _ => Err(NotText {
            diagnostic: Diagnostic::error("begins as UTF-16 and is not")
                .with_help("save the file as UTF-8"),
            lossy: char::decode_utf16(units())
                .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_is_read_by_its_mark() {
        assert_eq!(decode(b"\xff\xfea\0\xe9\0".to_vec()).unwrap(), "aé");
        assert_eq!(decode(b"\xfe\xff\0a\0\xe9".to_vec()).unwrap(), "aé");
        assert!(decode(b"\xff\xfea".to_vec()).is_err());
    }

    #[test]
    fn latin_1_is_told_by_its_offset() {
        let error = decode(b"kind: caf\xe9\n".to_vec()).unwrap_err();
        assert!(error.diagnostic.message.contains("offset 9"));
    }
}
