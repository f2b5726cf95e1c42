//! What a person is told when something cannot be done: a code for programs, what happened and what
//! to do for people, in their language.

use crate::lang::Lang;
use crate::sentences;
use domain::Refusal;
use serde::Serialize;
use store::StoreError;
use ts_rs::TS;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Problem {
    pub code: String,
    pub what_happened: String,
    pub what_to_do: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ({})", self.what_happened, self.what_to_do, self.code)
    }
}

impl std::error::Error for Problem {}

/// Why a command failed, before the language of the person is known.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{}", .0.what_happened)]
    Said(Problem),
}

impl Fault {
    pub fn said(code: &str, what_happened: String, what_to_do: String) -> Fault {
        Fault::Said(Problem { code: code.to_owned(), what_happened, what_to_do })
    }

    pub fn unknown(what: &'static str, id: impl ToString) -> Fault {
        Refusal::Unknown { what, id: id.to_string() }.into()
    }

    pub fn invalid(field: &'static str, problem: impl ToString) -> Fault {
        Refusal::Invalid { field, problem: problem.to_string() }.into()
    }

    pub fn into_problem(self, lang: Lang) -> Problem {
        match self {
            Fault::Said(problem) => problem,
            Fault::Refused(refusal) => refused(&refusal, lang),
            Fault::Store(error) => stored(&error, lang),
        }
    }
}

fn problem(code: &str, what_happened: String, what_to_do: &str) -> Problem {
    Problem { code: code.to_owned(), what_happened, what_to_do: what_to_do.to_owned() }
}

fn refused(refusal: &Refusal, lang: Lang) -> Problem {
    let code = refusal.code();
    match refusal {
        Refusal::Unknown { what, id } => problem(
            code,
            lang.pick(
                format!("Unknown {what}: {id}."),
                format!("未知的{}：{id}。", lang.noun(what)),
            ),
            &lang.pick("Check the code and scan again.".into(), "请核对编码后重新扫描。".into()),
        ),
        Refusal::QtyNotPositive => problem(
            code,
            lang.say("The quantity must be more than 0.", "数量必须大于 0。"),
            &lang.say("Enter how many there are.", "请输入实际数量。"),
        ),
        Refusal::NotEnough { location, on_hand, wanted, .. } => problem(
            code,
            lang.pick(
                format!("Only {on_hand} of {wanted} on hand in {location}."),
                format!("{location} 现有 {on_hand}，需要 {wanted}。"),
            ),
            &lang.say("Short-pick, or count the bin.", "请按短拣处理，或盘点该库位。"),
        ),
        Refusal::WrongState { what, is, needs } => {
            let is = sentences::state(lang, is);
            problem(
                code,
                lang.pick(
                    format!("The {what} is {is}."),
                    format!("{}当前状态：{is}。", lang.noun(what)),
                ),
                &sentences::needs(lang, needs),
            )
        }
        Refusal::Invalid { field, problem: why } => {
            let why = sentences::problem(lang, why);
            problem(
                code,
                lang.pick(format!("{field}: {why}."), format!("{}：{why}。", lang.noun(field))),
                &lang.say("Correct it and try again.", "请更正后重试。"),
            )
        }
        Refusal::Conflict { key } => problem(
            code,
            lang.pick(
                format!("{key} is already known with different content."),
                format!("{key} 已存在，且内容不同。"),
            ),
            &lang.say(
                "Use a new number for a new order; cancel the old one if it was wrong.",
                "新订单请使用新单号；若旧单有误，请先取消。",
            ),
        ),
        Refusal::SamePerson => problem(
            code,
            lang.say("You made the first count.", "初盘是您本人完成的。"),
            &lang.say("Ask another person to recount.", "请由另一位同事复盘。"),
        ),
        Refusal::SerialElsewhere { serial, location } => problem(
            code,
            lang.pick(
                format!("Serial {serial} already stands in {location}."),
                format!("序列号 {serial} 已在 {location}。"),
            ),
            &lang.say(
                "Check the label; count that bin if it is wrong.",
                "请核对标签；若不符请盘点该库位。",
            ),
        ),
        Refusal::AlreadyUndone => problem(
            code,
            lang.say("This was already undone.", "该操作已撤销。"),
            &lang.say("Nothing to do.", "无需处理。"),
        ),
        Refusal::NotUndoable { why } => problem(
            code,
            lang.pick(format!("This cannot be undone: {why}."), format!("无法撤销：{why}。")),
            &lang.say("Undo what came after it first.", "请先撤销其后的操作。"),
        ),
        Refusal::WrongScan { expected, got } => problem(
            code,
            lang.pick(
                format!("Wrong scan: {got}, expected {expected}."),
                format!("扫描不符：{got}，应为 {expected}。"),
            ),
            &lang.pick(format!("Scan {expected}."), format!("请扫描 {expected}。")),
        ),
    }
}

