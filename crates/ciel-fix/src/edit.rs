use std::ops::Range;

/// Another text for a range of the source's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go; empty where something is only put in.
    pub range: Range<usize>,
    /// What comes in their place.
    pub text: String,
}

impl Edit {
    pub(crate) fn replace(range: Range<usize>, text: impl Into<String>) -> Self {
        Self {
            range,
            text: text.into(),
        }
    }

    pub(crate) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(at..at, text)
    }

    pub(crate) fn delete(range: Range<usize>) -> Self {
        Self::replace(range, "")
    }
}

/// An edit with what decides the order of several that put something in at one place: the deeper column first.
#[derive(Clone, Debug)]
pub(crate) struct Ranked {
    pub(crate) edit: Edit,
    pub(crate) column: usize,
}

/// Puts edits in the order of the text; of those that put in at one place, the deeper one comes first, as a line that
/// stands less deep ends what is open.
pub(crate) fn sort(edits: &mut [Ranked]) {
    edits.sort_by(|a, b| {
        let place = |it: &Ranked| (it.edit.range.start, it.edit.range.end);
        place(a).cmp(&place(b)).then(b.column.cmp(&a.column))
    });
}

/// Whether two edits want the same bytes.
pub(crate) fn overlap(a: &Edit, b: &Edit) -> bool {
    let (a, b) = (&a.range, &b.range);
    if a.is_empty() && b.is_empty() {
        return false;
    }
    if a.is_empty() {
        return b.start < a.start && a.start < b.end;
    }
    if b.is_empty() {
        return a.start < b.start && b.start < a.end;
    }
    a.start < b.end && b.start < a.end
}

/// Carries out edits, which are in the order of the text and do not overlap. Edits that do not fit the text are left
/// out.
#[must_use]
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let more: usize = edits.iter().map(|edit| edit.text.len()).sum();
    let mut edited = String::with_capacity(text.len() + more);
    let mut at = 0;
    for edit in edits {
        let fits = edit.range.start <= edit.range.end
            && text.is_char_boundary(edit.range.end.min(text.len()))
            && edit.range.end <= text.len();
        let Some(kept) = text.get(at..edit.range.start).filter(|_| fits) else {
            continue;
        };
        edited.push_str(kept);
        edited.push_str(&edit.text);
        at = edit.range.end;
    }
    edited.push_str(text.get(at..).unwrap_or_default());
    edited
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_carried_out_in_order() {
        let edits = [
            Edit::replace(0..1, "A"),
            Edit::insert(2, "-"),
            Edit::insert(2, "+"),
            Edit::delete(2..3),
        ];
        assert_eq!(apply("abcd", &edits), "Ab-+d");
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        assert_eq!(
            apply("é", &[Edit::insert(1, "x"), Edit::insert(9, "x")]),
            "é"
        );
    }

    #[test]
    fn places_side_by_side_do_not_overlap() {
        assert!(!overlap(&Edit::delete(0..2), &Edit::insert(2, "x")));
        assert!(!overlap(&Edit::delete(0..2), &Edit::delete(2..3)));
        assert!(overlap(&Edit::delete(0..2), &Edit::insert(1, "x")));
        assert!(overlap(&Edit::delete(0..2), &Edit::delete(1..3)));
    }
}
