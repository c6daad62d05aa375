-- Who can be found in the own lists (handbook §5 rule 7): sought persons, enquirers and registered persons, one row each. Made of the streams of requests and
-- registrations only, never of disclosures, and rebuilt from them. A key is eight bytes of a keyed hash of a coarse form of a name; the person's details are
-- sealed with the person's own key. Who may not be compared has no row.
create table match_record (
    record_id      uuid    not null,
    person_id      uuid    not null,
    record_type    text    not null,
    role           text    not null,
    region         text    not null,
    concerns_minor boolean not null,
    registered_by  uuid,
    valid_until    date,
    keys           bigint[] not null,
    details        bytea   not null,
    compared       boolean not null default false, -- with all others since the details last changed
    constraint match_record_pkey primary key (record_id, person_id)
);
create index match_record_keys on match_record using gin (keys) with (fastupdate = off);
create index match_record_waiting on match_record (record_id, person_id) where not compared;

-- Every search for a person by name: who searched, when, the keyed hashes of what was searched for, and how many were shown (handbook §8.4).
create table match_search (
    id          uuid        not null,
    searched_at timestamptz not null,
    searched_by uuid        not null,
    society     text,
    keys        bigint[]    not null,
    whole       bytea       not null,
    results     integer     not null,
    constraint match_search_pkey primary key (id)
);
create index match_search_by_viewer on match_search (searched_by, searched_at);

-- One row a match, for worklists.
create table match_row (
    id            uuid             not null,
    version       bigint           not null,
    state         text             not null,
    first_record  uuid             not null,
    first_person  uuid             not null,
    first_role    text             not null,
    second_record uuid             not null,
    second_person uuid             not null,
    second_role   text             not null,
    log_odds      double precision not null,
    sibling       boolean          not null,
    proposed_at   timestamptz      not null,
    constraint match_row_pkey primary key (id)
);
create index match_row_by_state on match_row (state, log_odds desc, id);
create index match_row_by_first on match_row (first_record);
create index match_row_by_second on match_row (second_record);