fn stored(error: &StoreError, lang: Lang) -> Problem {
    match error {
        StoreError::DiskFull => problem(
            "disk_full",
            lang.say("The disk is full. Nothing was recorded.", "磁盘已满，本次操作未记录。"),
            &lang.say(
                "Free some space on this computer, then do it again.",
                "请清理磁盘空间后重做本次操作。",
            ),
        ),
        StoreError::Unconfirmed(_) => problem(
            "unconfirmed",
            lang.say(
                "The disk failed while this was written; whether it was recorded shows only after a restart.",
                "写入时磁盘出错；本次操作是否已记录，重启后才能确定。",
            ),
            &lang.say(
                "Start Quayside again, look whether it is there, and only then do it again. Check the disk.",
                "请重新启动 Quayside，确认该操作是否已存在，再决定是否重做。请检查磁盘。",
            ),
        ),
        StoreError::ReadOnly => problem(
            "read_only",
            lang.say("The data folder cannot be written.", "数据文件夹不可写。"),
            &lang.say(
                "Check the folder's permissions and that the disk is not write-protected.",
                "请检查文件夹权限以及磁盘是否写保护。",
            ),
        ),
        StoreError::Corrupt(_) => problem(
            "corrupt",
            lang.say("The data file is damaged.", "数据文件已损坏。"),
            &lang.say(
                "Do not delete it. Restore the last backup, and keep the damaged file for recovery.",
                "请勿删除该文件。请恢复最近的备份，并保留损坏文件以便找回数据。",
            ),
        ),
        StoreError::WrongKey => problem(
            "wrong_key",
            lang.say(
                "The key does not fit the locked book, or the book's first page is damaged.",
                "密钥与已加密的数据不符，或数据文件首页已损坏。",
            ),
            &lang.say(
                "Look whether the right key file is named; else restore the last backup, and keep this file.",
                "请核对所用密钥文件；若密钥无误，请恢复最近的备份，并保留该文件。",
            ),
        ),
        StoreError::NewerSchema { .. } => problem(
            "newer_schema",
            lang.say(
                "This data was written by a newer version of Quayside.",
                "数据由更新版本的 Quayside 写入。",
            ),
            &lang.say("Update Quayside on this computer.", "请在本机更新 Quayside。"),
        ),
        StoreError::Busy => problem(
            "busy",
            lang.say("Another program is writing to the data.", "另一个程序正在写入数据。"),
            &lang.say("Wait a moment and try again.", "请稍候重试。"),
        ),
        StoreError::SameIdOtherContent { .. }
        | StoreError::Fork { .. }
        | StoreError::Invariant { .. }
        | StoreError::Unreadable { .. }
        | StoreError::Disk(_)
        | StoreError::Sql(_) => problem(
            "internal",
            lang.pick(
                format!("Nothing was recorded: {error}."),
                format!("本次操作未记录：{error}。"),
            ),
            &lang.say(
                "Try again. If it comes back, run Verify in Settings and send the result.",
                "请重试。若再次出现，请在“设置”中运行核账并发送结果。",
            ),
        ),
    }
}
