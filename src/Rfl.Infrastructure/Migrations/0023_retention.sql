-- Records whose time runs (handbook §8.6): a view over the streams of requests, registered persons and blind queries. What the disclosure circle knows has no part in it.
create table retention_row (
    record_id   uuid        not null,
    stream_type text        not null,
    kind        text        not null,
    reference   text,
    ended_at    timestamptz not null,      -- may lie ahead, where a consent ends by itself
    constraint retention_row_pkey primary key (record_id)
);
create index retention_row_by_end on retention_row (kind, ended_at, record_id);

-- What was proposed to go, and what became of it: one row a record.
create table retention_proposal_row (
    record_id       uuid        not null,
    kind            text        not null,
    reference       text,
    ended_at        timestamptz not null,
    proposed_at     timestamptz not null,
    status          text        not null,
    decided_by      uuid,
    postponed_until date,
    reason          text,
    carried_out_at  timestamptz,
    persons_erased  integer,
    persons_kept    integer,
    constraint retention_proposal_row_pkey primary key (record_id)
);
create index retention_proposal_row_by_time on retention_proposal_row (proposed_at desc, record_id);
create index retention_proposal_row_open on retention_proposal_row (status, record_id) where status in ('Proposed', 'Approved', 'Postponed');

-- What stays of a request for statistics: no reference, no text, no day, and a key that leads back to nothing without the installation's secret.
create table archived_request (
    key             bytea   not null,
    opened_in       integer not null,
    ended_in        integer not null,
    ended           text    not null,
    outcome         text,
    country         text,
    country_of_stay text,
    cause           text,
    priority        text,
    concerned_minor boolean not null,
    from_partner    boolean not null,
    sexes           text[]  not null,      -- of the sought persons, as the next two
    age_bands       text[]  not null,
    searches        text[]  not null,
    constraint archived_request_pkey primary key (key)
);
create index archived_request_by_year on archived_request (ended_in);
