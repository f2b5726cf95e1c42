//! Orders, waves, picking, packing, and signing in.

use super::doors;
use crate::commands as c;
use crate::queries as q;

doors! {
    "startup" open => q::startup::run;
    "sign_in" open => c::sign_in::run;
    "sign_out" open => c::sign_out::run;
    "status" open => q::status::run;
}
