//! Entries as a register stores them, in a chain.

use osteodose::{
    dosing,
    regimen::Library,
    request::Request,
    saved,
    ward::{
        event::{Body, Event, Planned},
        store::{Hash, Header, Stored, Uid, chain},
    },
};
use serde_json::Value;

use crate::support::{json, tests};

/// The ward of every register here.
pub const WARD: Uid = Uid::new([0xab; 16]);
/// The patients.
pub const PATIENTS: [Uid; 3] = [Uid::new([1; 16]), Uid::new([2; 16]), Uid::new([3; 16])];

/// A register that is being filled.
pub struct Chained {
    pub stored: Vec<Stored>,
    previous: Hash,
    seq: [u32; 3],
}

impl Chained {
    pub fn new() -> Self {
        let mut new = Self { stored: Vec::new(), previous: chain::origin(WARD), seq: [0; 3] };
        new.ward("2026-12-01", r#"{"kind":"ward-opened","name":"Day unit"}"#);
        new
    }

    /// Adds an entry of the ward.
    pub fn ward(&mut self, on: &str, body: &str) -> u64 {
        self.push(None, None, on, body)
    }

    /// Adds an entry of a patient, of the first course or of none.
    pub fn add(&mut self, patient: usize, on: &str, body: &str) -> u64 {
        let kind = Body::parse(body.as_bytes()).unwrap_or_else(|faults| panic!("{body}: {}", faults[0])).kind();
        let of_course = !["registered", "identity-corrected", "erased", "noted"].contains(&kind.as_str());
        self.push(Some(patient), of_course.then_some(1), on, body)
    }

    /// Adds an entry that nobody here can read.
    pub fn add_unread(&mut self, patient: usize, kind: &str) -> u64 {
        let number = self.push(Some(patient), Some(1), "2027-01-02", &format!(r#"{{"kind":"{kind}"}}"#));
        let last = self.stored.len() - 1;
        kind.clone_into(&mut self.stored[last].header.kind);
        number
    }

    /// Registers a patient.
    pub fn register(&mut self, patient: usize, id: &str, name: &str) -> u64 {
        let body = format!(
            r#"{{"kind":"registered","patient":{{"id":"{id}","name":"{name}","birth_date":"1958-03-14","sex":"female"}}}}"#
        );
        self.add(patient, "2026-12-01", &body)
    }

    /// Adds the plan of a request.
    pub fn plan(&mut self, patient: usize, on: &str, request: &Value) -> u64 {
        let body = Body::from(planned(request)).text();
        self.add(patient, on, &body)
    }

    fn push(&mut self, patient: Option<usize>, course: Option<u32>, on: &str, body: &str) -> u64 {
        let kind: Value = serde_json::from_str(body).unwrap();
        let number = self.stored.len() as u64 + 1;
        let seq = patient.map(|at| {
            self.seq[at] += 1;
            self.seq[at]
        });
        let header = Header {
            ward: WARD,
            number,
            patient: patient.map(|at| PATIENTS[at]),
            seq,
            course,
            kind: kind["kind"].as_str().unwrap().to_owned(),
            on: on.parse().unwrap(),
            recorded_ms: on
                .parse::<chrono::NaiveDate>()
                .unwrap()
                .and_hms_opt(11, 30, 7)
                .unwrap()
                .and_utc()
                .timestamp_millis(),
            offset_min: 60,
            by: "A. Berg".to_owned(),
            os_user: "aberg".to_owned(),
            host: "onco-1".to_owned(),
            program: "osteodose 0.1.0".to_owned(),
        };
        let salt = [u8::try_from(number % 251).unwrap(); 16];
        let body = Body::parse(body.as_bytes()).map_or_else(|_| body.to_owned(), |body| body.text());
        let body_hash = chain::body_hash(salt, &body);
        let hash = chain::hash(&self.previous, &header, &body_hash);
        self.previous = hash;
        self.stored.push(Stored { header, body: Some(body), salt: Some(salt), body_hash, hash });
        number
    }

    /// The entries of a patient.
    pub fn of(&self, patient: usize) -> Vec<Stored> {
        self.stored.iter().filter(|it| it.header.patient == Some(PATIENTS[patient])).cloned().collect()
    }

    pub fn events(&self, patient: usize) -> Vec<Event> {
        self.of(patient).iter().filter_map(Stored::event).collect()
    }
}

/// A request of the exports.
pub fn request(file: &str) -> Value {
    json(&tests(&format!("exports/requests/{file}.json")))
}

/// The plan of a request, as an entry.
pub fn planned(request: &Value) -> Planned {
    let request = Request::parse(request.to_string().as_bytes()).unwrap();
    let plan = dosing::plan(request, Library::shipped()).unwrap();
    Planned::of(&plan, saved::file(&plan)).unwrap()
}

/// Two patients and what became of their doses: given, given in part, deferred, omitted, held, resumed, struck; and a
/// third with tablets, whose course was ended.
pub fn ward() -> Chained {
    let mut ward = Chained::new();
    ward.ward("2026-12-01", r#"{"kind":"clinic-set","open_weekdays":["mon","tue","thu"]}"#);
    ward.register(0, "A-1042", "LUND, Eva");
    ward.plan(0, "2026-12-01", &request("zoledronic-acid"));
    let slots = planned(&request("zoledronic-acid")).slots;
    let day = |at: usize| slots[at].due.to_string();
    ward.add(0, &day(0), r#"{"kind":"given","dose":1,"at":"10:40","until":"10:55","dose_mg":3.5,"complete":true,"product":"concentrate-4mg-5ml","containers":[{"brand":"Zometa","batch":"SX4417","expires":"2028-04","count":1}],"site":"left forearm","second":{"by":"B. Lind"},"without_go_because":"entered from paper","prescriber":"Dr K. Holm","where":"ward"}"#);
    let second = ward.add(0, &day(1), r#"{"kind":"given","dose":2,"at":"23:50","until":"00:05","dose_mg":2,"complete":false,"because":"stopped-reaction","another_because":"error","product":"concentrate-4mg-5ml","containers":[{"brand":"Zometa","batch":"SX4417","expires":"2028-04","count":1},{"brand":"Zometa","batch":"SX4490","expires":"2028-05-12","count":1}],"second":{"by":"B. Lind"},"where":"ward","note":"shivering after 8 minutes"}"#);
    ward.add(0, &day(2), r#"{"kind":"deferred","dose":3,"to":"2027-02-04","then":"keep-dates","reason":"labs-not-back","note":"laboratory closed","tell":"Dr K. Holm"}"#);
    ward.add(0, "2027-02-04", r#"{"kind":"given","dose":3,"dose_mg":3.5,"complete":true,"no_batch_because":"given at the other hospital","where":"elsewhere"}"#);
    ward.add(0, &day(3), r#"{"kind":"deferred","dose":4,"then":"move-dates","reason":"patient-refused"}"#);
    ward.add(0, &day(4), r#"{"kind":"omitted","dose":5,"reason":"patient-refused"}"#);
    let wrong =
        ward.add(0, &day(5), r#"{"kind":"given","dose":6,"at":"09:15","dose_mg":3.5,"complete":true,"where":"ward"}"#);
    ward.add(
        0,
        &day(5),
        &format!(
            r#"{{"kind":"struck","event":{wrong},"reason":"wrong-patient","note":"was given in the bed beside"}}"#
        ),
    );
    ward.add(0, &day(5), r#"{"kind":"held","because":"creatinine-risen","look_again":"2027-06-01"}"#);
    ward.add(0, &day(5), &format!(r#"{{"kind":"noted","text":"telephoned about entry {second}"}}"#));
    ward.register(1, "A-1055", "HOLM, Anna");
    ward.plan(1, "2026-12-01", &request("denosumab"));
    let first = planned(&request("denosumab")).slots[0].due.to_string();
    ward.add(1, &first, r#"{"kind":"given","dose":1,"at":"10:05","dose_mg":120,"complete":true,"another_because":"prescriber-decided","product":"vial-120mg","containers":[{"brand":"Xgeva","batch":"1146093","expires":"2027-11","count":1}],"site":"abdomen","second":{"by":"B. Lind"},"where":"ward"}"#);
    let hold = ward.add(1, &first, r#"{"kind":"held","because":"calcium-low","look_again":"2026-12-20"}"#);
    ward.add(1, "2026-12-20", &format!(r#"{{"kind":"resumed","holds":[{hold}]}}"#));
    ward.register(2, "A-1060", "MOE, Kari");
    ward.plan(2, "2026-12-01", &request("clodronate-by-mouth"));
    let supply = planned(&request("clodronate-by-mouth")).slots[0].due.to_string();
    ward.add(2, &supply, r#"{"kind":"supplied","dose":1,"dose_mg":1600,"units":112,"days":28,"product":"capsule-400mg","containers":[{"brand":"Bonefos","batch":"KT01","expires":"2029-01","count":2}],"second":{"by":"B. Lind"},"where":"ward"}"#);
    ward.add(2, "2027-01-20", r#"{"kind":"ended","because":"side-effect","note":"oesophagitis"}"#);
    ward
}
