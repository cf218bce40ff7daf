//! Brands that the library lists for another drug, or for another product of the drug of a course. A brand that no library
//! knows is taken as it is typed.

use crate::{
    json::{Text, as_read},
    regimen::{Drug, Library, Listed},
};

/// Whose brand it is, where it is none of the drug of a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OtherBrand {
    /// The library says of it that it is another product: in its words.
    Statement(Text),
    /// It is one of another drug, by its name.
    OfDrug(Text),
}

/// Whose brand it is, where the library lists it for another product.
pub fn of_another(drug: &Text, brand: &Text, library: &'static Library) -> Option<OtherBrand> {
    library.regimens().find_map(|it| listed_for_another(it, drug, brand))
}

/// What a drug of the library says of a brand that is not one of this course.
fn listed_for_another(listed: Listed, drug: &Text, brand: &Text) -> Option<OtherBrand> {
    let typed = names(brand.as_str());
    let is_typed = |name: &str| names(name).iter().all(|it| typed.contains(it));
    if let Some(statement) =
        listed.not_these_products().find(|it| brands_in(it.text.as_str(), listed.drug).any(is_typed))
    {
        return Some(OtherBrand::Statement(statement.text.clone()));
    }
    if listed.drug.drug == *drug {
        return None;
    }
    let own = std::iter::once(&listed.drug.name).chain(&listed.drug.brands).any(|it| is_typed(it.as_str()));
    own.then(|| OtherBrand::OfDrug(listed.drug.name.clone()))
}

/// The words of a text in small letters.
fn names(text: &str) -> Vec<String> {
    let read: String = as_read(text).collect();
    read.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).map(str::to_lowercase).collect()
}

/// The brands that a statement on other products names: its words with a capital that are none of the drug itself.
fn brands_in<'s>(text: &'s str, drug: &Drug) -> impl Iterator<Item = &'s str> {
    let own: Vec<String> = names(drug.name.as_str());
    let words = text.split(|it: char| !it.is_alphanumeric());
    words.filter(move |it| it.starts_with(char::is_uppercase) && !own.contains(&it.to_lowercase()))
}
