-- A stream moves by a plain update whose new version is an expression: the version decided on, or this refusal. Asking in a statement around the update cost as
-- much as a tenth of an append.
create function rfl_refuse_stale_version(stream uuid) returns bigint language plpgsql as $$
begin
    raise exception 'stream % has moved', stream using errcode = 'RFL01';
end $$;

-- Called only where somebody is named for the first time.
create function rfl_union(one uuid[], other uuid[]) returns uuid[] immutable language plpgsql as $$
begin
    return array(select unnest(one) union select unnest(other));
end $$;

-- The update of a stream that is not there would change nothing and say nothing. None is ever taken away.
create function rfl_keep_streams() returns trigger language plpgsql as $$
begin
    raise exception 'streams are never deleted';
end $$;

create trigger mt_streams_are_kept before delete or truncate on mt_streams for each statement execute function rfl_keep_streams();
