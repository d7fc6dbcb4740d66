//! What is generated from the code is fresh. `SNAPSHOTS=overwrite cargo test --test docs` writes it anew.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use gongwen_lint::config::{self, Overrides};
use gongwen_lint::read::read;
use gongwen_lint::render;
use gongwen_lint::rulebook::Rulebook;
use gongwen_lint::rules::{metas, of_terms};

/// `rules/README.md` is the catalogue of the rules as they are.
#[test]
fn the_catalogue_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/README.md");
    let expected = snapbox::Data::read_from(&path, None);
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(render::catalogue(metas()), expected.raw());
}

/// What the pages under `docs/` show as TOML is sound, and so is the example that they speak of.
#[test]
fn the_pages_show_sound_files() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let book = Arc::new(Rulebook::embedded());
    let rules: Vec<&str> = of_terms().map(|r| r.id).collect();
    let mut shown = 0;
    for page in fs::read_dir(&docs).expect("pages").map(|e| e.expect("an entry").path()) {
        if page.extension().is_none_or(|e| e != "md") {
            continue;
        }
        let text = fs::read_to_string(&page).expect("a page");
        for fence in text.split("\n```toml\n").skip(1).filter_map(|rest| rest.split("\n```").next()) {
            shown += 1;
            let faults = if fence.starts_with("# lint.toml") {
                faults_of_config(&docs.join("example/lint.toml"), Some(fence), &book)
            } else {
                Rulebook::with(&[("fence", fence)], &rules).1.concat().into_iter().map(|f| f.message.en).collect()
            };
            assert_eq!(faults, Vec::<String>::new(), "{}:\n{fence}", page.display());
        }
    }
    assert!(shown > 0);
    assert_eq!(faults_of_config(&docs.join("example/lint.toml"), None, &book), Vec::<String>::new());
}

/// What is wrong with the `lint.toml` at `path`, or with this text in its place.
fn faults_of_config(path: &Path, text: Option<&str>, book: &Arc<Rulebook>) -> Vec<String> {
    let fetch = |file: &Path| {
        let bytes = match text {
            Some(text) if file == path => text.as_bytes().to_vec(),
            _ => fs::read(file).expect("a file that is there"),
        };
        Ok(read("lint.toml", &bytes, None).expect("readable"))
    };
    let config = config::load(path, &fetch, book).expect("a lint.toml");
    let faults = config.faults(false, &Overrides::default());
    faults.into_iter().flat_map(|(_, diagnostics)| diagnostics).map(|d| d.message.en).collect()
}
