//! Requests and saved plans with random damage are answered: with a plan, or with what is wrong.
//!
//! All of them: `cargo test --release --test integration damaged -- --ignored --test-threads 1 --nocapture`.

use osteodose::{dosing, recheck::recheck, request::Request, saved};

use crate::{
    mutate::survives,
    support::{LIBRARY, files, tests},
};

fn contents(folders: &[&str]) -> Vec<Vec<u8>> {
    let paths = folders.iter().flat_map(|folder| files(folder, ".json"));
    let read: Vec<Vec<u8>> = paths.map(|path| std::fs::read(path).unwrap()).collect();
    assert!(read.len() > 5, "{}: too few files", tests("").display());
    read
}

fn requests(count: u64) {
    survives(count, &contents(&["requests", "bad-requests"]), |bytes| match Request::parse(bytes) {
        Err(faults) => assert!(faults.iter().all(|it| !it.to_string().is_empty())),
        Ok(request) => {
            if let Ok(plan) = dosing::plan(request, *LIBRARY) {
                let document = saved::file(&plan);
                let opened = saved::open(document.as_bytes()).unwrap_or_else(|why| panic!("{why}"));
                assert!(recheck(opened, *LIBRARY).verdict == osteodose::recheck::Verdict::Same, "{document}");
            }
        }
    });
}

fn plans(count: u64) {
    survives(count, &contents(&["saved-plans"]), |bytes| match saved::open(bytes) {
        Err(why) => assert!(!why.to_string().is_empty()),
        Ok(opened) => {
            let rechecked = recheck(opened, *LIBRARY);
            assert!(!rechecked.headline().is_empty());
            assert!(rechecked.details().iter().all(|line| !line.is_empty()));
        }
    });
}

#[test]
fn damaged_requests_are_answered() {
    requests(2_000);
}

#[test]
fn damaged_plans_are_answered() {
    plans(300);
}

#[test]
#[ignore = "takes minutes"]
fn all_damaged_requests_are_answered() {
    requests(300_000);
}

#[test]
#[ignore = "takes minutes"]
fn all_damaged_plans_are_answered() {
    plans(50_000);
}

#[test]
#[should_panic(expected = "the program failed with the seeds")]
fn a_failure_is_seen() {
    survives(100, &[b"{}".to_vec(), b"[1]".to_vec()], |bytes| assert!(bytes.first() == Some(&b'{')));
}
