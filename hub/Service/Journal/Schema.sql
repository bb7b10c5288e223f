-- The journal: append-only, one key. Everything below it can be rebuilt from it, but for answers and sessions.
CREATE TABLE IF NOT EXISTS journal(
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  day INTEGER NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  chain BLOB NOT NULL CHECK (length(chain) = 32)
) STRICT;

-- A row while the machine's clock is not believed.
CREATE TABLE IF NOT EXISTS clock_doubt(one INTEGER PRIMARY KEY CHECK (one = 1)) STRICT;

-- Where each business day begins in the journal: a restart replays from there.
CREATE TABLE IF NOT EXISTS day(
  day INTEGER PRIMARY KEY,
  first_sequence INTEGER NOT NULL
) STRICT;

-- What was answered to whom: a repeat gets the same.
CREATE TABLE IF NOT EXISTS answer(
  principal TEXT NOT NULL,
  id TEXT NOT NULL,
  request BLOB,
  status INTEGER NOT NULL,
  body BLOB NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (principal, id)
) STRICT, WITHOUT ROWID;

-- Who is signed in: a session belongs to one business day, an officer's to one duty.
CREATE TABLE IF NOT EXISTS session(
  token BLOB PRIMARY KEY CHECK (length(token) = 32),
  day INTEGER NOT NULL,
  person TEXT NOT NULL,
  counter INTEGER,
  duty BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS ticket(
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  day INTEGER NOT NULL,
  number TEXT NOT NULL,
  service TEXT NOT NULL,
  lane TEXT NOT NULL,
  state TEXT NOT NULL,
  link TEXT,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One time a ticket is served at a counter; its id is the sequence of its call.
CREATE TABLE IF NOT EXISTS stay(
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
CREATE INDEX IF NOT EXISTS stay_of_ticket ON stay(ticket, id);
CREATE INDEX IF NOT EXISTS stay_at_counter ON stay(counter, called_at);
CREATE INDEX IF NOT EXISTS stay_of_officer ON stay(day, officer);
CREATE INDEX IF NOT EXISTS stay_of_service ON stay(day, service);

CREATE TABLE IF NOT EXISTS rating(
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  at INTEGER NOT NULL,
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
CREATE INDEX IF NOT EXISTS rating_in_time ON rating(at);
CREATE INDEX IF NOT EXISTS rating_of_officer ON rating(day, officer);
CREATE INDEX IF NOT EXISTS rating_of_service ON rating(day, service);

CREATE TABLE IF NOT EXISTS duty(
  id INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  officer TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS duty_at_counter ON duty(counter, from_at);

CREATE TABLE IF NOT EXISTS officer_day(
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

CREATE TABLE IF NOT EXISTS service_hour(
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
CREATE TABLE IF NOT EXISTS reason_day(
  day INTEGER NOT NULL,
  service TEXT NOT NULL,
  reason TEXT NOT NULL,
  ratings INTEGER NOT NULL,
  PRIMARY KEY (day, service, reason)
) STRICT, WITHOUT ROWID;

-- A wait that a citizen was told when the number was given out, beside the real one: of those who were called in their turn.
CREATE TABLE IF NOT EXISTS told_wait(
  ticket BLOB PRIMARY KEY CHECK (length(ticket) = 16),
  day INTEGER NOT NULL,
  service TEXT NOT NULL,
  within INTEGER NOT NULL,
  off_seconds INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS told_wait_of_service ON told_wait(day, service);

CREATE TABLE IF NOT EXISTS estimate_day(
  day INTEGER NOT NULL,
  service TEXT NOT NULL,
  told INTEGER NOT NULL,
  within INTEGER NOT NULL,
  off_seconds INTEGER NOT NULL,
  PRIMARY KEY (day, service)
) STRICT, WITHOUT ROWID;

-- The newest that a device told of its printer and its faults.
CREATE TABLE IF NOT EXISTS device_state(
  device TEXT PRIMARY KEY,
  printer TEXT,
  printer_at INTEGER,
  fault_code TEXT,
  fault_message TEXT,
  fault_at INTEGER
) STRICT, WITHOUT ROWID;

-- Copies of slips that people ordered at devices and that were not reported as printed.
CREATE TABLE IF NOT EXISTS copy_order(
  device TEXT NOT NULL,
  ticket BLOB NOT NULL CHECK (length(ticket) = 16),
  at INTEGER NOT NULL,
  failed_at INTEGER,
  PRIMARY KEY (device, ticket)
) STRICT, WITHOUT ROWID;

-- Which phone holds which ticket of the day, as a digest of its cookie: one live ticket a phone and service.
CREATE TABLE IF NOT EXISTS phone_ticket(
  phone BLOB NOT NULL CHECK (length(phone) = 32),
  service TEXT NOT NULL,
  day INTEGER NOT NULL,
  ticket BLOB NOT NULL CHECK (length(ticket) = 16),
  PRIMARY KEY (phone, service)
) STRICT, WITHOUT ROWID;

-- Booked times by their codes; no name is kept. The ticket is that of the check-in.
CREATE TABLE IF NOT EXISTS appointment(
  code TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  service TEXT NOT NULL,
  ticket BLOB CHECK (length(ticket) = 16)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS appointment_in_time ON appointment(at);

-- Lines of the trail of changes that were committed with what they tell of, until the set-up's database has them.
CREATE TABLE IF NOT EXISTS trail(
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  at INTEGER NOT NULL,
  officer TEXT NOT NULL,
  part TEXT NOT NULL,
  old TEXT,
  new TEXT
) STRICT, WITHOUT ROWID;

-- Words that people gave as a reason: they are no part of the journal, and go after a year.
CREATE TABLE IF NOT EXISTS remark(
  sequence INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  erase_after INTEGER NOT NULL
) STRICT;
