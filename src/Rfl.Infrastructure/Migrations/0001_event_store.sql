-- The event store, in the layout of Marten 9 (table, column and key names), so that Marten can open the data. Columns that are ours come last, have
-- defaults, and are named in the comment beside them. There is no foreign key from mt_events to mt_streams: the one statement that appends writes both.

create table mt_streams (
    id          uuid        not null constraint pkey_mt_streams_id primary key,
    type        varchar     null,
    version     bigint      null,
    timestamp   timestamptz not null default now(),
    created     timestamptz not null default now(),
    tenant_id   varchar     default '*DEFAULT*',
    is_archived boolean     default false
) with (fillfactor = 80); -- every append updates the row in place

create sequence mt_events_sequence;

create table mt_events (
    seq_id         bigint       not null default nextval('mt_events_sequence') constraint pkey_mt_events_seq_id primary key,
    id             uuid         not null,
    stream_id      uuid         null,
    version        bigint       not null,
    data           jsonb        not null,
    bdata          bytea        null,
    type           varchar(500) not null,
    timestamp      timestamptz  not null default now(),
    tenant_id      varchar      default '*DEFAULT*',
    mt_dotnet_type varchar      null,
    correlation_id varchar      null,
    causation_id   varchar      null,
    headers        jsonb        null,
    is_archived    boolean      default false,
    persons        uuid[]       not null default '{}',                        -- ours: the data subjects of the event's personal values
    feed_epoch     integer      not null default 1,                           -- ours: see feed_epochs
    transaction_id xid8         not null default pg_current_xact_id()         -- ours: the feed's order, see below
);

alter sequence mt_events_sequence owned by mt_events.seq_id;

create unique index pk_mt_events_stream_and_version on mt_events (stream_id, version);

-- The feed's order. Identity order is not commit order, so readers go by transaction and stop below the oldest one still running.
create unique index mt_events_feed on mt_events (feed_epoch, transaction_id, seq_id);

create table mt_event_progression (
    name           varchar     not null constraint pk_mt_event_progression primary key,
    last_seq_id    bigint      null,
    last_updated   timestamptz default now(),
    feed_epoch     integer     not null default 0,                            -- ours: with transaction_id and last_seq_id the position in the feed
    transaction_id xid8        not null default '0'                           -- ours
);

-- Transaction numbers restart when a dump is restored into another cluster. Each cluster the data has lived in is an epoch, and epochs come first in
-- the feed's order; at start the service opens a new epoch when the cluster's identifier is not the latest one here.
create table feed_epochs (
    epoch             integer     not null primary key,
    system_identifier bigint      not null,
    started_at        timestamptz not null default now()
);

-- How far a rebuild of an inline view has come.
create table view_rebuilds (
    view_name      varchar     not null primary key,
    started_at     timestamptz not null,
    updated_at     timestamptz not null,
    finished_at    timestamptz null,
    streams_total  bigint      not null,
    streams_done   bigint      not null default 0,
    streams_failed bigint      not null default 0
);

-- Aborts the whole append when the stream is not at the version the command was decided on.
create function rfl_refuse_stale_append(stream uuid) returns void language plpgsql as $$
begin
    raise exception 'stream % has moved', stream using errcode = 'RFL01';
end $$;
