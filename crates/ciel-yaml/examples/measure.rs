//! How fast files are read: `cargo run --release -p ciel-yaml --example measure -- FILE…`.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a tool: it reads files and the clock, and prints"
)]

use std::sync::Arc;
use std::time::Instant;

fn main() -> std::io::Result<()> {
    let mut texts: Vec<Arc<str>> = Vec::new();
    for path in std::env::args().skip(1) {
        texts.push(std::fs::read_to_string(path)?.into());
    }
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let mut best = f64::MAX;
    let mut documents = 0;
    let mut nodes = 0;
    let mut diagnostics = 0;
    let rounds = (50_000_000 / bytes.max(1)).clamp(1, 100);
    for _ in 0..rounds {
        let begin = Instant::now();
        (documents, nodes, diagnostics) = (0, 0, 0);
        for text in &texts {
            let parsed = ciel_yaml::parse(text);
            documents += parsed.documents.len();
            nodes += parsed
                .documents
                .iter()
                .map(ciel_yaml::Document::len)
                .sum::<usize>();
            diagnostics += parsed.diagnostics.len();
        }
        best = best.min(begin.elapsed().as_secs_f64());
    }
    let speed = bytes as f64 / best / 1e6;
    println!(
        "{} files, {bytes} bytes, {documents} documents, {nodes} nodes, {diagnostics} diagnostics: {:.1} ms, {speed:.1} MB/s",
        texts.len(),
        best * 1e3,
    );
    Ok(())
}
