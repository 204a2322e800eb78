//! The YAML engine's events, turned into calls of the [`Composer`].

use std::borrow::Cow;
use std::sync::Arc;

use ciel_core::{Span, limits};
use granit_parser::{Event, Parser, ScalarStyle};

use crate::compose::{Composer, Fault, Scalar};
use crate::resolve::Tag;

/// Reads the first YAML document of a part of the text.
///
/// # Errors
/// Why it cannot be read.
pub(crate) fn read(text: &Arc<str>, chunk: Span) -> Result<Composer, Fault> {
    let source = chunk.slice(text);
    let base = chunk.start;
    let mut options = granit_parser::options! {
        block_nesting_limit: limits::DEPTH + 2,
        flow_nesting_limit: limits::DEPTH + 2,
        block_scalar_eof_without_line_feed: true,
    };
    options.set_emit_comments(false);
    let mut composer = Composer::new(Arc::clone(text));
    for next in Parser::new_from_str_with_options(source, options) {
        let (event, place) = next.map_err(|error| {
            let at = error
                .marker()
                .byte_offset()
                .unwrap_or_default()
                .min(source.len());
            Fault::new(offset_span(base, at, at), error.kind().to_string())
        })?;
        let place = place.byte_range().unwrap_or_default();
        let span = offset_span(base, place.start, place.end);
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let text_start = match &value {
                    Cow::Borrowed(part) => within(source, part).map(|at| at + base),
                    Cow::Owned(_) => None,
                };
                composer.scalar(Scalar {
                    span: trimmed(source, base, span, style),
                    text: value,
                    text_start,
                    plain: style == ScalarStyle::Plain,
                    tag: tag.as_deref().map_or(Tag::Absent, tag_of),
                    anchor,
                })?;
            }
            Event::SequenceStart(_, anchor, _) => composer.open(false, span, anchor)?,
            Event::MappingStart(_, anchor, _) => composer.open(true, span, anchor)?,
            Event::SequenceEnd | Event::MappingEnd => {
                composer.close((place.start < place.end).then_some(span.end));
            }
            Event::Alias(anchor) => composer.alias(anchor, span)?,
            Event::DocumentEnd => break,
            _ => {}
        }
    }
    Ok(composer)
}

fn tag_of(tag: &granit_parser::Tag) -> Tag {
    match tag.parts() {
        ("tag:yaml.org,2002:", suffix) => Tag::core(suffix),
        ("", "!") | ("!", "") => Tag::NonSpecific,
        _ => Tag::Other,
    }
}

/// Block scalars end with their last line that is not blank.
fn trimmed(source: &str, base: u32, span: Span, style: ScalarStyle) -> Span {
    if !matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
        return span;
    }
    let written = Span::new(span.start - base, span.end - base).slice(source);
    let kept = written.trim_end().len();
    Span::new(
        span.start,
        span.start
            .saturating_add(u32::try_from(kept).unwrap_or(u32::MAX)),
    )
}

fn within(source: &str, part: &str) -> Option<u32> {
    let at = (part.as_ptr() as usize).checked_sub(source.as_ptr() as usize)?;
    (at + part.len() <= source.len())
        .then(|| u32::try_from(at).ok())
        .flatten()
}

fn offset_span(base: u32, start: usize, end: usize) -> Span {
    let offset = |at: usize| base.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
    Span::new(offset(start), offset(end))
}
