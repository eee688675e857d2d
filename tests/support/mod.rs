//! The vectors: what goes in, what must come out, and why. `tests/vectors/<op>/<case>/`.
//!
//! - `request.json`: the bytes of the request, without the file's last newline;
//! - `request.parts.json` instead: pairs of a text and how often it is repeated, for requests that
//!   nobody wants to store: `[["{\"v\":1,", 1], [" ", 262144]]`;
//! - `answer.json`: the exact bytes of the answer, and a newline;
//! - `why.md`: what the case holds.

use std::path::{Path, PathBuf};

/// One case.
pub(crate) struct Vector {
    /// `<op>/<case>`.
    pub(crate) name: String,
    /// The request's bytes.
    pub(crate) request: Vec<u8>,
    /// The answer's bytes, unless nobody has recorded them yet.
    pub(crate) answer: Option<Vec<u8>>,
}

/// A file of this repository.
pub(crate) fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// All of them, in the order of their names.
pub(crate) fn vectors() -> Vec<Vector> {
    let mut found = Vec::new();
    for op in folders(&here("tests/vectors")) {
        for folder in folders(&op) {
            let name = [name_of(&op), name_of(&folder)].join("/");
            let request = request(&folder).unwrap_or_else(|| panic!("{name} has no request"));
            let answer = std::fs::read(folder.join("answer.json"))
                .ok()
                .map(without_newline);
            found.push(Vector {
                name,
                request,
                answer,
            });
        }
    }
    assert!(!found.is_empty(), "tests/vectors is empty");
    found
}

fn request(folder: &Path) -> Option<Vec<u8>> {
    if let Ok(bytes) = std::fs::read(folder.join("request.json")) {
        return Some(without_newline(bytes));
    }
    let parts = std::fs::read(folder.join("request.parts.json")).ok()?;
    let parts: Vec<(String, usize)> = serde_json::from_slice(&parts).ok()?;
    Some(
        parts
            .iter()
            .flat_map(|(text, times)| text.repeat(*times).into_bytes())
            .collect(),
    )
}

fn without_newline(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    }
    bytes
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
