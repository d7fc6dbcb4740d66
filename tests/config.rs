//! `lint.toml` and users' files of rules: the fixtures under `fixtures/config/`, and what the keys do.
//!
//! `bad-*` must be told of with the lines in `lint.out`, `good-*` must be silent. `SNAPSHOTS=overwrite cargo test
//! --test config` writes the lines anew.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use gongwen_lint::config::{Config, FailOn, Overrides, load, of_rules};
use gongwen_lint::diagnostic::{Lang, Severity, Words};
use gongwen_lint::engine::{self, FlawKind};
use gongwen_lint::read::read;
use gongwen_lint::render;
use gongwen_lint::report::{FileError, FileReport, Report};
use gongwen_lint::rulebook::{Reach, Rulebook};
use gongwen_lint::text::Document;
use proptest::prelude::*;

static BOOK: LazyLock<Arc<Rulebook>> = LazyLock::new(|| Arc::new(Rulebook::embedded()));

/// The configuration in a folder of the fixtures, whose files are shown by their names in it.
fn fixture(name: &str) -> Config {
    let dir = common::fixtures().join("config").join(name);
    let fetch = |path: &Path| {
        let shown = path.strip_prefix(&dir).unwrap_or(path).display().to_string();
        match fs::read(path) {
            Ok(bytes) => Ok(read(&shown, &bytes, None).expect("a readable fixture")),
            Err(_) => Err(FileError { message: Words::new("没有", "not there"), advice: Words::new("查", "look") }),
        }
    };
    load(&dir.join("lint.toml"), &fetch, &BOOK).expect("a lint.toml")
}

/// A configuration that consists of this text.
fn config(text: &str) -> Config {
    let fetch = |path: &Path| {
        let blank = || Document::new("lint.toml".to_owned(), text.to_owned(), "UTF-8", Vec::new(), None);
        match path.ends_with("lint.toml") {
            true => Ok(read("lint.toml", text.as_bytes(), None).unwrap_or_else(|_| blank())),
            false => Err(FileError { message: Words::new("没有", "not there"), advice: Words::new("查", "look") }),
        }
    };
    load(Path::new("/repo/lint.toml"), &fetch, &BOOK).expect("a lint.toml")
}

fn report(config: &Config, walked: bool) -> Report {
    let files = config.faults(walked, &Overrides::default()).into_iter().map(|(document, diagnostics)| FileReport {
        path: document.name.clone(),
        outcome: Ok(engine::of_config(document, diagnostics)),
    });
    Report { files: files.collect(), ..Report::default() }
}

/// Every fault of a broken configuration is told at its place, in both languages; a sound one is silent.
#[test]
fn fixtures() {
    let root = common::fixtures().join("config");
    let mut names: Vec<PathBuf> = fs::read_dir(&root).expect("fixtures").map(|e| e.expect("an entry").path()).collect();
    names.retain(|dir| dir.join("lint.toml").exists());
    names.sort();
    for dir in names {
        let name = dir.file_name().expect("a name").to_string_lossy();
        let report = report(&fixture(&name), false);
        assert_eq!(report.open().next().is_none(), name.starts_with("good-"), "{name}");
        if name.starts_with("bad-") {
            let told = [Lang::Zh, Lang::En].map(|lang| common::concise(&report, lang)).concat();
            let expected = snapbox::Data::read_from(&dir.join("lint.out"), None);
            snapbox::Assert::new().action_env("SNAPSHOTS").eq(told, expected.raw());
        }
    }
}

