//! Products and their containers: something is in them, and they fit the route.

use super::{Checked, Defect, Named, Reporter};
use crate::{
    json::Text,
    patient::Route,
    quantity::{Mass, Volume},
    regimen::document::{Drug, Form, Product, VolumeRule},
};

/// No dose is made of more containers of one kind.
const MOST_CONTAINERS: u32 = 60;
/// The largest container of a concentrate or an injection.
const LARGEST_CONTAINER: Volume = Volume::microlitres(1_000_000);

/// Whether a product is counted, not measured.
pub(super) fn is_solid(product: &Product) -> bool {
    matches!(product.form, Form::Tablet | Form::Capsule)
}

/// Whether a product of this form can be given by this route.
pub(super) fn fits(form: Form, route: Route) -> bool {
    match route {
        Route::Intravenous => matches!(form, Form::Concentrate | Form::ReadyToUse),
        Route::Subcutaneous => matches!(form, Form::Vial | Form::Syringe),
        Route::Oral => matches!(form, Form::Tablet | Form::Capsule),
    }
}

/// The products that the regimen names and the drug has, each with its place in the regimen's list.
pub(super) fn named(it: Checked<'_>) -> impl Iterator<Item = (usize, &Product)> {
    it.regimen.products.iter().enumerate().filter_map(move |(index, id)| {
        it.drug.products.iter().find(|product| product.id == *id).map(|product| (index, product))
    })
}

/// The same, without those that the route rules out: nothing more is to be said of them.
pub(super) fn usable(it: Checked<'_>) -> impl Iterator<Item = &Product> {
    named(it).map(|(_, product)| product).filter(move |product| fits(product.form, it.regimen.route))
}

pub(super) fn of_drug(drug: &Drug, report: &mut Reporter<'_>) {
    let ids = drug.products.iter().map(|product| product.id.as_str());
    report.twice(|index| format!("products[{index}].id"), Named::Product, ids);
    for (index, product) in drug.products.iter().enumerate() {
        let at = |rest: &str| format!("products[{index}]{rest}");
        contents(product, at, report);
        containers(drug, product, at, report);
        if !drug.regimens.iter().any(|regimen| regimen.products.contains(&product.id)) {
            report.note(at(""), Defect::UnusedProduct { product: product.id.to_string() });
        }
    }
}

fn contents(product: &Product, at: impl Fn(&str) -> String, report: &mut Reporter<'_>) {
    if product.contains.0 == Mass::micrograms(0) {
        report.note(at(".contains"), Defect::NothingInIt);
    }
    let name = || product.id.to_string();
    match product.volume {
        Some(_) if is_solid(product) => report.note(at(".volume"), Defect::VolumeOfSolid { product: name() }),
        None if !is_solid(product) => report.note(at(""), Defect::SolutionWithoutVolume { product: name() }),
        Some(volume) if volume.0 == Volume::microlitres(0) => report.note(at(".volume"), Defect::SolutionOfNoVolume),
        Some(_) | None => {}
    }
}

fn containers(drug: &Drug, product: &Product, at: impl Fn(&str) -> String, report: &mut Reporter<'_>) {
    let ids = product.containers.iter().map(|it| it.id.as_str());
    report.twice(|place| at(&format!(".containers[{place}].id")), Named::Container, ids);
    let own = product.containers.is_empty().then_some((at(".contains"), product.contains.0));
    let kinds = product.containers.iter().enumerate();
    let kinds = kinds.map(|(place, it)| (at(&format!(".containers[{place}].contains")), it.contains.0));
    let of_regimens = drug.regimens.iter().filter(|regimen| regimen.products.contains(&product.id));
    let rows = of_regimens.flat_map(|regimen| &regimen.doses);
    let largest = rows.filter_map(|row| row.highest.or(row.dose)).map(|it| it.0).max();
    for (path, contains) in kinds.chain(own).filter(|_| !is_solid(product)) {
        let volume = product.strength().map(|strength| strength.volume_holding(contains));
        if contains == Mass::micrograms(0) {
            // A product with no content was reported above.
            if !product.containers.is_empty() {
                report.note(path, Defect::NothingInIt);
            }
        } else if let Some(dose) = largest.filter(|dose| dose.containers_of(contains) > MOST_CONTAINERS) {
            report.note(path, Defect::SmallContainer { contains, dose, most: MOST_CONTAINERS });
        } else if let Some(volume) = volume.filter(|volume| *volume > LARGEST_CONTAINER) {
            report.note(path, Defect::LargeContainer { contains, volume });
        }
    }
}

pub(super) fn of_regimen(it: Checked<'_>, report: &mut Reporter<'_>) {
    let route = it.regimen.route;
    report.twice(
        |index| it.path(&format!("products[{index}]")),
        Named::Product,
        it.regimen.products.iter().map(Text::as_str),
    );
    for (index, product) in named(it).filter(|(_, product)| !fits(product.form, route)) {
        let defect = Defect::FormForRoute { product: product.id.to_string(), form: product.form, route };
        report.note(it.path(&format!("products[{index}]")), defect);
    }
    if (it.regimen.volume == VolumeRule::ByMouth) != (route == Route::Oral) {
        report.note(it.path("volume"), Defect::VolumeForRoute { route });
    }
}
