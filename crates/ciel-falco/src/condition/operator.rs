//! The words of the language: operators, modifiers, transformers.

/// How a check compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Operator {
    /// The field has a value: `exists`.
    Exists,
    /// `<=`
    LessOrEqual,
    /// `<`
    Less,
    /// `>=`
    GreaterOrEqual,
    /// `>`
    Greater,
    /// `=`, also written `==`.
    Equal,
    /// `!=`
    NotEqual,
    /// A shell pattern: `glob`.
    Glob,
    /// A shell pattern without regard to case: `iglob`.
    GlobIgnoreCase,
    /// `contains`
    Contains,
    /// Without regard to case: `icontains`.
    ContainsIgnoreCase,
    /// Bytes, written in hexadecimal: `bcontains`.
    ContainsBytes,
    /// `startswith`
    StartsWith,
    /// Bytes, written in hexadecimal: `bstartswith`.
    StartsWithBytes,
    /// `endswith`
    EndsWith,
    /// The whole value matches an RE2 expression: `regex`.
    Regex,
    /// One of the values of both sides is the same: `intersects`.
    Intersects,
    /// Each value of the left side is one of the right side: `in`.
    In,
    /// The value lies at or below one of several paths: `pmatch`.
    PathMatch,
}

/// What may follow an operator, and how the text goes on behind it.
pub(crate) struct Spelling {
    pub(crate) text: &'static str,
    pub(crate) operator: Operator,
    /// Whether a blank must follow.
    pub(crate) blank: bool,
}

const fn symbol(text: &'static str, operator: Operator) -> Spelling {
    Spelling {
        text,
        operator,
        blank: false,
    }
}

const fn word(text: &'static str, operator: Operator) -> Spelling {
    Spelling {
        text,
        operator,
        blank: true,
    }
}

/// Operators without a right side, in the order in which they are tried.
pub(crate) const UNARY: &[Spelling] = &[symbol("exists", Operator::Exists)];

/// Operators whose right side is a number.
pub(crate) const NUMERIC: &[Spelling] = &[
    symbol("<=", Operator::LessOrEqual),
    symbol("<", Operator::Less),
    symbol(">=", Operator::GreaterOrEqual),
    symbol(">", Operator::Greater),
];

/// Operators whose right side is a string.
pub(crate) const TEXTUAL: &[Spelling] = &[
    symbol("==", Operator::Equal),
    symbol("=", Operator::Equal),
    symbol("!=", Operator::NotEqual),
    word("glob", Operator::Glob),
    word("iglob", Operator::GlobIgnoreCase),
    word("contains", Operator::Contains),
    word("icontains", Operator::ContainsIgnoreCase),
    word("bcontains", Operator::ContainsBytes),
    word("startswith", Operator::StartsWith),
    word("bstartswith", Operator::StartsWithBytes),
    word("endswith", Operator::EndsWith),
    word("regex", Operator::Regex),
];

/// Operators whose right side is a list.
pub(crate) const LISTED: &[Spelling] = &[
    symbol("intersects", Operator::Intersects),
    symbol("in", Operator::In),
    symbol("pmatch", Operator::PathMatch),
];

/// Operators as Falco lists them in its messages.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    // Falco's messages have the operators of its table before `regex` was added behind `endswith`.
    [UNARY, NUMERIC, TEXTUAL, LISTED]
        .into_iter()
        .flatten()
        .map(|spelling| spelling.text)
}

impl Operator {
    /// The operator as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exists => "exists",
            Self::LessOrEqual => "<=",
            Self::Less => "<",
            Self::GreaterOrEqual => ">=",
            Self::Greater => ">",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Glob => "glob",
            Self::GlobIgnoreCase => "iglob",
            Self::Contains => "contains",
            Self::ContainsIgnoreCase => "icontains",
            Self::ContainsBytes => "bcontains",
            Self::StartsWith => "startswith",
            Self::StartsWithBytes => "bstartswith",
            Self::EndsWith => "endswith",
            Self::Regex => "regex",
            Self::Intersects => "intersects",
            Self::In => "in",
            Self::PathMatch => "pmatch",
        }
    }

    /// The operator of a word, and the modifier behind it: `startswith anyof`.
    #[must_use]
    pub fn parse(text: &str) -> Option<(Self, Option<Modifier>)> {
        let mut words = text.split_ascii_whitespace();
        let first = words.next()?;
        let known = [UNARY, NUMERIC, TEXTUAL, LISTED].into_iter().flatten();
        let operator = known
            .filter(|spelling| spelling.text == first)
            .map(|spelling| spelling.operator)
            .next()?;
        let modifier = match words.next() {
            None => None,
            Some(word) => Some(Modifier::parse(word).filter(|_| operator.takes_modifier())?),
        };
        words.next().is_none().then_some((operator, modifier))
    }

    /// Whether the right side is a list.
    #[must_use]
    pub const fn takes_list(self) -> bool {
        matches!(self, Self::Intersects | Self::In | Self::PathMatch)
    }

    /// Whether `oneof`, `anyof` or `allof` may follow.
    #[must_use]
    pub const fn takes_modifier(self) -> bool {
        !matches!(
            self,
            Self::Exists
                | Self::LessOrEqual
                | Self::Less
                | Self::GreaterOrEqual
                | Self::Greater
                | Self::Intersects
                | Self::In
                | Self::PathMatch
        )
    }
}

/// How many of the values behind an operator must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Modifier {
    /// Exactly one: `oneof`.
    One,
    /// At least one: `anyof`.
    Any,
    /// All: `allof`.
    All,
}

impl Modifier {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::One, Self::Any, Self::All];

    /// The modifier as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::One => "oneof",
            Self::Any => "anyof",
            Self::All => "allof",
        }
    }

    /// The modifier of a word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }
}

/// What is made of values before they are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Transformer {
    /// Nothing: says that the right side is a field and no string.
    Val,
    /// ASCII letters in lower case.
    ToLower,
    /// ASCII letters in upper case.
    ToUpper,
    /// What the base64 text says.
    Base64,
    /// What stands behind the last `/`.
    Basename,
    /// Number of bytes, or of items of a list.
    Len,
    /// The items of a list with a separator between them.
    Join,
    /// Strings, one after the other.
    Concat,
    /// The options of a list of arguments, as getopt(3) reads them.
    Getopt,
}

impl Transformer {
    /// All of them, as Falco lists them in its messages.
    pub const ALL: [Self; 9] = [
        Self::Val,
        Self::ToLower,
        Self::ToUpper,
        Self::Base64,
        Self::Basename,
        Self::Len,
        Self::Join,
        Self::Concat,
        Self::Getopt,
    ];

    /// The name as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Val => "val",
            Self::ToLower => "tolower",
            Self::ToUpper => "toupper",
            Self::Base64 => "b64",
            Self::Basename => "basename",
            Self::Len => "len",
            Self::Join => "join",
            Self::Concat => "concat",
            Self::Getopt => "getopt",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_modifiers_are_operators() {
        for (text, expected) in [
            ("in", Some((Operator::In, None))),
            ("==", Some((Operator::Equal, None))),
            (
                "  startswith  anyof ",
                Some((Operator::StartsWith, Some(Modifier::Any))),
            ),
            ("in oneof", None),
            (">= oneof", None),
            ("contains allof x", None),
            ("no-comp", None),
            ("", None),
        ] {
            assert_eq!(Operator::parse(text), expected, "{text}");
        }
    }
}
