//! Names of user fields in the universal family (REST documentation, universal methods).

use crate::model::data::UserField;
use crate::model::fields::Entity;
use crate::model::portal::Portal;

/// `UF_CRM_SHOP_ORDER_ID` → `ufCrmShopOrderId`, `UF_CRM_1747309879` → `ufCrm_1747309879`.
pub fn camel(upper: &str) -> String {
    let Some(rest) = upper.strip_prefix("UF_CRM_") else {
        return upper.to_owned();
    };
    let parts: Vec<&str> = rest.split('_').filter(|p| !p.is_empty()).collect();
    let (number, tail) = match parts.split_first() {
        Some((first, tail)) if !tail.is_empty() && digits(first) => (Some(*first), tail),
        _ => (None, &parts[..]),
    };
    let letters = tail.iter().all(|p| p.bytes().all(|b| b.is_ascii_alphabetic()));
    let numbers = tail.iter().all(|p| digits(p));
    if number.is_none() && numbers || !(letters || numbers) {
        return format!("ufCrm_{rest}");
    }
    let mut out = "ufCrm".to_owned();
    let mut after_digits = false;
    for part in number.into_iter().chain(tail.iter().copied()) {
        if digits(part) {
            if after_digits {
                out.push('_');
            }
            out.push_str(part);
            after_digits = true;
        } else {
            let (head, rest) = part.split_at(1);
            out.push_str(head);
            out.push_str(&rest.to_ascii_lowercase());
            after_digits = false;
        }
    }
    out
}

fn digits(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
}

impl Portal {
    /// The universal name of a field; a collision leaves the original one.
    pub fn uf_camel(&self, entity: Entity, name: &str) -> String {
        let wanted = camel(name);
        let taken = self.fields_of(entity).map(|(_, f)| f).find(|f| camel(&f.name) == wanted);
        if taken.is_some_and(|first| first.name != name) {
            return name.to_owned();
        }
        wanted
    }

    /// A field by its name in a universal request.
    pub fn uf_by_universal(&self, entity: Entity, name: &str, original: bool) -> Option<&UserField> {
        if !name.get(..2).is_some_and(|p| p.eq_ignore_ascii_case("uf")) {
            return None;
        }
        self.fields_of(entity).map(|(_, f)| f).find(|f| {
            if original {
                f.name == name
            } else {
                f.name == name || self.uf_camel(entity, &f.name) == name
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::camel;

    #[test]
    fn names_of_the_documentation() {
        for (upper, expected) in [
            ("UF_CRM_3_DIGIT", "ufCrm3Digit"),
            ("UF_CRM_3_1747309727", "ufCrm3_1747309727"),
            ("UF_CRM_3_DIGIT10", "ufCrm_3_DIGIT10"),
            ("UF_CRM_1747309879", "ufCrm_1747309879"),
            ("UF_CRM_SHOP_ORDER_ID", "ufCrmShopOrderId"),
        ] {
            assert_eq!(camel(upper), expected);
        }
    }
}
