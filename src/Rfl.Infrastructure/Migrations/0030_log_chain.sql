-- Tamper evidence of the append-only logs (docs/adr/0070): what was written can be proven to be what is read. A log joins in TamperEvidence/ChainedLog.cs.

-- The audit of sign-ins gets the feed's order, which tells what is settled. Lines that are there already count as written now.
alter table identity.audit
    add column feed_epoch     integer not null default 1,
    add column transaction_id xid8    not null default pg_current_xact_id();
do $$
begin
    execute format('alter table identity.audit alter column feed_epoch set default %s', (select coalesce(max(epoch), 1) from feed_epochs));
end $$;
create unique index audit_feed on identity.audit (feed_epoch, transaction_id, seq);

-- One row a link. It holds the hash of the link before it, the numbers of the rows it covers in the feed's order, and a hash of each row's content.
create table log_link (
    log            text        not null,
    number         bigint      not null,
    previous       bytea       not null, -- zeros for the first
    sealed_at      timestamptz not null,
    feed_epoch     integer     not null, -- with transaction_id and last_seq the place of its last row in the feed
    transaction_id xid8        not null,
    last_seq       bigint      not null,
    row_seqs       bigint[]    not null,
    row_hashes     bytea       not null, -- 32 bytes a row
    hash           bytea       not null, -- of all the above
    constraint log_link_pkey primary key (log, number)
);
-- Hashes do not compress; trying to would cost every sealing.
alter table log_link alter column row_hashes set storage external;

-- The latest links of all logs under one signature, whose key is never in this database. What is exported of it tells nothing but number and time.
create table log_checkpoint (
    number     bigint      not null,
    issued_at  timestamptz not null,
    salt       bytea       not null, -- so that equal heads do not give equal roots
    heads      jsonb       not null, -- [{log, link, hash}]
    root       bytea       not null,
    public_key bytea       not null,
    signature  bytea       not null,
    constraint log_checkpoint_pkey primary key (number)
);

-- What each regular verification found.
create table log_verification (
    id          uuid        not null,
    verified_at timestamptz not null,
    breaks      jsonb       not null, -- [{log, kind, number}], empty where everything is as it was written
    constraint log_verification_pkey primary key (id)
);
create index log_verification_age on log_verification (verified_at);
