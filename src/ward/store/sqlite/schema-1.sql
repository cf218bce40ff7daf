-- Form 1 of a register. A file of this form is opened for ever: never change this, add a form.

CREATE TABLE ward (
  ward INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32),
  name TEXT NOT NULL,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  clinic TEXT NOT NULL CHECK (json_valid(clinic)),
  head INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE patient (
  patient INTEGER PRIMARY KEY,
  ward INTEGER NOT NULL REFERENCES ward,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32),
  id TEXT,
  name TEXT,
  birth_date TEXT CHECK (birth_date IS NULL OR birth_date GLOB '????-??-??'),
  last_seq INTEGER NOT NULL,
  erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1)),
  UNIQUE (ward, id)
) STRICT;

-- Body and salt are both absent once they are erased.
CREATE TABLE event (
  event INTEGER PRIMARY KEY,
  ward INTEGER NOT NULL REFERENCES ward,
  number INTEGER NOT NULL CHECK (number > 0),
  patient INTEGER REFERENCES patient,
  seq INTEGER,
  course INTEGER,
  kind TEXT NOT NULL,
  on_date TEXT NOT NULL CHECK (on_date GLOB '????-??-??'),
  recorded_ms INTEGER NOT NULL,
  offset_min INTEGER NOT NULL,
  by_name TEXT NOT NULL CHECK (length(trim(by_name)) >= 2),
  os_user TEXT NOT NULL,
  host TEXT NOT NULL,
  program TEXT NOT NULL,
  body TEXT CHECK (body IS NULL OR json_valid(body)),
  salt BLOB,
  body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  UNIQUE (ward, number),
  UNIQUE (patient, seq),
  CHECK ((patient IS NULL) = (seq IS NULL)),
  CHECK ((body IS NULL) = (salt IS NULL))
) STRICT;

-- Computed from the entries; may be deleted and made again. It has row numbers, since its rows are long: in a table
-- without them a search would read a page for every few rows.
CREATE TABLE course (
  patient INTEGER NOT NULL REFERENCES patient,
  course INTEGER NOT NULL,
  ward INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'active', 'on-hold', 'all-answered', 'ended')),
  drug TEXT NOT NULL,
  dose TEXT,
  next_dose INTEGER,
  next_due TEXT,
  look_again TEXT,
  no_date INTEGER NOT NULL,
  given INTEGER NOT NULL,
  last_given TEXT,
  open TEXT NOT NULL,
  fold INTEGER NOT NULL,
  regimens_sha256 TEXT NOT NULL,
  as_of INTEGER NOT NULL,
  PRIMARY KEY (patient, course)
) STRICT;

CREATE INDEX course_due ON course (ward, next_due) WHERE next_due IS NOT NULL;
CREATE INDEX course_open ON course (ward, state) WHERE state IN ('active', 'on-hold', 'planned');
CREATE INDEX course_no_date ON course (ward) WHERE no_date = 1;
CREATE INDEX course_fold ON course (fold);
CREATE INDEX event_by ON event (ward, by_name, recorded_ms);

CREATE TABLE library (
  sha256 TEXT PRIMARY KEY,
  files TEXT NOT NULL CHECK (json_valid(files))
) STRICT;

CREATE TRIGGER event_stays BEFORE DELETE ON event
BEGIN
  SELECT RAISE(ABORT, 'an event is never deleted');
END;

-- But for its body and salt, which can be erased.
CREATE TRIGGER event_fixed BEFORE UPDATE ON event
WHEN NOT (
  NEW.body IS NULL AND NEW.salt IS NULL AND NEW.event IS OLD.event AND NEW.ward IS OLD.ward
  AND NEW.number IS OLD.number AND NEW.patient IS OLD.patient AND NEW.seq IS OLD.seq AND NEW.course IS OLD.course
  AND NEW.kind IS OLD.kind AND NEW.on_date IS OLD.on_date AND NEW.recorded_ms IS OLD.recorded_ms
  AND NEW.offset_min IS OLD.offset_min AND NEW.by_name IS OLD.by_name AND NEW.os_user IS OLD.os_user
  AND NEW.host IS OLD.host AND NEW.program IS OLD.program AND NEW.body_hash IS OLD.body_hash AND NEW.hash IS OLD.hash
)
BEGIN
  SELECT RAISE(ABORT, 'an event is never changed');
END;
