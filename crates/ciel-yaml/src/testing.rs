//! What the tests of this crate share.

use std::sync::Arc;

use crate::parse;

/// Checks the documents of a text, as JSON, and that nothing was lost.
#[track_caller]
pub(crate) fn check(text: &str, expected: &[&str]) {
    let (documents, errors) = read(text);
    assert_eq!(documents, expected, "{text:?}");
    assert_eq!(errors, [""; 0], "{text:?}");
}

/// Checks the value of one key `a`.
#[track_caller]
pub(crate) fn check_value(written: &str, expected: &str) {
    check(
        &format!("a: {written}\n"),
        &[&format!("{{\"a\":{expected}}}")],
    );
}

/// Checks what stands at the place of the first error, and a part of its message.
#[track_caller]
pub(crate) fn check_error(text: &str, place: &str, message: &str) {
    let text: Arc<str> = text.into();
    let parsed = parse(&text);
    let error = parsed
        .diagnostics
        .iter()
        .find(|(_, diagnostic)| diagnostic.is_error);
    let Some((span, diagnostic)) = error else {
        panic!("no error in {text:?}");
    };
    assert_eq!(span.slice(&text), place, "{text:?}: {}", diagnostic.message);
    assert!(
        diagnostic.message.contains(message),
        "{text:?}: {}",
        diagnostic.message
    );
}

/// The documents as JSON, and the messages of the errors.
pub(crate) fn read(text: &str) -> (Vec<String>, Vec<String>) {
    let parsed = parse(&text.into());
    let documents = parsed
        .documents
        .iter()
        .map(|document| document.root().to_json().to_string())
        .collect();
    let errors = parsed
        .diagnostics
        .into_iter()
        .filter(|(_, diagnostic)| diagnostic.is_error)
        .map(|(_, diagnostic)| diagnostic.message)
        .collect();
    (documents, errors)
}
