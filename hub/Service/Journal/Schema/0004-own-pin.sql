-- Whether a PIN was given by somebody else, so that its owner must change it before anything else.
ALTER TABLE account ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0;
