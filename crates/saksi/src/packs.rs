use saksi_lang::{DateOrders, Pack, PackError};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The rules of one language, compiled for every stage.
#[derive(Debug)]
pub struct Language {
    /// The pack they come from.
    pub code: String,
    pub(crate) clean: saksi_clean::Rules,
    pub(crate) analysis: saksi_analysis::Rules,
    pub(crate) entities: saksi_entities::Rules,
    pub(crate) time: saksi_time::Rules,
    pub(crate) attribution: saksi_attribution::Rules,
    pub(crate) events: saksi_events::Rules,
}

/// All languages at hand; each is compiled when the first article asks for it.
#[derive(Debug)]
pub struct Packs {
    folder: Option<PathBuf>,
    languages: BTreeMap<String, OnceLock<Result<Language, PackError>>>,
    world: OnceLock<Result<World, PackError>>,
}

/// What holds for every language.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) pack: Pack,
    pub(crate) page: saksi_page::Rules,
    pub(crate) profiles: saksi_clean::Profiles,
    pub(crate) credits: saksi_duplicates::Credits,
    pub(crate) orders: DateOrders,
    /// How an article in a language without a pack is cleaned.
    pub(crate) clean: saksi_clean::Rules,
}

impl Packs {
    /// The packs in the binary.
    pub fn builtin() -> Self {
        Self::of(None, Pack::languages().into_iter().map(str::to_owned))
    }

    /// The packs of a folder that holds `lang/` and `world/`, in place of those in the binary.
    ///
    /// # Errors
    /// If `lang/` cannot be read.
    pub fn load(folder: &Path) -> Result<Self, PackError> {
        let lang = folder.join("lang");
        let entries = std::fs::read_dir(&lang)
            .map_err(|error| PackError::Unreadable { path: lang.clone(), reason: error.to_string() })?;
        let codes = entries
            .filter_map(Result::ok)
            .filter(|entry| entry.path().is_dir())
            .map(|entry| entry.file_name().to_string_lossy().into_owned());
        Ok(Self::of(Some(folder.to_owned()), codes))
    }

    fn of(folder: Option<PathBuf>, codes: impl Iterator<Item = String>) -> Self {
        Self { folder, languages: codes.map(|code| (code, OnceLock::new())).collect(), world: OnceLock::new() }
    }

    /// The codes of the languages that have a pack, sorted.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.languages.keys().map(String::as_str)
    }

    /// The compiled rules of language `code`, if it has a pack.
    ///
    /// # Errors
    /// What is wrong with the pack.
    pub fn language(&self, code: &str) -> Option<Result<&Language, &PackError>> {
        let slot = self.languages.get(code)?;
        Some(slot.get_or_init(|| self.compile(code)).as_ref())
    }

    pub(crate) fn world(&self) -> Result<&World, &PackError> {
        self.world
            .get_or_init(|| {
                let pack = self.pack("world")?;
                let packs: Vec<Pack> = self.languages.keys().map(|code| self.pack(code)).collect::<Result<_, _>>()?;
                let profiles = saksi_clean::Profiles::compile(&packs, &pack)?;
                let clean = saksi_clean::Rules::compile_world(&pack)?;
                let page = saksi_page::Rules::compile(&pack, &packs)?;
                let credits = saksi_duplicates::Credits::compile(&pack, &packs)?;
                let orders = DateOrders::compile(&pack)?;
                Ok(World { pack, page, profiles, credits, orders, clean })
            })
            .as_ref()
    }

    /// What comes first in a date written in numbers, by language and region.
    ///
    /// # Errors
    /// What is wrong with the packs.
    pub fn date_orders(&self) -> Result<&DateOrders, &PackError> {
        Ok(&self.world()?.orders)
    }

    /// The data of language `code`, or of `world`, for those who compile rules of their own.
    ///
    /// # Errors
    /// If there is none, or it cannot be read.
    pub fn pack(&self, code: &str) -> Result<Pack, PackError> {
        match &self.folder {
            None => Pack::builtin(code),
            Some(folder) if code == "world" => Pack::load(&folder.join("world")),
            Some(folder) => Pack::load(&folder.join("lang").join(code)),
        }
    }

    fn compile(&self, code: &str) -> Result<Language, PackError> {
        let world = &self.world().map_err(Clone::clone)?.pack;
        let pack = self.pack(code)?;
        Ok(Language {
            code: code.to_owned(),
            clean: saksi_clean::Rules::compile(&pack, world)?,
            analysis: saksi_analysis::Rules::compile(&pack)?,
            entities: saksi_entities::Rules::compile(&pack, world)?,
            time: saksi_time::Rules::compile(&pack)?,
            attribution: saksi_attribution::Rules::compile(&pack)?,
            events: saksi_events::Rules::compile(&pack)?,
        })
    }
}
