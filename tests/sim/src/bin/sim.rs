//! `sim --seeds N [--from S] [--break RULE] [--seed S]`: many seeds, or one in full.

use sim::{Plan, run, shrink};
use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;
use sync::{Rule, Rules};

struct Options {
    seeds: u64,
    from: u64,
    only: Option<u64>,
    rules: Rules,
}

fn options() -> Result<Options, String> {
    let mut options = Options { seeds: 2_000, from: 0, only: None, rules: Rules::SOUND };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} needs a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("{value} is not a number"));
        match word.as_str() {
            "--seeds" => options.seeds = number()?,
            "--from" => options.from = number()?,
            "--seed" => options.only = Some(number()?),
            "--break" => {
                let rule = Rule::ALL.into_iter().find(|rule| rule.bug() == value);
                let names = || Rule::ALL.map(Rule::bug).join(", ");
                let rule = rule.ok_or_else(|| format!("{value} is none of {}", names()))?;
                options.rules = Rules::without(rule);
            }
            _ => return Err(format!("{word} is unknown")),
        }
    }
    Ok(options)
}

fn main() -> ExitCode {
    let mut out = std::io::stdout().lock();
    let failures = match options() {
        Ok(options) => many(&mut out, &options),
        Err(what) => {
            let _ = writeln!(out, "{what}");
            return ExitCode::from(2);
        }
    };
    if failures.is_ok_and(|count| count == 0) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn many(out: &mut impl Write, options: &Options) -> std::io::Result<u64> {
    let began = Instant::now();
    let seeds = match options.only {
        Some(seed) => seed..seed + 1,
        None => options.from..options.from + options.seeds,
    };
    let (count, mut failures, mut events, mut messages) = (seeds.end - seeds.start, 0, 0, 0);
    for seed in seeds {
        let plan = Plan::of(seed);
        match run(&plan, options.rules) {
            Ok(figures) => {
                events += figures.events;
                messages += figures.messages;
            }
            Err(failure) => {
                failures += 1;
                writeln!(out, "seed {seed}: {}", failure.what)?;
                if failures == 1 {
                    let small = shrink(&plan, options.rules);
                    writeln!(out, "smallest: {small:?}")?;
                    if let Err(failure) = run(&small, options.rules) {
                        writeln!(out, "which fails with: {}", failure.what)?;
                    }
                }
            }
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    let pace = count as f64 / seconds;
    writeln!(out, "{count} seeds, {failures} failing, {events} events, {messages} messages")?;
    writeln!(out, "{seconds:.1} s, {pace:.0} seeds/s")?;
    Ok(failures)
}
