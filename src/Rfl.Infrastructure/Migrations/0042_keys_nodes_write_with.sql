-- A node says again and again which key it wraps new persons' keys with, so that a rotation does not call a key needless that a node goes on writing with.
alter table key_encryption_keys add column written_with_until timestamptz null;
