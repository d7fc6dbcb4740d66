//! How fast the words of all rules are found, against how fast the characters of the same text are decoded, and what it
//! costs when there are more of them.

mod common;

use std::fmt::Write as _;
use std::hint::black_box;

use common::{document, lines};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gongwen_lint::rulebook::{Literals, Rulebook, Sightings, Terms};
use gongwen_lint::text::Document;

/// A megabyte of papers that have the right words.
fn clean() -> String {
    let lines = lines("clean");
    let mut text = String::new();
    for line in lines.iter().cycle() {
        if text.len() > 1_000_000 {
            break;
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

fn sightings<'t>(document: &'t Document, literals: &Literals) -> Sightings<'t> {
    literals.sight_in(&document.text, document.blocks.iter().map(|b| b.span))
}

/// One pass over every paragraph.
fn sight(document: &Document, literals: &Literals) -> usize {
    sightings(document, literals).iter().map(|sighting| sighting.signs().len()).sum()
}

/// The pass, and the words that it finds judged in their surroundings.
fn find(document: &Document, book: &Rulebook) -> usize {
    sightings(document, book.literals())
        .iter()
        .map(|sighting| {
            book.terms.find(sighting).len()
                + book.phrases.names(sighting).count()
                + book.residue.phrases(&document.text, sighting).count()
                + sighting.twice().count()
        })
        .sum()
}

/// The first `count` spellings of the dictionary, filled up with made-up ones of the same words.
fn dictionary(count: usize) -> Literals {
    let book = Rulebook::embedded();
    let known: Vec<String> = book.terms.entries().iter().flat_map(|t| t.spellings().cloned()).collect();
    let made_up =
        ["原", "各", "与", "及", "本"].iter().flat_map(|head| known.iter().map(move |w| format!("{head}{w}")));
    let spellings: Vec<String> =
        known.iter().cloned().chain(made_up).filter(|w| !w.contains('{')).take(count).collect();
    assert_eq!(spellings.len(), count, "enough words");
    let mut file = String::from("rule = \"term-outdated\"\n");
    for (i, word) in spellings.iter().enumerate() {
        let word = word.replace('"', "\\\"");
        write!(
            file,
            "[[term]]\nwrong = \"{word}{i}\"\nalso = [\"{word}\"]\nright = [\"-\"]\nseverity = \"warning\"\nsource = \"\"\n\
             verified = true\nhits = [\"-\"]\nmisses = [\"-\"]\n"
        )
        .expect("strings can be written to");
    }
    Literals::of(&Terms::parse(&[("bench.toml", &file)]).unwrap_or_else(|fault| panic!("{fault}")))
}

fn speed(c: &mut Criterion) {
    let text = clean();
    let (document, book) = (document(&text), Rulebook::embedded());
    let mut group = c.benchmark_group("clean");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("decode", |b| b.iter(|| black_box(&text).chars().fold(0u32, |a, c| a ^ u32::from(c))));
    group.bench_function("sight", |b| b.iter(|| sight(black_box(&document), book.literals())));
    group.bench_function("find", |b| b.iter(|| find(black_box(&document), &book)));
    group.finish();
}

fn size(c: &mut Criterion) {
    let text = clean();
    let document = document(&text);
    let mut group = c.benchmark_group("dictionary");
    group.throughput(Throughput::Bytes(text.len() as u64));
    for count in [200, 2_000] {
        let literals = dictionary(count);
        group.bench_function(BenchmarkId::from_parameter(count), |b| b.iter(|| sight(black_box(&document), &literals)));
    }
    group.finish();
}

criterion_group!(benches, speed, size);
criterion_main!(benches);
