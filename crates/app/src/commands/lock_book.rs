//! Encipher the book of this desktop from the next start on, or no longer.

use crate::ctx::{Ctx, Done};
use crate::locking::{wish_locked, wish_open};
use crate::problem::Fault;
use crate::view::Nothing;
use serde::Serialize;
use ts_rs::TS;

#[derive(Debug, Serialize, TS)]
pub struct LockAnswer {
    pub message: String,
    /// To be written down: without it and without this machine's keychain the data is lost.
    pub recovery_key: String,
}

pub fn lock(ctx: &Ctx<'_>, _: Nothing) -> Result<LockAnswer, Fault> {
    let wished = wish_locked(ctx.app.dir(), None, ctx.app.vault(), ctx.app.edge());
    let recovery_key = wished.map_err(|fault| in_words(ctx, fault))?;
    Ok(LockAnswer {
        message: ctx.say(
            "The data is encrypted at the next start. Write the key down.",
            "下次启动时将加密数据。请抄写密钥。",
        ),
        recovery_key,
    })
}

pub fn unlock(ctx: &Ctx<'_>, _: Nothing) -> Result<Done, Fault> {
    wish_open(ctx.app.dir()).map_err(|fault| in_words(ctx, fault))?;
    let message = ctx.say("The data is decrypted at the next start.", "下次启动时将解密数据。");
    Ok(Done { message, event_ids: Vec::new() })
}

/// What goes wrong while people work is said in their language.
fn in_words(ctx: &Ctx<'_>, fault: Fault) -> Fault {
    let Fault::Said(problem) = &fault else { return fault };
    let (what, todo) = match problem.code.as_str() {
        "no_keychain" => (
            "本机没有可用的密钥链来保存密钥。",
            "请使用 `quay lock 文件夹 --key-file 文件`，密钥文件放在其他磁盘。",
        ),
        "locked_already" => ("数据已设置加密。", "无需处理；最迟下次启动后生效。"),
        "not_locked" => ("数据未加密。", "无需处理。"),
        _ => return fault,
    };
    let what = ctx.say(&problem.what_happened, what);
    Fault::said(&problem.code, what, ctx.say(&problem.what_to_do, todo))
}
