-- What of a service only the API knows; the scheduler gets the desired record.
alter table services add column options jsonb not null default '{}';

-- A resource's own tags. A one-off task's are those of its request, a service's task gets the tags
-- that its deployment was made with.
alter table tasks add column tags jsonb;
alter table container_instances add column tags jsonb;

create table service_deployments (
  arn text primary key,
  -- The order in which they were made, for lists.
  number bigserial not null unique,
  service_id text not null,
  deployment_id text not null,
  status text not null,
  document jsonb not null,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index service_deployments_of_service on service_deployments (service_id, number desc);
create index service_deployments_open on service_deployments (service_id) where finished_at is null;

create table service_revisions (
  arn text primary key,
  service_id text not null,
  deployment_id text not null,
  document jsonb not null,
  created_at timestamptz not null
);
create index service_revisions_of_service on service_revisions (service_id, deployment_id);
