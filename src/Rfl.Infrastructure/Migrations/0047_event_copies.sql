-- A second copy of the events without which nothing can be decided: the policy's. Nothing personal (docs/adr/0101).
create table event_copy (
    stream_id      uuid         not null,
    version        bigint       not null,
    id             uuid         not null,
    type           varchar(500) not null,
    data           jsonb        not null,
    timestamp      timestamptz  not null,
    correlation_id varchar,
    causation_id   varchar,
    headers        jsonb,
    constraint event_copy_pkey primary key (stream_id, version)
);
insert into event_copy select e.stream_id, e.version, e.id, e.type, e.data, e.timestamp, e.correlation_id, e.causation_id, e.headers
from mt_events e join mt_streams s on s.id = e.stream_id where s.type = 'policy';
