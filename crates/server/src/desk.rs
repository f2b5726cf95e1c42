//! The one thread that decides for a site on this replica. Orders that arrive together are placed
//! in one transaction: a commit that others wait for costs the same for one order as for many.

use crate::api::order::OrderView;
use crate::api::problem::{ApiProblem, ProblemBody};
use crate::log::KeptAnswer;
use crate::site::Site;
use crate::tracking::Links;
use app::commands::place_order::{Placed, place_draft};
use app::ctx::Ctx;
use app::{Fault, OrderDraft, Problem};
use axum::http::StatusCode;
use domain::OrderId;
use std::cell::RefCell;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};
use store::Db;
use sync::Hash;
use tokio::sync::oneshot;

/// Waiting longer than this for company would be felt.
const GATHER: Duration = Duration::from_millis(2);
const BATCH_MAX: usize = 200;
/// Orders that wait beyond this are told to come again: memory stays bounded under any load.
const QUEUE_MAX: usize = 5_000;
/// Other replicas' events are noticed at least this often.
const LOOK_EVERY: Duration = Duration::from_millis(150);

/// An answer as it goes out, and as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub status: u16,
    pub body: String,
}

pub struct Place {
    pub channel: String,
    pub draft: OrderDraft,
    /// Scope, key and the hash of the request that the answer is kept for.
    pub key: Option<(String, String, Hash)>,
}

type Work = Box<dyn FnOnce(&Site) + Send>;

enum Job {
    Place(Box<Waiting>),
    Work(Work),
}

#[derive(Clone)]
pub struct Desk {
    jobs: mpsc::SyncSender<Job>,
    site: Arc<Site>,
    links: Links,
}

impl Desk {
    /// Starts the thread; it ends when the last `Desk` is gone.
    pub fn open(site: Arc<Site>, links: Links) -> Desk {
        let (jobs, waiting) = mpsc::sync_channel(QUEUE_MAX);
        let desk = Desk { jobs, site: site.clone(), links: links.clone() };
        std::thread::spawn(move || serve(&site, &links, &waiting));
        desk
    }

    pub fn links(&self) -> &Links {
        &self.links
    }

    pub fn site(&self) -> &Arc<Site> {
        &self.site
    }

    pub async fn place(&self, place: Place) -> Result<Answered, ApiProblem> {
        let (sender, answer) = oneshot::channel();
        self.jobs
            .try_send(Job::Place(Box::new((place, sender))))
            .map_err(|_| ApiProblem::unavailable("Too many orders wait to be placed."))?;
        answer.await.map_err(|_| ApiProblem::unavailable("The site's desk has stopped."))?
    }

    /// Decides something else, in turn with the orders.
    pub async fn decide<T: Send + 'static>(
        &self,
        work: impl Fn(&Ctx<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, ApiProblem> {
        let (sender, answer) = oneshot::channel();
        let job: Work = Box::new(move |site| {
            let none = |_: &Db<'_>| Ok(Vec::new());
            // Whoever asked may have gone; the decision stands.
            let _ = sender.send(site.decide(app::SYSTEM, work, &none));
        });
        self.jobs
            .try_send(Job::Work(job))
            .map_err(|_| ApiProblem::unavailable("Too many requests wait for the site."))?;
        let answer =
            answer.await.map_err(|_| ApiProblem::unavailable("The site's desk has stopped."))?;
        answer.map_err(ApiProblem::from)
    }

    /// Takes in what other replicas have written.
    pub async fn catch_up(&self) -> Result<(), ApiProblem> {
        let site = self.site.clone();
        let caught = tokio::task::spawn_blocking(move || site.catch_up()).await;
        let stopped = |_| ApiProblem::unavailable("Taking in the log stopped half-way.");
        caught.map_err(stopped)?.map(drop).map_err(ApiProblem::from)
    }

    /// Questions to the book; they wait for nobody.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Ctx<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, ApiProblem> {
        let site = self.site.clone();
        let asked = tokio::task::spawn_blocking(move || site.ask(question)).await;
        let stopped = |_| ApiProblem::unavailable("The question stopped half-way.");
        asked.map_err(stopped)?.map_err(ApiProblem::from)
    }
}

