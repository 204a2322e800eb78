//! What becomes of events of old schemas.

use std::fmt::Write as _;

use anyhow::{Result, bail};

use super::{Row, camel, head};

/// The table, sorted by code and number of parameters.
pub(super) fn table(rows: &[Row]) -> Result<String> {
    let mut text =
        head("What becomes of an event of an old schema, by its code and number of parameters.");
    text.push_str(
        "use ciel_event::schema::codes as c;\n\nuse super::{Action as A, Conversion, Source as S};\n\n\
         const fn k(code: u16, params: u8, action: A) -> Conversion {\n    Conversion { code, params, action }\n}\n\n\
         /// Sorted by code and number of parameters.\n#[rustfmt::skip]\npub(super) static CONVERSIONS: &[Conversion] = &[\n",
    );
    let mut before = None;
    for row in rows {
        let [code, params, _, action, desired, instructions, ..] = row.as_slice() else {
            bail!("short row")
        };
        let key = (code.parse::<u16>()?, params.parse::<u8>()?);
        if before.replace(key).is_some_and(|before| before >= key) {
            bail!("the conversion of {code} with {params} parameters is out of order");
        }
        let sources: Result<Vec<String>> = instructions.split_whitespace().map(source).collect();
        let sources = sources?.join(", ");
        let action = match action.as_str() {
            "ADD_PARAMS" => format!("AddParams(&[{sources}])"),
            "CHANGE_TYPE" => format!(
                "ChangeType(c::{}, &[{sources}])",
                desired.trim_start_matches("PPME_")
            ),
            other => camel(&other.to_lowercase()),
        };
        writeln!(text, "    k({code}, {params}, A::{action}),")?;
    }
    text.push_str("];\n");
    Ok(text)
}

fn source(text: &str) -> Result<String> {
    let mut parts = text.split(':');
    let (source, index, flag) = (parts.next(), parts.next(), parts.next());
    if source == Some("FROM_CALLBACK") && parts.next() == Some("container_json") {
        return Ok("S::ContainerJson".to_owned());
    }
    Ok(match (source, index, flag) {
        (Some("FROM_OLD"), Some(index), None) => format!("S::Old({index})"),
        (Some("FROM_ENTER"), Some(index), None) => format!("S::Enter({index})"),
        (Some("FROM_ENTER"), Some(index), Some("or_empty")) => format!("S::EnterOrEmpty({index})"),
        (Some("FROM_EMPTY"), Some(_), None) => "S::Empty".to_owned(),
        (Some("FROM_DEFAULT"), Some(_), None) => "S::Default".to_owned(),
        _ => bail!("unknown instruction {text}"),
    })
}
