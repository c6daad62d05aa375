-- Rows of lists. Everything here follows from the streams and can be rebuilt; names are sealed with their person's key.

create table idempotency_record (
    caller_id    uuid        not null,
    key_hash     bytea       not null,
    request_hash bytea       not null,
    target_id    uuid,
    version      bigint,
    location     text,
    created      boolean     not null,
    recorded_at  timestamptz not null,
    constraint idempotency_record_pkey primary key (caller_id, key_hash)
);
create index idempotency_record_age on idempotency_record (recorded_at);

-- One row a request.
create table case_row (
    id               uuid        not null,
    version          bigint      not null,
    reference        text        not null,
    stage            text        not null,
    outcome          text,
    priority         smallint,
    region           text        not null,
    society          text,
    caseworker       uuid,
    taken_by         uuid,
    country          text,
    country_of_stay  text,
    concerns_minor   boolean     not null,
    open_questions   integer     not null,
    opened_at        timestamptz not null,
    submitted_at     timestamptz,
    accepted_at      timestamptz,
    last_activity_at timestamptz not null,
    last_news_at     timestamptz,
    constraint case_row_pkey primary key (id),
    constraint case_row_reference_key unique (reference)
);
create index case_row_by_opening on case_row (opened_at desc, id desc);
create index case_row_by_region on case_row (region, opened_at desc, id desc);
create index case_row_by_caseworker on case_row (caseworker, opened_at desc, id desc) where caseworker is not null;
create index case_row_unassigned on case_row (opened_at desc, id desc) where caseworker is null and submitted_at is not null;
create index case_row_by_taker on case_row (taken_by, opened_at desc, id desc) where taken_by is not null;
create index case_row_by_stage on case_row (stage, opened_at desc, id desc);
create index case_row_of_minors on case_row (opened_at desc, id desc) where concerns_minor;
create index case_row_by_society on case_row (society, opened_at desc, id desc) where society is not null;

-- The people of a request, as lists show them.
create table case_person (
    case_id   uuid    not null,
    person_id uuid    not null,
    ordinal   integer not null,
    role      text    not null,
    search    text,
    name      bytea   not null,
    constraint case_person_pkey primary key (case_id, person_id)
);

-- What is waited for: one row an open deadline, overdue ones included, until what it waits for has come.
create table deadline (
    stream_id   uuid        not null,
    stream_type text        not null,
    case_id     uuid        not null,
    kind        text        not null,
    subject     text        not null,
    since       timestamptz not null,
    occurrence  integer     not null,
    due_at      timestamptz not null,
    passed_at   timestamptz,
    moved       boolean     not null,
    urgent      boolean     not null,
    country     text,
    partner     text,
    constraint deadline_pkey primary key (stream_id, kind, subject, since, occurrence)
);
-- What the chasing asks for: what is due and not yet noticed, oldest first. The circle's deadlines are chased apart.
create index deadline_due on deadline (due_at, stream_id) where passed_at is null and stream_type <> 'disclosure';
create index deadline_due_in_circle on deadline (due_at, stream_id) where passed_at is null and stream_type = 'disclosure';
create index deadline_by_case on deadline (case_id);
create index deadline_overdue on deadline (due_at, stream_id) where passed_at is not null;

-- One row a search asked of a partner.
create table partner_search_row (
    id              uuid        not null,
    version         bigint      not null,
    case_id         uuid        not null,
    society         text        not null,
    sought_person   uuid        not null,
    our_reference   text,
    status          text        not null,
    urgent          boolean     not null,
    prepared_at     timestamptz not null,
    transmitted_at  timestamptz,
    acknowledged    boolean     not null,
    escalated       boolean     not null,
    reminders       integer     not null,
    constraint partner_search_row_pkey primary key (id)
);
create index partner_search_row_by_society on partner_search_row (society, prepared_at desc, id desc);
create index partner_search_row_by_case on partner_search_row (case_id);

-- What the disclosure circle works on. Nobody else's query ever touches this table.
create table disclosure_row (
    id                uuid        not null,
    version           bigint      not null,
    case_id           uuid        not null,
    sought_person     uuid        not null,
    reference         text        not null,
    status            text        not null,
    kind              text        not null,
    concerns_minor    boolean     not null,
    found_at          timestamptz not null,
    source_society    text,
    source_id         uuid,
    constraint disclosure_row_pkey primary key (id)
);
create index disclosure_row_by_finding on disclosure_row (found_at desc, id desc);
create index disclosure_row_by_source on disclosure_row (source_society, source_id) where source_society is not null;
