//! The texts that `benches/compare.sh` measures over; the measuring itself takes minutes and is not a test.

#[path = "common/place.rs"]
mod place;
#[path = "common/tools.rs"]
mod tools;

use std::fs;
use std::path::Path;

use place::Place;
use tools::{ask, project, system};

/// How many bytes the files in a folder hold; each of them is a fixture, unaltered.
fn weigh(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path());
    entries.map(|path| if path.is_dir() { weigh(&path) } else { weigh_copy(&path) }).sum()
}

fn weigh_copy(path: &Path) -> u64 {
    let kind = path.parent().and_then(Path::file_name).expect("a folder");
    let fixture = project().join("fixtures").join(kind).join(path.file_name().expect("a name"));
    let copy = fs::read(path).expect("a copy");
    assert_eq!(copy, fs::read(&fixture).expect("a fixture"), "{}", path.display());
    copy.len() as u64
}

/// The tree is made of the fixtures and as large as asked for, and a larger one takes the place of a smaller.
#[test]
fn the_tree_is_built() {
    let place = Place::new();
    for size in [1, 1_000_000] {
        let mut build = system("python3");
        build.env("PYTHONDONTWRITEBYTECODE", "1").arg(project().join("benches/compare.py"));
        let (good, said) = ask(build.arg("tree").arg(place.at("tree")).arg(size.to_string()));
        assert!(good, "{said}");
        let weight = weigh(&place.at("tree"));
        assert!((size..size + 50_000).contains(&weight), "{weight}");
        assert!(said.starts_with(&format!("{weight} bytes in ")), "{said}");
    }
}
