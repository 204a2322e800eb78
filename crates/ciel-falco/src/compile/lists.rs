//! Lists are put into conditions as text, before anything is parsed: exactly as Falco does it, with its ways of
//! quoting and of leaving out commas, since rule files rely on what comes of it.

use std::collections::BTreeSet;

use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

/// Bytes of one condition with its lists put in.
pub(crate) const MAX_CONDITION: usize = 16 << 20;

/// A list, ready to be put in.
#[derive(Debug)]
pub(crate) struct ListText {
    pub(crate) name: String,
    /// Its items with commas between them, quoted where they have a blank.
    text: String,
    pub(crate) used: bool,
}

impl ListText {
    pub(crate) fn new<'i>(name: &str, items: impl Iterator<Item = &'i str>) -> Self {
        let mut text = String::new();
        for item in items {
            // As upstream: the comma depends on whether there is text so far.
            if !text.is_empty() {
                text.push_str(", ");
            }
            push_quoted(&mut text, item);
        }
        Self {
            name: name.to_owned(),
            text,
            used: false,
        }
    }
}

/// A word as it can stand in a condition; Falco looks only for blanks.
pub(crate) fn push_quoted(text: &mut String, item: &str) {
    if item.contains(' ') && !item.starts_with(['"', '\'']) {
        text.push('"');
        text.push_str(item);
        text.push('"');
    } else {
        text.push_str(item);
    }
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

const fn is_delimiter(byte: u8) -> bool {
    is_blank(byte) || matches!(byte, b'(' | b')' | b',' | b'=')
}

fn is_word_break(c: char) -> bool {
    u8::try_from(c).is_ok_and(is_delimiter)
}

/// All lists, in the order in which they are put in.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    pub(crate) all: Vec<ListText>,
    /// For each list, the others that its items name.
    mentions: Vec<Vec<usize>>,
    places: FxHashMap<String, usize>,
    /// Lists whose names are no single word, so that they have to be searched for.
    odd: Vec<usize>,
}

impl Lists {
    pub(crate) fn new(all: Vec<ListText>) -> Self {
        let odd = (0..)
            .zip(&all)
            .filter(|(_, list)| list.name.contains(is_word_break));
        let odd: Vec<usize> = odd.map(|(place, _)| place).collect();
        let places = all.iter().map(|list| list.name.clone()).zip(0..);
        let places: FxHashMap<String, usize> = places.collect();
        let mentions = all.iter().map(|list| mentioned(&list.text, &places));
        Self {
            mentions: mentions.collect(),
            places,
            odd,
            all,
        }
    }

    /// A condition with all lists put in; marks those that were used.
    ///
    /// # Errors
    /// The condition becomes too large.
    pub(crate) fn put_in(&mut self, condition: &str) -> Result<String, String> {
        let mut text = condition.to_owned();
        // In the order of the lists; what an earlier list names of later ones is added on the way.
        let mut ahead: BTreeSet<usize> = mentioned(condition, &self.places).into_iter().collect();
        ahead.extend(&self.odd);
        while let Some(place) = ahead.pop_first() {
            let Some(list) = self.all.get_mut(place) else {
                continue;
            };
            let Some(replaced) = put_in_one(text.as_bytes(), list)? else {
                continue;
            };
            text = replaced;
            list.used = true;
            let mentions = self.mentions.get(place).into_iter().flatten();
            ahead.extend(mentions.filter(|later| **later > place));
        }
        Ok(text)
    }

    /// Marks a list as used.
    pub(crate) fn mark_used(&mut self, name: &str) {
        let place = self.places.get(name);
        if let Some(list) = place.and_then(|place| self.all.get_mut(*place)) {
            list.used = true;
        }
    }
}

