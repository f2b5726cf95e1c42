//! The contract of the log. Every case runs on both backends: what one keeps the other keeps.

// A case that cannot go on has failed.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../common/postgres.rs"]
mod database;
mod bed;
mod chains;
mod decisions;
mod quotas;
mod admin;
mod hooks;
mod outage;

macro_rules! on_both {
    ($($file:ident::$case:ident),* $(,)?) => {
        mod embedded {
            $(#[test] fn $case() { crate::$file::$case(&crate::bed::Sqlite::new()); })*
        }
        mod postgres {
            $(#[test] fn $case() { crate::$file::$case(&crate::bed::Shared::new()); })*
        }
    };
}

on_both!(
    chains::numbers_are_gap_free_under_eight_writers,
    chains::an_event_is_known_by_id_and_by_place,
    chains::a_stale_head_moves_nothing,
    chains::what_is_set_aside_keeps_its_place,
    chains::bytes_come_back_as_they_were,
    chains::a_closed_or_revoked_station_adds_nothing,
    decisions::a_fence_falls_with_every_change,
    decisions::an_answer_is_the_same_for_ever,
    decisions::two_replicas_never_promise_the_same_unit,
    quotas::never_more_is_lent_than_there_is,
    quotas::promises_under_quota_are_counted_once,
    quotas::a_task_has_one_holder,
    admin::a_code_serves_one_machine,
    admin::stations_are_shut_out_and_succeeded,
    admin::generations_begin_where_the_restored_log_ended,
    admin::keys_are_known_by_hash,
    admin::snapshots_are_fetched_in_parts,
    hooks::an_order_is_told_in_order_by_competing_senders,
    hooks::a_cursor_and_its_deliveries_move_together,
    hooks::a_failure_holds_its_order_back_until_it_is_given_up,
);
