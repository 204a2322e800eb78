//! Any text as another tool's configuration, and as comments that suppress: nothing panics.
#![no_main]

use ciel_config::{FileKind, import, render};
use ciel_core::suppress;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = FileKind::of("file", text);
    let files: Vec<_> = FileKind::ALL
        .iter()
        .map(|kind| import(*kind, "fuzz", text, &|word| word.len() % 2 == 0))
        .collect();
    let _ = render(&files);
    let (comments, _) = suppress::parse_comments(text, true);
    for comment in comments {
        assert!(text.get(comment.covers.start as usize..comment.covers.end as usize).is_some());
    }
    let _ = suppress::parse_annotation(text);
});
