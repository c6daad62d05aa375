-- Who was erased, when, on what ground and request: nothing personal. Rows are added and never changed. The same lines lie in a file outside the database, so
-- that a backup restored from before an erasure can be made to forget again.
create table erasure_ledger (
    seq            bigint      generated always as identity primary key,
    feed_epoch     integer     not null default 1,
    transaction_id xid8        not null default pg_current_xact_id(),
    person_id      uuid        not null constraint erasure_ledger_person_key unique,
    erased_at      timestamptz not null,
    ground         text        not null,
    request        uuid
);
create unique index erasure_ledger_feed on erasure_ledger (feed_epoch, transaction_id, seq);

-- Keyed hashes of what an import would bring an erased person back with, each bound to where the import came from: whoever sent it before is told, and nobody
-- else can try out names.
create table suppression_record (
    hash        bytea       not null,
    recorded_at timestamptz not null,
    constraint suppression_record_pkey primary key (hash)
);

-- Every stream in which a person stands. New entries wait in the index's pending list and are worked in by vacuum: an append costs little more than without it.
create index mt_events_by_person on mt_events using gin (persons);
