-- The journal: append-only, one key.
CREATE TABLE journal(
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  day INTEGER NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  chain BLOB NOT NULL CHECK (length(chain) = 32)
) STRICT;

-- The journal's own id, a UUID: written when the database is made.
CREATE TABLE journal_identity(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id BLOB NOT NULL CHECK (length(id) = 16)
) STRICT;

-- A row while the machine's clock is not trusted.
CREATE TABLE clock_doubt(one INTEGER PRIMARY KEY CHECK (one = 1)) STRICT;

-- Where each business day begins in the journal: a restart replays from there.
CREATE TABLE day(
  day INTEGER PRIMARY KEY,
  first_sequence INTEGER NOT NULL
) STRICT;

-- The answers to devices' reports: a repeat gets the same bytes, and an id belongs to the device that used it first.
CREATE TABLE report_result(
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  device TEXT NOT NULL,
  body BLOB NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The responses to HTTP requests with an Idempotency-Key: a repeat gets the same bytes.
CREATE TABLE request_result(
  caller TEXT NOT NULL,
  key TEXT NOT NULL,
  digest BLOB NOT NULL,
  status INTEGER NOT NULL,
  body BLOB NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (caller, key)
) STRICT, WITHOUT ROWID;

-- Requests for a number that a kiosk gave up before they came.
CREATE TABLE withdrawn(
  device TEXT NOT NULL,
  report BLOB NOT NULL CHECK (length(report) = 16),
  at INTEGER NOT NULL,
  PRIMARY KEY (device, report)
) STRICT, WITHOUT ROWID;

-- Who is signed in: a session belongs to one business day, an officer's to one duty.
CREATE TABLE session(
  token BLOB PRIMARY KEY CHECK (length(token) = 32),
  day INTEGER NOT NULL,
  person TEXT NOT NULL,
  counter INTEGER,
  duty BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE ticket(
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  day INTEGER NOT NULL,
  number TEXT NOT NULL,
  service TEXT NOT NULL,
  lane TEXT NOT NULL,
  state TEXT NOT NULL,
  link TEXT,
  report BLOB CHECK (length(report) = 16),
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_of_report ON ticket(report) WHERE report IS NOT NULL;

-- One time a ticket is served at a counter; its id is the sequence of its call.
CREATE TABLE stay(
  id INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,
  ticket BLOB NOT NULL,
  number TEXT NOT NULL,
  counter INTEGER NOT NULL,
  officer TEXT NOT NULL,
  service TEXT NOT NULL,
  lane TEXT NOT NULL,
  queued_at INTEGER NOT NULL,
  called_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  ending TEXT,
  outcome TEXT,
  automatic INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX stay_of_ticket ON stay(ticket, id);
CREATE INDEX stay_at_counter ON stay(counter, called_at);
CREATE INDEX stay_of_officer ON stay(day, officer);
CREATE INDEX stay_of_service ON stay(day, service);

CREATE TABLE rating(
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  at INTEGER NOT NULL,
  arrived_at INTEGER NOT NULL,
  late INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
  reason TEXT,
  day INTEGER NOT NULL,
  stay INTEGER UNIQUE,
  ticket BLOB,
  officer TEXT,
  counter INTEGER,
  service TEXT,
  attributed INTEGER NOT NULL CHECK (attributed = (stay IS NOT NULL)),
  changed INTEGER NOT NULL,
  duty_officer TEXT,
  device TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX rating_in_time ON rating(at);
CREATE INDEX rating_of_officer ON rating(day, officer);
CREATE INDEX rating_of_service ON rating(day, service);
CREATE INDEX rating_unattributed ON rating(day, counter, first_at, late, device, attributed) WHERE attributed = 0;

-- Presses after the first of a stay, with the rating that they belong to, or null where they were refused: no id of a press is ever forgotten.
CREATE TABLE further_press(
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  device TEXT NOT NULL,
  rating BLOB CHECK (length(rating) = 16)
) STRICT, WITHOUT ROWID;

CREATE TABLE duty(
  id INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  officer TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER
) STRICT;
CREATE INDEX duty_at_counter ON duty(counter, from_at);
CREATE INDEX duty_of_day ON duty(day, officer, counter);

CREATE TABLE officer_day(
  day INTEGER NOT NULL,
  officer TEXT NOT NULL,
  served INTEGER NOT NULL,
  rated INTEGER NOT NULL,
  level1 INTEGER NOT NULL,
  level2 INTEGER NOT NULL,
  level3 INTEGER NOT NULL,
  level4 INTEGER NOT NULL,
  level5 INTEGER NOT NULL,
  wait_seconds INTEGER NOT NULL,
  service_seconds INTEGER NOT NULL,
  unattributed INTEGER NOT NULL,
  PRIMARY KEY (day, officer)
) STRICT, WITHOUT ROWID;

CREATE TABLE service_hour(
  day INTEGER NOT NULL,
  service TEXT NOT NULL,
  hour INTEGER NOT NULL,
  served INTEGER NOT NULL,
  rated INTEGER NOT NULL,
  level1 INTEGER NOT NULL,
  level2 INTEGER NOT NULL,
  level3 INTEGER NOT NULL,
  level4 INTEGER NOT NULL,
  level5 INTEGER NOT NULL,
  wait_seconds INTEGER NOT NULL,
  service_seconds INTEGER NOT NULL,
  PRIMARY KEY (day, service, hour)
) STRICT, WITHOUT ROWID;

-- Reasons of levels 1 and 2; '' where none was given.
CREATE TABLE reason_day(
  day INTEGER NOT NULL,
  service TEXT NOT NULL,
  reason TEXT NOT NULL,
  ratings INTEGER NOT NULL,
  PRIMARY KEY (day, service, reason)
) STRICT, WITHOUT ROWID;

-- How many presses of an officer's visits came when: it says on which days to look for odd patterns.
CREATE TABLE press_day(
  day INTEGER NOT NULL,
  officer TEXT NOT NULL,
  rated INTEGER NOT NULL,
  before_finish INTEGER NOT NULL,
  after_start INTEGER NOT NULL,
  after_finish INTEGER NOT NULL,
  longest_burst INTEGER NOT NULL,
  PRIMARY KEY (day, officer)
) STRICT, WITHOUT ROWID;

-- A wait that a citizen was told when the number was given out, beside the real one: of those who were called in their turn.
CREATE TABLE told_wait(
  ticket BLOB PRIMARY KEY CHECK (length(ticket) = 16),
  day INTEGER NOT NULL,
  service TEXT NOT NULL,
  within INTEGER NOT NULL,
  off_seconds INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX told_wait_of_service ON told_wait(day, service);

CREATE TABLE estimate_day(
  day INTEGER NOT NULL,
  service TEXT NOT NULL,
  told INTEGER NOT NULL,
  within INTEGER NOT NULL,
  off_seconds INTEGER NOT NULL,
  PRIMARY KEY (day, service)
) STRICT, WITHOUT ROWID;

-- The newest that a device reported of its printer, its faults and its start.
CREATE TABLE device_state(
  device TEXT PRIMARY KEY,
  printer TEXT,
  printer_at INTEGER,
  fault_code TEXT,
  fault_message TEXT,
  fault_at INTEGER,
  boot BLOB CHECK (length(boot) = 16)
) STRICT, WITHOUT ROWID;

-- Sign-ins of a rater or counter agent while another client was connected as the same device.
CREATE TABLE second_session(
  day INTEGER NOT NULL,
  device TEXT NOT NULL,
  counter INTEGER,
  address TEXT NOT NULL,
  other_address TEXT NOT NULL,
  sign_ins INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (day, device, address, other_address)
) STRICT, WITHOUT ROWID;

-- Copies of slips that people ordered at devices and that were not reported as printed.
CREATE TABLE copy_order(
  device TEXT NOT NULL,
  ticket BLOB NOT NULL CHECK (length(ticket) = 16),
  at INTEGER NOT NULL,
  failed_at INTEGER,
  PRIMARY KEY (device, ticket)
) STRICT, WITHOUT ROWID;

-- Which phone holds which ticket of the day, as a digest of its cookie: one live ticket a phone and service.
CREATE TABLE phone_ticket(
  phone BLOB NOT NULL CHECK (length(phone) = 32),
  service TEXT NOT NULL,
  day INTEGER NOT NULL,
  ticket BLOB NOT NULL CHECK (length(ticket) = 16),
  PRIMARY KEY (phone, service)
) STRICT, WITHOUT ROWID;

-- Booked times by their codes; no name is kept. The ticket is that of the check-in.
CREATE TABLE appointment(
  code TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  service TEXT NOT NULL,
  ticket BLOB CHECK (length(ticket) = 16)
) STRICT, WITHOUT ROWID;
CREATE INDEX appointment_in_time ON appointment(at);

-- Words that people gave as a reason: they are no part of the journal, and go after a year.
CREATE TABLE remark(
  sequence INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  erase_after INTEGER NOT NULL
) STRICT;

-- The hall with its names, a JSON document in the form of demo/hall.json.
CREATE TABLE site(id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL, demonstration INTEGER NOT NULL) STRICT;

CREATE TABLE account(code TEXT PRIMARY KEY, pin_hash TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE device(
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  counter INTEGER,
  verifier TEXT NOT NULL,
  added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The texts of the audit log, by their events in the journal, which have their digests.
CREATE TABLE audit(
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  officer TEXT,
  part TEXT NOT NULL,
  old TEXT,
  new TEXT
) STRICT;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'an audit entry is never altered'); END;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'an audit entry is never removed'); END;

-- The public catalogue that each change of the configuration left, by its event in the journal, which has its digest.
CREATE TABLE configuration(
  sequence INTEGER PRIMARY KEY,
  catalog BLOB NOT NULL
) STRICT;

-- How far the journal is forwarded to the province. Composed is the newest event that was made for it, refused how many it refused in a row.
CREATE TABLE province(
  id INTEGER PRIMARY KEY CHECK (id = 1),
  cursor INTEGER NOT NULL,
  composed INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  last_success INTEGER,
  alarm_code TEXT,
  alarm TEXT,
  alarm_since INTEGER
) STRICT;
INSERT INTO province(id, cursor, composed, refused) VALUES (1, 0, 0, 0);

-- Events as they are sent, byte for byte: from when they were composed until 40 days after the province acknowledged them.
CREATE TABLE province_event(
  sequence INTEGER PRIMARY KEY,
  body BLOB NOT NULL,
  acknowledged_at INTEGER
) STRICT;
CREATE INDEX province_event_in_time ON province_event(acknowledged_at) WHERE acknowledged_at IS NOT NULL;

-- The first row is in flight; more than one only while a refused batch is halved or parked events are sent again.
CREATE TABLE province_batch(
  first INTEGER PRIMARY KEY,
  last INTEGER NOT NULL CHECK (last >= first),
  key TEXT NOT NULL
) STRICT;

CREATE TABLE province_parked(
  sequence INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  answer TEXT NOT NULL
) STRICT;
