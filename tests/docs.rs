//! What is generated from the code is fresh. `SNAPSHOTS=overwrite cargo test --test docs` writes it anew.

use std::path::Path;

use gongwen_lint::render;
use gongwen_lint::rules::metas;

/// `rules/README.md` is the catalogue of the rules as they are.
#[test]
fn the_catalogue_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/README.md");
    let expected = snapbox::Data::read_from(&path, None);
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(render::catalogue(metas()), expected.raw());
}
