-- Every consent, one row each: a view over the streams of requests and registered persons. What found persons decided stands in their disclosures only.
create table consent_row (
    stream_id           uuid        not null,
    consent_id          uuid        not null,
    stream_type         text        not null,
    person_id           uuid        not null,
    purpose             text        not null,
    recipient           text,
    channel             text,
    form                text        not null,
    language            text        not null,
    through_interpreter boolean,
    given_on            date        not null,
    expires_on          date,
    recorded_by         uuid,                  -- null where the service itself did
    recorded_at         timestamptz not null,
    reviewed_on         date,
    withdrawn_on        date,
    withdrawn_by        uuid,
    evidence            bytea,                 -- sealed with the person's key, as the next
    interpreter         bytea,
    constraint consent_row_pkey primary key (stream_id, consent_id)
);
create index consent_row_by_recording on consent_row (recorded_at desc, stream_id, consent_id);
create index consent_row_by_person on consent_row (person_id, recorded_at desc);

-- What found persons decided, with signatures and withdrawals: the circle's part of the ledger, which no query outside the circle touches.
create table disclosure_consent_row (
    stream_id           uuid        not null,
    choice_id           uuid        not null,
    case_id             uuid        not null,
    person_id           uuid        not null,
    choice              text        not null,
    language            text,
    through_interpreter boolean,
    signed_on           date        not null,
    recorded_by         uuid        not null,
    recorded_at         timestamptz not null,
    approved_by         uuid,
    countersigned_by    uuid,
    ended_on            date,                  -- withdrawn, or changed
    ended_by            uuid,
    evidence            bytea       not null,  -- sealed
    constraint disclosure_consent_row_pkey primary key (stream_id, choice_id)
);
create index disclosure_consent_row_by_recording on disclosure_consent_row (recorded_at desc, stream_id, choice_id);

-- The register of transfers (handbook §8.5): what left the house, to whom, why, on which ground. Names of fields, never values. Written in the transaction
-- of the transfer; never updated, never deleted.
create table transfer_register (
    seq            bigint generated always as identity primary key,
    feed_epoch     integer     not null default 1,
    transaction_id xid8        not null default pg_current_xact_id(),
    entry_id       uuid        not null,   -- follows from what the entry is about, so that it is the same wherever it is written
    transferred_at timestamptz not null,
    transferred_by uuid,                   -- the account or API key; null where the service itself did
    case_id        uuid,
    stream_id      uuid        not null,
    stream_version bigint      not null,   -- the event by which it left, or the latest one that a reading showed
    reading        boolean     not null,   -- read by the recipient over the interface
    recipient_kind text        not null,
    recipient      text        not null,
    purpose        text        not null,
    channel        text        not null,
    fields         text[]      not null,
    grounds        text[]      not null,   -- kind, and the consent or account where there is one
    persons        uuid[]      not null,   -- about whom
    constraint transfer_register_entry unique (entry_id)
);
create unique index transfer_register_feed on transfer_register (feed_epoch, transaction_id, seq);
create index transfer_register_by_time on transfer_register (transferred_at desc, entry_id);
create index transfer_register_by_case on transfer_register (case_id, transferred_at desc, entry_id);
create index transfer_register_by_stream on transfer_register (stream_id) where reading;
create index transfer_register_by_persons on transfer_register using gin (persons);
