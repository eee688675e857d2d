//! The mapped fields: against what the portal has, and against each other.

use super::{parts, row as place, Findings, Input, ERROR, WARNING};
use crate::contract::settings::{Of, Settings};
use crate::error::{Code, Problem};
use crate::mapping::fields::{is_hopeless, is_owned, known, title, twins, unfit};
use crate::mapping::when::apart;

/// `whole` is what every field of the portal is known of, not only those in use.
pub(super) fn check(settings: &Settings, whole: &[Of], input: &Input, findings: &mut Findings) {
    for (index, row) in settings.fields.iter().enumerate() {
        let about = known(row, &settings.portal);
        let at = place("/fields", index);
        let wrong = |code: Code| {
            let problem = Problem::new(code).at([&at, "/field"].concat());
            problem.with("field", title(row, about))
        };
        let gone = about.is_none() && whole.contains(&row.of);
        let code = if !row.field.is_empty() && is_owned(row, settings) {
            Some(Code::FieldOwned)
        } else if gone || row.field.is_empty() {
            Some(Code::FieldUnknown)
        } else {
            let read_only = about.is_some_and(|about| about.read_only);
            read_only.then_some(Code::FieldReadOnly)
        };
        findings.0.extend(code.map(|code| (ERROR, wrong(code))));
        let sound = parts::template(&row.template, &[], &[&at, "/template"], findings);
        if let Some(about) =
            about.filter(|about| sound && is_hopeless(row, about, &settings.portal))
        {
            let problem = unfit(row, Some(about)).at([&at, "/template"].concat());
            findings.0.push((ERROR, problem));
        }
        parts::condition(&row.when, &at, input, findings);
        let mut former = settings.fields.iter().take(index);
        if former.any(|one| twins(one, row) && !apart(&one.when, &row.when)) {
            findings.0.push((WARNING, wrong(Code::FieldTwice)));
        }
    }
}
