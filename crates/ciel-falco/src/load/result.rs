//! What became of a rule file.

use serde_json::{Value, json};

use super::{Context, ErrorCode, WarningCode};

/// Why a file's rules do not load.
#[derive(Clone, Debug)]
pub struct LoadError {
    /// Falco's code.
    pub code: ErrorCode,
    /// Falco's message.
    pub message: String,
    /// Where.
    pub context: Context,
    /// The words in the source that are wrong, where they are known.
    pub culprit: Option<String>,
}

/// What the author should know.
#[derive(Clone, Debug)]
pub struct LoadWarning {
    /// Falco's code.
    pub code: WarningCode,
    /// Falco's message.
    pub message: String,
    /// Where.
    pub context: Context,
    /// The words in the source that it is about, where they are known.
    pub culprit: Option<String>,
    /// The field that Falco will drop, where it is about one.
    pub deprecated_field: Option<&'static str>,
}

impl LoadError {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>, context: &Context) -> Self {
        Self {
            code,
            message: message.into(),
            context: context.clone(),
            culprit: None,
        }
    }

    pub(crate) fn yaml(message: impl Into<String>, context: &Context) -> Self {
        Self::new(ErrorCode::YamlValidate, message, context)
    }

    pub(crate) fn validate(message: impl Into<String>, context: &Context) -> Self {
        Self::new(ErrorCode::Validate, message, context)
    }

    pub(crate) fn about(mut self, culprit: impl Into<String>) -> Self {
        self.culprit = Some(culprit.into());
        self
    }
}

/// What became of one file.
#[derive(Clone, Debug)]
pub struct LoadResult {
    /// The file's name as given.
    pub name: String,
    /// Why it did not load; at most one, since Falco stops there.
    pub errors: Vec<LoadError>,
    /// What its author should know.
    pub warnings: Vec<LoadWarning>,
}

impl LoadResult {
    pub(crate) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            errors: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Of a file that could not be read.
    #[must_use]
    pub fn unreadable(name: &str, reason: &str) -> Self {
        let mut result = Self::new(name);
        let error = LoadError::new(ErrorCode::FileRead, reason, &Context::file(name));
        result.errors.push(error);
        result
    }

    /// Whether it loaded.
    #[must_use]
    pub fn successful(&self) -> bool {
        self.errors.is_empty()
    }

    pub(crate) fn warn(
        &mut self,
        code: WarningCode,
        message: impl Into<String>,
        context: &Context,
    ) {
        self.warnings.push(LoadWarning {
            code,
            message: message.into(),
            context: context.clone(),
            culprit: None,
            deprecated_field: None,
        });
    }

    /// As Falco's JSON output has it. `text` gives the text of a file by its name.
    #[must_use]
    pub fn to_json<'t>(&self, text: &dyn Fn(&str) -> &'t str) -> Value {
        let errors = self.errors.iter().map(|it| {
            problem(
                it.code.as_str(),
                it.code.description(),
                &it.message,
                &it.context,
                text,
            )
        });
        let warnings = self.warnings.iter().map(|it| {
            let (code, description) = (it.code.as_str(), it.code.description());
            let mut warning = problem(code, description, &it.message, &it.context, text);
            if let (Some(field), Some(object)) = (it.deprecated_field, warning.as_object_mut()) {
                object.insert("deprecated_field".to_owned(), field.into());
            }
            warning
        });
        json!({
            "name": self.name,
            "successful": self.successful(),
            "errors": errors.collect::<Vec<_>>(),
            "warnings": warnings.collect::<Vec<_>>(),
        })
    }
}

fn problem<'t>(
    code: &str,
    description: &str,
    message: &str,
    context: &Context,
    text: &dyn Fn(&str) -> &'t str,
) -> Value {
    let locations = context.locations().into_iter().map(|location| {
        json!({
            "item_type": location.item.as_str(),
            "item_name": location.item_name,
            "position": {
                "name": &*location.source,
                "line": location.mark.line,
                "column": location.mark.column,
                "offset": location.mark.offset,
            },
        })
    });
    json!({
        "code": code,
        "codedesc": description,
        "message": message,
        "context": {
            "locations": locations.collect::<Vec<_>>(),
            "snippet": context.snippet(text(context.file_name())),
        },
    })
}
