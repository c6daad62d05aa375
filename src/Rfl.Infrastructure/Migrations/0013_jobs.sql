-- What jobs did, and what they still have to do. The scheduler's own tables (qrtz_…) are created by the scheduler when it first starts.

create table job_run (
    id         uuid        not null,
    job        text        not null,
    node       text        not null,
    asked_by   uuid,                    -- null where the schedule woke it
    started_at timestamptz not null,
    ended_at   timestamptz,             -- null while it runs, and for ever where its node died
    due        integer     not null default 0,
    done       integer     not null default 0,
    failed     integer     not null default 0,
    error      text,                    -- a code, never a message
    constraint job_run_pkey primary key (id)
);
create index job_run_by_job on job_run (job, started_at desc, id desc);
create index job_run_age on job_run (started_at);

-- Due deadlines whose command failed, and when it is tried again.
create table deadline_failure (
    stream_id  uuid        not null,
    kind       text        not null,
    subject    text        not null,
    since      timestamptz not null,
    occurrence integer     not null,
    attempts   integer     not null,
    retry_at   timestamptz not null,
    error      text        not null,
    constraint deadline_failure_pkey primary key (stream_id, kind, subject, since, occurrence)
);

-- The version of the policy that open deadlines follow. Settled once no command decided under an older one can still be under way.
create table policy_applied (
    only_one   boolean     not null default true check (only_one),
    version    bigint      not null,
    previous   bigint      not null, -- the last settled version before it
    applied_at timestamptz not null,
    settled    boolean     not null,
    constraint policy_applied_pkey primary key (only_one)
);
insert into policy_applied (version, previous, applied_at, settled) values (0, 0, now(), true);

-- Notices of passed deadlines, written with the passing and sent afterwards. No name, no address: both are looked up when it is sent.
create table mail_outbox (
    id         uuid        not null,
    case_id    uuid        not null,
    kind       text        not null,
    written_at timestamptz not null,
    next_at    timestamptz not null,
    attempts   integer     not null default 0,
    sent_at    timestamptz,
    error      text,
    constraint mail_outbox_pkey primary key (id)
);
create index mail_outbox_waiting on mail_outbox (next_at, id) where sent_at is null;
create index mail_outbox_sent on mail_outbox (sent_at) where sent_at is not null;
