//! Every command and query by name, in three lists: the office's orders, the floor, and the desk.

mod desk;
mod floor;
mod orders;

use crate::bindings::Contract;
use crate::ctx::Ctx;
use crate::problem::Fault;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// One list: name, the roles that may call it (empty: whoever is signed in; `open`: anybody), and
/// the function that does it.
macro_rules! doors {
    ($($name:literal $roles:tt => $run:expr;)*) => {
        pub(super) fn describe(contract: &mut crate::bindings::Contract) {
            $(contract.door($name, $run);)*
        }

        pub(super) fn run(
            ctx: &crate::ctx::Ctx<'_>,
            name: &str,
            args: serde_json::Value,
        ) -> Option<Result<serde_json::Value, crate::problem::Fault>> {
            match name {
                $($name => Some(super::admit!(ctx, $roles)
                    .and_then(|()| super::typed(ctx, args, $run))),)*
                _ => None,
            }
        }

        pub(super) fn allowed(ctx: &crate::ctx::Ctx<'_>) -> Vec<&'static str> {
            let mut names = Vec::new();
            $(if super::admit!(ctx, $roles).is_ok() { names.push($name); })*
            names
        }
    };
}

macro_rules! admit {
    ($ctx:expr, open) => {
        Ok::<(), crate::problem::Fault>(())
    };
    ($ctx:expr, [$($role:ident),*]) => {
        $ctx.allow(&[$(domain::person::Role::$role),*])
    };
}

use {admit, doors};

pub(crate) fn run(ctx: &Ctx<'_>, name: &str, args: Value) -> Result<Value, Fault> {
    if let Some(answer) = orders::run(ctx, name, args.clone()) {
        return answer;
    }
    if let Some(answer) = floor::run(ctx, name, args.clone()) {
        return answer;
    }
    desk::run(ctx, name, args).unwrap_or_else(|| {
        Err(Fault::said(
            "unknown_command",
            format!("There is no command {name}."),
            ctx.say("Update Quayside on this computer.", "请在本机更新 Quayside。"),
        ))
    })
}

/// Every door, with what goes in and what comes out.
pub(crate) fn describe(contract: &mut Contract) {
    orders::describe(contract);
    floor::describe(contract);
    desk::describe(contract);
}

/// What the signed-in person may call.
pub(crate) fn allowed(ctx: &Ctx<'_>) -> Vec<&'static str> {
    [orders::allowed(ctx), floor::allowed(ctx), desk::allowed(ctx)].concat()
}

fn typed<A: DeserializeOwned, R: Serialize>(
    ctx: &Ctx<'_>,
    args: Value,
    run: fn(&Ctx<'_>, A) -> Result<R, Fault>,
) -> Result<Value, Fault> {
    // A screen without arguments may send nothing at all.
    let args = if args.is_null() { Value::Object(serde_json::Map::new()) } else { args };
    let args = serde_json::from_value(args).map_err(|error| Fault::invalid("arguments", error))?;
    let answer = run(ctx, args)?;
    serde_json::to_value(answer).map_err(|error| Fault::invalid("answer", error))
}
