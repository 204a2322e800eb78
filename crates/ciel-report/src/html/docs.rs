use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd, html};

use super::escape::Markup;

/// A check's documentation as markup, below a heading of the third level. Markup within the Markdown is shown as text.
pub(super) fn to_markup(markdown: &str) -> Markup {
    let events = Parser::new(markdown).map(|event| match event {
        Event::Start(Tag::Heading {
            level,
            id,
            classes,
            attrs,
        }) => Event::Start(Tag::Heading {
            level: below_check(level),
            id,
            classes,
            attrs,
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below_check(level))),
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        other => other,
    });
    let mut markup = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut markup, events);
    Markup(markup)
}

fn below_check(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_stands_below_its_check() {
        let markup = to_markup("## Why\nA `x` <b>.\n- <https://example.org/>\n");
        assert_eq!(
            markup.0,
            "<h4>Why</h4>\n<p>A <code>x</code> &lt;b&gt;.</p>\n<ul>\n\
             <li><a href=\"https://example.org/\">https://example.org/</a></li>\n</ul>\n"
        );
    }
}
