-- Looking beyond one's own cases: one row each, without the explanation. The reach of single reads asks for it (CaseReachSql).
create table break_glass_row (
    id          uuid        not null,
    version     bigint      not null,
    case_id     uuid        not null,
    viewer      uuid        not null,
    reason      text        not null,
    opened_at   timestamptz not null,
    ends_at     timestamptz not null,
    judgement   text,
    reviewed_by uuid,
    constraint break_glass_row_pkey primary key (id)
);
create index break_glass_row_in_force on break_glass_row (viewer, case_id, ends_at);
create index break_glass_row_by_opening on break_glass_row (opened_at desc, id desc);

-- Cases at which the curious might want to look.
create table watched_case_row (
    case_id uuid        not null,
    version bigint      not null,
    reason  text        not null,
    account uuid,
    since   timestamptz not null,
    constraint watched_case_row_pkey primary key (case_id)
);

-- What the data-protection officer should look at. Made of read_log and enumeration_alarm; never of the circle's log.
create table access_alarm_row (
    id         uuid        not null,
    version    bigint      not null,
    kind       text        not null,
    viewer     uuid,
    society    text,
    record     uuid,
    from_at    timestamptz not null,
    until_at   timestamptz not null,
    count      integer     not null,
    raised_at  timestamptz not null,
    outcome    text,
    handled_by uuid,
    handled_at timestamptz,
    constraint access_alarm_row_pkey primary key (id)
);
create index access_alarm_row_open on access_alarm_row (raised_at desc, id desc) where outcome is null;
create index access_alarm_row_by_raising on access_alarm_row (raised_at desc, id desc);

-- The register of breaches, in dates and numbers; what is written of them is in their events.
create table breach_row (
    id                uuid        not null,
    version           bigint      not null,
    aware_at          timestamptz not null,
    recorded_at       timestamptz not null,
    natures           text[]      not null,
    risk              text,
    affected          integer,
    notified_at       timestamptz,
    subjects_informed boolean     not null,
    closed            boolean     not null,
    constraint breach_row_pkey primary key (id)
);
create index breach_row_by_awareness on breach_row (aware_at desc, id desc);

-- A notice to everybody of a role, in place of a case's caseworker.
alter table mail_outbox add column addressed_to text;
