-- The register of osteodose, form 1, for PostgreSQL 13 or later with UTF-8. Run it once in a database, in one transaction,
-- as the role that is to own it, which must be allowed to create roles. "osteodose ward create postgresql://..." runs the
-- same.
CREATE SCHEMA osteodose;
SET LOCAL search_path = osteodose, pg_catalog;

CREATE TABLE meta (one boolean PRIMARY KEY DEFAULT true CHECK (one), schema int NOT NULL);
INSERT INTO meta (schema) VALUES (1);

CREATE TABLE ward (
  ward bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, uid text NOT NULL UNIQUE CHECK (length(uid) = 32), name text NOT NULL,
  settings text NOT NULL, clinic text NOT NULL, head bigint NOT NULL, hash bytea NOT NULL CHECK (length(hash) = 32)
);

-- Who may see and record what is in which ward: INSERT INTO osteodose.member (role, ward) VALUES ('aberg', 1).
CREATE TABLE member (role name NOT NULL, ward bigint NOT NULL REFERENCES ward, PRIMARY KEY (role, ward));

CREATE TABLE patient (
  patient bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, ward bigint NOT NULL REFERENCES ward,
  uid text NOT NULL UNIQUE CHECK (length(uid) = 32), id text, name text, birth_date date, last_seq int NOT NULL,
  erased boolean NOT NULL DEFAULT false, UNIQUE (ward, id)
);

-- The body is text, since jsonb would write it otherwise than it was hashed. recorded_at and db_user are for reading only.
CREATE TABLE event (
  ward bigint NOT NULL REFERENCES ward, number bigint NOT NULL CHECK (number > 0), patient bigint REFERENCES patient, seq int,
  course int, kind text NOT NULL, on_date date NOT NULL, recorded_ms bigint NOT NULL, offset_min int NOT NULL,
  by_name text NOT NULL CHECK (length(trim(by_name)) >= 2), os_user text NOT NULL, host text NOT NULL, program text NOT NULL,
  body text, salt bytea, body_hash bytea NOT NULL CHECK (length(body_hash) = 32),
  hash bytea NOT NULL CHECK (length(hash) = 32),
  recorded_at timestamptz GENERATED ALWAYS AS (to_timestamp(recorded_ms / 1000.0)) STORED,
  db_user name NOT NULL DEFAULT session_user,
  PRIMARY KEY (ward, number), UNIQUE (patient, seq),
  CHECK ((patient IS NULL) = (seq IS NULL)), CHECK ((body IS NULL) = (salt IS NULL))
);
CREATE INDEX event_by ON event (ward, by_name, recorded_ms);

-- What is computed from the entries; it may be deleted and computed again ("osteodose ward refresh").
CREATE TABLE course (
  patient bigint NOT NULL REFERENCES patient, course int NOT NULL, ward bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('planned', 'active', 'on-hold', 'all-answered', 'ended')), drug text NOT NULL,
  dose text, next_dose int, next_due date, look_again date, no_date boolean NOT NULL, given int NOT NULL, last_given date,
  open text NOT NULL, fold int NOT NULL, regimens_sha256 text NOT NULL, as_of bigint NOT NULL,
  PRIMARY KEY (patient, course)
);
CREATE INDEX course_due ON course (ward, next_due) WHERE next_due IS NOT NULL;
CREATE INDEX course_open ON course (ward, state) WHERE state IN ('active', 'on-hold', 'planned');
CREATE INDEX course_fold ON course (fold);

CREATE TABLE library (sha256 text PRIMARY KEY, files text NOT NULL);

CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'UPDATE' AND NEW.body IS NULL AND NEW.salt IS NULL
     AND to_jsonb(NEW) - '{body,salt,recorded_at}'::text[] = to_jsonb(OLD) - '{body,salt,recorded_at}'::text[] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an event is never changed or deleted';
END $$;
CREATE TRIGGER event_kept BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION keep();
CREATE TRIGGER event_not_truncated BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION keep();

ALTER TABLE ward ENABLE ROW LEVEL SECURITY;
ALTER TABLE event ENABLE ROW LEVEL SECURITY;
ALTER TABLE patient ENABLE ROW LEVEL SECURITY;
ALTER TABLE course ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON ward    USING (ward IN (SELECT m.ward FROM member m WHERE m.role = session_user));
CREATE POLICY mine ON event   USING (ward IN (SELECT m.ward FROM member m WHERE m.role = session_user));
CREATE POLICY mine ON patient USING (ward IN (SELECT m.ward FROM member m WHERE m.role = session_user));
CREATE POLICY mine ON course  USING (ward IN (SELECT m.ward FROM member m WHERE m.role = session_user));

-- The roles are those of the whole server, and may be there from another database.
DO $$ BEGIN
  IF to_regrole('osteodose_nurse') IS NULL THEN CREATE ROLE osteodose_nurse NOLOGIN; END IF;
  IF to_regrole('osteodose_eraser') IS NULL THEN CREATE ROLE osteodose_eraser NOLOGIN; END IF;
END $$;
GRANT USAGE ON SCHEMA osteodose TO osteodose_nurse, osteodose_eraser;
GRANT SELECT ON meta, ward, member, patient, event, course, library TO osteodose_nurse;
GRANT INSERT ON patient, event, course, library TO osteodose_nurse;
GRANT UPDATE (head, hash, settings, clinic) ON ward TO osteodose_nurse;
GRANT UPDATE (last_seq, id, name, birth_date) ON patient TO osteodose_nurse;
GRANT UPDATE, DELETE ON course TO osteodose_nurse;
GRANT SELECT ON event, patient, ward, member, meta TO osteodose_eraser;
GRANT UPDATE (body, salt) ON event TO osteodose_eraser;
GRANT UPDATE (id, name, birth_date, erased) ON patient TO osteodose_eraser;