/// The lists that a text names, between delimiters.
fn mentioned(text: &str, places: &FxHashMap<String, usize>) -> Vec<usize> {
    let words = text.split(is_word_break);
    let mut found: Vec<usize> = words.filter_map(|word| places.get(word).copied()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The text with one list put in; nothing where its name does not stand there.
fn put_in_one(text: &[u8], list: &ListText) -> Result<Option<String>, String> {
    let finder = Finder::new(&list.name);
    let mut out: Vec<u8> = Vec::with_capacity(text.len() + list.text.len());
    let mut rest = text;
    let mut search_from = 0;
    let mut used = false;
    while let Some(found) = rest.get(search_from..).and_then(|rest| finder.find(rest)) {
        let start = search_from + found;
        let (before, behind) = rest.split_at(start);
        let behind = behind.get(list.name.len()..).unwrap_or_default();
        let byte_before = before.last().or_else(|| out.last());
        let is_bounded = byte_before.is_none_or(|byte| is_delimiter(*byte))
            && behind.first().is_none_or(|byte| is_delimiter(*byte));
        if !is_bounded {
            let (kept, left) = rest.split_at(start + 1);
            out.extend_from_slice(kept);
            rest = left;
            search_from = 0;
            continue;
        }
        used = true;
        out.extend_from_slice(before);
        while out.last().is_some_and(|byte| is_blank(*byte)) {
            out.pop();
        }
        rest = behind.trim_ascii_start_of(is_blank);
        if list.text.is_empty() {
            if out.last() == Some(&b',') {
                out.pop();
            } else if let Some((b',', left)) = rest.split_first() {
                rest = left;
            }
        }
        // As upstream: behind a list at the very beginning, one byte is not looked at.
        search_from = usize::from(out.is_empty());
        if !out.is_empty() {
            out.push(b' ');
        }
        out.extend_from_slice(list.text.as_bytes());
        out.push(b' ');
        if out.len() + rest.len() > MAX_CONDITION {
            return Err(format!(
                "the condition is larger than {MAX_CONDITION} bytes with its lists put in"
            ));
        }
    }
    if !used {
        return Ok(None);
    }
    out.extend_from_slice(rest);
    Ok(Some(String::from_utf8_lossy(&out).into_owned()))
}

trait TrimStart {
    fn trim_ascii_start_of(&self, is_trimmed: impl Fn(u8) -> bool) -> &Self;
}

impl TrimStart for [u8] {
    fn trim_ascii_start_of(&self, is_trimmed: impl Fn(u8) -> bool) -> &Self {
        let start = self.iter().position(|byte| !is_trimmed(*byte));
        self.get(start.unwrap_or(self.len())..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(condition: &str, items: &[&str], expected: &str) {
        let list = ListText::new("my_list", items.iter().copied());
        let mut lists = Lists::new(vec![list]);
        let text = lists.put_in(condition).expect("small");
        assert_eq!(text, expected, "{condition}");
        assert_eq!(lists.all[0].used, condition != expected);
    }

    #[test]
    fn names_between_delimiters_become_items() {
        let items = &["a", "b c", "'d e'"];
        check("x in (my_list)", items, "x in ( a, \"b c\", 'd e' )");
        check("x in (z, my_list , y)", &["a"], "x in (z, a , y)");
        check("x=my_list", &["a"], "x= a ");
        check("my_list", &["a"], "a ");
        check(
            "x in (my_list2, a_my_list)",
            &["a"],
            "x in (my_list2, a_my_list)",
        );
    }

    #[test]
    fn an_empty_list_takes_a_comma_with_it() {
        check("x in (z, my_list)", &[], "x in (z  )");
        check("x in (my_list, z)", &[], "x in (   z)");
        check("x in (my_list)", &[], "x in (  )");
    }

    #[test]
    fn growth_is_bounded() {
        let doubled: Vec<ListText> = (0..64)
            .map(|n| {
                let next = format!("l{}", n + 1);
                ListText::new(&format!("l{n}"), [next.as_str(), next.as_str()].into_iter())
            })
            .collect();
        assert!(Lists::new(doubled).put_in("x in (l0)").is_err());
    }
}
