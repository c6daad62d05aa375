-- Who looked at whom, when, and why (handbook §8.4): one row a read, written by the statement that reads. Rows are never changed or deleted by the service.
-- Ids, codes and keyed hashes only. The order of the log is that of the feed: epoch, transaction, seq.
create table read_log (
    seq            bigint      generated always as identity primary key,
    feed_epoch     integer     not null default 1,
    transaction_id xid8        not null default pg_current_xact_id(),
    read_at        timestamptz not null,
    viewer         uuid        not null, -- account or API key
    roles          text[]      not null,
    society        text,                 -- a partner's
    view           text        not null,
    correlation_id uuid        not null,
    records        uuid[]      not null, -- requests, registrations and queries that were shown; of a refused read, what was asked for
    grounds        text[]      not null, -- one for each record; empty where refused
    persons        uuid[]      not null, -- the people in them
    refused        boolean     not null,
    break_glass    uuid,
    searched       bytea                 -- keyed hash of what was searched for
);
create index read_log_by_time on read_log (read_at desc, seq desc);
create index read_log_by_viewer on read_log (viewer, read_at desc, seq desc);
create index read_log_by_view on read_log (view, read_at desc, seq desc);
create index read_log_by_subject on read_log using gin (records, persons);
create unique index read_log_feed on read_log (feed_epoch, transaction_id, seq);

-- The same for what the disclosure circle reads, apart: that somebody of the circle looked at a case would tell that there is something to look at (rule 12).
create table disclosure_read_log (
    seq            bigint      generated always as identity primary key,
    feed_epoch     integer     not null default 1,
    transaction_id xid8        not null default pg_current_xact_id(),
    read_at        timestamptz not null,
    viewer         uuid        not null,
    roles          text[]      not null,
    society        text,
    view           text        not null,
    correlation_id uuid        not null,
    records        uuid[]      not null,
    grounds        text[]      not null,
    persons        uuid[]      not null,
    refused        boolean     not null,
    break_glass    uuid,
    searched       bytea
);
create index disclosure_read_log_by_time on disclosure_read_log (read_at desc, seq desc);
create unique index disclosure_read_log_feed on disclosure_read_log (feed_epoch, transaction_id, seq);

-- New rows belong to the cluster that the data lives in now, see feed_epochs.
do $$
declare latest integer := (select coalesce(max(epoch), 1) from feed_epochs);
begin
    execute format('alter table read_log alter column feed_epoch set default %s', latest);
    execute format('alter table disclosure_read_log alter column feed_epoch set default %s', latest);
end $$;
