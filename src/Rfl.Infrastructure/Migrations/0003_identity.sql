-- People and systems that sign in (handbook §9): accounts, their sessions, partner societies' API keys, and the audit of all of it.
-- Secrets are stored as hashes, authenticator secrets encrypted: a stolen database opens no session.

create schema if not exists identity;

create table identity.accounts (
    id                   uuid primary key,
    user_name            text not null,
    normalized_user_name text not null unique,
    email                text not null,
    normalized_email     text not null unique,
    display_name         text not null,
    language             text not null check (language in ('en', 'fr')),
    roles                text[] not null,
    region               text,
    society              text,
    tracing_request_id   uuid,
    is_active            boolean not null default true,
    created_at           timestamptz not null,
    password_hash        text,
    password_expires_at  timestamptz, -- set on a one-time password only
    security_stamp       text,
    concurrency_stamp    text,
    access_failed_count  integer not null default 0,
    lockout_end          timestamptz,
    two_factor_enabled   boolean not null default false,
    authenticator_secret bytea,       -- encrypted
    authenticator_step   bigint not null default 0
);

create table identity.recovery_codes (
    account_id uuid not null references identity.accounts (id) on delete cascade,
    hash       bytea not null,
    primary key (account_id, hash)
);

-- A session is one sign-in on one device; its id is the access token's "sid" and names the family of its refresh tokens.
create table identity.sessions (
    id              uuid primary key,
    account_id      uuid not null references identity.accounts (id) on delete cascade,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    revoked_at      timestamptz,
    revoked_because text
);
create index sessions_open_by_account on identity.sessions (account_id) where revoked_at is null;

create table identity.refresh_tokens (
    hash         bytea primary key,
    session_id   uuid not null references identity.sessions (id) on delete cascade,
    issued_at    timestamptz not null,
    expires_at   timestamptz not null,
    used_at      timestamptz,
    cancelled_at timestamptz -- replaced because its answer was lost on the way
);
create index refresh_tokens_by_session on identity.refresh_tokens (session_id);

create table identity.api_keys (
    id         uuid primary key,
    name       text not null,
    role       text not null,
    society    text not null,
    scopes     text[] not null,
    created_at timestamptz not null,
    created_by uuid not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    last_used_at timestamptz
);

-- A rotation gives the key a second secret; the first one goes on for the time of the overlap.
create table identity.api_key_secrets (
    hash       bytea primary key,
    key_id     uuid not null references identity.api_keys (id) on delete cascade,
    issued_at  timestamptz not null,
    expires_at timestamptz not null
);
create index api_key_secrets_by_key on identity.api_key_secrets (key_id);

create table identity.audit (
    seq             bigint generated always as identity primary key,
    at              timestamptz not null,
    action          text not null,
    outcome         text not null,
    actor_id        uuid,  -- who acted, when known
    subject_id      uuid,  -- the account or API key it happened to
    unknown_account bytea, -- keyed hash of what was typed, when there is no such account
    ip_hash         bytea, -- keyed hash
    detail          text   -- codes only
);
create index audit_by_subject on identity.audit (subject_id, seq);
