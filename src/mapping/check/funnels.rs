//! Where the deals go.

use super::{has, parts, row, Findings, Input, ERROR};
use crate::contract::settings::Settings;
use crate::error::Code;

pub(super) fn check(settings: &Settings, input: &Input, findings: &mut Findings) {
    let all = &settings.funnel;
    funnel(&all.id, &all.name, "/funnel", input, findings);
    for (index, rule) in settings.funnels.iter().enumerate() {
        let at = row("/funnels", index);
        funnel(&rule.id, &rule.name, &at, input, findings);
        parts::condition(&rule.when, &at, input, findings);
        let mut earlier = settings.funnels.iter().take(index).map(|rule| &rule.when);
        parts::shadowed(&rule.when, &mut earlier, &at, input, findings);
    }
}

fn funnel(id: &str, name: &str, at: &str, input: &Input, findings: &mut Findings) {
    let at = [at, "/id"];
    if id.is_empty() {
        findings.add(ERROR, Code::FunnelMissing, &at, &[]);
    } else if !has(input.inventory("funnels"), "id", id) {
        findings.add(ERROR, Code::FunnelUnknown, &at, &[("funnel", name)]);
    }
}
