//! Audit logs of API servers, watched like captures.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use ciel_event::schema::codes;
use ciel_falco::{audit::looks_like_audit, engine::AuditEngine};

use super::Report;
use crate::{commands::audit_log, output};

/// Bytes that say whether a file is an audit log.
const START: u64 = 4096;

/// Whether there is an audit log among the files. Of what can be read only once, only standard input is looked at.
pub(super) fn is_among(files: &[impl AsRef<Path>]) -> bool {
    files.iter().any(|file| {
        let file = file.as_ref();
        let start = if file == Path::new("-") {
            io::stdin().lock().fill_buf().map(<[u8]>::to_vec)
        } else if fs::metadata(file).is_ok_and(|data| data.is_file()) {
            let mut start = Vec::new();
            File::open(file)
                .and_then(|file| file.take(START).read_to_end(&mut start))
                .map(|_| start)
        } else {
            return false;
        };
        start.is_ok_and(|start| looks_like_audit(&start))
    })
}

/// The same bytes, and whether they are an audit log.
pub(super) fn told(input: Box<dyn Read>) -> io::Result<(BufReader<Box<dyn Read>>, bool)> {
    let mut input = BufReader::new(input);
    let is_audit = looks_like_audit(input.fill_buf()?);
    Ok((input, is_audit))
}

/// Watches one audit log; whether all of it could be read.
pub(super) fn watch(
    file: &Path,
    input: impl Read,
    engine: &mut AuditEngine,
    report: &mut Report,
) -> anyhow::Result<bool> {
    if !engine.has_rules() {
        output::note(&format!(
            "warning: {}: this is an audit log, and no rule has `source: k8s_audit`: name such rules with --rules",
            file.display()
        ));
    }
    report.begin();
    Ok(audit_log::read(file, input, |event| {
        let alerts = match &mut report.costs {
            None => engine.alerts(event),
            Some(costs) => {
                costs.read(codes::PLUGINEVENT_E);
                engine.alerts_at_cost(event, costs)
            }
        };
        alerts.iter().try_for_each(|alert| report.tell(alert, ""))?;
        report.begin();
        Ok(())
    })?)
}