fn serve(site: &Site, links: &Links, waiting: &mpsc::Receiver<Job>) {
    let mut looked = Instant::now();
    loop {
        let job = match waiting.recv_timeout(LOOK_EVERY) {
            Ok(job) => Some(job),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        if job.is_none() || looked.elapsed() >= LOOK_EVERY {
            // An unreachable log is tried again at the next look; requests are told meanwhile.
            let _ = site.catch_up();
            looked = Instant::now();
        }
        match job {
            None => {}
            Some(Job::Work(work)) => work(site),
            Some(Job::Place(first)) => {
                let mut batch = vec![*first];
                let after = gather(waiting, &mut batch);
                place_all(site, links, batch);
                if let Some(work) = after {
                    work(site);
                }
            }
        }
    }
}

type Waiting = (Place, oneshot::Sender<Result<Answered, ApiProblem>>);

/// More orders that arrive within a moment; the first other job ends the batch.
fn gather(waiting: &mpsc::Receiver<Job>, batch: &mut Vec<Waiting>) -> Option<Work> {
    let until = Instant::now() + GATHER;
    while batch.len() < BATCH_MAX {
        match waiting.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(Job::Place(next)) => batch.push(*next),
            Ok(Job::Work(work)) => return Some(work),
            Err(_) => return None,
        }
    }
    None
}

fn place_all(site: &Site, links: &Links, batch: Vec<Waiting>) {
    let placed: RefCell<Vec<Result<Placed, Problem>>> = RefCell::new(Vec::new());
    let answered: RefCell<Vec<Answered>> = RefCell::new(Vec::new());
    let work = |ctx: &Ctx<'_>| {
        ctx.write(|w| {
            let mut outcomes = Vec::with_capacity(batch.len());
            for (place, _) in &batch {
                outcomes.push(match place_draft(w, &place.channel, place.draft.clone(), None) {
                    Ok(placed) => Ok(placed),
                    // The disk is full or the book is damaged: nothing of the batch happens.
                    Err(Fault::Store(error)) => return Err(Fault::Store(error)),
                    Err(refused) => Err(refused.into_problem(ctx.lang)),
                });
            }
            *placed.borrow_mut() = outcomes;
            Ok(())
        })
    };
    let answers = |db: &Db<'_>| {
        let mut said = Vec::with_capacity(batch.len());
        let mut kept = Vec::new();
        for ((place, _), outcome) in batch.iter().zip(placed.borrow().iter()) {
            let answer = answer(db, links, outcome)?;
            if let Some((scope, key, request)) = &place.key {
                kept.push(KeptAnswer {
                    scope: scope.clone(),
                    key: key.clone(),
                    request: *request,
                    status: answer.status,
                    body: answer.body.clone(),
                });
            }
            said.push(answer);
        }
        *answered.borrow_mut() = said;
        Ok(kept)
    };
    let outcome = site.decide(app::SYSTEM, work, &answers);
    let mut answered = answered.into_inner().into_iter();
    for (_, sender) in batch {
        let answer = match (&outcome, answered.next()) {
            (Ok(()), Some(answer)) => Ok(answer),
            (Ok(()), None) => Err(ApiProblem::unavailable("The order has no answer.")),
            (Err(problem), _) => Err(ApiProblem::from(problem.clone())),
        };
        // A client that has gone asks again and gets the kept answer.
        let _ = sender.send(answer);
    }
}

fn answer(
    db: &Db<'_>,
    links: &Links,
    outcome: &Result<Placed, Problem>,
) -> Result<Answered, Fault> {
    Ok(match outcome {
        Ok(Placed::New(id)) => seen(db, links, *id, StatusCode::CREATED)?,
        Ok(Placed::AlreadyKnown(id)) => seen(db, links, *id, StatusCode::OK)?,
        Err(problem) => {
            let body: ProblemBody = ApiProblem::from(problem.clone()).body;
            Answered { status: body.status, body: json(&body) }
        }
    })
}

fn seen(db: &Db<'_>, links: &Links, id: OrderId, status: StatusCode) -> Result<Answered, Fault> {
    let view = OrderView::read(db, id, |id| links.path(id))?;
    let view = view.ok_or_else(|| Fault::unknown("order", id))?;
    Ok(Answered { status: status.as_u16(), body: json(&view) })
}

fn json(value: &impl serde::Serialize) -> String {
    // Our own plain types always have a JSON form.
    serde_json::to_string(value).unwrap_or_default()
}
