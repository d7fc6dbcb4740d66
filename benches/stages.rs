//! Where the time of a check goes: each stage of the way from the bytes of a paper to the report, over the same papers.
//!
//! Every stage is given what those before it have made, so that the times add up to that of the whole.

mod common;

use std::hint::black_box;

use common::{document, papers};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use gongwen_lint::claim::Claims;
use gongwen_lint::config::Plan;
use gongwen_lint::diagnostic::Lang;
use gongwen_lint::engine;
use gongwen_lint::outline::Outline;
use gongwen_lint::read;
use gongwen_lint::render::{Format, Json};
use gongwen_lint::report::{FileReport, Summary};
use gongwen_lint::rulebook::{Profile, Rulebook, Sightings};
use gongwen_lint::rules::{self, Context};
use gongwen_lint::text::{Document, Events};
use jiff::civil::Date;

/// The day of papers that show none.
const TODAY: Date = jiff::civil::date(2026, 6, 1);

/// A paper and what is known of it before the rules run.
struct Facts<'a> {
    document: &'a Document,
    outline: Outline,
    claims: Claims,
    sightings: Sightings<'a>,
    kinds: Vec<Option<&'a Profile>>,
}

impl<'a> Facts<'a> {
    fn new(document: &'a Document, book: &'a Rulebook) -> Self {
        let checked = engine::check(document.clone(), &Plan::new(TODAY), book);
        let kind = |id: &Option<String>| id.as_deref().and_then(|id| book.profiles.get(id));
        Self {
            document,
            outline: Outline::new(document),
            claims: Claims::new(document, &book.lexicon),
            sightings: book.sight(document),
            kinds: checked.papers.iter().map(|paper| kind(&paper.profile)).collect(),
        }
    }

    fn context<'c>(&'c self, book: &'c Rulebook) -> Context<'c> {
        Context {
            document: self.document,
            outline: &self.outline,
            claims: &self.claims,
            sightings: &self.sightings,
            book,
            kinds: &self.kinds,
            as_of: TODAY,
        }
    }
}

/// Measures a stage over every paper.
fn stage<'p, T, R>(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, papers: &'p [T], run: impl Fn(&'p T) -> R) {
    group.bench_function(name, |b| {
        b.iter(|| {
            for paper in papers {
                black_box(run(black_box(paper)));
            }
        });
    });
}

fn stages(c: &mut Criterion) {
    let (texts, book, plan) = (papers("clean"), Rulebook::prepared(), Plan::new(TODAY));
    let throughput = Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum());
    let documents: Vec<Document> = texts.iter().map(|text| document(text)).collect();
    let facts: Vec<Facts<'_>> = documents.iter().map(|document| Facts::new(document, &book)).collect();

    let mut group = c.benchmark_group("stage");
    group.throughput(throughput.clone());
    stage(&mut group, "read", &texts, |text| document(text));
    stage(&mut group, "events", &documents, |document| Events::new(document.prose()));
    stage(&mut group, "outline", &documents, Outline::new);
    stage(&mut group, "claims", &documents, |document| Claims::new(document, &book.lexicon));
    stage(&mut group, "words", &documents, |document| book.sight(document));
    group.finish();

    let mut group = c.benchmark_group("rules");
    group.throughput(throughput.clone());
    for check in rules::ALL {
        stage(&mut group, check.rules[0].id, &facts, |facts| {
            let mut found = Vec::new();
            (check.run)(&facts.context(&book), &mut found);
            found
        });
    }
    group.finish();

    let check = |text: &String| {
        let document = read::read("bench.txt", text.as_bytes(), None).expect("fixtures are readable");
        engine::check(document, &plan, &book)
    };
    let report = |text| FileReport { path: "bench.txt".to_owned(), outcome: Ok(check(text)) };
    let files: Vec<FileReport> = texts.iter().map(report).collect();
    let mut group = c.benchmark_group("paper");
    group.throughput(throughput);
    stage(&mut group, "check", &texts, check);
    stage(&mut group, "render", &files, |file| {
        let (mut format, mut summary) = (Json::new(Lang::default()), Summary::default());
        summary.add(file);
        (format.file(file), format.end(&summary))
    });
    group.finish();
}

/// What a run pays before the first paper.
fn start(c: &mut Criterion) {
    c.bench_function("start", |b| b.iter(Rulebook::prepared));
}

criterion_group!(benches, stages, start);
criterion_main!(benches);
