-- Whose personal values a stream holds, so that a load finds their keys without going through its events a second time. Written by every append; a person
-- who is missing here (an older build appended meanwhile) costs a load one more query.
alter table mt_streams add column persons uuid[] not null default '{}'; -- ours, like the columns of mt_events that say so

update mt_streams s set persons = named.persons
from (select e.stream_id, array_agg(distinct p.person) as persons from mt_events e, unnest(e.persons) as p (person) group by e.stream_id) named
where named.stream_id = s.id;
