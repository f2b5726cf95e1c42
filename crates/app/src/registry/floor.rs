//! Receiving, putaway, returns, stock, counts and undo.

use super::doors;

doors! {}