/// What holds for a file: the nearest section has the last word, and the command line before it.
#[test]
fn plans() {
    let config = fixture("good-full");
    let today = common::AS_OF;
    let plan = |path: &str, over: &Overrides| config.plan(&config.root().join(path), over, today);
    let none = Overrides::default();

    let usual = plan("总结.txt", &none);
    assert_eq!(usual.rules.select, ["claim", "term", "placeholder-mask"]);
    assert_eq!(usual.rules.ignore, ["claim-repeat"]);
    assert_eq!(usual.profile.as_deref(), Some("work-summary"));
    assert_eq!(usual.as_of.to_string(), "2024-03-05");
    assert_eq!(usual.fail_on, FailOn::At(Severity::Warning));
    let severity = |plan: &gongwen_lint::config::Plan, id: &str| {
        plan.severity_of(gongwen_lint::rules::metas().find(|r| r.id == id).expect("a rule"))
    };
    assert_eq!(severity(&usual, "term-outdated"), Some(Severity::Info));
    assert_eq!(severity(&usual, "term-title"), Some(Severity::Error));
    assert_eq!(severity(&usual, "claim-sum"), None);

    for path in ["计划/a.txt", "区/计划/b.txt", "2019/三月/c.txt"] {
        let narrow = plan(path, &none);
        assert_eq!(narrow.rules.select, ["term"], "{path}");
        assert_eq!(narrow.rules.ignore, ["term-title"], "{path}");
        assert_eq!(narrow.profile.as_deref(), Some("plan"), "{path}");
        assert_eq!(narrow.as_of.to_string(), "2019-12-31", "{path}");
        assert_eq!(severity(&narrow, "term-outdated"), Some(Severity::Warning), "{path}");
    }

    let over = Overrides {
        select: vec!["claim-repeat".to_owned()],
        profile: Some("notice".to_owned()),
        as_of: Some(today),
        fail_on: Some(FailOn::Never),
        ..Overrides::default()
    };
    let told = plan("计划/a.txt", &over);
    assert_eq!((told.rules.select.as_slice(), told.rules.ignore.len()), (["claim-repeat".to_owned()].as_slice(), 0));
    assert_eq!((told.profile.as_deref(), told.as_of, told.fail_on), (Some("notice"), today, FailOn::Never));
    let ignoring = Overrides { ignore: vec!["term".to_owned()], ..Overrides::default() };
    assert_eq!(plan("总结.txt", &ignoring).rules.ignore, ["claim-repeat", "term"]);
}

/// Includes and excludes are globs from the directory of the file on, and none that fitted something is unmatched.
#[test]
fn globs() {
    let config = fixture("good-full");
    let at = |path: &str| config.root().join(path);
    assert!(config.includes(&at("a.text")) && !config.includes(&at("a.doc")));
    assert!(config.excludes(&at("归档/2020/a.txt")) && config.excludes(&at("b/c-旧稿.txt")));
    assert!(!config.excludes(&at("b/归档/a.txt")) && !config.excludes(Path::new("/elsewhere/归档/a.txt")));
    assert_eq!(report(&config, true).open().count(), 2, "both globs of the section fit nothing yet");
    let _ = config.plan(&at("计划/a.txt"), &Overrides::default(), common::AS_OF);
    let left = report(&config, true);
    let left: Vec<_> = left.open().filter_map(|f| f.diagnostic.data.get("glob")?.as_str()).collect();
    assert_eq!(left, ["2019/**"]);
    assert_eq!(report(&config, false).open().count(), 0, "nobody knows what was not walked");
    let ignoring = Overrides { ignore: vec!["glob-unmatched".to_owned()], ..Overrides::default() };
    assert!(config.faults(true, &ignoring).is_empty());
}

/// What a file extends is overruled key by key, its sections and its rules are kept.
#[test]
fn extending() {
    let config = fixture("good-extend");
    let plan = config.plan(&config.root().join("a.txt"), &Overrides::default(), common::AS_OF);
    assert_eq!(plan.rules.select, ["claim", "number", "term"]);
    assert_eq!(plan.rules.ignore, ["number"]);
    assert_eq!(plan.fail_on, FailOn::Never);
    assert!(config.book.terms.entries().iter().any(|t| t.wrong == "便民服务大厅"));
}

/// What is sound in a broken configuration holds; a profile that there is none of leaves the choice to the paper.
#[test]
fn sound_parts_hold() {
    let config = config("ignore = [\"term\", \"nonsense\"]\nprofile = \"nonsense\"\n");
    let plan = config.plan(Path::new("/repo/a.txt"), &Overrides::default(), common::AS_OF);
    assert_eq!((plan.rules.ignore.as_slice(), plan.profile), (["term".to_owned()].as_slice(), None));
    assert_eq!(report(&config, false).open().count(), 2);
}

