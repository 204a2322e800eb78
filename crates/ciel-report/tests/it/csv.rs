use ciel_report::Format;

use crate::fixture::{HOSTILE, empty, hostile, many};

fn read(text: &str) -> Vec<csv::StringRecord> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes())
        .records()
        .map(|record| record.expect("as many cells as the header"))
        .collect()
}

#[test]
fn every_finding_is_a_record() {
    // The header, and seven findings, one of them suppressed.
    assert_eq!(read(&hostile().write(Format::Csv)).len(), 8);
}

#[test]
fn many_findings_are_in_their_order() {
    let records = read(&many(10_000).write(Format::Csv));
    assert_eq!(
        &records[10_000][9],
        ".spec.template.spec.containers[9999].image"
    );
}

#[test]
fn lines_end_as_the_standard_says() {
    assert!(
        empty()
            .write(Format::Csv)
            .ends_with(",documentation,record,status\r\n")
    );
}

#[test]
fn no_cell_begins_a_formula() {
    for record in &read(&hostile().write(Format::Csv)) {
        for cell in record {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']),
                "{cell:?}"
            );
        }
    }
}

#[test]
fn hostile_name_comes_through_but_for_control_characters() {
    let expected = HOSTILE.replace(['\0', '\u{202E}'], "\u{FFFD}");
    let records = read(&hostile().write(Format::Csv));
    assert_eq!(&records[5][8], expected.as_str());
}
