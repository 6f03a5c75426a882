//! How often each lint has something to say: what to turn off, mend at once or look at first in an old archive.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Checked, Report, Summary};
use crate::diagnostic::{Safety, Severity};

/// The report as a table, the most frequent first.
#[derive(Default)]
pub struct Statistics {
    /// By lint: findings, files, how bad it is, findings that a safe fix would mend.
    lints: BTreeMap<String, (usize, usize, Severity, usize)>,
}

impl Report for Statistics {
    fn file(&mut self, checked: &Checked<'_>, _: &mut dyn Write) -> io::Result<()> {
        let mut here: BTreeMap<&str, (usize, Severity, usize)> = BTreeMap::new();
        for d in checked.diagnostics {
            let (findings, severity, fixable) = here.entry(&d.lint.id).or_insert((0, d.severity, 0));
            *findings += 1;
            *severity = (*severity).max(d.severity);
            *fixable += usize::from(d.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe));
        }
        for (lint, (findings, severity, fixable)) in here {
            let all = self.lints.entry(lint.to_owned()).or_insert((0, 0, severity, 0));
            *all = (all.0 + findings, all.1 + 1, all.2.max(severity), all.3 + fixable);
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let mut rows: Vec<_> = self.lints.iter().collect();
        rows.sort_by_key(|(_, (findings, ..))| std::cmp::Reverse(*findings));
        let longest = rows.iter().map(|(lint, _)| lint.len()).max().unwrap_or(0).max("lint".len());
        if !rows.is_empty() {
            writeln!(
                out,
                "{:longest$}  {:8}  {:>8}  {:>7}  {:>8}",
                "lint", "severity", "findings", "files", "safe fix"
            )?;
        }
        for (lint, (findings, files, severity, fixable)) in rows {
            writeln!(out, "{lint:longest$}  {:8}  {findings:>8}  {files:>7}  {fixable:>8}", severity.name())?;
        }
        let all: usize = summary.findings.iter().sum();
        let safe = summary.fixable[0];
        writeln!(out, "{:longest$}  {:8}  {all:>8}  {:>7}  {safe:>8}", "all", "", summary.files_with_findings)
    }
}
