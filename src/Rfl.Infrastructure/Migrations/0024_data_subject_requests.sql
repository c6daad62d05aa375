-- Requests of data subjects, as the data-protection officer's worklist shows them, and what holds for a person whatever record they stand in. Both follow from
-- their streams.
create table data_subject_request_row (
    id          uuid        not null,
    version     bigint      not null,
    person_id   uuid        not null,
    asked_right text        not null,
    requester   text        not null,
    status      text        not null,
    received_at timestamptz not null,
    extended    boolean     not null,
    overdue     boolean     not null,
    through     uuid,
    recorded_by uuid        not null,
    constraint data_subject_request_row_pkey primary key (id)
);
create index data_subject_request_row_by_receipt on data_subject_request_row (received_at, id);
create index data_subject_request_row_open on data_subject_request_row (received_at, id) where status = 'Open';
create index data_subject_request_row_by_person on data_subject_request_row (person_id);

create table data_subject_row (
    person_id  uuid        not null,
    restricted boolean     not null,
    on_hold    boolean     not null,
    erased_at  timestamptz,
    constraint data_subject_row_pkey primary key (person_id)
);

-- Whether an open request seeks a person.
create index case_person_by_person on case_person (person_id);
create index match_row_by_first_person on match_row (first_person);
create index match_row_by_second_person on match_row (second_person);
