//! Tables with slips of every kind: no panic, no long wait, little memory. Run by hand:
//! `cargo test --test integration mutated_tables -- --ignored`.

use std::{
    fs,
    io::{BufReader, Cursor},
    time::Duration,
};

use osteodose::{
    dosing,
    request::Request,
    table::{Columns, Manner, Record, Table, encoding, kind, read, words::head_fault},
};

use crate::{
    mutate::{most_memory, processor_time},
    strategy::Random,
    support::{LIBRARY, files},
};

const TABLES: u64 = 50_000;

/// Reads a table as `batch` does, and makes the plans of its rows; returns how many rows it has.
fn run(bytes: &[u8], columns: Option<&Columns>) -> usize {
    let encoding = encoding::marked(bytes).unwrap_or(encoding_rs::UTF_8);
    let (_, _) = (kind::not_text(bytes), encoding::looks_like_utf16(bytes));
    let _ = kind::of_text(&encoding::text_of(bytes, encoding));
    let _ = encoding::fault(Cursor::new(bytes), encoding);
    let text = encoding::Decoded::new(BufReader::with_capacity(64, bytes), encoding);
    // Of a table whose first row cannot be used, the rows are read too, to say what is wrong with them.
    let mut table = match Table::open(text, Manner { separator: None, columns, library: *LIBRARY }) {
        Ok(Ok(table)) => table,
        Ok(Err(refused)) => {
            let _: Vec<String> = refused.faults.iter().map(head_fault).collect();
            let Some(table) = refused.rows else { return 0 };
            table
        }
        Err(_) => return 0,
    };
    let mut request = Vec::new();
    let mut rows = 0;
    while let Ok(Some(record)) = table.next(&mut request) {
        if let (Record::Request { .. }, Ok(request)) = (&record, Request::parse(&request)) {
            let _ = dosing::plan(request, *LIBRARY);
        }
        request.clear();
        rows += 1;
    }
    rows
}

fn at(random: &mut Random, length: usize) -> usize {
    usize::try_from(random.between(0, i64::try_from(length).unwrap())).unwrap()
}

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    let slips: &[&[u8]] = &[
        b"\"",
        b"\"\"",
        b",",
        b";",
        b"\t",
        b"\r",
        b"\n",
        b"\r\n",
        b"\0",
        b" ",
        b"\xC2\xA0",
        b"\xFF",
        b"\xC3",
        b"\xEF\xBB\xBF",
        b"<",
        b"1,034",
        b"1.034",
        b"E+09",
        b"-",
        b"=",
        b"sep=;\n",
        b"none",
        b"\xC2\xB5",
        b"[0]",
        b".",
        b"99999999999",
        b"{",
        b"}",
    ];
    for _ in 0..random.between(1, 6) {
        let place = at(random, bytes.len());
        match random.between(0, 4) {
            0 => drop(bytes.splice(place..place, random.pick(slips).iter().copied())),
            1 if place < bytes.len() => bytes[place] = random.pick(slips)[0],
            2 => drop(bytes.drain(place..(place + at(random, 40)).min(bytes.len()))),
            3 => {
                let end = (place + at(random, 400)).min(bytes.len());
                let again = bytes[place..end].to_vec();
                let to = at(random, bytes.len());
                bytes.splice(to..to, again);
            }
            _ => bytes.truncate(place.max(bytes.len() / 2)),
        }
    }
}

#[test]
#[ignore = "it takes minutes"]
fn fifty_thousand_tables_with_slips_neither_panic_nor_hang() {
    let all = || files("tables", "").into_iter().filter(|it| !it.to_string_lossy().ends_with(".outcome"));
    let is_columns = |path: &std::path::Path| path.extension().is_some_and(|it| it == "json");
    let tables: Vec<Vec<u8>> = all().filter(|it| !is_columns(it)).map(|it| fs::read(it).unwrap()).collect();
    let columns: Vec<Columns> =
        all().filter(|it| is_columns(it)).map(|it| read(&fs::read(it).unwrap(), *LIBRARY).unwrap()).collect();
    let (mut rows, mut longest) = (0, Duration::ZERO);
    for seed in 0..TABLES {
        let mut random = Random::new(seed);
        let mut bytes = random.pick(&tables).clone();
        mutate(&mut bytes, &mut random);
        let columns = random.chance(30).then(|| random.pick(&columns).clone());
        let begun = processor_time();
        rows += run(&bytes, columns.as_ref());
        let took = processor_time().saturating_sub(begun);
        assert!(took < Duration::from_secs(1), "seed {seed} took {took:?}");
        longest = longest.max(took);
    }
    assert!(rows > 20_000, "the slips leave too few rows: {rows}");
    println!("{TABLES} tables, {rows} rows, the longest {longest:?}, at most {} MiB", most_memory());
    assert!(most_memory() < 256, "{} MiB", most_memory());
}

#[test]
#[ignore = "it takes a minute"]
fn a_quotation_mark_that_stays_open_in_a_large_table_costs_one_row() {
    let clean = fs::read(crate::support::tests("tables/01-lf.csv")).unwrap();
    let rows = String::from_utf8(clean).unwrap();
    let (head, rows) = rows.split_once('\n').unwrap();
    let open = rows.replacen("latex", "\"latex", 1).replace("\"penicillin (rash, 1998)\"", "penicillin");
    let plain = rows.replace("\"penicillin (rash, 1998)\"", "penicillin");
    let mut table = format!("{head}\n{open}").into_bytes();
    while table.len() < 64 << 20 {
        table.extend_from_slice(plain.as_bytes());
    }
    let lines = table.split(|byte| *byte == b'\n').count() - 1;
    let mut read = Table::open(Cursor::new(table), Manner { separator: None, columns: None, library: *LIBRARY })
        .unwrap()
        .ok()
        .unwrap();
    let (mut text, mut rows, mut refused) = (Vec::new(), 0, 0);
    while let Some(record) = read.next(&mut text).unwrap() {
        rows += 1;
        refused += usize::from(matches!(record, Record::Refused { .. }));
        text.clear();
    }
    assert_eq!((rows, refused), (lines - 1, 1));
}
