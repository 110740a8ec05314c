-- A load balancer is one document with its listeners and their rules: what changes together is
-- locked, written and published together. The tables beside it are indexes into the documents.

alter table load_balancers add column desired jsonb;

update load_balancers b set desired = jsonb_build_object(
  'loadBalancerName', b.name,
  'loadBalancerArn', b.arn,
  'version', b.version,
  'installationId', b.installation_id,
  'dnsName', b.dns_name,
  'createdAt', to_char(b.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'type', 'application',
  'scheme', 'internal',
  'ipAddressType', 'ipv4',
  'listeners', coalesce(
    (select jsonb_agg(jsonb_build_object(
        'listenerArn', l.arn,
        'protocol', l.protocol,
        'port', l.port,
        'targetGroupArn', g.arn,
        'defaultActions', jsonb_build_array(jsonb_build_object(
          'type', 'forward',
          'order', 1,
          'forwardConfig', jsonb_build_object('targetGroups', jsonb_build_array(
            jsonb_build_object('targetGroupArn', g.arn, 'weight', 1))))))
        order by l.port)
      from listeners l join target_groups g on g.name = l.target_group
      where l.load_balancer = b.name),
    '[]'::jsonb));

alter table load_balancers alter column desired set not null;

create table target_group_uses (
  load_balancer text not null references load_balancers (name) on delete cascade,
  target_group text not null references target_groups (name),
  primary key (load_balancer, target_group)
);
create index target_group_uses_of_group on target_group_uses (target_group);
insert into target_group_uses select distinct load_balancer, target_group from listeners;

-- Several load balancers may listen on one port, told apart by the host's or the server's name.
alter table listeners drop constraint listeners_port_key;
alter table listeners drop column target_group;
alter table listeners drop column created_at;
create index listeners_by_port on listeners (port);

update target_groups set desired = desired || jsonb_build_object(
  'targetType', target_type, 'protocolVersion', 'HTTP1', 'ipAddressType', 'ipv4');

alter table target_health add column host text;
alter table target_health add column port integer;
alter table target_health add column availability_zone text;

-- Private keys stand in the documents only sealed with the installation's key.
create table certificates (
  arn text primary key,
  document jsonb not null
);

create table certificate_uses (
  load_balancer text not null references load_balancers (name) on delete cascade,
  certificate text not null references certificates (arn),
  primary key (load_balancer, certificate)
);
create index certificate_uses_of_certificate on certificate_uses (certificate);

create table load_balancing_tags (
  resource text primary key,
  tags jsonb not null
);

create table network_resources (
  id text primary key,
  kind text not null,
  document jsonb not null,
  created_at timestamptz not null
);
