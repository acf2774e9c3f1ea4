-- Marks the days whose roll-ups are out of date, in the transaction that changes what they count.
--
-- Triggers, because invitations and responses are written in twenty places of five modules, and deleted by cascades
-- that no code sees. They only insert, so that no transaction waits for another, and nothing is lost when one is rolled
-- back. Applied after the migrations, and again when this file has changed.

create or replace function mark_stale_responses() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into report_stale (survey_id, day)
    select survey_id, (answered_at at time zone 'UTC')::date from rows_after
    union
    select i.survey_id, (coalesce(i.sent_at, i.created_at) at time zone 'UTC')::date
    from rows_after r join invitation i on i.id = r.invitation_id;
  elsif tg_op = 'DELETE' then
    insert into report_stale (survey_id, day)
    select survey_id, (answered_at at time zone 'UTC')::date from rows_before
    union
    select i.survey_id, (coalesce(i.sent_at, i.created_at) at time zone 'UTC')::date
    from rows_before r join invitation i on i.id = r.invitation_id;
  else
    insert into report_stale (survey_id, day)
    with changed as (
      select b.survey_id as survey_before, b.answered_at as answered_before, a.survey_id, a.answered_at, a.invitation_id
      from rows_before b join rows_after a using (id)
      where (b.survey_id, b.answered_at, b.metric, b.scale, b.rating, b.status, b.test, b.language, b.invitation_id)
        is distinct from (a.survey_id, a.answered_at, a.metric, a.scale, a.rating, a.status, a.test, a.language, a.invitation_id))
    select survey_before, (answered_before at time zone 'UTC')::date from changed
    union
    select survey_id, (answered_at at time zone 'UTC')::date from changed
    union
    select i.survey_id, (coalesce(i.sent_at, i.created_at) at time zone 'UTC')::date
    from changed c join invitation i on i.id = c.invitation_id;
  end if;
  return null;
end $$;
--> statement-breakpoint
create or replace function mark_stale_invitations() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into report_stale (survey_id, day)
    select distinct survey_id, (coalesce(sent_at, created_at) at time zone 'UTC')::date
    from rows_after where status <> 'scheduled';
  elsif tg_op = 'DELETE' then
    insert into report_stale (survey_id, day)
    select distinct survey_id, (coalesce(sent_at, created_at) at time zone 'UTC')::date
    from rows_before where status <> 'scheduled';
  else
    insert into report_stale (survey_id, day)
    with changed as (
      select b as b, a as a from rows_before b join rows_after a using (id)
      where (b.survey_id, b.survey_version, b.status, b.sent_at, b.created_at, b.test, b.language, b.resolution_id, b.ticket_id)
        is distinct from (a.survey_id, a.survey_version, a.status, a.sent_at, a.created_at, a.test, a.language, a.resolution_id, a.ticket_id))
    select (b).survey_id, (coalesce((b).sent_at, (b).created_at) at time zone 'UTC')::date
    from changed where (b).status <> 'scheduled'
    union
    select (a).survey_id, (coalesce((a).sent_at, (a).created_at) at time zone 'UTC')::date
    from changed where (a).status <> 'scheduled'
    union
    select r.survey_id, (r.answered_at at time zone 'UTC')::date
    from changed join response r on r.invitation_id = (a).id
    where ((b).language, (b).resolution_id, (b).ticket_id) is distinct from ((a).language, (a).resolution_id, (a).ticket_id);
  end if;
  return null;
end $$;
--> statement-breakpoint
create or replace function mark_stale_resolutions() returns trigger language plpgsql as $$
begin
  insert into report_stale (survey_id, day)
  select survey_id, (coalesce(sent_at, created_at) at time zone 'UTC')::date
  from invitation where resolution_id = new.id and status <> 'scheduled'
  union
  select r.survey_id, (r.answered_at at time zone 'UTC')::date
  from invitation i join response r on r.invitation_id = i.id where i.resolution_id = new.id;
  return null;
end $$;
--> statement-breakpoint
create or replace trigger response_added after insert on response
referencing new table as rows_after for each statement execute function mark_stale_responses();
--> statement-breakpoint
create or replace trigger response_changed after update on response
referencing old table as rows_before new table as rows_after for each statement execute function mark_stale_responses();
--> statement-breakpoint
create or replace trigger response_deleted after delete on response
referencing old table as rows_before for each statement execute function mark_stale_responses();
--> statement-breakpoint
create or replace trigger invitation_added after insert on invitation
referencing new table as rows_after for each statement execute function mark_stale_invitations();
--> statement-breakpoint
create or replace trigger invitation_changed after update on invitation
referencing old table as rows_before new table as rows_after for each statement execute function mark_stale_invitations();
--> statement-breakpoint
create or replace trigger invitation_deleted after delete on invitation
referencing old table as rows_before for each statement execute function mark_stale_invitations();
--> statement-breakpoint
create or replace trigger resolution_changed after update on resolution
for each row when (
  (old.agent, old."group", old.handler, old.brand, old.channel, old.tags)
  is distinct from (new.agent, new."group", new.handler, new.brand, new.channel, new.tags)
) execute function mark_stale_resolutions();
