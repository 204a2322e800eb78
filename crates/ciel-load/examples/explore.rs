//! Prints what is loaded.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool for the author"
)]
use ciel_load::*;
fn main() {
    tracing_subscriber_stub();
    let inputs: Vec<_> = std::env::args_os()
        .skip(1)
        .map(Input::from_argument)
        .collect();
    let progress = Progress::default();
    let start = std::time::Instant::now();
    let loaded = load(&inputs, &LoadOptions::default(), &progress).unwrap();
    let took = start.elapsed();
    let mut snapshot = ciel_snapshot::SnapshotBuilder::new(loaded.complete);
    let mut n = 0;
    for file in loaded.files {
        let (name, kind, complete) = (
            file.source.name.clone(),
            file.source.kind,
            file.source.complete,
        );
        snapshot.add(file.source, file.documents);
        if std::env::var_os("QUIET").is_none() {
            println!("{name}\t{}\t{complete}", kind.as_str());
        }
        n += 1;
    }
    let snapshot = snapshot.build();
    if std::env::var_os("OBJECTS").is_some() {
        for object in snapshot.objects() {
            println!(
                "{}\t{}\t{}\t{}\t{}",
                snapshot.sources()[object.source().0 as usize].name,
                object.types().api_version,
                object.kind(),
                object.namespace(),
                object.name()
            );
        }
    }
    for d in &loaded.diagnostics {
        println!(
            "{}: {} {:?} {:?}",
            d.level(),
            d.message,
            d.help,
            d.location.as_ref().map(|l| {
                let s = &snapshot.sources()[l.source.0 as usize];
                (s.name.clone(), s.line_column(l.span.start))
            })
        );
    }
    println!(
        "files {n} objects {} skipped {} complete {} in {took:?} found {} read {}",
        snapshot.objects().count(),
        loaded.skipped,
        loaded.complete,
        progress.files_found(),
        progress.files_read()
    );
}
fn tracing_subscriber_stub() {}
