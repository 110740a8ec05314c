-- How each lb-service serves a load balancer: a document each.
create table load_balancer_status (
  load_balancer_arn text not null references load_balancers (arn) on delete cascade,
  lb_instance_id text not null,
  version bigint not null,
  status jsonb not null,
  primary key (load_balancer_arn, lb_instance_id)
);
