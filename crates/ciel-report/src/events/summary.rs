//! How many events there are by type, process, descriptor and container.

use std::{
    collections::HashMap,
    io::{self, Write},
};

use ciel_event::Context;
use ciel_fields::{Field, FieldError};
use serde::Serialize;

use crate::words::escape_controls;

/// Different values of one kind that are counted; what comes later is counted together.
const VALUES: usize = 100_000;
/// Lines of each kind that people see.
const SHOWN: usize = 20;

/// Counts events.
#[derive(Debug)]
pub struct EventSummary {
    events: u64,
    first: u64,
    last: u64,
    tables: Vec<Table>,
}

#[derive(Debug)]
struct Table {
    title: &'static str,
    key: &'static str,
    field: Field,
    counts: HashMap<Vec<u8>, u64>,
    others: u64,
}

#[derive(Serialize)]
struct Row {
    name: String,
    events: u64,
}

impl EventSummary {
    /// No events yet.
    ///
    /// # Errors
    ///
    /// If one of the fields that it counts by does not exist, which would be a mistake in Ciel.
    pub fn new() -> Result<Self, FieldError> {
        const TABLES: [(&str, &str, &str); 4] = [
            ("Type", "types", "evt.type"),
            ("Process", "processes", "proc.name"),
            ("Descriptor", "descriptors", "fd.name"),
            ("Container", "containers", "container.id"),
        ];
        let tables: Result<_, FieldError> = TABLES
            .into_iter()
            .map(|(title, key, field)| {
                Ok(Table {
                    title,
                    key,
                    field: Field::parse(field)?,
                    counts: HashMap::new(),
                    others: 0,
                })
            })
            .collect();
        Ok(Self {
            events: 0,
            first: 0,
            last: 0,
            tables: tables?,
        })
    }

    /// Counts an event.
    pub fn add(&mut self, context: &Context<'_>) {
        self.events += 1;
        let time = context.event.time;
        if self.events == 1 {
            self.first = time;
        }
        self.last = self.last.max(time);
        for table in &mut self.tables {
            table.add(context);
        }
    }

    /// Writes the counts for people, the most frequent first.
    ///
    /// # Errors
    ///
    /// If `out` cannot be written to.
    pub fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        let span = self.last.saturating_sub(self.first);
        writeln!(
            out,
            "{} events in {}.{:09} s",
            self.events,
            span / 1_000_000_000,
            span % 1_000_000_000
        )?;
        for table in &self.tables {
            let rows = table.rows();
            writeln!(out, "\n{:>12}  {}", "Events", table.title)?;
            for row in rows.iter().take(SHOWN) {
                let name: String = row
                    .name
                    .chars()
                    .map(|letter| if letter.is_control() { '.' } else { letter })
                    .collect();
                writeln!(out, "{:>12}  {name}", row.events)?;
            }
            let rest: u64 =
                rows.iter().skip(SHOWN).map(|row| row.events).sum::<u64>() + table.others;
            if rest > 0 {
                writeln!(
                    out,
                    "{rest:>12}  ({} others)",
                    rows.len().saturating_sub(SHOWN)
                )?;
            }
        }
        Ok(())
    }

    /// Writes all counts as one JSON object.
    ///
    /// # Errors
    ///
    /// If `out` cannot be written to.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut object = serde_json::Map::new();
        object.insert("schema".to_owned(), "ciel.events-summary/v1".into());
        object.insert("events".to_owned(), self.events.into());
        object.insert("first".to_owned(), self.first.into());
        object.insert("last".to_owned(), self.last.into());
        for table in &self.tables {
            object.insert(table.key.to_owned(), serde_json::to_value(table.rows())?);
            if table.others > 0 {
                object.insert(format!("{}NotCounted", table.key), table.others.into());
            }
        }
        let mut line = serde_json::to_vec(&object)?;
        escape_controls(&mut line);
        line.push(b'\n');
        out.write_all(&line)
    }
}

impl Table {
    fn add(&mut self, context: &Context<'_>) {
        let mut name = Vec::new();
        let Some(value) = self.field.extract(context) else {
            return;
        };
        let (kind, format) = self.field.shape_in(context.event);
        value.write_text(kind, format, &mut name);
        if name.is_empty() {
            return;
        }
        if let Some(count) = self.counts.get_mut(&name) {
            *count += 1;
        } else if self.counts.len() < VALUES {
            self.counts.insert(name, 1);
        } else {
            self.others += 1;
        }
    }

    /// The most frequent first; equal ones by name.
    fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = self
            .counts
            .iter()
            .map(|(name, events)| Row {
                name: String::from_utf8_lossy(name).into_owned(),
                events: *events,
            })
            .collect();
        rows.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.name.cmp(&b.name)));
        rows
    }
}
