//! Files and folders, in a fixed order.

use super::{
    Arrivals, Bytes, FORMATS, Format, Input, Options, SourceError, failure, format_named, gzip,
    walk::{Found, Walk},
};
use crate::raw::{Failure, Stage, reason};
use globset::{GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};
use std::{
    fs, io, iter,
    path::{Path, PathBuf},
};

/// The documents of `inputs`, in the order given; folders are read sorted. `-` is standard input.
///
/// Every file is opened when it is reached; one that cannot be read is a failure of its own.
///
/// # Errors
///
/// Returns [`SourceError`] for an input that does not exist, a pattern that matches nothing or cannot be read, and a
/// format or field that there is none of.
pub fn open(inputs: &[String], options: &Options) -> Result<Arrivals, SourceError> {
    let opener = Opener::new(options)?;
    let mut roots = Vec::new();
    for input in inputs {
        roots.push(root(input)?);
    }
    let found = roots.into_iter().flat_map(|root| -> Box<dyn Iterator<Item = (Reach, Found)> + Send> {
        match root {
            Root::StandardInput => Box::new(iter::empty().chain([(Reach::Named, Found::StandardInput)])),
            Root::File(path) => Box::new(iter::once((Reach::Named, Found::File { id: name_of(&path), path }))),
            Root::Special(path) => Box::new(iter::once((Reach::Named, Found::Failed(special(&name_of(&path)))))),
            Root::Folder(path) => Box::new(Walk::new(path).map(|found| (Reach::Folder, found))),
            Root::Pattern(walk, pattern) => Box::new(matching(walk, pattern).map(|found| (Reach::Named, found))),
        }
    });
    Ok(Box::new(found.flat_map(move |(reach, found)| opener.open(reach, found))))
}

/// Whether a file was named, by itself or by a pattern, or only its folder was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Named,
    Folder,
}

enum Root {
    StandardInput,
    File(PathBuf),
    /// A pipe, a socket or a device.
    Special(PathBuf),
    Folder(PathBuf),
    Pattern(Walk, GlobMatcher),
}

