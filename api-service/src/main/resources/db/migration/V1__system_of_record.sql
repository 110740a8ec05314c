-- What users want (written by the use cases), what the scheduler decided and what nodes, load
-- balancers and the scheduler saw (written by the folds) stand in separate columns, each with its
-- own version: a fold guards its write with "where <part>_version < :version".

-- Every version of a desired record comes from here, taken while its row is locked.
create sequence resource_version;

create table installation (
  singleton boolean primary key default true check (singleton),
  installation_id text not null,
  -- Identity of the log that the current state of everything desired was published to.
  published_log text,
  created_at timestamptz not null default now()
);

create table api_tokens (
  id text primary key,
  name text not null,
  sha256 text not null unique,
  created_at timestamptz not null default now()
);

create table idempotency_tokens (
  scope text not null,
  token text not null,
  request_sha256 text not null,
  result jsonb not null,
  created_at timestamptz not null default now(),
  primary key (scope, token)
);
create index idempotency_tokens_age on idempotency_tokens (created_at);

create table clusters (
  name text primary key,
  status text not null,
  version bigint not null,
  desired jsonb not null,
  created_at timestamptz not null
);

-- Outlives the revisions: a number once given is never given again.
create table task_definition_families (
  family text primary key,
  last_revision integer not null
);

create table task_definitions (
  arn text primary key,
  family text not null,
  revision integer not null,
  status text not null,
  definition jsonb not null,
  tags jsonb not null,
  registered_at timestamptz not null,
  unique (family, revision)
);

create table services (
  id text primary key,
  cluster text not null references clusters (name),
  name text not null,
  status text not null,
  version bigint not null,
  desired jsonb not null,
  seen_version bigint not null default 0,
  seen jsonb,
  created_at timestamptz not null,
  deleted_at timestamptz
);
create unique index services_live on services (cluster, name) where status <> 'INACTIVE';
create index services_by_name on services (cluster, name, created_at desc);

create table tasks (
  id text primary key,
  cluster text not null,
  family text,
  task_definition_arn text,
  service_name text,
  service_id text,
  deployment_id text,
  task_group text,
  started_by text,
  container_instance_id text,
  desired_status text not null default 'RUNNING',
  last_status text not null default 'PROVISIONING',
  -- Asked: null for a service's task of which users want nothing special.
  version bigint not null default 0,
  desired jsonb,
  -- Decided.
  verdict_version bigint not null default 0,
  verdict jsonb,
  -- Such a task never was, in ECS's words; one that its user stopped in time was.
  refused boolean not null generated always as (coalesce(verdict ->> 'outcome' = 'REFUSED' and coalesce(verdict ->> 'stopCode', '') <> 'UserInitiated', false)) stored,
  -- Seen.
  seen_version bigint not null default 0,
  seen jsonb,
  created_at timestamptz not null,
  stopped_at timestamptz
);
create index tasks_of_cluster on tasks (cluster, desired_status, id);
create index tasks_of_service on tasks (cluster, service_name) where service_name is not null;
create index tasks_of_instance on tasks (container_instance_id) where container_instance_id is not null;
create index tasks_stopped on tasks (stopped_at) where stopped_at is not null;

create table container_instances (
  id text primary key,
  cluster text not null,
  status text not null,
  version bigint not null,
  desired jsonb not null,
  seen_version bigint not null default 0,
  seen jsonb,
  heartbeat_at timestamptz,
  heartbeat_interval_millis bigint,
  docker_connected boolean,
  registered_at timestamptz not null,
  deregistered_at timestamptz
);
create index container_instances_of_cluster on container_instances (cluster, id);

create table target_groups (
  name text primary key,
  arn text not null unique,
  target_type text not null,
  desired jsonb not null,
  created_at timestamptz not null
);

create table load_balancers (
  name text primary key,
  arn text not null unique,
  version bigint not null,
  installation_id text not null,
  dns_name text not null,
  created_at timestamptz not null
);

create table listeners (
  arn text primary key,
  load_balancer text not null references load_balancers (name) on delete cascade,
  protocol text not null,
  -- One lb-service opens the ports of all load balancers.
  port integer not null unique,
  target_group text not null references target_groups (name),
  created_at timestamptz not null
);
create index listeners_of_load_balancer on listeners (load_balancer);
create index listeners_of_target_group on listeners (target_group);

create table target_health (
  target_group_arn text not null,
  target_id text not null,
  lb_instance_id text not null,
  version bigint not null,
  task_id text,
  state text not null,
  reason text,
  description text,
  changed_at timestamptz not null,
  primary key (target_group_arn, target_id, lb_instance_id)
);
create index target_health_of_task on target_health (task_id);

create table service_events (
  id text primary key,
  service_id text not null,
  cluster text not null,
  service_name text not null,
  event_type text,
  event_name text,
  message text not null,
  deployment_id text,
  created_at timestamptz not null
);
create index service_events_of_service on service_events (service_id, created_at desc);
create index service_events_age on service_events (created_at);

create table public_events (
  id bigserial primary key,
  -- A reader that resumes after an id must not miss a row that was numbered earlier and committed
  -- later: it only goes as far as the oldest transaction still running.
  transaction_id xid8 not null default pg_current_xact_id(),
  event_id text not null unique,
  cluster text,
  event jsonb not null,
  created_at timestamptz not null default now()
);
create index public_events_age on public_events (created_at);

-- "This resource changed." The relay publishes the resource's state as it is when it comes by.
create table outbox (
  id bigserial primary key,
  transaction_id xid8 not null default pg_current_xact_id(),
  topic text not null,
  key text not null,
  partition_key text not null,
  created_at timestamptz not null default now()
);
create index outbox_order on outbox (transaction_id, id);
