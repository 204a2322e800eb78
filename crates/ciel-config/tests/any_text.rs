//! Whatever a file holds, it is read without a panic, and what comes out is TOML.

use ciel_config::{FileKind, import, render};
use proptest::prelude::*;

proptest! {
    #[test]
    fn any_text_is_read(text in "((misconfigurations|checks|exclude|exemptions|skip-check|skip-path|scan|skip-dirs|resources|attributes|posturePolicies|kind|id|paths|KSV017|exp:2020-01-01|\\[|\\{|\\}|\\]|: |- |\n|  |#|\"|'|\\PC){1,3}){0,40}") {
        let _ = FileKind::of("file", &text);
        for kind in FileKind::ALL {
            let out = render(&[import(kind, "a\n]]", &text, &|_| true)]);
            prop_assert!(out.parse::<toml::Table>().is_ok() || out.contains("labels"), "{out}");
        }
    }
}
