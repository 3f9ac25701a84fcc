//! Files made here for other programs: they land in the user's own folder for downloads, and never over another file.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use crate::{
    api::Fault,
    fault::{denied, invalid},
};

/// The most characters of a title in a file's name: with folder and ending it stays below every system's limit.
const NAME_CHARS: usize = 60;
/// Files of one name; whoever has more has to tidy up.
const ALIKE: u32 = 1_000;

/// The user's folder for downloads; the home folder where a system has none.
pub(crate) fn folder() -> Result<PathBuf, Fault> {
    dirs::download_dir()
        .or_else(dirs::home_dir)
        .ok_or_else(|| denied("folder-missing", "there is no home folder"))
}

/// Writes a new file beside those that are there: `name.xlsx`, then `name (2).xlsx`. Says what it is called.
pub(crate) fn keep(folder: &Path, stem: &str, ending: &str, content: &[u8]) -> Result<String, Fault> {
    fs::create_dir_all(folder).map_err(told)?;
    for alike in 1..=ALIKE {
        let name = if alike == 1 { format!("{stem}.{ending}") } else { format!("{stem} ({alike}).{ending}") };
        let path = folder.join(&name);
        match File::create_new(&path) {
            Ok(file) => {
                return write(file, content).map(|()| name).inspect_err(|_| {
                    // Half a file is worse than none.
                    let _ = fs::remove_file(&path);
                });
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(told(error)),
        }
    }
    Err(denied("folder-full", "too many files of this name"))
}

fn write(mut file: File, content: &[u8]) -> Result<(), Fault> {
    file.write_all(content)?;
    Ok(file.sync_all()?)
}

fn told(error: std::io::Error) -> Fault {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::NotADirectory => {
            denied("folder-closed", "nothing can be written into the folder for downloads")
        }
        _ => error.into(),
    }
}

/// Shows a file of the folder in the system's file manager. It takes a name and no path: whoever asks cannot point
/// anywhere else.
pub(crate) fn show(folder: &Path, name: &str) -> Result<(), Fault> {
    if Path::new(name).file_name().is_none_or(|alone| alone != name) {
        return Err(invalid("name"));
    }
    let file = folder.join(name);
    // A file that was moved meanwhile leaves its folder to look at.
    let shown = if file.is_file() {
        opener::reveal(&file)
    } else {
        Err(opener::OpenError::Io(ErrorKind::NotFound.into()))
    };
    shown.or_else(|_| opener::open(folder)).map_err(|error| denied("folder-not-shown", &error.to_string()))
}

/// A title as part of a file's name, on every system: without what a path, a shell or a reader's eye would stumble over.
pub(crate) fn file_name_of(title: &str) -> String {
    let plain = |c: char| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => ' ',
        c if c.is_control() || c.is_whitespace() => ' ',
        // Marks of direction and of no width: a name must end where it seems to.
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => ' ',
        c => c,
    };
    let text: String = title.chars().map(plain).collect();
    let short: String =
        text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(NAME_CHARS).collect();
    short.trim_matches(|c: char| c == '.' || c.is_whitespace()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_file_of_one_name_stands_beside_the_first() {
        let folder = std::env::temp_dir().join(format!("xinmei-downloads-{}", std::process::id()));
        assert_eq!(keep(&folder, "秋游", "xlsx", b"one").unwrap(), "秋游.xlsx");
        assert_eq!(keep(&folder, "秋游", "xlsx", b"two").unwrap(), "秋游 (2).xlsx");
        assert_eq!(fs::read(folder.join("秋游.xlsx")).unwrap(), b"one");
        assert_eq!(show(&folder, "../秋游.xlsx"), Err(invalid("name")));
        assert_eq!(show(&folder, ".."), Err(invalid("name")));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_title_becomes_a_name_that_every_system_takes() {
        assert_eq!(file_name_of("周三放学 15:00 → 15:40"), "周三放学 15 00 → 15 40");
        assert_eq!(file_name_of("../../etc/passwd"), "etc passwd");
        assert_eq!(file_name_of("秋游\u{202e}fdp.exe\n"), "秋游 fdp.exe");
        assert_eq!(file_name_of(&"长".repeat(200)).chars().count(), NAME_CHARS);
    }
}
