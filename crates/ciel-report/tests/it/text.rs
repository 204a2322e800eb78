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
