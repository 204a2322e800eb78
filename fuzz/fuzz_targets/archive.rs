//! Archives and files of any content: loading ends, does not panic, and writes nothing but into its own folder.

#![no_main]

use ciel_load::{Input, LoadOptions, Progress, RenderOptions, load};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let input = Input::Bytes {
        name: "input".to_owned(),
        bytes: bytes.to_vec(),
    };
    // No program is run: what it would do with a chart is not ours to find out.
    let nowhere = Some("/no/such/program".into());
    let options = LoadOptions {
        render: RenderOptions {
            helm: nowhere.clone(),
            kustomize: nowhere.clone(),
            kubectl: nowhere,
        },
        ..LoadOptions::default()
    };
    let loaded = load(&[input], &options, &Progress::default()).expect("bytes are always there");
    for diagnostic in &loaded.diagnostics {
        let location = diagnostic.location.as_ref().expect("each names its source");
        assert!(loaded.files.get(location.source.0 as usize).is_some());
    }
});
