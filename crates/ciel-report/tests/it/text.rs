use ciel_report::Format;

use crate::fixture::hostile;

#[test]
fn control_characters_do_not_reach_the_terminal() {
    for letter in hostile().write(Format::Text).chars() {
        assert!(letter == '\n' || !letter.is_control(), "{letter:?}");
    }
}

#[test]
fn name_with_a_line_break_begins_no_line() {
    let text = hostile().write(Format::Text);
    assert!(
        !text.lines().any(|line| line.starts_with("::error")),
        "{text}"
    );
}

#[test]
fn a_fix_is_shown_as_it_changes_the_file() {
    let text = hostile().write(Format::Text);
    assert!(
        text.contains("= fix:  set privileged to false (judge it first)\n"),
        "{text}"
    );
    assert!(
        text.contains(
            "           -           privileged: true\n           +           privileged: false\n"
        ),
        "{text}"
    );
}
