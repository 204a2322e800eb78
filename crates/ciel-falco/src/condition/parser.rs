use super::lexer::Lexer;
use super::operator::{self, LISTED, NUMERIC, TEXTUAL, UNARY};
use super::{Call, Check, Expr, FieldRef, Modifier, Operand, Position, Right, Transformer};

/// Why a text is no condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Falco's message.
    pub message: String,
    /// Where the parser stood.
    pub position: Position,
}

type Parse<T> = Result<T, SyntaxError>;

/// Reads a condition.
///
/// # Errors
/// The first mistake, with Falco's message.
pub fn parse(text: &str) -> Result<Expr, SyntaxError> {
    let mut parser = Parser::new(text);
    if text.is_empty() {
        return parser.fail("filter input string is empty");
    }
    let expr = parser.or()?;
    if parser.lexer.is_at_end() {
        return Ok(expr);
    }
    let last = parser.lexer.last();
    let message = format!("unexpected token after '{last}', expecting 'or', 'and'");
    parser.fail(message)
}

/// A field or a transformer at the start of a text, and the number of bytes that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) operand: Operand,
    pub(crate) length: usize,
}

/// Reads the field or transformer that a text begins with, as output formats have them.
///
/// # Errors
/// Falco's message.
pub(crate) fn parse_operand(text: &str) -> Result<Part, SyntaxError> {
    let mut parser = Parser::new(text);
    let position = parser.position();
    let operand = if parser.lexer.field_name() {
        parser.field_remainder(position)?
    } else if let Some(transformer) = parser.transformer() {
        parser.lexer.blank();
        parser.call_remainder(transformer, position)?
    } else {
        let message = format!("unexpected token after '{}", parser.lexer.last());
        return parser.fail(message);
    };
    Ok(Part {
        operand,
        length: parser.position().offset as usize,
    })
}

/// Deeper nesting is refused: each level of parentheses counts as the rules of the grammar that it takes.
const MAX_DEPTH: usize = 1000;

