//! How a dose is prepared: which containers are opened, what is drawn up, into which bag, how fast.

use super::{choice::Choice, dose::Dose};
use crate::{
    plan::{Open, Preparation},
    quantity::{Mass, Volume},
    regimen::{DoseRow, Form, Product, VolumeRule},
};

/// How a dose is prepared from the product of the choice.
pub(super) fn prepare(choice: &Choice, dose: &Dose, mass: Mass) -> Preparation {
    let (product, regimen) = (choice.product, choice.listed.regimen);
    // The printed volume goes with the printed dose: with a dose in use, that of its own row.
    let from_product = |row: &'static DoseRow| row.prepare.iter().find(|prepare| prepare.product == product.id);
    let printed = regimen
        .doses
        .iter()
        .filter(|row| row.dose.is_some_and(|it| it.0 == mass))
        .find_map(|row| from_product(row).map(|prepare| (row, prepare)));
    let printed_in = printed.filter(|_| regimen.volume == VolumeRule::Table).map(|(row, _)| row);
    let printed = printed.map(|(_, prepare)| prepare);
    let (draw_up, remove_and_replace) = match regimen.volume {
        VolumeRule::Table => (
            printed.and_then(|it| it.draw_up).map(|it| it.0),
            printed.and_then(|it| it.remove_and_replace).map(|it| it.0),
        ),
        VolumeRule::WholeContainer => (product.volume.map(|it| it.0), None),
        VolumeRule::Strength => {
            let highest = dose.row.highest.or(dose.row.dose).map_or(mass, |it| it.0);
            (product.strength().map(|strength| strength.volume_of(mass, highest)), None)
        }
        VolumeRule::ByMouth => (None, None),
    };
    Preparation {
        open: containers(product, mass),
        printed_in,
        draw_up,
        drawn: drawn(product, regimen.volume, draw_up).filter(|drawn| *drawn != mass),
        remove_and_replace,
        bag: dose.infusion.map(|it| it.bag.0),
        diluents: &regimen.diluents,
        minimum_minutes: dose.infusion.map(|it| it.minimum_time.0.count()),
        maximum_rate: dose.infusion.map(|it| it.bag.0.rate_over(it.minimum_time.0)),
    }
}

/// The drug in a volume that was computed.
fn drawn(product: &Product, rule: VolumeRule, draw_up: Option<Volume>) -> Option<Mass> {
    let (strength, volume) = (product.strength()?, draw_up.filter(|_| rule == VolumeRule::Strength)?);
    Mass::from_ratio_in_micrograms(strength.micrograms_in(volume))
}

/// The containers to open for one dose: as little waste as possible, then as few as possible. Tablets
/// and capsules are counted with their supplies instead.
fn containers(product: &'static Product, dose: Mass) -> Vec<Open> {
    if matches!(product.form, Form::Tablet | Form::Capsule) {
        return Vec::new();
    }
    let mut kinds: Vec<(&'static str, Mass)> =
        product.containers.iter().map(|it| (it.id.as_str(), it.contains.0)).collect();
    if kinds.is_empty() {
        kinds.push((product.id.as_str(), product.contains.0));
    }
    kinds.sort_by_key(|(_, content)| std::cmp::Reverse(*content));
    let (.., counts) = fewest(&kinds, dose);
    let opened = kinds.iter().zip(counts).filter(|(_, count)| *count > 0);
    opened.map(|((container, _), count)| Open { container, count }).collect()
}

/// The most ways of filling a dose that are tried; a proved library stays far below.
const MOST_WAYS: u32 = 1_000_000;

/// The waste, the number of containers and the count of each kind, the best of all ways. Where there
/// are too many ways to try, the largest kind alone.
fn fewest(kinds: &[(&str, Mass)], dose: Mass) -> (Mass, u32, Vec<u32>) {
    let Some(((_, content), rest)) = kinds.split_first() else { return (Mass::micrograms(u32::MAX), 0, Vec::new()) };
    let all = dose.containers_of(*content);
    let ways = rest.iter().fold(all, |ways, (_, kind)| ways.saturating_mul(dose.containers_of(*kind)));
    let least = if rest.is_empty() || ways > MOST_WAYS { all } else { 0 };
    let with = |count: u32| {
        let held = content.times(count);
        let missing = dose.less(held);
        let nothing = || (held.less(dose), 0, vec![0; rest.len()]);
        let (waste, others, mut counts) =
            if missing == Mass::micrograms(0) { nothing() } else { fewest(rest, missing) };
        counts.insert(0, count);
        (waste, count.saturating_add(others), counts)
    };
    (least..=all).map(with).min_by_key(|(waste, count, _)| (*waste, *count)).unwrap_or_else(|| with(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(contents: &[u32], dose: u32) -> Vec<u32> {
        let kinds: Vec<_> = contents.iter().map(|mg| ("vial", Mass::micrograms(mg * 1000))).collect();
        fewest(&kinds, Mass::micrograms(dose * 1000)).2
    }

    #[test]
    fn little_waste_goes_before_few_containers() {
        assert_eq!(counts(&[6, 2], 6), [1, 0]);
        assert_eq!(counts(&[6, 2], 4), [0, 2]);
        assert_eq!(counts(&[6, 2], 2), [0, 1]);
        assert_eq!(counts(&[6], 4), [1]);
        assert_eq!(counts(&[300], 1500), [5]);
        assert_eq!(counts(&[90, 60, 30, 15], 90), [1, 0, 0, 0]);
        assert_eq!(counts(&[60], 90), [2]);
    }

    #[test]
    fn the_search_has_an_end() {
        let by_the_microgram = [("vial", Mass::micrograms(1)); 4];
        assert_eq!(fewest(&by_the_microgram, Mass::micrograms(4_000_000)).2, [4_000_000, 0, 0, 0]);
    }
}
