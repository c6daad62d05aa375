-- What a partner itself answered as a finding; read by that partner only.
create table partner_finding (
    disclosure_id     uuid        not null,
    finding_id        uuid        not null,
    partner_search_id uuid        not null,
    society           text        not null,
    kind              text        not null,
    answered_at       timestamptz not null,
    constraint partner_finding_pkey primary key (disclosure_id, finding_id)
);
create index partner_finding_by_search on partner_finding (partner_search_id);