struct Parser<'t> {
    lexer: Lexer<'t>,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            lexer: Lexer::new(text),
            depth: 0,
        }
    }

    const fn position(&self) -> Position {
        self.lexer.position()
    }

    fn fail<T>(&self, message: impl Into<String>) -> Parse<T> {
        Err(SyntaxError {
            message: message.into(),
            position: self.position(),
        })
    }

    fn expect(&mut self, text: &str, message: &str) -> Parse<()> {
        if self.lexer.text(text) {
            Ok(())
        } else {
            self.fail(message)
        }
    }

    fn quoted(&mut self) -> Parse<bool> {
        self.lexer.quoted_string().map_err(|message| SyntaxError {
            message,
            position: self.lexer.position(),
        })
    }

    /// Runs a rule of the grammar one level deeper.
    fn deeper<T>(&mut self, levels: usize, rule: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<T> {
        self.depth += levels;
        if self.depth >= MAX_DEPTH {
            return self.fail(format!("exceeded max depth limit of {MAX_DEPTH}"));
        }
        let result = rule(self);
        self.depth -= levels;
        result
    }

    fn or(&mut self) -> Parse<Expr> {
        let position = self.position();
        self.lexer.blank();
        let mut parts = vec![self.and()?];
        self.lexer.blank();
        while self.lexer.text("or") {
            parts.push(if self.lexer.blank() {
                self.and()?
            } else if self.lexer.text("(") {
                self.parenthesised()?
            } else {
                return self.fail("expected blank or '(' after 'or'");
            });
            self.lexer.blank();
        }
        Ok(one_or(parts, |parts| Expr::Or(parts, position)))
    }

    fn and(&mut self) -> Parse<Expr> {
        let position = self.position();
        self.lexer.blank();
        let mut parts = vec![self.not()?];
        self.lexer.blank();
        while self.lexer.text("and") {
            parts.push(if self.lexer.blank() {
                self.not()?
            } else if self.lexer.text("(") {
                self.parenthesised()?
            } else {
                return self.fail("expected blank or '(' after 'and'");
            });
            self.lexer.blank();
        }
        Ok(one_or(parts, |parts| Expr::And(parts, position)))
    }

    fn not(&mut self) -> Parse<Expr> {
        let position = self.position();
        self.lexer.blank();
        let mut negated = false;
        while self.lexer.not() {
            negated = !negated;
        }
        let inner = if self.lexer.text("not(") {
            negated = !negated;
            self.parenthesised()?
        } else {
            self.check()?
        };
        Ok(if negated {
            Expr::Not(Box::new(inner), position)
        } else {
            inner
        })
    }

    /// What comes behind an opening parenthesis, and the closing one.
    fn parenthesised(&mut self) -> Parse<Expr> {
        const RULES: usize = 5;
        self.deeper(RULES, |parser| {
            parser.lexer.blank();
            let expr = parser.or()?;
            parser.lexer.blank();
            parser.expect(")", "expected a ')' token")?;
            Ok(expr)
        })
    }

    fn check(&mut self) -> Parse<Expr> {
        let position = self.position();
        self.lexer.blank();
        if self.lexer.text("(") {
            return self.parenthesised();
        }
        if self.lexer.field_name() {
            let left = self.field_remainder(position)?;
            return self.comparison(left, position);
        }
        if let Some(transformer) = self.transformer() {
            self.lexer.blank();
            let left = self.call_remainder(transformer, position)?;
            return self.comparison(left, position);
        }
        if self.lexer.identifier() {
            let name = self.lexer.last().to_owned();
            return Ok(Expr::Macro { name, position });
        }
        self.fail("expected a '(' token, a field check, or an identifier")
    }

    /// The argument of a field whose name is the last token.
    fn field_remainder(&mut self, position: Position) -> Parse<Operand> {
        let name = self.lexer.last().to_owned();
        let argument = self.bracketed()?;
        Ok(Operand::Field(FieldRef {
            name,
            argument,
            position,
        }))
    }

    fn bracketed(&mut self) -> Parse<Option<String>> {
        if !self.lexer.text("[") {
            return Ok(None);
        }
        if !self.quoted()? && !self.lexer.bare_argument() {
            return self.fail("expected a valid field argument: a quoted string or a bare string");
        }
        let argument = self.lexer.last().to_owned();
        self.expect("]", "expected a ']' token")?;
        Ok(Some(argument))
    }

    /// The name of a transformer and its opening parenthesis.
    fn transformer(&mut self) -> Option<Transformer> {
        Transformer::ALL
            .into_iter()
            .filter(|it| *it != Transformer::Val)
            .find(|it| self.lexer.call(it.as_str()))
    }

    /// The arguments of a transformer, and what closes it.
    fn call_remainder(&mut self, transformer: Transformer, position: Position) -> Parse<Operand> {
        self.deeper(2, |parser| {
            parser.lexer.blank();
            let mut arguments = Vec::new();
            loop {
                arguments.push(parser.argument()?);
                parser.lexer.blank();
                if !parser.lexer.text(",") {
                    break;
                }
            }
            parser.expect(")", "expected a ')' token closing the transformer")?;
            let index = parser.bracketed()?;
            Ok(Operand::Call(Call {
                transformer,
                arguments,
                index,
                position,
            }))
        })
    }

    fn argument(&mut self) -> Parse<Operand> {
        let position = self.position();
        self.lexer.blank();
        if self.lexer.number() || self.quoted()? {
            return Ok(Operand::Literal(self.lexer.last().to_owned(), position));
        }
        if self.lexer.text("(") {
            return self.argument_list(position);
        }
        if let Some(transformer) = self.transformer() {
            return self.call_remainder(transformer, position);
        }
        if self.lexer.field_name() {
            return self.field_remainder(position);
        }
        self.fail(
            "expected field transformer argument: field, transformer, quoted string, number, or transformer list",
        )
    }

    fn argument_list(&mut self, position: Position) -> Parse<Operand> {
        let mut items = Vec::new();
        self.lexer.blank();
        if self.lexer.text(")") {
            return Ok(Operand::List(items, position));
        }
        loop {
            self.lexer.blank();
            items.push(self.listed_argument(position)?);
            self.lexer.blank();
            if !self.lexer.text(",") {
                break;
            }
        }
        self.expect(")", "expected ')'")?;
        Ok(Operand::List(items, position))
    }

    fn listed_argument(&mut self, position: Position) -> Parse<Operand> {
        if self.lexer.field_name() {
            return self.field_remainder(position);
        }
        if let Some(transformer) = self.transformer() {
            self.lexer.blank();
            return self.call_remainder(transformer, position);
        }
        if self.quoted()? || self.lexer.number() {
            return Ok(Operand::Literal(self.lexer.last().to_owned(), position));
        }
        self.fail(
            "expected transformer list argument: field, transformer, quoted string, or number",
        )
    }

    fn comparison(&mut self, left: Operand, position: Position) -> Parse<Expr> {
        self.lexer.blank();
        let mut modifier = None;
        let (operator, right) = if let Some(operator) = self.lexer.operator(UNARY) {
            (operator, Right::Nothing)
        } else if let Some(operator) = self.lexer.operator(NUMERIC) {
            (operator, self.number()?)
        } else if let Some(operator) = self.lexer.operator(TEXTUAL) {
            self.lexer.blank();
            modifier = Modifier::ALL
                .into_iter()
                .find(|it| self.lexer.word_before_list(it.as_str()));
            let right = if modifier.is_some() {
                self.list()?
            } else {
                self.string()?
            };
            (operator, right)
        } else if let Some(operator) = self.lexer.operator(LISTED) {
            (operator, self.list()?)
        } else {
            let names = quoted_names(operator::names());
            return self.fail(format!("expected a valid check operator: one of {names}"));
        };
        Ok(Expr::Check(Box::new(Check {
            left,
            operator,
            modifier,
            right,
            position,
        })))
    }

    fn number(&mut self) -> Parse<Right> {
        self.lexer.blank();
        let position = self.position();
        if let Some(operand) = self.right_operand()? {
            return Ok(Right::Operand(operand));
        }
        if self.lexer.number() {
            return Ok(Right::Value(self.lexer.last().to_owned(), position));
        }
        self.fail(format!(
            "expected a number value or a field with a valid transformer: {}",
            transformer_names()
        ))
    }

    fn string(&mut self) -> Parse<Right> {
        self.lexer.blank();
        let position = self.position();
        if let Some(operand) = self.right_operand()? {
            return Ok(Right::Operand(operand));
        }
        if self.quoted()? || self.lexer.bare_string() {
            return Ok(Right::Value(self.lexer.last().to_owned(), position));
        }
        self.fail(format!(
            "expected a string value or a field with a valid transformer: {}",
            transformer_names()
        ))
    }

    /// A string between the parentheses of a list.
    fn listed_string(&mut self) -> Parse<String> {
        self.lexer.blank();
        if self.quoted()? || self.lexer.bare_string() {
            return Ok(self.lexer.last().to_owned());
        }
        self.fail("expected a string value")
    }

    fn list(&mut self) -> Parse<Right> {
        self.lexer.blank();
        let position = self.position();
        if self.lexer.text("(") {
            let mut values = Vec::new();
            self.lexer.blank();
            // Where no first value stands, whatever the reason, the list has to be empty.
            if let Ok(first) = self.listed_string() {
                values.push(first);
                self.lexer.blank();
                while self.lexer.text(",") {
                    values.push(self.listed_string()?);
                    self.lexer.blank();
                }
            }
            self.expect(")", "expected a ')' token")?;
            return Ok(Right::List(values, position));
        }
        if let Some(operand) = self.right_operand()? {
            return Ok(Right::Operand(operand));
        }
        if self.lexer.identifier() {
            return Ok(Right::Value(self.lexer.last().to_owned(), position));
        }
        self.fail(format!(
            "expected a list, an identifier, or a field with a valid transformer: {}",
            transformer_names()
        ))
    }

    /// `val(field)` or a transformer.
    fn right_operand(&mut self) -> Parse<Option<Operand>> {
        self.lexer.blank();
        let position = self.position();
        if self.lexer.call(Transformer::Val.as_str()) {
            self.lexer.blank();
            let inside = self.position();
            if !self.lexer.field_name() {
                return self.fail("expected a field within 'val' transformer");
            }
            let field = self.field_remainder(inside)?;
            self.lexer.blank();
            self.expect(")", "expected a ')' token closing the transformer")?;
            return Ok(Some(Operand::Call(Call {
                transformer: Transformer::Val,
                arguments: vec![field],
                index: None,
                position,
            })));
        }
        match self.transformer() {
            Some(transformer) => {
                self.lexer.blank();
                self.call_remainder(transformer, position).map(Some)
            }
            None => Ok(None),
        }
    }
}

