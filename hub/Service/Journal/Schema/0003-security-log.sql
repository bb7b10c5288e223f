-- Entries of the security log are erased after twelve months, the other audit entries never.
DROP TRIGGER audit_remains;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit WHEN substr(old.part, 1, 9) <> 'security.'
BEGIN SELECT RAISE(ABORT, 'an audit entry is never removed'); END;
CREATE INDEX audit_in_time ON audit(at);
