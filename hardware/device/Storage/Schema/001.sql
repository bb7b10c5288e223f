-- What the programs of devices keep. Ids are UUIDs of 16 bytes. A digest finds a body that the disk changed: integrity_check evaluates it.

-- Every program: facts until the hub has answered them, the sequence of reports, the ids of commands that were carried out, the catalogue.
CREATE TABLE fact (
  place INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  body BLOB NOT NULL,
  digest BLOB NOT NULL CHECK (digest = sha256(body))
) STRICT;

CREATE TABLE sequence (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  next INTEGER NOT NULL
) STRICT;

INSERT INTO sequence (one, next) VALUES (1, 1);

CREATE TABLE command (
  place INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE catalog (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  tag TEXT,
  body BLOB NOT NULL,
  digest BLOB NOT NULL CHECK (digest = sha256(body))
) STRICT;

-- The kiosk: ticket orders whose outcome is not a fact yet.
CREATE TABLE ticket_order (
  place INTEGER PRIMARY KEY,
  fact BLOB NOT NULL UNIQUE,
  body BLOB NOT NULL,
  digest BLOB NOT NULL CHECK (digest = sha256(body))
) STRICT;

-- The counter agent: the boxes that were seen, the presses taken from them, the box that was last on each port, and slips on their way.
CREATE TABLE box (
  name TEXT PRIMARY KEY,
  epoch INTEGER NOT NULL,
  next INTEGER NOT NULL
) STRICT;

CREATE TABLE press (
  place INTEGER PRIMARY KEY,
  box TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  report BLOB NOT NULL,
  UNIQUE (box, epoch, sequence)
) STRICT;

CREATE TABLE port (
  path TEXT PRIMARY KEY,
  box TEXT NOT NULL
) STRICT;

CREATE TABLE print (
  place INTEGER PRIMARY KEY,
  fact BLOB NOT NULL UNIQUE,
  ticket BLOB NOT NULL,
  copy INTEGER NOT NULL
) STRICT;
