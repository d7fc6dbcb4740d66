//! The page for the drafter: what it holds, that it loads nothing, and what it does in a browser.

mod common;
#[path = "common/tools.rs"]
mod tools;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use gongwen_lint::config::Plan;
use gongwen_lint::diagnostic::Lang;
use gongwen_lint::render::{self, Html, Json};
use gongwen_lint::report::{FileReport, Report};
use gongwen_lint::rulebook::Rulebook;
use gongwen_lint::{engine, read};

/// What a draft might hold to be run, or to break out of an element, an attribute, a script or a template.
const ATTACK: &str = "<script>window.attacked = 1</script>\"><img src=x onerror=\"window.attacked = 2\">'><svg \
    onload='window.attacked = 3'></script></style></title></textarea><!-- --!> {{ attacked }} {% raw %} ${attacked} \
    javascript:window.attacked=4 &lt;b&gt; &#60; ]]> \u{2028}\u{2029}\u{0}\u{b}\u{85}\u{202e}\u{feff} \\u003cscript\\u003e";

/// The report on drafts of the project, claims included.
fn drafts() -> Report {
    let book = Rulebook::embedded();
    let mut plan = Plan::new(common::AS_OF);
    plan.show_claims = true;
    let files = common::drafts(&common::fixtures().join("drafts")).into_iter().map(|path| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let document = read::read(&name, &fs::read(&path).expect("a draft"), None).expect("readable");
        FileReport { path: name, outcome: Ok(engine::check(document, &plan, &book)) }
    });
    Report { files: files.collect(), ..Report::default() }
}

/// The pages that the tests look at.
fn reports() -> Vec<(&'static str, Report)> {
    vec![
        ("drafts", drafts()),
        ("rich", common::rich_report()),
        ("attack", common::nasty_report(ATTACK)),
        ("empty", Report::default()),
    ]
}

/// An element that begins: its name and its attributes.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl Tag<'_> {
    fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(n, _)| *n == name).map_or("", |(_, value)| value)
    }
}

/// The elements of a page in order. Every one is closed, in its turn, and every attribute stands in double quotes.
fn elements(page: &str) -> Vec<Tag<'_>> {
    const VOID: [&str; 3] = ["meta", "input", "!doctype"];
    let mut open: Vec<&str> = Vec::new();
    let mut out = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find('>').expect("a tag ends");
        let inner = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = inner.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "before {}", rest.chars().take(80).collect::<String>());
            continue;
        }
        let (name, mut list) = inner.split_once([' ', '\n']).unwrap_or((inner, ""));
        let mut attributes = Vec::new();
        while let Some((key, behind)) = list.split_once("=\"") {
            let (value, next) = behind.split_once('"').expect("a quoted value");
            attributes.push((key.split_whitespace().last().expect("a name"), value));
            list = next;
        }
        assert!(!list.contains(['"', '\'', '=']), "{inner}");
        if !VOID.contains(&name) {
            open.push(name);
        }
        if name == "script" || name == "style" {
            rest = &rest[rest.find("</").expect("an end")..];
        }
        out.push(Tag { name, attributes });
    }
    assert_eq!(open, [""; 0]);
    out
}

/// Elements nest, no attribute runs anything, nothing is loaded, names are unique, and every link of the page leads to
/// something on it.
#[test]
fn the_page_is_sound() {
    for lang in [Lang::Zh, Lang::En] {
        for (name, report) in reports() {
            let page = render::whole(Html::new(lang), &report);
            let tags = elements(&page);
            let ids: Vec<&str> = tags.iter().map(|t| t.get("id")).filter(|id| !id.is_empty()).collect();
            let known: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(known.len(), ids.len(), "{name}: ids are unique");
            for tag in &tags {
                for (key, value) in &tag.attributes {
                    assert!(!key.starts_with("on") && *key != "src" && *key != "style", "{name}: {key}={value}");
                    if *key == "href" {
                        assert!(value.strip_prefix('#').is_some_and(|id| known.contains(id)), "{name}: {value}");
                    }
                }
            }
            for (element, count) in [("script", 1), ("style", 1), ("link", 0), ("img", 0), ("h1", 1), ("main", 1)] {
                assert_eq!(tags.iter().filter(|t| t.name == element).count(), count, "{name}: {element}");
            }
            for loaded in ["http:", "https:", "url(", "@import", "fetch(", "innerHTML", "eval("] {
                let own = page.matches(loaded).count();
                assert_eq!(own, ATTACK.matches(loaded).count(), "{name}: {loaded}");
            }
        }
    }
}

/// Every finding has its proof, and a mark where it has a place; one without is told at the head of its file.
#[test]
fn every_finding_is_on_the_page() {
    for (name, report) in reports() {
        let page = render::whole(Html::new(Lang::Zh), &report);
        let tags = elements(&page);
        let named = |element: &str| -> BTreeSet<&str> {
            let of = tags.iter().filter(|t| t.name == element);
            of.flat_map(|t| t.get("data-findings").split_whitespace()).collect()
        };
        let (marks, notes) = (named("mark"), named("div"));
        for (i, file) in report.files.iter().enumerate() {
            for (j, finding) in file.outcome.iter().flat_map(|c| &c.findings).enumerate() {
                let id = format!("{}-{j}", i + 1);
                assert!(notes.contains(id.as_str()), "{name}: {id}");
                let placed = finding.diagnostic.place.span().is_some();
                assert_eq!(marks.contains(id.as_str()), placed, "{name}: {id}");
            }
        }
    }
}

/// In a real browser: marks stand at the characters of the JSON report, filters, keys and copying work, nothing of a
/// draft runs, nothing is loaded or complained of, and axe finds no barrier in either colour scheme.
#[test]
fn in_a_browser() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("page");
    fs::create_dir_all(&folder).expect("a folder");
    for (name, report) in reports() {
        for (tag, lang) in [("zh", Lang::Zh), ("en", Lang::En)] {
            let write = |kind: &str, text: String| {
                fs::write(folder.join(format!("{name}.{tag}.{kind}")), text).expect("a file");
            };
            write("html", render::whole(Html::new(lang), &report));
            write("json", render::whole(Json::new(lang), &report));
        }
        let texts: Vec<Option<&str>> =
            report.files.iter().map(|f| f.outcome.as_ref().ok().map(|c| c.document.text.as_str())).collect();
        fs::write(folder.join(format!("{name}.texts")), serde_json::to_string(&texts).expect("JSON")).expect("a file");
    }
    let mut node = Command::new("node");
    node.env("NODE_PATH", tools::tools().join("node_modules"));
    node.arg(tools::project().join("tests/page.js")).arg(&folder);
    let (good, said) = tools::ask(&mut node);
    assert!(good, "{said}");
}