fn root(input: &str) -> Result<Root, SourceError> {
    if input == "-" {
        return Ok(Root::StandardInput);
    }
    let path = Path::new(input);
    match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => {
            fs::read_dir(path).map_err(|cause| unreadable(input, cause))?;
            Ok(Root::Folder(path.to_owned()))
        }
        Ok(meta) if meta.is_file() => Ok(Root::File(path.to_owned())),
        Ok(_) => Ok(Root::Special(path.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound && input.contains(['*', '?', '[', '{']) => pattern(input),
        Err(error) => Err(unreadable(input, error)),
    }
}

fn unreadable(input: &str, cause: io::Error) -> SourceError {
    // The cause is shown: keep what the system said and leave its number.
    SourceError::Unreadable { path: input.to_owned(), cause: io::Error::new(cause.kind(), reason(&cause)) }
}

/// The files below the part of a pattern that names a folder.
fn pattern(input: &str) -> Result<Root, SourceError> {
    let matcher = glob(input)?;
    let fixed = input.find(['*', '?', '[', '{']).map_or(input, |at| &input[..at]);
    let folder = fixed.rfind('/').map_or("", |at| &input[..=at]);
    let walk = || Walk::new(PathBuf::from(if folder.is_empty() { "." } else { folder })).under(folder);
    if !Path::new(if folder.is_empty() { "." } else { folder }).is_dir()
        || matching(walk(), matcher.clone()).next().is_none()
    {
        return Err(SourceError::NoMatch(input.to_owned()));
    }
    Ok(Root::Pattern(walk(), matcher))
}

fn matching(walk: Walk, pattern: GlobMatcher) -> impl Iterator<Item = Found> {
    let prefix = walk.prefix().to_owned();
    walk.filter(move |found| match found {
        Found::File { id, .. } | Found::Failed(Failure { id, .. }) => pattern.is_match(format!("{prefix}{id}")),
        Found::StandardInput => false,
    })
}

fn glob(pattern: &str) -> Result<GlobMatcher, SourceError> {
    let glob = GlobBuilder::new(pattern).literal_separator(true).build();
    glob.map(|glob| glob.compile_matcher()).map_err(|error| pattern_error(pattern, &error))
}

fn pattern_error(pattern: &str, error: &globset::Error) -> SourceError {
    SourceError::Pattern { pattern: pattern.to_owned(), reason: error.kind().to_string() }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

pub(super) fn special(id: &str) -> Failure {
    let reason = "it is a pipe, a socket or a device, which are never opened; pipe it into - instead";
    failure(id, Stage::Read, "not-a-file", reason)
}

/// Opens what was found, in its format.
struct Opener {
    options: Options,
    /// Format of everything.
    format: Option<&'static Format>,
    include: GlobSet,
}

impl Opener {
    fn new(options: &Options) -> Result<Self, SourceError> {
        const FIELDS: [&str; 6] = ["id", "text", "title", "published", "url", "language"];
        if let Some((name, _)) = options.fields.iter().find(|(name, _)| !FIELDS.contains(&name.as_str())) {
            return Err(SourceError::UnknownField(name.clone()));
        }
        let mut include = GlobSetBuilder::new();
        for pattern in &options.include {
            // A pattern without a folder means a name in any folder.
            let anywhere = if pattern.contains('/') { pattern.clone() } else { format!("**/{pattern}") };
            let glob = GlobBuilder::new(&anywhere).literal_separator(true).build();
            include.add(glob.map_err(|error| pattern_error(pattern, &error))?);
        }
        let include = include.build().map_err(|error| pattern_error(&options.include.join(" "), &error))?;
        let format = options.format.as_deref().map(format_named).transpose()?;
        Ok(Self { options: options.clone(), format, include })
    }

    fn open(&self, reach: Reach, found: Found) -> Arrivals {
        match found {
            Found::StandardInput => self.standard_input(),
            Found::Failed(failure) if reach == Reach::Named || self.is_wanted(&failure.id) => {
                Box::new(iter::once(Err(failure)))
            }
            Found::Failed(_) => Box::new(iter::empty()),
            Found::File { id, .. } if reach == Reach::Folder && !self.is_wanted(&id) => Box::new(iter::empty()),
            Found::File { id, path } => self.file(id, &path),
        }
    }

    /// Whether a file of a folder is read. A name that ends in a slash is a folder that cannot be.
    fn is_wanted(&self, id: &str) -> bool {
        if id.ends_with('/') {
            return true;
        }
        if self.include.is_empty() { format_of(id).is_some() } else { self.include.is_match(id) }
    }

    fn file(&self, id: String, path: &Path) -> Arrivals {
        let bytes = match Bytes::open(path) {
            Ok(bytes) if gzip::inner_name(&id).is_some() => bytes.unpacked(),
            Ok(bytes) => bytes,
            Err(error) => return Box::new(iter::once(Err(failure(&id, Stage::Read, "unreadable", reason(&error))))),
        };
        let is_included = !self.include.is_empty();
        match self.format.or_else(|| format_of(&id)) {
            Some(format) => (format.read)(Input { id, bytes, options: self.options.clone() }),
            None if is_included => self.sniffed(id, bytes),
            None => {
                let reason = "no format has this extension; name one with --format";
                Box::new(iter::once(Err(failure(&id, Stage::Read, "unknown-format", reason))))
            }
        }
    }

    fn standard_input(&self) -> Arrivals {
        let mut bytes = Bytes::standard_input();
        let is_packed = bytes.sniff().is_ok_and(|head| gzip::is_packed(&head));
        // What keeps it from being read is met again, and told, where its format is asked for.
        self.sniffed("stdin".to_owned(), if is_packed { bytes.unpacked() } else { bytes })
    }

    fn sniffed(&self, id: String, mut bytes: Bytes) -> Arrivals {
        let head = match bytes.sniff() {
            Ok(head) => head,
            Err(error) => return Box::new(iter::once(Err(failure(&id, Stage::Read, "unreadable", reason(&error))))),
        };
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
        match self.format.or_else(|| FORMATS.iter().find(|format| (format.sniffs)(head))) {
            Some(format) => (format.read)(Input { id, bytes, options: self.options.clone() }),
            None => Box::new(iter::empty()),
        }
    }
}

fn format_of(id: &str) -> Option<&'static Format> {
    let extension = Path::new(gzip::inner_name(id).unwrap_or(id)).extension()?.to_str()?.to_ascii_lowercase();
    FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
}