/// The rules that a user adds are found, and one that has the name of ours takes its place.
#[test]
fn rules_of_users() {
    let config = fixture("good-rules");
    let said = |draft: &str| {
        let mut plan = config.plan(&config.root().join("a.txt"), &Overrides::default(), common::AS_OF);
        plan.rules.ignore = vec!["number".to_owned()];
        let document = read("a.txt", draft.as_bytes(), None).expect("readable");
        let checked = engine::check(document, &plan, &config.book);
        let found = checked.findings.iter().map(|f| (f.diagnostic.rule.id, f.diagnostic.severity));
        found.collect::<Vec<_>>()
    };
    assert_eq!(said("建设法制政府。"), [("term-outdated", Severity::Info)]);
    assert_eq!(said("请到便民服务大厅办理。"), [("term-outdated", Severity::Warning)]);
    assert_eq!(said("每村最多 3 人以上。"), [("term-typo", Severity::Warning)]);
    let early = "关于政务服务提质年的通报\n\n";
    assert_eq!(said(&format!("{early}某县司法局\n2023年6月1日\n")), [("term-typo", Severity::Warning)]);
    assert_eq!(said(&format!("{early}某县司法局\n2023年12月1日\n")), []);
    assert_eq!(said("名额为【领导审定】。"), [("placeholder-blank", Severity::Error)]);
    assert_eq!(said("全年办结400卷宗，回访300卷宗，回访率85%。"), [("claim-share", Severity::Error)]);
    let briefing = |last: &str| {
        format!(
            "关于防汛工作的专报\n\n一、雨情\n连降大雨。\n二、水情\n水位上涨。\n三、灾情\n没有人员伤亡。\n四、{last}\n加强巡查。\n"
        )
    };
    assert_eq!(said(&briefing("措施")), [("section-missing", Severity::Warning)]);
    assert_eq!(said(&briefing("建议")), []);
    let ours = BOOK.terms.entries().len();
    assert_eq!(config.book.terms.entries().len(), ours + 3);
}

/// What `lint init` writes is sound, with its comments and without them.
#[test]
fn the_start() {
    use gongwen_lint::config::START;
    // The first lines are about the file itself; every other comment that has a key or a table in it is one to be used.
    let is_key = |line: &str| line.starts_with('[') || line.split_once(" = ").is_some_and(|(key, _)| key.is_ascii());
    let used: String = START
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|l| is_key(l)).unwrap_or(line))
        .flat_map(|line| [line, "\n"])
        .collect();
    assert!(used.contains("\nselect = ") && used.contains("\n[[section]]\n"), "{used}");
    assert_eq!(report(&config(START), false).open().count(), 0);
    let told: Vec<String> = report(&config(&used), false).open().map(|f| f.diagnostic.message.en.clone()).collect();
    assert_eq!(told, ["\"terms/ours.toml\": not there"]);
}

/// The entries that the binary carries do what their examples say, and each can be reported.
#[test]
fn our_own_entries() {
    let trial = engine::trial(&BOOK);
    let flaws: Vec<String> = trial.flaws.iter().map(|f| format!("{}:{} {:?}", f.file, f.line, f.kind)).collect();
    assert!(flaws.is_empty(), "{}", flaws.join("\n"));
    assert!(trial.entries > 0 && trial.sentences > 2 * trial.entries);
}

/// A planted dead entry, a hidden one, a doubled spelling, broken examples, an idle context and a kind of paper that knows
/// too little and too much are found; what is sound is not.
#[test]
fn planted_flaws() {
    let read = |name: &str| -> Document {
        let path = common::fixtures().join("config/planted").join(name);
        gongwen_lint::read::read(name, &fs::read(path).expect("a fixture"), None).expect("readable")
    };
    let config = of_rules(vec![read("terms.toml"), read("briefing.toml")]);
    assert!(config.faults(false, &Overrides::default()).is_empty());
    let trial = engine::trial(&config.book);
    let kinds = |entry: &str| {
        let of_entry = trial.flaws.iter().chain(&trial.idle).filter(|f| !f.ours && f.entry == Some(entry));
        let name = |kind: &FlawKind<'_>| match kind {
            FlawKind::Silent(_) => "silent",
            FlawKind::Unrecognised(_) => "unrecognised",
            FlawKind::Recognised(_) => "recognised",
            FlawKind::Speaks { .. } => "speaks",
            FlawKind::Dead(_) => "dead",
            FlawKind::Hidden { .. } => "hidden",
            FlawKind::Twice(_) => "twice",
            FlawKind::Idle { .. } => "idle",
        };
        of_entry.map(|f| name(&f.kind)).collect::<Vec<_>>()
    };
    assert_eq!(kinds("便民服务大厅"), ["silent", "dead"]);
    assert_eq!(kinds("综合执法队"), ["silent", "dead", "idle"]);
    assert_eq!(kinds("矛调中心"), ["silent", "hidden"]);
    assert_eq!(kinds("信访接待室"), ["silent", "speaks", "twice", "idle"]);
    assert_eq!(kinds("政务大厅"), Vec::<&str>::new());
    assert_eq!(kinds("briefing"), ["unrecognised", "recognised"]);
    let term = config.book.terms.entries().iter().find(|t| t.wrong == "矛调中心工作").expect("an entry");
    assert!(matches!(config.book.reach(term, 0), Reach::Speaks));
}

