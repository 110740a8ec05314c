-- Who may call. Secrets are sealed with the installation's key, which isn't in the database.
create table access_keys (
  id text primary key,
  name text not null,
  sealed_secret text not null,
  active boolean not null,
  policy text not null,
  created_at timestamptz not null
);
create index access_keys_name on access_keys (name);

-- Every token that was there before policies could do everything.
alter table api_tokens add column policy text not null
  default '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["*"],"Resource":["*"]}]}';
