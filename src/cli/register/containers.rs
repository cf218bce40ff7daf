//! The containers of a dose or a supply, as they are typed batch by batch or scanned one by one.

use chrono::NaiveDate;
use clap::{Args, value_parser};

use super::{clock::today, values};
use crate::{
    cli::Failure,
    json::{Text, Written},
    ward::{
        event::{Container, Expiry},
        label::{self, Label},
    },
    words::register::command as words,
};

/// The options that say of which containers something was given.
#[derive(Args)]
pub(super) struct ContainerArgs {
    /// Brand, as the container says it; once for all batches, or once for each
    #[arg(long, value_name = "BRAND", value_parser = values::text)]
    brand: Vec<Text>,
    /// Batch; once for each batch, with its brand and its expiry in the same order
    #[arg(long, value_name = "BATCH", value_parser = values::text)]
    batch: Vec<Text>,
    /// Expiry of the batch, such as 2028-04; once for each
    #[arg(long, value_name = "MONTH", value_parser = values::expiry)]
    expires: Vec<Expiry>,
    /// Containers of the batch, 1 by default; once for each
    #[arg(long, value_name = "COUNT", value_parser = value_parser!(u16).range(1..=999), conflicts_with = "scan")]
    containers: Vec<u16>,
    /// Code of a container as a scanner types it, once for each container: batch and expiry are read from it
    #[arg(long, value_name = "CODE")]
    scan: Vec<String>,
}

/// Several containers with one label.
struct Scanned {
    label: Label,
    count: u16,
}

impl ContainerArgs {
    /// The containers, one entry for each batch.
    pub(super) fn read(&self) -> Result<Vec<Container>, Failure> {
        let scanned = scanned(&self.scan, today()).map_err(Failure::not_usable)?;
        let Self { brand, batch, expires, containers, .. } = self;
        let lists = [("--batch", batch.len()), ("--expires", expires.len()), ("--containers", containers.len())];
        let batches = match scanned.len() {
            0 => lists.iter().map(|(_, length)| *length).max().unwrap_or(0).max(brand.len().min(1)),
            labels => labels,
        };
        // One brand is that of all batches; everything else is of one batch.
        let lists = lists.into_iter().chain([("--brand", brand.len())].into_iter().filter(|(_, length)| *length > 1));
        let differs = |(_, length): &(&str, usize)| *length > 0 && *length != batches;
        if let Some((option, length)) = lists.into_iter().find(differs) {
            let said = if self.scan.is_empty() { words::uneven } else { words::uneven_with_labels };
            return Err(Failure::not_usable(said(option, length, batches)));
        }
        let mut labels = scanned.into_iter();
        let mut all: Vec<Container> = Vec::new();
        for at in 0..batches {
            let brand = brand.get(at).or_else(|| brand.first()).cloned();
            let typed = (batch.get(at), expires.get(at).copied());
            let next = match labels.next() {
                Some(scanned) => with_label(scanned, brand, typed).map_err(Failure::not_usable)?,
                None => Container {
                    brand,
                    batch: typed.0.cloned(),
                    expires: typed.1.map(Written),
                    count: containers.get(at).copied().unwrap_or(1),
                },
            };
            let is_same =
                |it: &&mut Container| (&it.brand, &it.batch, it.expires) == (&next.brand, &next.batch, next.expires);
            match all.iter_mut().find(is_same) {
                Some(same) => same.count = same.count.saturating_add(next.count),
                None => all.push(next),
            }
        }
        Ok(all)
    }
}

/// The labels that were scanned, those that say the same together. The error says what is wrong with one.
fn scanned(codes: &[String], today: NaiveDate) -> Result<Vec<Scanned>, String> {
    let mut all: Vec<Scanned> = Vec::new();
    let mut packages = Vec::new();
    for code in codes {
        let label = label::read(code, today).map_err(|why| words::not_scanned(&why))?;
        if let Some(serial) = &label.serial {
            let package = (label.gtin.clone(), serial.clone());
            if packages.contains(&package) {
                return Err(words::scanned_twice(serial.as_str()));
            }
            packages.push(package);
        }
        let is_same = |it: &&mut Scanned| {
            (&it.label.gtin, &it.label.batch, it.label.expires) == (&label.gtin, &label.batch, label.expires)
        };
        match all.iter_mut().find(is_same) {
            Some(same) => same.count = same.count.saturating_add(1),
            None => all.push(Scanned { label, count: 1 }),
        }
    }
    Ok(all)
}

/// Containers with a label, where what was typed beside it says nothing else. What the label leaves out is taken from
/// what was typed.
fn with_label(
    Scanned { mut label, count }: Scanned,
    brand: Option<Text>,
    (batch, expires): (Option<&Text>, Option<Expiry>),
) -> Result<Container, String> {
    if let (Some(typed), Some(read)) = (batch, &label.batch)
        && typed != read
    {
        return Err(words::other_label("--batch", typed.as_str(), read.as_str()));
    }
    if let (Some(typed), Some(read)) = (expires, label.expires)
        && typed.last_day() != read.last_day()
    {
        return Err(words::other_label("--expires", &typed.to_string(), &read.to_string()));
    }
    label.batch = label.batch.or_else(|| batch.cloned());
    label.expires = label.expires.or(expires);
    if label.batch.is_none() {
        return Err(words::NO_BATCH_IN_CODE.to_owned());
    }
    Ok(label.containers(brand, count))
}
