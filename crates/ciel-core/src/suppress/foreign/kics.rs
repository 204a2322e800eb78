use super::one;
use crate::{
    Tool,
    suppress::{CommentIgnore, Ignore, Pick, comment::Comment},
};

/// The word that KICS' comments begin with.
pub(super) const MARK: &[u8] = b"kics-scan ";

/// What a comment of KICS waves through. Of those for the whole file KICS reads only what stands above its content.
pub(super) fn comments(comment: Comment<'_>) -> Vec<CommentIgnore> {
    let content = comment.content().trim();
    let Some(word) = content.strip_prefix("kics-scan ").map(str::trim_start) else {
        return Vec::new();
    };
    let blanket = || Ignore::new(vec![Pick::Tool(Tool::Kics)], "").without_reason();
    let word = word.split_whitespace().next().unwrap_or_default();
    match word {
        "ignore-line" => vec![comment.covering_next_line(blanket())],
        "ignore-block" => vec![comment.covering_entry(blanket())],
        _ if !comment.heads_its_file() => Vec::new(),
        "ignore" => vec![comment.covering_file(blanket())],
        _ => {
            // What `enable=` lets through alone is no exception: it is told of as a word that names no check.
            let list = word.strip_prefix("disable=");
            let ids = list.or(word.starts_with("enable=").then_some(word));
            let ids = ids.into_iter().flat_map(|ids| ids.split(','));
            let picks: Vec<_> = ids
                .filter(|id| !id.is_empty())
                .flat_map(|id| one(Tool::Kics, id))
                .collect();
            if picks.is_empty() {
                return Vec::new();
            }
            vec![comment.covering_file(Ignore::new(picks, "").without_reason())]
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::suppress::parse_comments;

    const QUERY: &str = "dd29336b-fe57-445b-a26e-e6aa867ae609";

    /// What the only comment covers, and its words.
    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &[&str])>) {
        let (comments, _) = parse_comments(text, true);
        let found = comments.first().map(|comment| {
            let picks = comment.ignore.picks.iter().map(ToString::to_string);
            (comment.covers.slice(text), picks.collect::<Vec<_>>())
        });
        let expected = expected.map(|(covers, picks)| {
            let picks = picks.iter().map(ToString::to_string);
            (covers, picks.collect::<Vec<_>>())
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn comments_cover_what_kics_leaves_out() {
        let file = format!("# kics-scan disable={QUERY},b\na: 1\n---\nb: 2\n");
        check(&file, Some((&file, &[QUERY, "b"])));
        let file = "---\n# kics-scan ignore\na: 1\n";
        check(file, Some((file, &["*"])));
        check(
            "a: 1\n# kics-scan ignore-line\nb: 2\nc: 3\n",
            Some(("b: 2", &["*"])),
        );
        check(
            "a: 1\n# kics-scan ignore-block\nb:\n  c: 3\nd: 4\n",
            Some(("b:\n  c: 3\n", &["*"])),
        );
    }

    #[test]
    fn only_the_head_of_a_file_speaks_for_it() {
        check("a: 1\n# kics-scan ignore\nb: 2\n", None);
        check("a: 1 # kics-scan disable=x\n", None);
        check("# kics-scan\na: 1\n", None);
        check("text: kics-scan ignore\n", None);
    }

    #[test]
    fn a_list_of_what_alone_is_looked_for_is_kept_to_be_told_of() {
        let file = "# kics-scan enable=x\na: 1\n";
        check(file, Some((file, &["enable=x"])));
    }
}
