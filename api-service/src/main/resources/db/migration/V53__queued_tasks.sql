-- A task that waited for room in vain was: its caller was given it, and finds it STOPPED.
alter table tasks drop column refused;
alter table tasks add column refused boolean not null generated always as (
  coalesce(verdict ->> 'outcome' = 'REFUSED' and coalesce(verdict ->> 'stopCode', '') <> 'UserInitiated'
    and coalesce((desired -> 'run' ->> 'placementTimeoutSeconds')::int, 0) = 0, false)) stored;
