-- Questions of partner societies whether we have a candidate for somebody: one row each, without the person asked for.
create table blind_query_row (
    id          uuid        not null,
    version     bigint      not null,
    society     text        not null,
    answer      text,
    received_at timestamptz not null,
    constraint blind_query_row_pkey primary key (id)
);
create index blind_query_row_by_society on blind_query_row (society, received_at);
create index blind_query_row_open on blind_query_row (received_at, id) where answer is null;

-- A partner that seems to try out names. One row a society, kind and day.
create table enumeration_alarm (
    society   text        not null,
    kind      text        not null,
    day       date        not null,
    raised_at timestamptz not null,
    queries   integer     not null,
    constraint enumeration_alarm_pkey primary key (society, kind, day)
);
create index match_search_by_society on match_search (society, searched_at) where society is not null;
