//! Where API keys come from: environment, file, credential. All that they hold is united.

use crate::auth::{Loaded, key_file};
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// More is surely not a file of keys.
const LARGEST_FILE: u64 = 4 * 1024 * 1024;

/// The sources that the operator names.
#[derive(Clone, Debug, Default)]
pub struct KeySources {
    /// Keys of `MCP_API_KEYS`, hashed.
    pub inline: Loaded,
    /// `MCP_API_KEYS_FILE`; it must exist.
    pub file: Option<PathBuf>,
    /// `$CREDENTIALS_DIRECTORY/api-keys`; it may be missing, since a unit can have other credentials.
    pub credential: Option<PathBuf>,
}

impl KeySources {
    /// Reads the files and unites all keys.
    ///
    /// # Errors
    /// A text for each file that cannot be read or understood.
    pub fn load(&self) -> Result<Loaded, Vec<String>> {
        let mut all = self.inline.clone();
        let mut problems = Vec::new();
        let credential = self.credential.as_ref().filter(|path| !matches!(path.try_exists(), Ok(false)));
        for path in self.file.iter().chain(credential) {
            match read(path) {
                Ok(loaded) => all.extend(loaded),
                Err(what) => problems.push(format!("file of API keys {path:?}: {what}")),
            }
        }
        if problems.is_empty() { Ok(all) } else { Err(problems) }
    }
}

fn read(path: &Path) -> Result<Loaded, String> {
    let (text, mode) = read_text(path).map_err(|error| error.to_string())?;
    let mut loaded = key_file::from_text(&text, &format!("{path:?}"))?;
    if mode & 0o007 != 0 {
        let text = format!(
            "file of API keys {path:?} is open to every user (mode {:03o}); chmod 600 it",
            mode & 0o777
        );
        loaded.warnings.push(text);
    }
    Ok(loaded)
}

fn read_text(path: &Path) -> io::Result<(String, u32)> {
    let file = File::open(path)?;
    let mode = file.metadata()?.mode();
    let mut text = String::new();
    file.take(LARGEST_FILE + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LARGEST_FILE {
        return Err(io::Error::other(format!("is larger than {LARGEST_FILE} bytes")));
    }
    Ok((text, mode))
}
