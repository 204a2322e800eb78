//! Macros: looked up in conditions, each seeing those that were defined before it was last changed.

use std::sync::Arc;

use crate::condition::{Expr, Position, Shared};

/// Boolean operators within each other, through all macros. Real rules have about twenty.
const MAX_HEIGHT: usize = 1000;
/// Macros unfolded in one look-up, where they cannot be shared.
const MAX_UNFOLDED: usize = 1_000_000;

/// A macro with its condition, as far as that has been looked through.
#[derive(Debug)]
pub(crate) struct MacroState {
    pub(crate) name: Arc<str>,
    pub(crate) condition: Arc<Expr>,
    /// The place that it was first defined at.
    pub(crate) index: usize,
    /// Whether no name is left in its condition, so that it can be shared.
    pub(crate) resolved: bool,
    pub(crate) height: usize,
    pub(crate) used: bool,
}

/// Why a look-up failed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unresolved {
    pub(crate) message: String,
    pub(crate) position: Position,
    /// The macro's name.
    pub(crate) name: String,
}

/// What a look-up came to.
pub(crate) struct Resolved {
    pub(crate) condition: Expr,
    pub(crate) height: usize,
    /// Places of the macros that it uses.
    pub(crate) uses: Vec<usize>,
}

/// Looks up the macros of a condition. `place` finds macros by name; those whose index is not below `visibility` are not
/// seen.
///
/// # Errors
/// A macro that refers to itself, or one that there is not; the first of the former, or the first of the latter.
pub(crate) fn resolve(
    condition: &Expr,
    macros: &[MacroState],
    place: &dyn Fn(&str) -> Option<usize>,
    visibility: usize,
) -> Result<Resolved, Unresolved> {
    let mut resolver = Resolver {
        macros,
        place,
        visibility,
        path: Vec::new(),
        uses: Vec::new(),
        loops: None,
        unknown: None,
        unfolded: 0,
        too_deep: false,
    };
    let (condition, height) = resolver.walk(condition);
    match resolver.loops.or(resolver.unknown) {
        Some(unresolved) => Err(unresolved),
        None if resolver.too_deep || height > MAX_HEIGHT => Err(Unresolved {
            message: format!("macros are nested deeper than {MAX_HEIGHT} levels"),
            position: Position::START,
            name: String::new(),
        }),
        None => Ok(Resolved {
            condition,
            height,
            uses: resolver.uses,
        }),
    }
}

struct Resolver<'m> {
    macros: &'m [MacroState],
    place: &'m dyn Fn(&str) -> Option<usize>,
    visibility: usize,
    path: Vec<usize>,
    uses: Vec<usize>,
    loops: Option<Unresolved>,
    unknown: Option<Unresolved>,
    unfolded: usize,
    too_deep: bool,
}

impl Resolver<'_> {
    fn walk(&mut self, expr: &Expr) -> (Expr, usize) {
        match expr {
            Expr::And(parts, position) => {
                let (parts, height) = self.walk_all(parts);
                (Expr::And(parts, *position), height)
            }
            Expr::Or(parts, position) => {
                let (parts, height) = self.walk_all(parts);
                (Expr::Or(parts, *position), height)
            }
            Expr::Not(inner, position) => {
                let (inner, height) = self.walk(inner);
                (Expr::Not(Box::new(inner), *position), height + 1)
            }
            Expr::Macro { name, position } => self.look_up(name, *position),
            Expr::Resolved(_) | Expr::Check(_) => (expr.clone(), 1),
        }
    }

    fn walk_all(&mut self, parts: &[Expr]) -> (Vec<Expr>, usize) {
        let mut height = 0;
        let parts = parts.iter().map(|part| {
            let (part, part_height) = self.walk(part);
            height = height.max(part_height);
            part
        });
        (parts.collect(), height + 1)
    }

    fn look_up(&mut self, name: &str, position: Position) -> (Expr, usize) {
        let left = || Expr::Macro {
            name: name.to_owned(),
            position,
        };
        let place = (self.place)(name);
        let found = place.and_then(|place| Some((place, self.macros.get(place)?)));
        let Some((place, found)) = found.filter(|(_, it)| it.index < self.visibility) else {
            self.unknown.get_or_insert_with(|| Unresolved {
                message: format!("Undefined macro '{name}' used in filter."),
                position,
                name: name.to_owned(),
            });
            return (left(), 1);
        };
        if self.path.contains(&place) {
            self.loops.get_or_insert_with(|| Unresolved {
                message: format!("reference loop in macro '{name}'"),
                position,
                name: name.to_owned(),
            });
            return (left(), 1);
        }
        self.uses.push(place);
        let (condition, height) = if found.resolved {
            (Arc::clone(&found.condition), found.height)
        } else {
            self.unfolded += 1;
            if self.unfolded > MAX_UNFOLDED || self.path.len() > MAX_HEIGHT {
                self.too_deep = true;
                return (left(), 1);
            }
            self.path.push(place);
            let condition = Arc::clone(&found.condition);
            let (condition, height) = self.walk(&condition);
            self.path.pop();
            (Arc::new(condition), height)
        };
        let shared = Shared {
            name: Arc::clone(&found.name),
            condition,
        };
        (Expr::Resolved(shared), height + 1)
    }
}