fn one_or(mut parts: Vec<Expr>, many: impl FnOnce(Vec<Expr>) -> Expr) -> Expr {
    match (parts.pop(), parts.is_empty()) {
        (Some(only), true) => only,
        (Some(last), false) => {
            parts.push(last);
            many(parts)
        }
        (None, _) => many(parts),
    }
}

fn quoted_names(names: impl Iterator<Item = &'static str>) -> String {
    let names: Vec<String> = names.map(|name| format!("'{name}'")).collect();
    names.join(", ")
}

fn transformer_names() -> String {
    quoted_names(Transformer::ALL.iter().map(|it| it.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        match parse(text) {
            Ok(expr) => assert_eq!(expr.to_string(), expected, "{text}"),
            Err(error) => panic!("{text}: {error:?}"),
        }
    }

    #[track_caller]
    fn refuse(text: &str, message: &str, offset: u32) {
        match parse(text) {
            Ok(expr) => panic!("{text}: {expr}"),
            Err(error) => {
                assert!(error.message.starts_with(message), "{text}: {error:?}");
                assert_eq!(error.position.offset, offset, "{text}: {error:?}");
            }
        }
    }

    #[test]
    fn conditions_are_read() {
        for (text, expected) in [
            ("a", "a"),
            ("a or b and not c", "(a or (b and not c))"),
            ("not not a", "a"),
            ("not(a)or(b)", "(not a or b)"),
            ("((a))", "a"),
            ("proc.name=cat", "proc.name = cat"),
            ("proc.name == 'a b'", "proc.name = \"a b\""),
            (
                "proc.aname[2] in (a,\"b\" , c)",
                "proc.aname[2] in (a, b, c)",
            ),
            ("proc.name in ()", "proc.name in ()"),
            ("proc.name in cat", "proc.name in cat"),
            ("fd.num>=-1", "fd.num >= -1"),
            ("fd.name exists", "fd.name exists"),
            ("fd.name startswith\n/etc", "fd.name startswith /etc"),
            ("fd.name = val(proc.name)", "fd.name = val(proc.name)"),
            (
                "proc.name startswith anyof (a, b)",
                "proc.name startswith anyof (a, b)",
            ),
            ("proc.name = anyof", "proc.name = anyof"),
            (
                "tolower(toupper(proc.name)) = x",
                "tolower(toupper(proc.name)) = x",
            ),
            (
                "join(\"-\", (proc.name, \"x\")) = a-x",
                "join(\"-\", (proc.name, \"x\")) = a-x",
            ),
            (
                "getopt(proc.args, \"n:t\")[t] exists",
                "getopt(proc.args, \"n:t\")[t] exists",
            ),
            ("evt.arg[\"a b\"] = 1", "evt.arg[\"a b\"] = 1"),
            ("evt.arg[\"a[b\"] = 1", "evt.arg[\"a[b\"] = 1"),
            // Between quotes a NUL would end the text.
            ("proc.env[a)\0] = b", "proc.env[a)\0] = b"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn mistakes_have_falcos_words_and_place() {
        for (text, message, offset) in [
            ("", "filter input string is empty", 0),
            (
                "a b",
                "unexpected token after 'a', expecting 'or', 'and'",
                2,
            ),
            ("a orb", "expected blank or '(' after 'or'", 4),
            ("(a", "expected a ')' token", 2),
            (
                "evt.type.is.2 = 1",
                "expected a valid check operator: one of 'exists', '<='",
                11,
            ),
            (
                "proc.name contains\"x\"",
                "expected a valid check operator",
                18,
            ),
            ("proc.name=", "expected a string value or a field", 10),
            ("proc.pid > x", "expected a number value or a field", 11),
            ("proc.name in (['a'], b)", "expected a ')' token", 15),
            ("proc.name != ['a']", "unexpected token after '['", 14),
            ("proc.name[", "expected a valid field argument", 10),
            ("proc.name = \"a\\qb\"", "unsupported string escape", 18),
            ("len(1", "expected a ')' token closing the transformer", 5),
            // As upstream: what stands in parentheses right behind `or` is a whole operand of it.
            ("a or(b)and(c)", "unexpected token after ')'", 7),
        ] {
            refuse(text, message, offset);
        }
    }

    #[test]
    fn deep_nesting_is_refused() {
        let text = format!("{}a{}", "(".repeat(190), ")".repeat(190));
        assert!(parse(&text).is_ok());
        let text = "(".repeat(100_000);
        assert!(parse(&text).is_err());
        let text = "len(".repeat(100_000);
        assert!(parse(&text).is_err());
    }

    #[test]
    fn lines_and_columns_are_counted() {
        let error = parse("a and\n  b c").expect_err("no condition");
        assert_eq!((error.position.line, error.position.column), (2, 5));
    }
}
