//! Codes of other systems, from the tables of the pack `world`.

use saksi_lang::{Pack, PackError};
use saksi_record::Quad;
use std::collections::BTreeMap;

/// What other systems call a state or territory; empty where they have no code for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Country {
    /// English short name.
    pub(crate) name: String,
    /// ISO 3166-1 alpha-2.
    pub(crate) iso2: String,
    /// Correlates of War, number.
    pub(crate) cow: String,
    /// FIPS 10-4.
    pub(crate) fips: String,
    /// CAMEO.
    pub(crate) cameo: String,
}

/// Codes of countries and languages.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    countries: BTreeMap<String, Country>,
    languages: BTreeMap<String, String>,
}

impl Codes {
    /// Reads `countries.tsv`, `codes.tsv` and `iso639.tsv` of the pack `world`.
    ///
    /// # Errors
    /// If a table is missing, or names a state that `countries.tsv` lacks.
    pub fn compile(world: &Pack) -> Result<Self, PackError> {
        let mut codes = Self::default();
        let table = world.table("countries.tsv")?;
        let (iso3, iso2, name) = (table.column("iso3")?, table.column("iso2")?, table.column("name")?);
        for row in table.rows() {
            let country = Country { name: row.cell(name).into(), iso2: row.cell(iso2).into(), ..Country::default() };
            codes.countries.insert(row.cell(iso3).into(), country);
        }
        let table = world.table("codes.tsv")?;
        let (iso3, cow) = (table.column("iso3")?, table.column("cow_number")?);
        let (fips, cameo) = (table.column("fips")?, table.column("cameo")?);
        for row in table.rows() {
            let Some(country) = codes.countries.get_mut(row.cell(iso3)) else {
                let reason = format!("countries.tsv has no `{}`", row.cell(iso3));
                return Err(PackError::Entry { at: row.location(), reason });
            };
            country.cow = row.cell(cow).into();
            country.fips = row.cell(fips).into();
            country.cameo = row.cell(cameo).into();
        }
        let table = world.table("iso639.tsv")?;
        let (code, three) = (table.column("code")?, table.column("iso639_3")?);
        codes.languages = table.rows().map(|row| (row.cell(code).into(), row.cell(three).into())).collect();
        Ok(codes)
    }

    /// The codes of the state with this ISO 3166-1 alpha-3 code.
    pub(crate) fn country(&self, iso3: Option<&str>) -> Option<&Country> {
        self.countries.get(iso3?)
    }

    /// One code of a state; empty where it has none.
    pub(crate) fn of(&self, iso3: Option<&str>, code: fn(&Country) -> &String) -> String {
        self.country(iso3).map(code).cloned().unwrap_or_default()
    }

    /// Whether this is the English name of a state.
    pub(crate) fn is_state(&self, name: &str, iso3: Option<&str>) -> bool {
        self.country(iso3).is_some_and(|country| country.name == name)
    }

    /// ISO 639-3 of a BCP 47 tag.
    pub(crate) fn language(&self, tag: &str) -> Option<&str> {
        self.languages.get(tag.split('-').next()?).map(String::as_str)
    }
}

/// The number of a quad category, as GDELT has it: 1 to 4.
pub(crate) fn quad_class(quad: Quad) -> i64 {
    match quad {
        Quad::VerbalCooperation => 1,
        Quad::MaterialCooperation => 2,
        Quad::VerbalConflict => 3,
        Quad::MaterialConflict => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes() -> Codes {
        Codes::compile(&Pack::builtin("world").unwrap()).unwrap()
    }

    #[test]
    fn codes_differ_where_systems_do() {
        let codes = codes();
        let of = |iso3| codes.country(Some(iso3)).cloned().unwrap();
        assert_eq!((of("IDN").cow.as_str(), of("IDN").fips.as_str(), of("IDN").cameo.as_str()), ("850", "ID", "IDN"));
        assert_eq!((of("DEU").cow.as_str(), of("DEU").fips.as_str()), ("255", "GM"));
        assert_eq!((of("AUS").fips.as_str(), of("AUT").fips.as_str()), ("AS", "AU"));
        assert_eq!(of("ROU").cameo, "ROM");
        assert_eq!(of("PSE").fips, "");
    }

    #[test]
    fn every_state_has_a_row_and_no_code_stands_twice() {
        let codes = codes();
        for pick in [|c: &Country| c.cow.clone(), |c: &Country| c.fips.clone(), |c: &Country| c.cameo.clone()] {
            let mut all: Vec<_> = codes.countries.values().map(pick).filter(|code| !code.is_empty()).collect();
            let count = all.len();
            all.sort();
            all.dedup();
            assert_eq!(all.len(), count);
            assert!(count > 180);
        }
    }

    #[test]
    fn a_tag_with_a_region_is_its_language() {
        assert_eq!(codes().language("en-GB"), Some("eng"));
        assert_eq!(codes().language("und"), None);
    }

    #[test]
    fn an_unknown_state_is_named_with_its_line() {
        let pack = Pack::of(
            "world",
            &[
                ("countries.tsv", "iso3\tiso2\tname\nIDN\tID\tIndonesia\n"),
                ("codes.tsv", "iso3\tcow\tcow_number\tfips\tcameo\nXYZ\n"),
                ("iso639.tsv", "code\tiso639_3\n"),
            ],
        );
        assert_eq!(Codes::compile(&pack).unwrap_err().to_string(), "world/codes.tsv:2: countries.tsv has no `XYZ`");
    }
}
