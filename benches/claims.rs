//! How fast figures are judged, against how fast the characters of the same text are decoded.
//!
//! The text is made of the project's own fixtures: clean papers full of figures, thinned with papers of plain prose to
//! one number in every forty characters, which is as dense as real annual reports come.

mod common;

use std::hint::black_box;

use common::{document, lines};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gongwen_lint::claim::{Claims, Lexicon};
use gongwen_lint::rulebook::Rulebook;

/// Characters to a number.
const DENSITY: usize = 40;

/// How many runs of digits a line has.
fn numbers(line: &str) -> usize {
    line.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|run| !run.is_empty()).count()
}

/// At least `bytes` of papers with one number in [`DENSITY`] characters, ended by `end` line by line.
fn dense(bytes: usize, end: &str) -> String {
    let (figures, prose) = (lines("clean"), lines("profiles"));
    let (mut figures, mut prose) = (figures.iter().cycle(), prose.iter().cycle());
    let (mut text, mut chars, mut count) = (String::new(), 0, 0);
    while text.len() < bytes {
        let source = if count * DENSITY > chars { &mut prose } else { &mut figures };
        let line = source.next().expect("the fixtures are not empty");
        chars += line.chars().count();
        count += numbers(line);
        text.push_str(line);
        text.push_str(end);
    }
    text
}

/// A paragraph of `bytes` on a single line, of nothing but sentences full of numbers.
fn single_line(bytes: usize) -> String {
    lines("clean")
        .iter()
        .cycle()
        .scan(0, |len, line| {
            (*len < bytes).then(|| {
                *len += line.len();
                line.as_str()
            })
        })
        .collect()
}

fn speed(c: &mut Criterion) {
    let text = dense(1_000_000, "\n");
    let (document, lexicon) = (document(&text), Rulebook::embedded().lexicon);
    let mut group = c.benchmark_group("dense");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("decode", |b| b.iter(|| black_box(&text).chars().fold(0u32, |a, c| a ^ u32::from(c))));
    group.bench_function("claims", |b| b.iter(|| Claims::new(black_box(&document), &lexicon)));
    group.finish();
}

fn growth(c: &mut Criterion) {
    let lexicon: Lexicon = Rulebook::embedded().lexicon;
    let mut group = c.benchmark_group("single-line");
    group.sample_size(20);
    for bytes in [100_000, 1_000_000] {
        let document = document(&single_line(bytes));
        group.throughput(Throughput::Bytes(document.text.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(bytes), |b| {
            b.iter(|| Claims::new(black_box(&document), &lexicon))
        });
    }
    group.finish();
}

criterion_group!(benches, speed, growth);
criterion_main!(benches);
