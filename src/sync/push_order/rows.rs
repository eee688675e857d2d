//! Product rows on their way to the portal.

use crate::domain::query::Query;
use crate::mapping::rows::Row;

/// Rows go without ids: the whole list is replaced. Bitrix24: REST documentation, "Product rows".
pub(super) fn rows_query<'a>(query: &'a mut Query, rows: &[Vec<String>]) -> &'a Query {
    for (index, row) in rows.iter().enumerate() {
        let [name, sku, price, quantity, vat, code, measure] = row.as_slice() else {
            continue;
        };
        let at = format!("productRows[{index}]");
        let mut set = |name: &str, value: &str| {
            query.set(&[&at, "[", name, "]"].concat(), value);
        };
        set("productName", name);
        set("price", price);
        set("quantity", quantity);
        if !vat.is_empty() {
            set("taxRate", vat);
            set("taxIncluded", "Y");
        }
        set("measureCode", code);
        set("measureName", measure);
        if !sku.is_empty() {
            set("xmlId", sku);
        }
        set(
            "sort",
            &index.saturating_add(1).saturating_mul(10).to_string(),
        );
    }
    query
}

/// Rows without the names of their fields: a state has to pass the border together with the answer to
/// its calls, and an order may have a thousand lines.
pub(super) fn slim(rows: Vec<Row>) -> Vec<Vec<String>> {
    rows.into_iter()
        .map(|row| {
            vec![
                row.name,
                row.sku,
                row.price,
                row.quantity,
                row.vat_rate.unwrap_or_default(),
                row.measure_code,
                row.measure,
            ]
        })
        .collect()
}
