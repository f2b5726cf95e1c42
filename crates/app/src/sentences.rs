//! Refusals are made in English where the rule stands; here they are said in Chinese. A test reads
//! the sources and is red when one of them has no line here.

use crate::lang::Lang;

/// What to do instead, as `Refusal::WrongState` says it.
const NEEDS: &[(&str, &str)] = &[
    ("A van that is being loaded keeps its route.", "装车中的车辆不能改线路。"),
    ("Ask a supervisor to approve it first.", "请先由主管批准。"),
    ("Dispatch the van first.", "请先发车。"),
    ("It needs no more work.", "无需再处理。"),
    (
        "It was decided today; change the expected receipt instead.",
        "今天已决定；如需更改，请修改待收货单。",
    ),
    ("Let another person recount first.", "请先由另一位同事复盘。"),
    ("Load the van again.", "请重新装车。"),
    ("Load the van first.", "请先装车。"),
    ("Open a new count of the bin.", "请为该库位新建盘点。"),
    ("Plan routes first.", "请先规划线路。"),
    ("Publish the plan first.", "请先发布线路计划。"),
    ("Receive it first.", "请先收货。"),
    ("This stop already has its result.", "该站点已有结果。"),
    ("choose orders that are ready and not on hold", "请选择可拣且未冻结的订单。"),
    ("go on with the next one", "请继续下一项。"),
    ("only an order in the house can be held", "只有仓内的订单可以冻结。"),
    ("open a return when it comes back", "货物退回后请登记退货。"),
    ("open another carton", "请另开一箱。"),
    ("pick it", "请开始拣货。"),
    ("scan the items into it first", "请先将商品扫描入箱。"),
];

/// How something stands.
const STATES: &[(&str, &str)] = &[
    ("cancelled", "已取消"),
    ("closed", "已关闭"),
    ("done", "已完成"),
    ("draft", "草稿"),
    ("empty", "为空"),
    ("loading", "装车中"),
    ("none", "未规划"),
    ("on the way", "配送中"),
    ("on_the_way", "配送中"),
    ("ontheway", "配送中"),
    ("picking", "拣货中"),
    ("published", "已发布"),
    ("ready", "可拣"),
    ("short", "缺货"),
    ("to_load", "待装车"),
    ("to_pack", "待打包"),
    ("waved", "已入波次"),
];

/// What codes, places and money are refused for, as the vocabulary says it.
const PROBLEMS: &[(&str, &str)] = &[
    ("not an id", "编号无效"),
    ("the import broke off", "导入中断"),
    ("use YYYY-MM-DD", "请按 年-月-日 填写，如 2026-01-31"),
    ("expected `lon,lat` in degrees", "应为“经度,纬度”，单位为度"),
    (
        "longitude must be within -180..180 and latitude within -90..90",
        "经度须在 -180 到 180 之间，纬度须在 -90 到 90 之间",
    ),
    ("a currency is three capital letters, such as EUR", "货币为三个大写字母，如 CNY"),
];

fn find(table: &[(&str, &'static str)], en: &str) -> Option<&'static str> {
    table.iter().find(|(key, _)| *key == en).map(|(_, zh)| *zh)
}

/// "go on with the next one" as a sentence of its own.
pub(crate) fn needs(lang: Lang, needs: &str) -> String {
    if lang.is_zh() {
        let otherwise = "请先完成前一步，或刷新后再试。";
        return find(NEEDS, needs).unwrap_or(otherwise).to_owned();
    }
    let mut letters = needs.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let end = if needs.ends_with('.') { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

/// "to_load", "SO-7 to_load": the state in words, what stands before it as it is.
pub(crate) fn state(lang: Lang, is: &str) -> String {
    let (before, word) = match is.rsplit_once(' ') {
        Some((before, word)) if find(STATES, is).is_none() => (before, word),
        _ => ("", is),
    };
    let said = match lang {
        Lang::En if word == "ontheway" => "on the way".to_owned(),
        Lang::En => word.replace('_', " "),
        Lang::Zh => find(STATES, word).unwrap_or(word).to_owned(),
    };
    if before.is_empty() { said } else { format!("{before} {said}") }
}

/// Why a value is refused; what a command has already said in Chinese passes through.
pub(crate) fn problem(lang: Lang, why: &str) -> String {
    if !lang.is_zh() {
        return why.to_owned();
    }
    if let Some(zh) = find(PROBLEMS, why) {
        return zh.to_owned();
    }
    if why.ends_with(" is empty") {
        return "不能为空".to_owned();
    }
    if why.ends_with(" holds a character that cannot be printed or scanned") {
        return "含有无法打印或扫描的字符".to_owned();
    }
    let longer =
        why.split_once(" is longer than ").and_then(|(_, n)| n.strip_suffix(" characters"));
    longer.map_or_else(|| why.to_owned(), |most| format!("不能超过 {most} 个字符"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// Every `needs: "…"` and every call `needs(…, "…")` in the sources of the commands.
    fn written(dir: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                written(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for mark in ["needs: \"", "let needs = \""] {
                found.extend(text.split(mark).skip(1).map(|rest| until_quote(rest).to_owned()));
            }
            for call in text.split("needs(now, ").skip(1) {
                let arguments = call.split(")?").next().unwrap();
                found.extend(arguments.split('"').nth(1).map(str::to_owned));
            }
        }
    }

    fn until_quote(rest: &str) -> &str {
        rest.split('"').next().unwrap()
    }

    #[test]
    fn what_to_do_instead_is_said_in_chinese_for_every_refusal() {
        let mut found = Vec::new();
        written(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/commands")), &mut found);
        assert!(found.len() >= 18, "only {found:?}");
        for sentence in found {
            assert!(find(NEEDS, &sentence).is_some(), "no Chinese for {sentence:?}");
        }
    }

    #[test]
    fn states_are_words_in_both_languages() {
        assert_eq!(state(Lang::En, "SO-7 to_load"), "SO-7 to load");
        assert_eq!(state(Lang::Zh, "SO-7 to_load"), "SO-7 待装车");
        assert_eq!(state(Lang::Zh, "on the way"), "配送中");
        assert_eq!(state(Lang::Zh, "ontheway"), "配送中");
        for order in domain::order::OrderState::ALL {
            assert!(find(STATES, order.as_str()).is_some(), "{order:?}");
        }
    }

    #[test]
    fn codes_are_refused_in_chinese() {
        let wrong = ["", &"x".repeat(99), "a\u{7}b"]
            .map(|text| problem(Lang::Zh, &domain::Sku::parse(text).unwrap_err().to_string()));
        assert_eq!(wrong, ["不能为空", "不能超过 40 个字符", "含有无法打印或扫描的字符"]);
        assert_eq!(needs(Lang::En, "pick it"), "Pick it.");
        assert_eq!(needs(Lang::Zh, "pick it"), "请开始拣货。");
    }
}
