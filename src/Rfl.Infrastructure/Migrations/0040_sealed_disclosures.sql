-- What the disclosure circle knows is sealed as a whole: its events have one name and name nobody, and its rows tell neither what was decided nor about whom. What
-- an older build wrote would have to be read in another form, and has told already what it tells: better not to start than to look as if it were hidden.
do $$
begin
    if exists (select from mt_streams where type = 'disclosure') or exists (select from disclosure_read_log) then
        raise exception 'this database was made by a build from before disclosures were sealed as a whole; go on with that build';
    end if;
end $$;

-- Ids are kept under other names from now on. Clients choose the ids of what they make, so that a request sent once more does nothing twice.
delete from idempotency_record;

-- One row a disclosure, and plain only what says for whom in the circle it is: officers see all, child protection the minors', supervisors the deaths. Case and
-- person stand here and in disclosure_read_log under other names, which only the installation's secret leads back from.
drop table disclosure_row;
create table disclosure_row (
    id             uuid        not null,
    version        bigint      not null,
    case_alias     uuid        not null,
    person_alias   uuid        not null,
    concerns_minor boolean     not null,
    is_death       boolean     not null,
    found_at       timestamptz not null,
    covered        bytea       not null,
    constraint disclosure_row_pkey primary key (id)
);
create index disclosure_row_by_finding on disclosure_row (found_at desc, id desc);

drop table disclosure_consent_row;
create table disclosure_consent_row (
    stream_id    uuid        not null,
    choice_id    uuid        not null,
    case_alias   uuid        not null,
    person_alias uuid        not null,
    recorded_at  timestamptz not null,
    covered      bytea       not null,
    constraint disclosure_consent_row_pkey primary key (stream_id, choice_id)
);
create index disclosure_consent_row_by_recording on disclosure_consent_row (recorded_at desc, stream_id, choice_id);

drop table partner_finding;
create table partner_finding (
    disclosure_id uuid        not null,
    finding_id    uuid        not null,
    search_alias  uuid        not null,
    answered_at   timestamptz not null,
    covered       bytea       not null,
    constraint partner_finding_pkey primary key (disclosure_id, finding_id)
);
create index partner_finding_by_search on partner_finding (search_alias);
