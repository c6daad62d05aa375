-- One data key per person, wrapped by a key-encryption key that is never in this database. Erasing a person destroys wrapped_key; the row stays, so that
-- no key is ever made again for an erased person.
create table person_keys (
    person_id   uuid        not null primary key,
    key_id      uuid        not null unique,
    kek_id      varchar     not null,
    wrapped_key bytea       null,
    created_at  timestamptz not null,
    erased_at   timestamptz null,
    constraint person_keys_erased check ((wrapped_key is null) = (erased_at is not null))
);

-- Finds what a rotation still has to wrap again.
create index person_keys_kek on person_keys (kek_id, person_id) where wrapped_key is not null;

-- Secrets of the installation, wrapped likewise: the key of the look-up hashes.
create table wrapped_secrets (
    name       varchar     not null primary key,
    secret_id  uuid        not null,
    kek_id     varchar     not null,
    wrapped    bytea       not null,
    created_at timestamptz not null
);

-- Every key-encryption key in use, by the fingerprint of the key. A node that lacks one of them says so and writes no personal data.
create table key_encryption_keys (
    kek_id        varchar     not null primary key,
    first_used_at timestamptz not null,
    retired_at    timestamptz null
);
