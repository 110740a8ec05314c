-- Lists restrict by the launch type that was decided, or asked before that.
alter table tasks add column launch_type text generated always as (
  coalesce(verdict ->> 'launchType', desired -> 'run' ->> 'launchType')) stored;
