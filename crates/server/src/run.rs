//! Starting and stopping.

use crate::api;
use crate::courier;
use crate::hub::Hub;
use crate::keeper;
use crate::log::Log;
use anyhow::Context;
use axum_server::tls_rustls::RustlsConfig;
use metrics_exporter_prometheus::PrometheusBuilder;
use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

/// Requests under way may end; then the door closes.
const LAST_ANSWERS: Duration = Duration::from_secs(10);

pub struct Serve {
    pub log: Log,
    /// Books of the sites, folded anew if they are lost.
    pub folder: PathBuf,
    pub listen: SocketAddr,
    pub per_second: NonZeroU32,
    /// Certificate chain and key, PEM.
    pub tls: Option<(PathBuf, PathBuf)>,
}

/// Serves until it is told to stop. Says on `out` where it listens.
pub async fn serve(serve: Serve, out: &mut (impl Write + Send)) -> anyhow::Result<()> {
    let metrics = PrometheusBuilder::new().install_recorder().context("starting the metrics")?;
    let hub = Hub::new(serve.log, serve.folder, serve.per_second, metrics);
    let listener = TcpListener::bind(serve.listen)
        .with_context(|| format!("listening on {}", serve.listen))?;
    listener.set_nonblocking(true).context("preparing the listener")?;
    let address = listener.local_addr().context("asking where it listens")?;
    let helpers =
        [tokio::spawn(courier::carry(hub.clone())), tokio::spawn(keeper::keep(hub.clone()))];
    let router = api::router(hub).into_make_service();
    let handle = axum_server::Handle::new();
    let ending = handle.clone();
    tokio::spawn(async move {
        stop_signal().await;
        ending.graceful_shutdown(Some(LAST_ANSWERS));
    });
    let scheme = if serve.tls.is_some() { "https" } else { "http" };
    writeln!(out, "{scheme}://{address}")?;
    out.flush()?;
    match serve.tls {
        Some((chain, key)) => {
            let tls =
                RustlsConfig::from_pem_file(chain, key).await.context("reading the certificate")?;
            axum_server::from_tcp_rustls(listener, tls)?.handle(handle).serve(router).await?;
        }
        None => axum_server::from_tcp(listener)?.handle(handle).serve(router).await?,
    }
    helpers.iter().for_each(|helper| helper.abort());
    Ok(())
}

async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = ended.recv() => {}
            }
            return;
        }
    }
    // Without a signal handler it runs until it is killed, which loses nothing.
    let _ = tokio::signal::ctrl_c().await;
}
