-- What people call a device, and since when it is at its counter: a press that it made before belongs to another counter.
ALTER TABLE device ADD COLUMN name TEXT;
ALTER TABLE device ADD COLUMN counter_since INTEGER NOT NULL DEFAULT 0;
