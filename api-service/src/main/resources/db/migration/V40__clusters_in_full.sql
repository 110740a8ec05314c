-- What only describes a cluster and is nobody's business but the API's.
alter table clusters add column extras jsonb;

-- FARGATE and FARGATE_SPOT exist without a row.
create table capacity_providers (
  name text primary key,
  status text not null,
  update_status text not null,
  provider jsonb not null,
  tags jsonb not null,
  created_at timestamptz not null
);

-- The default of the account has the principal ''.
create table account_settings (
  principal text not null,
  name text not null,
  value text not null,
  primary key (principal, name)
);
