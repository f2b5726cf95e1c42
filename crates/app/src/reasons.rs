//! Why something was done. What a person typed stays as typed; what Quayside itself writes into the
//! log is a key, said in the language of whoever reads it.

use crate::lang::Lang;

/// The key in the log, then its words.
const OWN: &[(&str, &str, &str)] = &[
    ("missing", "Fewer than the book says", "比账面少"),
    ("empty", "Bin is empty", "库位已空"),
    ("damaged", "Damaged", "破损"),
    ("short pick", "Short pick", "缺货拣"),
    ("count plan", "Count plan", "盘点计划"),
    ("discrepancy", "Discrepancy", "差异"),
    ("routine", "Routine", "例行盘点"),
    ("counted", "Counted", "已盘点"),
    ("stock is no longer there", "Stock is no longer there", "货已不在"),
    ("stock was lost", "Stock was lost", "货已短少"),
    ("no longer promised", "No longer promised", "不再预留"),
    ("promised twice", "Promised twice", "重复预留"),
    ("picked twice", "Picked twice", "重复拣货"),
    ("cancelled", "Cancelled", "已取消"),
    ("lot swapped", "Lot swapped", "已换批号"),
    ("carton closed", "Carton closed", "已封箱"),
    ("slotting", "Slotting", "货位优化"),
    ("opening stock", "Opening stock", "期初库存"),
];

pub(crate) fn say(lang: Lang, reason: &str) -> String {
    match OWN.iter().find(|(key, ..)| *key == reason) {
        Some((_, en, zh)) => lang.say(en, zh),
        None => reason.to_owned(),
    }
}
