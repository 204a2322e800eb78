/// Why a text is not edited.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The finding has no fix.
    #[error("no one right value is known")]
    NoFix,
    /// A chart or a kustomization made the text.
    #[error("the text is rendered: make the change where it comes from")]
    Rendered,
    /// The text is in an archive.
    #[error("the file is in an archive: make the change in what was packed")]
    Archived,
    /// The object that is to be changed does not stand in the text.
    #[error("the object does not stand in the text as it was read")]
    NoObject,
    /// Nothing stands where the patch points to.
    #[error("nothing stands at `{0}`")]
    Missing(String),
    /// The document has marks of a template language.
    #[error("the document looks like a template (`{{{{` or `{{%`)")]
    Template,
    /// An anchor, an alias or a merge key is on the way.
    #[error("`{0}` is shared through an anchor (`&`), an alias (`*`) or a merge key (`<<`)")]
    Shared(String),
    /// A tag is on the way.
    #[error("`{0}` has a tag (`!`)")]
    Tagged(String),
    /// A key stands twice in the object.
    #[error("a key stands twice in one mapping of the object: keep one of them first")]
    DuplicateKey,
    /// The value is a block text.
    #[error("`{0}` stands in a block text (`|` or `>`)")]
    BlockText(String),
    /// A comment would be lost.
    #[error("a comment at `{0}` would be lost")]
    Comment(String),
    /// The lines are not laid out as usual: tabs, several entries on a line, and so on.
    #[error("the lines at `{0}` are laid out in an unusual way")]
    Layout(String),
    /// Tried, and more than the patch would have changed.
    #[error("more than the patch would change")]
    Unfaithful,
    /// So many fixes were asked for one by one that trying more of them would take too long.
    #[error("too many fixes of large documents were tried one by one")]
    TooLarge,
}
