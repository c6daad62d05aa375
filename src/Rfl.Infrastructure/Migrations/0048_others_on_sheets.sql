-- Relatives, contact persons and legal representatives have ids and keys of their own (docs/adr/0102). On the sheets of an older build they have none and are sealed
-- with the key of whom the sheet describes, where nobody can be erased apart: better not to start than to look as if they could.
do $$
begin
    if exists (
        select from mt_events
        where type in ('enquirer-registered.v1', 'sought-person-added.v1', 'loss-of-contact-recorded.v1', 'person-registered.v1', 'blind-query-received.v1'))
    then
        raise exception 'this database was made by a build from before relatives and contact persons had keys of their own; go on with that build';
    end if;
end $$;

-- A comparison asks for each of its rows whether somebody of the family restricted the use of their data; hardly anybody has.
create index data_subject_row_restricted on data_subject_row (person_id) where restricted;
