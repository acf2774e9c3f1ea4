DROP INDEX "audit_workspace";--> statement-breakpoint
DROP INDEX "contact_workspace";--> statement-breakpoint
DROP INDEX "notice_workspace";--> statement-breakpoint
DROP INDEX "response_workspace";--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "rewrite_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "rewrite_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "resolution" ADD COLUMN "tags" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("workspace_id","subject");--> statement-breakpoint
CREATE INDEX "contact_name" ON "contact" USING btree ("workspace_id",lower(left("name", 100)) desc nulls last,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "invitation_workspace" ON "invitation" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "response_rating" ON "response" USING btree ("workspace_id","rating","id");--> statement-breakpoint
CREATE INDEX "response_comment" ON "response" USING btree ("workspace_id",(case when "comment" is not null then "answered_at" end) desc nulls last,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "score_rating" ON "score" USING btree ("workspace_id",(("values" ->> 'nps_latest_rating')::double precision) desc nulls last,"contact_id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "score_date" ON "score" USING btree ("workspace_id",("values" ->> 'nps_latest_date') desc nulls last,"contact_id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "score_at_risk" ON "score" USING btree ("contact_id") WHERE "score"."values" ->> 'feedback_at_risk' = 'true';--> statement-breakpoint
CREATE INDEX "score_advocate" ON "score" USING btree ("contact_id") WHERE "score"."values" ->> 'feedback_advocate' = 'true';--> statement-breakpoint
CREATE INDEX "audit_workspace" ON "audit" USING btree ("workspace_id","at");--> statement-breakpoint
CREATE INDEX "contact_workspace" ON "contact" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "notice_workspace" ON "notice" USING btree ("workspace_id","received_at");--> statement-breakpoint
CREATE INDEX "response_workspace" ON "response" USING btree ("workspace_id","answered_at","id");