use super::Ignore;

/// The annotation that suppresses findings of its object: lines (or parts between semicolons) of
/// `CODE[,CODE…] [expires=DATE] [reason]`.
pub const ANNOTATION: &str = "ciel.dev/ignore";

/// Reads the value of [`ANNOTATION`].
#[must_use]
pub fn parse_annotation(value: &str) -> Vec<Ignore> {
    value
        .split(['\n', ';'])
        .filter_map(|entry| {
            let entry = entry.trim();
            // A list may have blanks behind its commas: the reason begins at the first blank that follows none.
            let mut end = entry.len();
            for (at, _) in entry.match_indices([' ', '\t']) {
                let before = entry.get(..at).unwrap_or_default();
                if !before.trim_end().ends_with(',') {
                    end = at;
                    break;
                }
            }
            let (list, reason) = entry.split_at_checked(end)?;
            Ignore::of_list(list, reason)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suppress::Expiry;

    #[test]
    fn annotation_has_lists_and_reasons() {
        let parsed = parse_annotation("POD001, POD002 node agent\nNET001");
        assert_eq!(parsed.len(), 2);
        assert_eq!(parsed[0].picks.len(), 2);
        assert_eq!(parsed[0].reason, "node agent");
        assert_eq!(parsed[1].reason, "");
    }

    #[test]
    fn date_is_taken_out_of_the_reason() {
        let parsed =
            parse_annotation("POD001 expires=2026-12-31 vendor mends it; POD002 expires=soon");
        assert_eq!(parsed[0].expiry, Expiry::parse("2026-12-31"));
        assert_eq!(parsed[0].reason, "vendor mends it");
        assert_eq!(parsed[1].expiry, Expiry::Unreadable("soon".to_owned()));
    }
}
