//! What every request shares: the log, the sites that are open here, and how much each key sends.

use crate::api::problem::ApiProblem;
use crate::desk::Desk;
use crate::log::{ApiKey, KeptAnswer, Log, LogError, Stock};
use crate::site::Site;
use crate::tracking::Links;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use metrics_exporter_prometheus::PrometheusHandle;
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, Weak};
use std::time::{Duration, Instant};
use sync::{Hash, SiteId};

/// A revoked key works at most this long more.
const KEY_KEPT: Duration = Duration::from_secs(2);

#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    log: Log,
    folder: PathBuf,
    desks: Mutex<HashMap<SiteId, Desk>>,
    books: Arc<Books>,
    keys: Mutex<HashMap<Hash, (Option<ApiKey>, Instant)>>,
    pace: DefaultKeyedRateLimiter<Hash>,
    metrics: PrometheusHandle,
}

/// The books of the open sites, for whoever lends out of them.
#[derive(Default)]
struct Books(RwLock<HashMap<SiteId, Weak<Site>>>);

impl Stock for Books {
    fn available(&self, site: &SiteId, sku: &str, at_seq: i64) -> Result<i64, LogError> {
        let books = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let book = books.get(site).and_then(Weak::upgrade);
        let book = book.ok_or_else(|| LogError::Stock("the site is not open here".to_owned()))?;
        book.available(sku, at_seq)
    }
}

impl Hub {
    pub fn new(
        log: Log,
        folder: PathBuf,
        per_second: NonZeroU32,
        metrics: PrometheusHandle,
    ) -> Hub {
        let burst = per_second.saturating_mul(NonZeroU32::MIN.saturating_add(1));
        let quota = Quota::per_second(per_second).allow_burst(burst);
        Hub(Arc::new(Inner {
            log,
            folder,
            desks: Mutex::default(),
            books: Arc::default(),
            keys: Mutex::default(),
            pace: RateLimiter::keyed(quota),
            metrics,
        }))
    }

    /// A handle that can lend: for links to stations.
    pub fn lending_log(&self) -> Log {
        self.0.log.with_stock(self.0.books.clone())
    }

    /// Asks the log on a thread that may wait.
    pub async fn log<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut Log) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, ApiProblem> {
        let mut log = self.0.log.clone();
        let asked = tokio::task::spawn_blocking(move || ask(&mut log)).await;
        let stopped = |_| ApiProblem::unavailable("The log's thread stopped half-way.");
        asked.map_err(stopped)?.map_err(|error| ApiProblem::from(crate::site::problem(error)))
    }

    pub async fn kept_answer(
        &self,
        scope: &str,
        key: &str,
    ) -> Result<Option<KeptAnswer>, ApiProblem> {
        let (scope, key) = (scope.to_owned(), key.to_owned());
        self.log(move |log| log.kept(&scope, &key)).await
    }

    pub async fn api_key(&self, hash: Hash) -> Result<Option<ApiKey>, ApiProblem> {
        if let Some((known, at)) = lock(&self.0.keys).get(&hash)
            && at.elapsed() < KEY_KEPT
        {
            return Ok(known.clone());
        }
        let known = self.log(move |log| log.key(hash)).await?.filter(|key| !key.revoked);
        let mut keys = lock(&self.0.keys);
        // Strangers' keys must not fill the memory.
        keys.retain(|_, (_, at)| at.elapsed() < KEY_KEPT);
        keys.insert(hash, (known.clone(), Instant::now()));
        Ok(known)
    }

    /// `Err` is how many seconds to wait.
    pub fn pace(&self, key: Hash) -> Result<(), u64> {
        let limiter = &self.0.pace;
        limiter.check_key(&key).map_err(|not_until| {
            not_until.wait_time_from(DefaultClock::default().now()).as_secs() + 1
        })
    }

    /// The site's desk on this replica, opened at the first request.
    pub async fn desk(&self, site: &SiteId) -> Result<Desk, ApiProblem> {
        if let Some(desk) = lock(&self.0.desks).get(site) {
            return Ok(desk.clone());
        }
        let (hub, id) = (self.clone(), site.clone());
        let opened = tokio::task::spawn_blocking(move || hub.open(&id)).await;
        opened.map_err(|_| ApiProblem::unavailable("Opening the site stopped half-way."))?
    }

    fn open(&self, id: &SiteId) -> Result<Desk, ApiProblem> {
        // One opens while the others wait: a folder has one book.
        let mut desks = lock(&self.0.desks);
        if let Some(desk) = desks.get(id) {
            return Ok(desk.clone());
        }
        let known =
            self.0.log.sites().map_err(|error| ApiProblem::from(crate::site::problem(error)))?;
        if !known.iter().any(|row| row.id == id.0) {
            return Err(ApiProblem::not_found("There is no such site."));
        }
        let site = Site::open(&self.0.folder.join("sites"), id.clone(), self.0.log.clone())?;
        let links = Links::new(&site.tracking_secret()?, &id.0);
        let site = Arc::new(site);
        let mut books = self.0.books.0.write().unwrap_or_else(PoisonError::into_inner);
        books.insert(id.clone(), Arc::downgrade(&site));
        drop(books);
        let desk = Desk::open(site, links);
        desks.insert(id.clone(), desk.clone());
        Ok(desk)
    }

    /// The sites that are open here.
    pub fn open_desks(&self) -> Vec<(SiteId, Desk)> {
        lock(&self.0.desks).iter().map(|(id, desk)| (id.clone(), desk.clone())).collect()
    }

    pub async fn links(&self, site: &SiteId) -> Result<Links, ApiProblem> {
        Ok(self.desk(site).await?.links().clone())
    }

    pub async fn ready(&self) -> Result<(), ApiProblem> {
        self.log(|log| log.sites()).await.map(drop)
    }

    pub fn metrics(&self) -> String {
        self.0.metrics.render()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
