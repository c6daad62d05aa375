-- Streams whose ids follow from what they are about have ids that no caller may choose (version 8). Those of an older build had ids that a caller could
-- choose, and would be looked for under others: better not to start than to lose sight of them.
do $$
begin
    if exists (
        select from mt_streams
        where type in ('disclosure', 'match', 'retention', 'data-subject', 'watched-case', 'access-alarm') and substr(id::text, 15, 1) <> '8')
    then
        raise exception 'this database was made by a build from before derived ids were set apart; go on with that build';
    end if;
end $$;
