-- Container instances that reported in from a cluster which nobody has created yet.
create table waiting_container_instances (
  id text primary key,
  cluster text not null,
  version bigint not null,
  status jsonb not null
);

-- How far the public events were published to Kafka.
create table relay_positions (
  name text primary key,
  position bigint not null
);
insert into relay_positions (name, position) values ('public_events', 0);