/// Files as people and editors break them: characters of sound ones dropped, doubled and put elsewhere.
fn broken() -> impl Strategy<Value = String> {
    let sound = [
        "good-full/lint.toml",
        "good-rules/terms.toml",
        "good-rules/patterns.toml",
        "good-rules/words.toml",
        "good-rules/briefing.toml",
    ];
    let texts: Vec<String> = sound
        .iter()
        .map(|name| fs::read_to_string(common::fixtures().join("config").join(name)).expect("a fixture"))
        .collect();
    let edits = prop::collection::vec(
        (0usize..2000, prop::sample::select(vec!["", "\"", "[", "]", "“", "=", "\n", "甲", "\u{1b}"])),
        1..6,
    );
    (prop::sample::select(texts), edits).prop_map(|(text, edits)| {
        let mut chars: Vec<String> = text.chars().map(String::from).collect();
        for (at, new) in edits {
            let at = at % chars.len();
            new.clone_into(&mut chars[at]);
        }
        chars.concat()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Whatever a file holds, it is read without a panic, and its faults stand at places that can be shown.
    #[test]
    fn broken_files_are_told_of(text in broken()) {
        let fetch = |path: &Path| {
            let name = path.display().to_string();
            let text = if path.ends_with("lint.toml") { "rules = [\"broken.toml\"]" } else { &text };
            Ok(read(&name, text.as_bytes(), None).unwrap_or_else(|_| Document::new(name, String::new(), "UTF-8", Vec::new(), None)))
        };
        let with = load(Path::new("/r/lint.toml"), &fetch, &BOOK).expect("a lint.toml");
        for config in [with, config(&text)] {
            let report = report(&config, true);
            for lang in [Lang::Zh, Lang::En] {
                let _ = render::whole(render::Json::new(lang), &report);
                let _ = render::whole(render::Full::new(lang, &render::TerminalOptions::default()), &report);
            }
        }
    }
}

/// The schema of `lint.toml` takes every sound file and the start with all its comments put to use, and refuses what
/// the reader refuses.
#[test]
fn the_schema_of_the_file() {
    let schema: serde_json::Value = serde_json::from_str(&gongwen_lint::config::schema()).expect("JSON");
    jsonschema::meta::validate(&schema).expect("the schema is a schema");
    let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).expect("a schema");
    let faults = |text: &str| -> Vec<String> {
        let value = json(text.parse::<toml::Table>().expect("TOML").into());
        validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect()
    };
    for name in ["good-extend", "good-full", "good-rules"] {
        let text =
            fs::read_to_string(common::fixtures().join("config").join(name).join("lint.toml")).expect("a fixture");
        assert_eq!(faults(&text), Vec::<String>::new(), "{name}");
    }
    let start = gongwen_lint::config::START.lines().filter_map(|line| line.strip_prefix("# "));
    let used: Vec<&str> = start.filter(|line| line.starts_with('[') || line.contains(" = ")).collect();
    assert_eq!(faults(&used.join("\n")), Vec::<String>::new(), "{used:#?}");
    for bad in [
        "slect = []",
        "select = [\"claims\"]",
        "fail-on = \"fatal\"",
        "as-of = \"2024-02-30\"",
        "severity = { claim = \"bad\" }",
        "[[section]]\nselect = []",
        "[[allow]]\nrule = \"claim\"",
        "[[allow]]\nrule = \"claim\"\nreason = \" \"",
    ] {
        assert_ne!(faults(bad), Vec::<String>::new(), "{bad}");
        assert!(report(&config(bad), false).open().next().is_some(), "{bad}");
    }
}

/// TOML as editors see it: dates are strings.
fn json(value: toml::Value) -> serde_json::Value {
    match value {
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(list) => list.into_iter().map(json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, json(value))).collect(),
        toml::Value::String(text) => text.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Integer(n) => n.into(),
        toml::Value::Float(n) => n.into(),
    }
}
