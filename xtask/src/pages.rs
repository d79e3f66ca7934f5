//! Files made from the types, and skeletons.

use std::fs;
use std::path::Path;

/// Writes the JSON Schema of the record.
pub(crate) fn schema() -> Result<String, String> {
    let path = "docs/record.schema.json";
    let text = serde_json::to_string_pretty(&saksi_record::json_schema()).map_err(|error| error.to_string())?;
    fs::write(path, format!("{text}\n")).map_err(|error| format!("{path}: {error}"))?;
    Ok(format!("{path} written"))
}

/// Copies the files of the English pack with their header lines only, for a new language to be filled in.
pub(crate) fn new_language(code: &str) -> Result<String, String> {
    if code.len() < 2 || code.len() > 8 || !code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
        return Err(format!("`{code}` is no BCP 47 language code in lower case, such as `tl`"));
    }
    let target = Path::new("lang").join(code);
    if target.exists() {
        return Err(format!("{} exists already", target.display()));
    }
    let mut written = 0;
    skeleton(Path::new("lang/en"), &target, &mut written)?;
    fs::write(target.join("pack.toml"), format!("code = \"{code}\"\nname = \"\"\n"))
        .map_err(|error| error.to_string())?;
    Ok(format!("{written} files written under {}; CONTRIBUTING.md says what goes into each", target.display()))
}

fn skeleton(from: &Path, to: &Path, written: &mut usize) -> Result<(), String> {
    let failed = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    fs::create_dir_all(to).map_err(|error| failed(to, error))?;
    for entry in fs::read_dir(from).map_err(|error| failed(from, error))?.filter_map(Result::ok) {
        let path = entry.path();
        let target = to.join(entry.file_name());
        if path.is_dir() {
            skeleton(&path, &target, written)?;
            continue;
        }
        let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        if kind != "tsv" && kind != "toml" {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|error| failed(&path, error))?;
        let head: String = match kind {
            "tsv" => {
                let upto = text.lines().position(|line| !line.starts_with('#')).map_or(0, |at| at + 1);
                text.lines().take(upto).flat_map(|line| [line, "\n"]).collect()
            }
            _ => text.lines().map(|line| format!("# {line}\n").replace("# #", "#")).collect(),
        };
        fs::write(&target, head).map_err(|error| failed(&target, error))?;
        *written += 1;
    }
    Ok(())
}
