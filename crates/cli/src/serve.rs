//! `quay serve`.

use crate::house;
use anyhow::Result;
use bridge::UiSource;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(clap::Args)]
pub struct Args {
    dir: PathBuf,
    /// 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Serve the screens from a folder instead of the built-in ones
    #[arg(long)]
    ui: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<()> {
    let app = Arc::new(house::open(&args.dir)?);
    app::drop_folder::watch(&app)?;
    let _wire = link::start(app.clone());
    let ui = args.ui.clone().map_or(UiSource::Embedded, UiSource::Folder);
    tokio::runtime::Runtime::new()?.block_on(async {
        let served = bridge::serve(app, ui, args.port).await?;
        println!("Quayside is at {}", served.url);
        tokio::select! {
            ended = served.join => ended??,
            _ = tokio::signal::ctrl_c() => {}
        }
        Ok(())
    })
}
