//! Today, replenishment, dispatch, paper and settings.

use super::doors;

doors! {}
