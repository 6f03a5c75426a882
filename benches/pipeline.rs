//! What the machine can do at most, beside what each stage takes: `cargo bench --bench pipeline`.

use std::hint::black_box;
use std::sync::Arc;

use copydesk::format::{PLAIN, Reading};
use copydesk::lint::{HouseStyle, Linter, Set, registry};
use copydesk::text::words::for_each_word;
use copydesk::text::{Document, Source};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use rustc_hash::FxHashMap;
use unicode_segmentation::UnicodeSegmentation;

mod prose;

/// Enough articles that no cache holds them all.
const SIZE: usize = 4_000_000;

fn limits(c: &mut Criterion) {
    let texts = prose::articles(SIZE);
    let mut group = c.benchmark_group("limits");
    group.throughput(Throughput::Bytes(texts.iter().map(|t| t.len() as u64).sum()));
    group.sample_size(20);
    group.bench_function("bytes: search for a rare word", |b| {
        let finder = memchr::memmem::Finder::new("Copenhagen");
        b.iter(|| texts.iter().map(|t| finder.find_iter(t.as_bytes()).count()).sum::<usize>());
    });
    group.bench_function("bytes: ends of sentences", |b| {
        b.iter(|| texts.iter().map(|t| memchr::memchr3_iter(b'.', b'!', b'?', t.as_bytes()).count()).sum::<usize>());
    });
    group.bench_function("words: unicode_word_indices", |b| {
        b.iter(|| texts.iter().map(|t| t.unicode_word_indices().count()).sum::<usize>());
    });
    group.bench_function("words: table for ASCII, rules for the rest", |b| {
        b.iter(|| {
            let mut count = 0;
            texts.iter().for_each(|t| for_each_word(t, |_, _| count += 1));
            count
        });
    });
    group.bench_function("words: the same, each interned", |b| {
        b.iter(|| {
            for text in &texts {
                let mut counts = FxHashMap::<&str, u32>::default();
                for_each_word(text, |start, end| *counts.entry(&text[start..end]).or_default() += 1);
                black_box(counts.len());
            }
        });
    });
    group.finish();
}

fn stages(c: &mut Criterion) {
    let sources: Vec<Arc<Source>> =
        prose::articles(SIZE).into_iter().map(|text| Arc::new(Source::new("article.txt", text))).collect();
    let reading = Reading::default();
    let drafts = || sources.iter().map(|s| PLAIN.parse(s, &reading)).collect::<Vec<_>>();
    let documents = || {
        let with = sources.iter().zip(drafts());
        with.map(|(source, draft)| Document::new(source.clone(), draft, None)).collect::<Vec<_>>()
    };
    let mut group = c.benchmark_group("stages");
    group.throughput(Throughput::Bytes(sources.iter().map(|s| s.text().len() as u64).sum()));
    group.sample_size(20);
    group.bench_function("blocks of plain text", |b| b.iter(drafts));
    group.bench_function("words and sentences", |b| {
        b.iter_batched(
            drafts,
            |drafts| {
                let with = sources.iter().zip(drafts);
                with.map(|(source, draft)| Document::new(source.clone(), draft, None)).collect::<Vec<_>>()
            },
            BatchSize::PerIteration,
        );
    });
    let lints = registry::builtin().iter().filter(|lint| lint.set == Set::Default);
    let mut linters: Vec<(String, Linter)> = lints
        .map(|lint| (lint.id.clone(), Linter::new(vec![(lint.clone(), lint.severity)], HouseStyle::default())))
        .collect();
    linters.push(("all default lints".to_owned(), Linter::default()));
    for (name, linter) in linters {
        group.bench_function(name, |b| {
            b.iter_batched(
                documents,
                |documents| {
                    let found = documents.iter().map(|d| linter.check(d).diagnostics.len()).sum::<usize>();
                    // Dropped by the harness, outside of the time.
                    (found, documents)
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, limits, stages);
criterion_main!(benches);
