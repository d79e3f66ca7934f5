//! ZIP files: the archives of a WACZ, the rows of an Excel workbook, or any files that one holds.

use crate::document::{Failure, Found, Place};
use crate::open::{Context, Documents, one, open};
use crate::reason::Reason;
use crate::spreadsheet;
use crate::unpack::Counted;
use flate2::read::DeflateDecoder;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use zip::{CompressionMethod, ZipArchive};

/// A file in the ZIP, and where its bytes stand.
struct Inside {
    name: String,
    start: u64,
    length: u64,
    deflated: bool,
}

/// What a ZIP holds.
enum Holds {
    /// Files of their own, or the archives of a WACZ.
    Files(Vec<Result<Inside, Unread>>),
    /// The parts of an Excel workbook.
    Workbook,
}

/// The name of a file in the ZIP that cannot be read, and why.
type Unread = (String, String);

/// The documents of the files in a ZIP, in order of their names; of a WACZ, those of its archives.
pub(crate) fn documents(file: File, place: Place, context: &Context, read: &Arc<AtomicU64>) -> Documents {
    let inside = match list(&file) {
        Ok(Holds::Files(inside)) => inside,
        Ok(Holds::Workbook) => return spreadsheet::documents(file, &place, context),
        Err(reason) => return one(Found::Failed(Failure { place, reason })),
    };
    let (whole, context, read) = (file, context.clone(), Arc::clone(read));
    Box::new(inside.into_iter().flat_map(move |file| -> Documents {
        let failed = |place: Place, reason| one(Found::Failed(Failure { place, reason }));
        let (file, place) = match file {
            Ok(file) => {
                let entry = Some(file.name.clone());
                (file, Place { entry, ..place.clone() })
            }
            Err((name, why)) => return failed(Place { entry: Some(name), ..place.clone() }, Reason::Zip(why)),
        };
        // One file in the ZIP is read after the other, so that they can share the place in it.
        let mut archive = match whole.try_clone() {
            Ok(archive) => archive,
            Err(error) => return failed(place, Reason::of(&error)),
        };
        if let Err(error) = archive.seek(SeekFrom::Start(file.start)) {
            return failed(place, Reason::of(&error));
        }
        let packed = Arc::new(AtomicU64::new(0));
        let counted = Counted { inner: archive.take(file.length), counts: [Arc::clone(&packed), Arc::clone(&read)] };
        let context = Context { packed: Arc::clone(&packed), ..context.clone() };
        if file.deflated {
            let inner = Box::new(DeflateDecoder::new(BufReader::new(counted)));
            let stream = crate::unpack::guarded(inner, "ZIP", packed, context.options.limits.ratio);
            open(stream, place, context)
        } else {
            open(Box::new(BufReader::new(counted)), place, context)
        }
    }))
}

/// The files that hold documents; for one that cannot be read, its name and why.
fn list(file: &File) -> Result<Holds, Reason> {
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| Reason::Zip(error.to_string()))?;
    let mut names: Vec<(String, usize)> = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|error| Reason::Zip(error.to_string()))?;
        let name = entry.name().map_err(|error| Reason::Zip(error.to_string()))?.into_owned();
        let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        if !entry.is_dir() && !hidden {
            names.push((name, index));
        }
    }
    let has = |file: &str| names.iter().any(|(name, _)| name == file);
    if has("xl/workbook.xml") {
        return Ok(Holds::Workbook);
    }
    if has("content.xml") && has("mimetype") || has("xl/workbook.bin") {
        return Err(Reason::Spreadsheet("only workbooks of the kind .xlsx are read".into()));
    }
    let is_wacz = has("datapackage.json") && names.iter().any(|(name, _)| name.starts_with("archive/"));
    if is_wacz {
        names.retain(|(name, _)| name.starts_with("archive/"));
    }
    names.sort();
    let mut found = Vec::new();
    for (name, index) in names {
        let entry = archive.by_index_raw(index).map_err(|error| Reason::Zip(error.to_string()))?;
        let deflated = match entry.compression() {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            other => {
                found.push(Err((name, format!("packed with {other}, which is not read"))));
                continue;
            }
        };
        found.push(match entry.data_start() {
            _ if entry.encrypted() => Err((name, "it is encrypted".into())),
            Some(start) => Ok(Inside { name, start, length: entry.compressed_size(), deflated }),
            None => Err((name, "it has no data".into())),
        });
    }
    Ok(Holds::Files(found))
}
