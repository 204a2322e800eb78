//! Any text as a file, a script, words, an environment, an image and a name: nothing panics, spans fit.
#![no_main]

use ciel_mining::{image_signals, signals_in_text};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = ciel_mining::exercise(text);
    for signal in signals_in_text(text).iter().chain(&image_signals(text)) {
        assert!(text.get(signal.span.clone()).is_some(), "{signal:?}");
    }
});
