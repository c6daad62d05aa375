-- Keys of four bytes instead of eight, and more kinds of them: family, years, telephone numbers. The commonest few thousand are known with their shares, so that
-- the rarest evidence is asked for first. What a comparison needs is sealed in a short form. All rows are made anew from their streams once a node finds that
-- the form in match_index_form is not its own.
truncate match_record;
drop index match_record_keys;
drop index match_record_waiting;
alter table match_record
    drop column keys,
    drop column record_type, -- the role tells
    drop column compared,
    add column keys integer[] not null,
    add column compared_by text; -- the model by which the person was compared since the details last changed; null while they wait
alter table match_record alter column keys set statistics 300;
create index match_record_keys on match_record using gin (keys) with (fastupdate = off);
create index match_record_waiting on match_record (record_id, person_id) where compared_by is null;

create table match_index_form (
    form integer not null
);
insert into match_index_form (form) values (0);

-- By which model a match was scored last: a new one scores all of them again.
alter table match_row add column model text not null default '';
create index match_row_by_model on match_row (model, id);
