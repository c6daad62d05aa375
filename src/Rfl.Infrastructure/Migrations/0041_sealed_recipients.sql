-- Which authority was asked is written freely, and may name a person: it is sealed with the key of whom the inquiry is about, in events and in the register, and
-- found by a keyed hash. For authorities the column recipient is empty.
do $$
begin
    if exists (select from mt_events where type = 'authority-inquiry-sent.v1' and jsonb_typeof(data -> 'authority') = 'string')
        or exists (select from mt_events where type = 'fate-established.v1' and jsonb_typeof(data -> 'confirmingAuthority') = 'string')
        or exists (select from transfer_register where recipient_kind = 'Authority')
    then
        raise exception 'this database was made by a build from before the names of authorities were sealed; go on with that build';
    end if;
end $$;

alter table transfer_register add column recipient_hash bytea, add column recipient_sealed bytea;
